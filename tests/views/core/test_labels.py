"""Every code of the book has words, in one place."""

from __future__ import annotations

from enum import StrEnum

import pytest

from app.models.values.actions import Channel, Direction, Outcome
from app.models.values.calibration import Grade, Quality
from app.models.values.deals import ContractKind, ContractStatus
from app.models.values.nextstep import Bucket, Group, PlanKind, StepState, Timing
from app.models.values.quadrant import Quadrant
from app.views.core import icons, labels

TABLES = [
    (Quality, labels.QUALITY),
    (Quality, labels.QUALITY_SHORT),
    (Grade, labels.GRADE),
    (Grade, labels.GRADE_SHORT),
    (PlanKind, labels.PLAN_KIND),
    (PlanKind, labels.PLAN_ICON),
    (Bucket, labels.BUCKET),
    (Group, labels.BUCKET),
    (StepState, labels.STEP_STATE),
    (Timing, labels.STEP_TIMING),
    (Channel, labels.CHANNEL),
    (Channel, labels.CHANNEL_ICON),
    (Direction, labels.DIRECTION),
    (ContractStatus, labels.CONTRACT_STATUS),
    (ContractKind, labels.CONTRACT_KIND),
    (Quadrant, labels.QUADRANT),
]


@pytest.mark.parametrize(("codes", "words"), TABLES)
def test_every_code_has_words(codes: type[StrEnum], words):
    assert [code for code in codes if not words.get(code)] == []


def test_outcomes_have_words():
    assert [code for code in Outcome if code and code not in labels.OUTCOME] == []


def test_icons_of_codes_exist():
    wanted = {*labels.PLAN_ICON.values(), *labels.CHANNEL_ICON.values()}
    assert wanted <= set(icons.names())


@pytest.mark.parametrize(
    ("quality", "grade", "wide", "narrow"),
    [
        ("valuable", "big", "有价值 · 大单", "有·大"),
        ("unsure", "normal", "不确定 · 正常", "疑·中"),
        ("valuable", None, "有价值", "有"),
        ("worthless", "big", "无价值", "无"),
        (None, None, "未标定", "—"),
        ("", "", "未标定", "—"),
    ],
)
def test_value_in_words(quality, grade, wide, narrow):
    assert labels.value(quality, grade) == wide
    assert labels.value(quality, grade, narrow=True) == narrow


def test_own_words_stay_as_they_are():
    assert labels.of(labels.PLAN_KIND, "送样机") == "送样机"
    assert labels.of(labels.PLAN_KIND, None) == ""
