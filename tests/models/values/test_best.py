"""Who presses most, each rule by its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.nextstep.best import Reason, Standing, press

NOW = 1_795_000_000_000
HOUR = 3_600_000
DAY = 24 * HOUR


def step(start, end, **more):
    return Standing(1, NOW + start, NOW + end, **more)


@pytest.mark.parametrize(
    ("rule", "standing", "reasons"),
    [
        ("no_open_step_breaks_the_chain", Standing(1), [(Reason.broken, 0)]),
        ("an_appointment_presses_half_an_hour_before",
         step(HOUR // 2, HOUR, has_clock=True), [(Reason.appointment, NOW + HOUR // 2)]),
        ("an_appointment_later_today_does_not", step(HOUR, 2 * HOUR, has_clock=True), []),
        ("a_day_that_has_begun_can_be_done", step(-HOUR, HOUR), [(Reason.due, 0)]),
        ("a_step_of_tomorrow_waits", step(DAY, 2 * DAY), []),
        ("what_is_over_is_overdue_by_days", step(-4 * DAY, -3 * DAY), [(Reason.overdue, 3)]),
        ("signing_within_two_weeks_presses",
         step(DAY, 2 * DAY, days_to_signing=14), [(Reason.signing, 14)]),
        ("signing_later_does_not", step(DAY, 2 * DAY, days_to_signing=15), []),
        ("a_big_one_is_forgotten_after_7_days",
         step(DAY, 2 * DAY, grade="big", silent_days=8), [(Reason.silent, 8)]),
        ("a_small_one_after_30", step(DAY, 2 * DAY, grade="small", silent_days=30), []),
    ],
)  # fmt: skip
def test_what_presses(rule, standing, reasons):
    assert list(press(standing, NOW).reasons) == reasons, rule


def test_the_strongest_reason_stands_first():
    found = press(step(-DAY, HOUR, days_to_signing=3, silent_days=60), NOW)
    assert [reason for reason, _n in found.reasons] == [
        Reason.silent, Reason.signing, Reason.due,
    ]  # fmt: skip


def test_value_weighs():
    def points(**value):
        return press(Standing(1, **value), NOW).points

    assert points(grade="big") > points(grade="normal") > points(grade="small")
    assert points(quality="valuable") > points(quality="unsure") > points(quality="worthless")


@given(st.integers(-90, 90), st.integers(0, 400), st.sampled_from(["", "big", "normal", "small"]))
def test_without_a_reason_there_are_no_points(days, silent, grade):
    found = press(step(days * DAY, days * DAY + HOUR, grade=grade, silent_days=silent), NOW)
    assert (found.points > 0) == bool(found.reasons)
