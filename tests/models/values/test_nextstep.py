from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.dates import business_day, iso_instant, parse_instant, to_local, zone
from app.models.values.nextstep import (
    Bucket,
    Group,
    Label,
    OfficeHours,
    PlanKind,
    StepState,
    Timing,
    Window,
    group,
    plan_of,
    resolve,
    resolve_label,
    timing,
)
from app.models.values.reasons import Unreadable
from app.models.values.workdays import Holiday, HolidayYear, WorkCalendar

TZ = zone("Asia/Shanghai")
HOURS = OfficeHours()
FRIDAY = "2026-11-20 10:30"
instants = st.integers(694_224_000_000, 4_102_444_800_000)
LAST = "23:59:59.999"

TABLE = """
2026-11-20 10:30 | later_today | later_today | 2026-11-20 11:30 | 2026-11-20 18:00
2026-11-20 10:30 | tonight | tonight | 2026-11-20 18:00 | 2026-11-20 22:00
2026-11-20 10:30 | tomorrow | tomorrow | 2026-11-21 09:00 | 2026-11-21 18:00
2026-11-20 10:30 | this_week | this_week | 2026-11-20 10:30 | 2026-11-22 23:59
2026-11-20 10:30 | next_week | next_week | 2026-11-23 00:00 | 2026-11-29 23:59
2026-11-20 10:30 | next_month | next_month | 2026-12-01 00:00 | 2026-12-31 23:59
2026-11-20 17:30 | later_today | tonight | 2026-11-20 18:00 | 2026-11-20 22:00
2026-11-20 17:30 | tonight | tonight | 2026-11-20 18:00 | 2026-11-20 22:00
2026-11-20 17:30 | tomorrow | tomorrow | 2026-11-21 09:00 | 2026-11-21 18:00
2026-11-20 17:30 | this_week | this_week | 2026-11-20 17:30 | 2026-11-22 23:59
2026-11-20 17:30 | next_week | next_week | 2026-11-23 00:00 | 2026-11-29 23:59
2026-11-20 17:30 | next_month | next_month | 2026-12-01 00:00 | 2026-12-31 23:59
2026-11-20 22:30 | later_today | tonight | 2026-11-20 22:00 | 2026-11-20 23:59
2026-11-20 22:30 | tonight | tonight | 2026-11-20 22:00 | 2026-11-20 23:59
2026-11-20 22:30 | tomorrow | tomorrow | 2026-11-21 09:00 | 2026-11-21 18:00
2026-11-20 22:30 | this_week | this_week | 2026-11-20 22:30 | 2026-11-22 23:59
2026-11-20 22:30 | next_week | next_week | 2026-11-23 00:00 | 2026-11-29 23:59
2026-11-20 22:30 | next_month | next_month | 2026-12-01 00:00 | 2026-12-31 23:59
2026-11-22 10:00 | later_today | later_today | 2026-11-22 11:00 | 2026-11-22 18:00
2026-11-22 10:00 | tonight | tonight | 2026-11-22 18:00 | 2026-11-22 22:00
2026-11-22 10:00 | tomorrow | tomorrow | 2026-11-23 09:00 | 2026-11-23 18:00
2026-11-22 10:00 | this_week | this_week | 2026-11-22 10:00 | 2026-11-22 23:59
2026-11-22 10:00 | next_week | next_week | 2026-11-23 00:00 | 2026-11-29 23:59
2026-11-22 10:00 | next_month | next_month | 2026-12-01 00:00 | 2026-12-31 23:59
2026-12-31 09:00 | later_today | later_today | 2026-12-31 10:00 | 2026-12-31 18:00
2026-12-31 09:00 | tonight | tonight | 2026-12-31 18:00 | 2026-12-31 22:00
2026-12-31 09:00 | tomorrow | tomorrow | 2027-01-01 09:00 | 2027-01-01 18:00
2026-12-31 09:00 | this_week | this_week | 2026-12-31 09:00 | 2027-01-03 23:59
2026-12-31 09:00 | next_week | next_week | 2027-01-04 00:00 | 2027-01-10 23:59
2026-12-31 09:00 | next_month | next_month | 2027-01-01 00:00 | 2027-01-31 23:59
2026-11-20 17:00 | later_today | tonight | 2026-11-20 18:00 | 2026-11-20 22:00
2026-11-20 16:59 | later_today | later_today | 2026-11-20 17:59 | 2026-11-20 18:00
2026-11-20 23:40 | later_today | tonight | 2026-11-20 22:00 | 2026-11-20 23:59
2026-11-21 00:30 | tonight | tonight | 2026-11-21 18:00 | 2026-11-21 22:00
"""


def instant(text):
    return parse_instant(text, TZ)


def shown(window):
    return tuple(f"{to_local(at, TZ):%Y-%m-%d %H:%M}" for at in (window.start, window.end))


@pytest.mark.parametrize("row", TABLE.strip().splitlines())
def test_every_row_of_product_1_6(row):
    at, word, bucket, start, end = row.split(" | ")
    got, window = resolve(Bucket(word), instant(at), TZ, HOURS)
    assert (got, *shown(window)) == (bucket, start, end)
    assert not window.has_clock


def test_the_last_minute_of_a_day_belongs_to_it():
    _, window = resolve(Bucket.this_week, instant(FRIDAY), TZ, HOURS)
    assert iso_instant(window.end, TZ) == f"2026-11-22T{LAST}+08:00"


def test_a_day_of_ones_own():
    at = instant(FRIDAY)
    bucket, window = resolve(Bucket.date, at, TZ, HOURS, day=date(2026, 12, 28))
    assert (bucket, *shown(window)) == ("date", "2026-12-28 09:00", "2026-12-28 18:00")
    _, timed = resolve(Bucket.date, at, TZ, HOURS, day=date(2026, 12, 28), clock=time(15))
    assert shown(timed) == ("2026-12-28 15:00", "2026-12-28 16:00")
    assert timed.has_clock
    _, late = resolve(Bucket.tonight, at, TZ, HOURS, clock=time(23, 30))
    assert shown(late) == ("2026-11-20 23:30", "2026-11-20 23:59")
    after_work = instant("2026-11-20 19:00")
    _, today = resolve(Bucket.date, after_work, TZ, HOURS, day=date(2026, 11, 20))
    assert shown(today) == ("2026-11-20 18:00", "2026-11-20 22:00")


@pytest.mark.parametrize("bucket", [Bucket.this_week, Bucket.next_week, Bucket.next_month])
def test_a_span_of_days_takes_no_clock(bucket):
    with pytest.raises(ValueError, match="days"):
        resolve(bucket, instant(FRIDAY), TZ, HOURS, clock=time(9))


def test_a_date_needs_its_day():
    for clock in (None, time(9)):
        with pytest.raises(ValueError, match="day"):
            resolve(Bucket.date, instant(FRIDAY), TZ, HOURS, clock=clock)
    with pytest.raises(ValueError, match="hours"):
        OfficeHours(day_start=time(19))


def test_tomorrow_may_mean_the_next_working_day():
    hours = OfficeHours(next_workday=True)
    _, window = resolve(Bucket.tomorrow, instant(FRIDAY), TZ, hours)
    assert shown(window)[0] == "2026-11-23 09:00"
    closed = HolidayYear(2026, (Holiday("停工", date(2026, 11, 23), date(2026, 11, 24)),))
    hours = OfficeHours(next_workday=True, calendar=calendar_of(closed))
    _, window = resolve(Bucket.tomorrow, instant(FRIDAY), TZ, hours)
    assert shown(window)[0] == "2026-11-25 09:00"


@given(instants, st.sampled_from([b for b in Bucket if b is not Bucket.date]))
def test_a_word_never_means_the_past(at, word):
    bucket, window = resolve(word, at, TZ, HOURS)
    assert window.start <= window.end
    assert at <= window.end
    assert timing(StepState.open, window, at) is not Timing.overdue
    assert bucket is word or (word, bucket) == (Bucket.later_today, Bucket.tonight)


@given(instants, st.sampled_from([b for b in Bucket if b is not Bucket.date]))
def test_a_word_lands_in_its_group_or_a_nearer_one(at, word):
    order = list(Group)
    bucket, window = resolve(word, at, TZ, HOURS)
    assert order.index(group(window, at, TZ, HOURS)) <= order.index(Group(bucket.value)) + (
        bucket is Bucket.tonight
    )


@pytest.mark.parametrize(
    ("now", "heading"),
    [
        ("2026-11-20 10:30", "this_week"), ("2026-11-21 10:00", "tomorrow"),
        ("2026-11-22 10:00", "later_today"), ("2026-11-22 23:59", "later_today"),
        ("2026-11-23 00:00", "overdue"),
    ],
)  # fmt: skip
def test_this_week_comes_nearer_and_is_overdue_on_monday(now, heading):
    _, window = resolve(Bucket.this_week, instant(FRIDAY), TZ, HOURS)
    assert group(window, instant(now), TZ, HOURS) == heading


@pytest.mark.parametrize(
    ("day", "clock", "heading"),
    [
        ("2026-11-20", "19:00", "tonight"), ("2026-11-20", "15:00", "later_today"),
        ("2026-11-21", None, "tomorrow"), ("2026-11-22", None, "this_week"),
        ("2026-11-23", None, "next_week"), ("2026-11-29", None, "next_week"),
        ("2026-11-30", None, "next_month"), ("2026-12-31", None, "next_month"),
        ("2027-01-01", None, "later"), ("2026-11-19", None, "overdue"),
    ],
)  # fmt: skip
def test_groups_of_dated_steps(day, clock, heading):
    at = instant(FRIDAY)
    chosen = time.fromisoformat(clock) if clock else None
    _, window = resolve(Bucket.date, at, TZ, HOURS, day=date.fromisoformat(day), clock=chosen)
    assert group(window, at, TZ, HOURS) == heading


def test_a_week_long_step_begun_in_the_evening_is_not_tonight():
    at = instant("2026-11-18 19:00")
    _, window = resolve(Bucket.this_week, at, TZ, HOURS)
    assert group(window, at, TZ, HOURS) is Group.this_week


def test_timing_of_a_step():
    window = Window(100, 200)
    assert [timing(StepState.open, window, now) for now in (99, 100, 200, 201)] == [
        Timing.waiting, Timing.due, Timing.due, Timing.overdue,
    ]  # fmt: skip
    assert timing(StepState.done, window, 300) is Timing.closed


def calendar_of(*years):
    return WorkCalendar({one.year: one for one in years}.get)


OCTOBER = calendar_of(
    HolidayYear(
        2026,
        (Holiday("国庆节", date(2026, 10, 1), date(2026, 10, 7)),),
        frozenset({date(2026, 10, 10)}),
    )
)
"""October 2026: off 1 to 7, on duty on Saturday the 10th."""


@pytest.mark.parametrize(
    ("label", "at", "start", "end"),
    [
        (Label.afternoon, "2026-11-20 10:30", "2026-11-20 13:00", "2026-11-20 18:00"),
        (Label.afternoon, "2026-11-20 15:30", "2026-11-20 15:30", "2026-11-20 18:00"),
        (Label.afternoon, "2026-11-20 18:30", "2026-11-20 18:00", "2026-11-20 22:00"),
        (Label.day_after, "2026-11-20 10:30", "2026-11-22 09:00", "2026-11-22 18:00"),
        (Label.weekend, "2026-11-20 10:30", "2026-11-21 00:00", "2026-11-22 23:59"),
        (Label.weekend, "2026-11-22 10:00", "2026-11-22 10:00", "2026-11-22 23:59"),
        (Label.month_end, "2026-11-20 10:30", "2026-11-20 10:30", "2026-11-30 23:59"),
        (Label.quarter, "2026-11-20 10:30", "2026-11-20 10:30", "2026-12-31 23:59"),
        (Label.year_end, "2026-05-20 10:30", "2026-05-20 10:30", "2026-12-31 23:59"),
        (Label.after_holiday, "2026-09-20 10:30", "2026-10-08 09:00", "2026-10-08 18:00"),
        (Label.after_holiday, "2026-10-03 10:30", "2026-10-08 09:00", "2026-10-08 18:00"),
        (Label.in_days, "2026-11-20 10:30", "2026-11-30 09:00", "2026-11-30 18:00"),
        (Label.in_workdays, "2026-11-20 10:30", "2026-12-04 09:00", "2026-12-04 18:00"),
        (Label.in_workdays, "2026-09-29 10:30", "2026-10-19 09:00", "2026-10-19 18:00"),
    ],
)
def test_further_words(label, at, start, end):
    hours = OfficeHours(calendar=OCTOBER)
    _, window = resolve_label(label, instant(at), TZ, hours, days=10)
    assert shown(window) == (start, end)


def test_no_holiday_ahead_is_said():
    with pytest.raises(Unreadable, match="节日"):
        resolve_label(Label.after_holiday, instant(FRIDAY), TZ, HOURS)


def first_days_off(year):
    months = (date(year, month, 1) for month in range(1, 13))
    return HolidayYear(year, tuple(Holiday("", day, day + timedelta(days=2)) for day in months))


@given(instants, st.sampled_from(Label), st.integers(0, 400))
def test_further_words_never_mean_the_past(at, label, days):
    hours = OfficeHours(calendar=WorkCalendar(first_days_off))
    bucket, window = resolve_label(label, at, TZ, hours, days=days)
    assert max(at, window.start) <= window.end
    assert bucket in (Bucket.date, Bucket.later_today, Bucket.tonight)


def test_groups_follow_the_office_day_not_utc():
    before_midnight = instant("2026-11-20 23:30")
    _, window = resolve(Bucket.tomorrow, before_midnight, TZ, HOURS)
    assert group(window, before_midnight, TZ, HOURS) is Group.tomorrow
    assert group(window, before_midnight + 3_600_000, TZ, HOURS) is Group.later_today
    assert business_day(window.end, TZ) == date(2026, 11, 21)
    assert datetime(2026, 11, 21, tzinfo=TZ) - timedelta(minutes=30) == to_local(
        before_midnight, TZ
    )


def test_plan_words():
    assert plan_of("打击竞品") is PlanKind.counter_rival
    assert plan_of("打击") is PlanKind.counter_rival
    assert plan_of("保持") is PlanKind.keep_in_touch
    assert plan_of("counter_rival") is PlanKind.counter_rival
    assert [plan_of(text) for text in ("", "打", "喝茶")] == [None, None, None]
