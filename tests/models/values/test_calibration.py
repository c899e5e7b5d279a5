import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.calibration import (
    DEFAULT_NODES,
    DEFAULT_STAGES,
    Grade,
    Quality,
    suggest_grade,
    win_chance,
)


def test_default_lists():
    assert " ".join(DEFAULT_STAGES) == "新客 初访 需求 方案 谈判 成交"
    assert " ".join(DEFAULT_NODES) == "需求确认 预算已批 见到决策人 样机测试 报价 招标"


def test_chances_of_product_1_4():
    valuable = [win_chance(Quality.valuable, at) for at in range(6)]
    assert valuable == [0.1, 0.2, 0.4, 0.5, 0.7, 1.0]
    assert [win_chance(Quality.unsure, at) for at in range(6)] == [one / 2 for one in valuable]
    assert {win_chance(Quality.worthless, at) for at in range(6)} == {0.0}


@given(st.sampled_from(Quality), st.integers(-5, 30))
def test_a_chance_is_a_share_and_never_falls_with_the_stage(quality, stage):
    assert 0 <= win_chance(quality, stage) <= win_chance(quality, stage + 1) <= 1


@pytest.mark.parametrize(
    ("yuan", "grade"),
    [(100_000, "big"), (99_999, "normal"), (20_000, "normal"), (19_999, "small"), (0, "small")],
)
def test_an_amount_suggests_a_grade(yuan, grade):
    assert suggest_grade(yuan * 100) == grade


def test_no_amount_suggests_nothing():
    assert suggest_grade(None) is None
    assert suggest_grade(-1) is None
    assert suggest_grade(500, ((Grade.big, 500),)) is Grade.big
