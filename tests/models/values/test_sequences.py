"""The rules of 动作序列 by values (product.md 1.7)."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from app.models.values.sequences import (
    Applies,
    Kept,
    Mark,
    StepRule,
    days_after,
    drop_off,
    due_on,
    furthest,
    keep_to,
    merged,
    planned_on,
    reach,
    survivors,
)

FRIDAY = date(2026, 11, 20)
DAY_MS = 86_400_000


def weekdays(day, count):
    """Monday to Friday."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def step(deed="phone", **how):
    return StepRule(how.pop("name", deed), deed, **how)


def mark(deed, day):
    return Mark(day * DAY_MS, deed, FRIDAY + timedelta(days=day))


@pytest.mark.parametrize(
    ("count", "unit", "day"),
    [
        (0, "day", date(2026, 11, 20)),
        (3, "day", date(2026, 11, 23)),
        (0, "workday", date(2026, 11, 20)),
        (1, "workday", date(2026, 11, 23)),
        (3, "workday", date(2026, 11, 25)),
    ],
)
def test_an_offset_is_counted_in_days_or_working_days(count, unit, day):
    assert days_after(FRIDAY, count, unit, weekdays) == day


def test_a_step_is_planned_after_the_start_or_after_the_one_before():
    of_start, of_previous = step(offset=2, anchor="start"), step(offset=2)
    assert planned_on(of_start, FRIDAY, None, weekdays) == date(2026, 11, 22)
    assert planned_on(of_previous, FRIDAY, None, weekdays) is None
    assert planned_on(of_previous, FRIDAY, date(2026, 12, 1), weekdays) == date(2026, 12, 3)


def test_a_step_is_on_time_within_its_limit():
    assert due_on(step(limit=2), FRIDAY, weekdays) == date(2026, 11, 22)
    assert due_on(step(limit=2, unit="workday"), FRIDAY, weekdays) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("applies", "fits"),
    [
        (Applies(), True),
        (Applies(kinds=("company",), grades=("big", "normal")), True),
        (Applies(grades=("small",)), False),
        (Applies(industries=("生产制造",), sources=("展会",), stages=(0, 1)), True),
        (Applies(stages=(3,)), False),
    ],
)
def test_a_sequence_applies_when_every_condition_holds(applies, fits):
    assert applies.fits("company", "生产制造", "big", "展会", 1) is fits


def test_the_nth_step_of_a_deed_takes_the_nth_time_it_happened():
    steps = [step("phone"), step("visit"), step("phone"), step("sign")]
    marks = [mark("phone", 0), mark("wechat", 1), mark("phone", 2), mark("visit", 5)]
    found = reach(steps, marks)
    assert [one and one.at // DAY_MS for one in found] == [0, 5, 2, None]
    assert furthest(found) == 3


def test_any_contact_fulfils_a_step_that_asks_for_one():
    found = reach([step("contact"), step("contact")], [mark("radar", 0), mark("qq", 1)])
    assert [one and one.deed for one in found] == ["qq", None]


def test_survivors_are_those_who_came_at_least_as_far():
    assert survivors([0, 1, 1, 3, 3, 3], 3) == [5, 3, 3]
    assert survivors([], 2) == [0, 0]


@pytest.mark.parametrize(
    ("alive", "place"),
    [((642, 577, 468, 257, 182, 151, 104), 3), ((10, 8, 6), 1), ((5, 5), None), ((), None)],
)
def test_the_drop_off_is_the_largest_fall(alive, place):
    assert drop_off(alive) == place


def test_a_step_is_kept_when_done_in_its_order_and_in_time():
    steps = [step("phone", offset=0, limit=1, anchor="start"), step("visit", offset=3, limit=2),
             step("quote", offset=1, limit=1), step("sign", offset=5, limit=5)]  # fmt: skip
    done = reach(steps, [mark("phone", 1), mark("quote", 2), mark("visit", 8)])
    found = keep_to(steps, done, FRIDAY, FRIDAY + timedelta(days=9), weekdays)
    assert found == [
        Kept(due=True, done=True, in_order=True),
        Kept(due=True, done=True, in_order=True, late_days=2),
        Kept(due=True, done=True, in_order=False),
        Kept(due=False, done=False),
    ]
    assert [one.kept for one in found] == [True, False, False, False]


def test_a_step_passed_over_or_past_its_day_is_due():
    steps = [step("radar", offset=0, limit=3, anchor="start"), step("phone", offset=0, limit=9),
             step("visit", offset=1, limit=1)]  # fmt: skip
    done = reach(steps, [mark("phone", 1)])
    found = keep_to(steps, done, FRIDAY, FRIDAY + timedelta(days=2), weekdays)
    assert [(one.due, one.done) for one in found] == [(True, False), (True, True), (False, False)]
    later = keep_to(steps, done, FRIDAY, FRIDAY + timedelta(days=6), weekdays)
    assert [one.due for one in later] == [True, True, True]


def test_the_same_deed_running_counts_once_in_a_path():
    assert merged(["phone", "phone", "visit", "phone"]) == ("phone", "visit", "phone")
    assert merged(["phone", "calibrate", "phone", "calibrate", "visit"]) == (
        "phone", "calibrate", "phone", "visit",
    )  # fmt: skip
    assert merged([]) == ()
