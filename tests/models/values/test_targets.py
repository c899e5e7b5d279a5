import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.targets import need_today, share_done


def test_need_of_today_of_2_9():
    assert need_today(60, 41, 6) == 4


@pytest.mark.parametrize(
    ("target", "done", "left", "need"),
    [(60, 60, 6, 0), (60, 75, 6, 0), (60, None, 6, 10), (60, 41, 0, 19), (60, 59, 6, 1)],
)
def test_need_is_never_negative_and_whole(target, done, left, need):
    assert need_today(target, done, left) == need


@pytest.mark.parametrize(
    ("done", "target", "up", "share"),
    [
        (30, 60, True, 0.5),
        (90, 60, True, 1.5),
        (None, 60, True, None),
        (5, 0, True, None),
        (20, 15, False, 0.75),
        (0, 15, False, None),
    ],
)
def test_a_target_of_nought_is_none(done, target, up, share):
    assert share_done(done, target, higher_is_better=up) == share


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(1, 31))
def test_doing_the_need_each_day_reaches_the_target(target, done, left):
    for days in range(left, 0, -1):
        done += need_today(target, done, days)
    assert done >= target
