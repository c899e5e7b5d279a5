"""价值标定: quality, grade, chances and suggestions (product.md 1.4)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum


class Quality(StrEnum):
    """定性: what the customer is worth pursuing."""

    valuable = "valuable"
    worthless = "worthless"
    unsure = "unsure"


class Grade(StrEnum):
    """定级: the size of the deal."""

    big = "big"
    normal = "normal"
    small = "small"


DEFAULT_STAGES = ("新客", "初访", "需求", "方案", "谈判", "成交")
DEFAULT_NODES = ("需求确认", "预算已批", "见到决策人", "样机测试", "报价", "招标")
VALUABLE_CHANCES = (0.10, 0.20, 0.40, 0.50, 0.70, 1.00)
DEFAULT_BANDS = ((Grade.big, 10_000_000), (Grade.normal, 2_000_000))
RECALIBRATE_DAYS = 30
"""After so many days a calibration is to be made anew (待复标)."""


def needs_recalibrating(last: date | None, today: date, days: int = RECALIBRATE_DAYS) -> bool:
    """Tell whether the last calibration is older than so many days; none at all does not age."""
    return last is not None and (today - last).days > days


def win_chance(
    quality: str, stage_position: int, chances: Sequence[float] = VALUABLE_CHANCES
) -> float:
    """Return the chance (0 to 1) that a deal is won: half for 不确定, none for 无价值."""
    chance = chances[max(0, min(stage_position, len(chances) - 1))]
    return {Quality.valuable: chance, Quality.unsure: chance / 2}.get(Quality(quality), 0.0)


def suggest_grade(
    expected_fen: int | None, bands: Sequence[tuple[Grade, int]] = DEFAULT_BANDS
) -> Grade | None:
    """Return the grade an amount suggests, None without an amount; never overwrites."""
    if expected_fen is None or expected_fen < 0 or not bands:
        return None
    return next((grade for grade, least in bands if expected_fen >= least), Grade.small)
