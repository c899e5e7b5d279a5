from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.periods import (
    MONDAY,
    SPRING_FESTIVAL,
    SUNDAY,
    By,
    base_window,
    custom,
    cut,
    elapsed_days,
    festival_base,
    following,
    is_complete,
    moved,
    parse_period,
    period_of,
    previous,
    rolling,
    spread,
    year_ago,
)
from app.models.values.reasons import Unreadable

days = st.dates(date(1950, 1, 1), date(2150, 12, 31))
kinds = st.sampled_from(By)
settings = st.fixed_dictionaries(
    {
        "week_start": st.sampled_from([MONDAY, SUNDAY]),
        "fiscal_start": st.integers(1, 12),
        "named_by_end": st.booleans(),
    }
)


@pytest.mark.parametrize(
    ("day", "label"),
    [("2024-12-30", "2025-W01"), ("2025-12-29", "2026-W01"), ("2026-12-31", "2026-W53"),
     ("2027-01-01", "2026-W53"), ("2027-01-04", "2027-W01"), ("2026-11-23", "2026-W48")],
)  # fmt: skip
def test_iso_weeks_of_product_2_0_2(day, label):
    assert period_of(date.fromisoformat(day), By.week).label == label


def test_years_with_week_53():
    long = [y for y in range(2015, 2041) if period_of(date(y, 12, 28), By.week).label[-2:] == "53"]
    assert long == [2015, 2020, 2026, 2032, 2037]


@given(days)
def test_iso_weeks_agree_with_the_calendar(day):
    year, week, _ = day.isocalendar()
    assert period_of(day, By.week).label == f"{year}-W{week:02d}"


@given(days)
def test_sunday_weeks_count_from_first_january(day):
    period = period_of(day, By.week, week_start=SUNDAY)
    assert period.start.weekday() == 6
    new_year = period_of(date(period.end.year, 1, 1), By.week, week_start=SUNDAY)
    assert new_year.label == f"{period.end.year}-W01"
    weeks = (period.start - new_year.start).days // 7 + 1
    assert period.label == f"{period.end.year}-W{weeks:02d}"


@pytest.mark.parametrize(
    ("by", "label", "start", "end"),
    [
        (By.day, "2026-11-23", "2026-11-23", "2026-11-23"),
        (By.week, "2026-W47", "2026-11-16", "2026-11-22"),
        (By.month, "2026-10", "2026-10-01", "2026-10-31"),
        (By.month, "2024-02", "2024-02-01", "2024-02-29"),
        (By.quarter, "2026-Q4", "2026-10-01", "2026-12-31"),
        (By.half, "2026-H2", "2026-07-01", "2026-12-31"),
        (By.year, "2026", "2026-01-01", "2026-12-31"),
    ],
)
def test_labels(by, label, start, end):
    period = parse_period(label, by)
    assert (period.start, period.end) == (date.fromisoformat(start), date.fromisoformat(end))
    assert period.label == label


@pytest.mark.parametrize(
    ("by", "label"),
    [(By.week, "2025-W53"), (By.week, "2026-W00"), (By.week, "2026-47"), (By.month, "2026-13"),
     (By.month, "2026-Q4"), (By.quarter, "2026-Q5"), (By.half, "2026-H3"), (By.year, "26"),
     (By.day, "2026-02-30"), (By.month, ""), (By.year, "9999"), (By.month, "²026-01")],
)  # fmt: skip
def test_labels_that_name_no_period(by, label):
    with pytest.raises(Unreadable):
        parse_period(label, by)


@given(days, kinds, settings)
def test_every_label_reads_back(day, by, chosen):
    period = period_of(day, by, **chosen)
    assert period.contains(day)
    assert parse_period(period.label, by, **chosen) == period


@given(days, kinds, settings)
def test_periods_meet_without_gap(day, by, chosen):
    period = period_of(day, by, **chosen)
    before = previous(period)
    assert before.end + timedelta(days=1) == period.start
    assert following(before) == period
    assert period.days == (period.end - period.start).days + 1
    assert spread(before, following(period)) == [before, period, following(period)]
    assert spread(period, before) == []


@given(days, kinds, settings)
def test_a_year_ago_is_the_same_period_or_none(day, by, chosen):
    period = period_of(day, by, **chosen)
    base = year_ago(period)
    if base is None:
        assert by is By.day or period.label.endswith(("-W53", "-W54"))
        return
    label, prior = period.label, base.label
    if by is By.day:
        assert (base.start.month, base.start.day) == (day.month, day.day)
    else:
        assert label.lstrip("FY")[4:] == prior.lstrip("FY")[4:]
    assert int(label.lstrip("FY")[:4]) == int(prior.lstrip("FY")[:4]) + 1
    assert (base.by, base.week_start, base.fiscal_start) == (
        by,
        period.week_start,
        period.fiscal_start,
    )


def test_no_same_period_a_year_ago():
    assert year_ago(parse_period("2026-W53", By.week)) is None
    assert year_ago(parse_period("2024-02-29", By.day)) is None
    feb = year_ago(parse_period("2025-02", By.month))
    assert feb is not None
    assert feb.end == date(2024, 2, 29)
    week = parse_period("2026-W53", By.week)
    assert moved(week, -364).start.weekday() == week.start.weekday()


def test_own_ranges_move_both_ends_by_a_year():
    base = year_ago(custom(date(2024, 2, 29), date(2024, 3, 10)))
    assert base == custom(date(2023, 2, 28), date(2023, 3, 10))
    assert rolling(7, date(2026, 11, 23)) == custom(date(2026, 11, 17), date(2026, 11, 23))
    assert previous(rolling(7, date(2026, 11, 23))) == rolling(7, date(2026, 11, 16))
    assert following(rolling(7, date(2026, 11, 16))) == rolling(7, date(2026, 11, 23))
    assert rolling(7, date(2026, 11, 23)).label == "2026-11-17..2026-11-23"
    with pytest.raises(ValueError, match="range"):
        custom(date(2026, 2, 2), date(2026, 2, 1))


@pytest.mark.parametrize(
    ("day", "by", "by_end", "label"),
    [
        ("2026-05-01", By.year, False, "FY2026"), ("2026-03-31", By.year, False, "FY2025"),
        ("2026-05-01", By.quarter, False, "FY2026-Q1"),
        ("2026-03-31", By.quarter, False, "FY2025-Q4"),
        ("2026-11-23", By.half, False, "FY2026-H2"), ("2026-05-01", By.year, True, "FY2027"),
        ("2026-11-23", By.month, True, "2026-11"),
    ],
)  # fmt: skip
def test_fiscal_periods_from_april(day, by, by_end, label):
    period = period_of(date.fromisoformat(day), by, fiscal_start=4, named_by_end=by_end)
    assert period.label == label
    assert (period.start.month - 4) % {By.year: 12, By.half: 6, By.quarter: 3}.get(by, 1) == 0


def test_a_period_is_complete_when_its_last_day_has_passed():
    october = parse_period("2026-10", By.month)
    assert not is_complete(october, date(2026, 10, 31))
    assert is_complete(october, date(2026, 11, 1))
    assert [elapsed_days(october, date(2026, m, d)) for m, d in ((9, 30), (10, 1), (10, 23),
    (12, 1))] == [
        0, 1, 23, 31,
    ]  # fmt: skip


def test_aligned_base_of_product_2_5():
    november, october = parse_period("2026-11", By.month), parse_period("2026-10", By.month)
    window = base_window(november, october, date(2026, 11, 23))
    assert (window.start, window.end) == (date(2026, 10, 1), date(2026, 10, 23))
    assert window.aligned
    assert not window.short
    whole = base_window(november, october, date(2026, 11, 23), align=False)
    assert (whole.end, whole.aligned) == (date(2026, 10, 31), False)
    done = base_window(november, october, date(2026, 12, 1))
    assert (done.end, done.aligned) == (date(2026, 10, 31), False)


def test_31_march_is_compared_with_the_whole_of_february():
    march = parse_period("2026-03", By.month)
    window = base_window(march, previous(march), date(2026, 3, 31))
    assert (window.start, window.end) == (date(2026, 2, 1), date(2026, 2, 28))
    assert window.aligned
    assert window.short


@given(days, st.sampled_from([By.week]), st.integers(0, 6))
def test_weeks_align_by_weekday(day, by, passed):
    week = period_of(day, by)
    as_of = week.start + timedelta(days=passed)
    window = base_window(week, previous(week), as_of)
    assert window.start.weekday() == week.start.weekday()
    assert window.end.weekday() == as_of.weekday()


@given(days, kinds, settings, st.integers(-3, 400))
def test_a_cut_never_leaves_its_base(day, by, chosen, k):
    base = period_of(day, by, **chosen)
    start, end = cut(base, k)
    assert start == base.start
    assert (end - start).days + 1 == min(max(k, 0), base.days)


def test_spring_festival_alignment():
    eve_week = custom(date(2026, 2, 10), date(2026, 2, 16))
    assert festival_base(eve_week) == custom(date(2025, 1, 22), date(2025, 1, 28))
    assert festival_base(parse_period("2026-04", By.month)) is None
    assert festival_base(parse_period("2024-01", By.month)) is None
    assert festival_base(custom(date(2025, 12, 31), date(2026, 1, 5))) is None
    assert all(day.year == year for year, day in SPRING_FESTIVAL.items())
