"""Fiscal periods and weeks as an office says (product.md 2.0.2)."""

from datetime import date

import pytest

from app.models.values.calendars import Calendar
from app.models.values.periods import SUNDAY, By
from app.models.values.reasons import Unreadable

APRIL = Calendar(fiscal_start=4)
BY_END = Calendar(fiscal_start=4, named_by_end=True)


@pytest.mark.parametrize(
    ("calendar", "label", "by", "start"),
    [
        (APRIL, "2026-Q1", By.quarter, "2026-01-01"),
        (APRIL, "FY2026-Q1", By.quarter, "2026-04-01"),
        (APRIL, "fy2026-h2", By.half, "2026-10-01"),
        (APRIL, "FY2026", By.year, "2026-04-01"),
        (BY_END, "FY2026", By.year, "2025-04-01"),
        (Calendar(), "FY2026-Q1", By.quarter, "2026-01-01"),
        (Calendar(week_start=SUNDAY), "2026-W01", By.week, "2025-12-28"),
    ],
)
def test_a_label_tells_whether_it_is_fiscal(calendar, label, by, start):
    assert calendar.parse(label, by).start == date.fromisoformat(start)


def test_a_day_lies_in_a_period_of_either_kind():
    day = date(2026, 11, 23)
    assert APRIL.period_of(day, By.quarter).label == "2026-Q4"
    assert APRIL.period_of(day, By.quarter, fiscal=True).label == "FY2026-Q3"
    assert BY_END.period_of(day, By.year, fiscal=True).label == "FY2027"
    assert (APRIL.has_fiscal, Calendar().has_fiscal) == (True, False)


def test_what_is_no_label_is_told():
    with pytest.raises(Unreadable):
        APRIL.parse("FY26", By.year)
