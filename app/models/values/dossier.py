"""How complete and how fresh a dossier is (product.md 1.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

STALE_DAYS = 180
WEIGHTS: Mapping[str, int] = {
    "统一代码": 3, "法定代表人": 2, "成立日期": 1, "注册资本": 1, "登记状态": 2, "主营": 2,
    "员工规模": 1,
}  # fmt: skip
"""The items an office asks for until its manager says otherwise, and their weights."""


@dataclass(frozen=True, slots=True)
class Finding:
    """A value of an item: when it was found and, of an 情报 item, until when it holds."""

    label: str
    found_on: date | None
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands: the score in percent, required items filled, those gone stale.

    ``fades_on`` is the first day on which the score falls by itself, None if it never does.
    """

    score: int = 0
    filled: int = 0
    stale: int = 0
    fades_on: date | None = None


def fresh_until(finding: Finding, stale_days: int) -> date | None:
    """Return the last day on which a finding is fresh, None for one without a day."""
    if finding.found_on is None:
        return None
    kept = finding.found_on + timedelta(days=stale_days)
    return min(kept, finding.expires_on) if finding.expires_on else kept


def is_stale(finding: Finding, today: date, stale_days: int) -> bool:
    """Tell whether a finding is older than so many days, or past its own last day."""
    until = fresh_until(finding, stale_days)
    return until is None or today > until


def standing(
    findings: Iterable[Finding], weights: Mapping[str, int], today: date, stale_days: int
) -> Standing:
    """Weigh the newest finding of every required item (product.md 1.3).

    Score = 100 x sum of w x (1 fresh, 0.5 stale, 0 missing) / sum of w, rounded half up.
    """
    newest: dict[str, Finding] = {}
    for one in findings:
        known = newest.get(one.label)
        if weights.get(one.label, 0) > 0 and (known is None or _day(one) >= _day(known)):
            newest[one.label] = one
    stale = {label for label, one in newest.items() if is_stale(one, today, stale_days)}
    halves = sum(weights[label] * (1 if label in stale else 2) for label in newest)
    whole = sum(weight for weight in weights.values() if weight > 0)
    ends = [fresh_until(one, stale_days) for label, one in newest.items() if label not in stale]
    fades = min((end for end in ends if end is not None), default=None)
    return Standing(
        score=(halves * 100 + whole) // (2 * whole) if whole else 0,
        filled=len(newest),
        stale=len(stale),
        fades_on=fades + timedelta(days=1) if fades else None,
    )


def _day(finding: Finding) -> date:
    return finding.found_on or date.min
