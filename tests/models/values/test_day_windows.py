"""Fuzzy dates (product.md 1.4): a label, and the days it meant when it was said."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.day_windows import WINDOWS, read_window, window_of
from app.models.values.reasons import Unreadable

FRIDAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("label", "first", "last"),
    [
        ("近两天", "2026-11-20", "2026-11-22"),
        ("本周", "2026-11-20", "2026-11-22"),
        ("下周", "2026-11-23", "2026-11-29"),
        ("本月", "2026-11-20", "2026-11-30"),
        ("下月", "2026-12-01", "2026-12-31"),
        ("本季", "2026-11-20", "2026-12-31"),
        ("下季", "2027-01-01", "2027-03-31"),
        ("年内", "2026-11-20", "2026-12-31"),
    ],
)
def test_what_a_label_means_on_a_friday(label, first, last):
    found = window_of(label, FRIDAY)
    assert (found.first.isoformat(), found.last.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("text", "last", "label"),
    [
        ("月底前", "2026-11-30", "本月"),
        ("这个季度", "2026-12-31", "本季"),
        ("next month", "2026-12-31", "下月"),
        ("12-28", "2026-12-28", ""),
        ("1-15", "2027-01-15", ""),
        ("2026-12-01 ~ 2026-12-15", "2026-12-15", ""),
        ("本月 2026-10-01~2026-10-31", "2026-10-31", "本月"),
    ],
)
def test_windows_as_people_write_them(text, last, label):
    found = read_window(text, FRIDAY)
    assert (found.last.isoformat(), found.label) == (last, label)


@pytest.mark.parametrize("text", ["以后再说", "2026-12-15 ~ 2026-12-01", "2026-02-30~2026-03-01"])
def test_what_is_no_window_is_refused(text):
    with pytest.raises(Unreadable):
        read_window(text, FRIDAY)


@given(st.sampled_from(sorted(WINDOWS)), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_a_window_never_ends_before_the_day_it_is_said_and_reads_back(label, today):
    found = window_of(label, today)
    assert today <= found.last
    assert found.first <= found.last
    assert read_window(str(found), None) == found
