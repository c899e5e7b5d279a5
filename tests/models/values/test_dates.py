import subprocess
import sys
from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.clock import FixedClock, SystemClock
from app.models.values.dates import (
    VagueDate,
    at_local,
    business_day,
    day_window,
    from_serial,
    instant_from_serial,
    iso_instant,
    latest,
    parse_day,
    parse_instant,
    to_instant,
    to_local,
    zone,
)
from app.models.values.reasons import Unreadable

TZ = zone("Asia/Shanghai")
TODAY = date(2026, 11, 23)
days = st.dates(date(1900, 3, 1), date(2199, 12, 31))
moments = st.integers(-(10**12), 4 * 10**12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-01-05", "2024-01-05"), ("2024.1.5", "2024-01-05"), ("24/1/5", "2024-01-05"),
        ("24.1.5", "2024-01-05"), ("1月5日", "2026-01-05"), ("12月5日", "2025-12-05"),
        ("1月5号", "2026-01-05"), ("11-23", "2026-11-23"), ("11.24", "2025-11-24"),
        ("3.5", "2026-03-05"), ("2月29日", "2024-02-29"), ("2024年1月", "2024-01-01"),
        ("2024-01", "2024-01-01"), ("24年1月", "2024-01-01"), ("2024年1月5日", "2024-01-05"),
        ("24年1月5日", "2024-01-05"), ("2024 年 1 月 5 日", "2024-01-05"),
        ("20240105", "2024-01-05"),
        ("240131", "2024-01-31"), ("45296", "2024-01-05"), ("45296.0", "2024-01-05"),
        ("45296.75", "2024-01-05"), ("11/23/2026", "2026-11-23"), ("23/11/2026", "2026-11-23"),
        ("5/5/2026", "2026-05-05"), ("2026-11-23 00:00:00", "2026-11-23"),
        ("2026-11-23T10:30:00+08:00", "2026-11-23"), ("2026/3/5 9:05", "2026-03-05"),
        ("2024年1月5日 星期五", "2024-01-05"), ("2024-1-5(周五)", "2024-01-05"),
        ("２０２４－０１－０５", "2024-01-05"), ("2024\u00a0-1-5", "2024-01-05"),
        ("二〇二四年一月五日", "2024-01-05"), ("二零二四年十二月二十一日", "2024-12-21"),
        ("2024、1、5".replace("、", "."), "2024-01-05"), ("99-12-31", "1999-12-31"),
        ("今天", "2026-11-23"), ("昨天", "2026-11-22"), ("前天", "2026-11-21"),
        ("2024 1 5", "2024-01-05"),
    ],
)  # fmt: skip
def test_days_as_people_write_them(text, day):
    assert parse_day(text, today=TODAY) == date.fromisoformat(day)


@pytest.mark.parametrize("text", ["", " ", "待定", "—", "无", "\u3000"])
def test_no_day(text):
    assert parse_day(text) is None


@pytest.mark.parametrize(
    ("text", "guess"),
    [("去年底", "2025-12-31"), ("年底", "2025-12-31"), ("年初", "2026-01-01"),
      ("今年底", "2026-12-31"),
     ("去年年中", "2025-06-30"), ("前年末", "2024-12-31")],
)  # fmt: skip
def test_a_time_that_is_no_day_carries_a_guess(text, guess):
    with pytest.raises(VagueDate) as refused:
        parse_day(text, today=TODAY)
    assert refused.value.guess == date.fromisoformat(guess)
    with pytest.raises(VagueDate) as refused:
        parse_day(text)
    assert refused.value.guess is None


@pytest.mark.parametrize(
    "text",
    ["很久以前", "2024-13-01", "2024-02-30", "3/5/2026", "1/2/3/4", "12345678901", "2024", "201201",
     "1月", "5日", "1800-01-01", "2024-001-5", "13-40", "0-0", "2026-11-23 xx", "²024-1-5",
     "2" * 70, "20241345", "1234", "abc", "2500-01-01"],
)  # fmt: skip
def test_junk_is_refused_with_a_reason(text):
    with pytest.raises(Unreadable) as refused:
        parse_day(text, today=TODAY)
    assert refused.value.reason
    assert refused.value.text == text


def test_a_day_without_year_needs_today():
    with pytest.raises(Unreadable, match="没有年份"):
        parse_day("1月5日")
    with pytest.raises(Unreadable, match="分不清"):
        parse_day("3/5/2026")


@given(days, st.dates(date(1950, 1, 1), date(2199, 12, 31)))
def test_inferred_year_is_the_latest_not_after_today(day, today):
    found = latest(day.month, day.day, today)
    assert found <= today
    assert (found.month, found.day) == (day.month, day.day)
    assert today - found <= timedelta(days=8 * 366)
    if (day.month, day.day) != (2, 29):
        assert today - found < timedelta(days=366)


@given(days, st.sampled_from(["%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日", "%Y%m%d"]))
def test_any_day_reads_back(day, pattern):
    assert parse_day(day.strftime(pattern)) == day


@given(days)
def test_serials_follow_the_calendar(day):
    assert from_serial((day - date(1899, 12, 30)).days) == day


def test_serials_at_the_edges():
    assert from_serial(1) == date(1900, 1, 1)
    assert from_serial(59) == date(1900, 2, 28)
    assert from_serial(61) == date(1900, 3, 1)
    assert from_serial(43_834, date1904=True) == date(2024, 1, 5)
    assert instant_from_serial(45296.4375, TZ) == parse_instant("2024-01-05 10:30", TZ)
    for number in (0, -3, float("nan"), float("inf"), 9e9):
        with pytest.raises(Unreadable):
            from_serial(number)


@given(st.text(max_size=20), st.booleans())
def test_any_text_is_a_day_nothing_or_a_refusal(text, dated):
    try:
        day = parse_day(text, today=TODAY if dated else None)
    except Unreadable:
        return
    assert day is None or 1900 <= day.year <= 2199


@given(st.text(max_size=30))
def test_any_text_is_an_instant_or_a_refusal(text):
    try:
        instant = parse_instant(text, TZ, today=TODAY)
    except Unreadable:
        return
    assert parse_instant(iso_instant(instant, TZ), TZ) == instant


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2026-11-23 10:30", "2026-11-23T10:30:00+08:00"),
        ("2026/3/5 9:05", "2026-03-05T09:05:00+08:00"),
        ("2026-11-23T10:30:00+08:00", "2026-11-23T10:30:00+08:00"),
        ("2026-11-23T02:30:00Z", "2026-11-23T10:30:00+08:00"),
        ("2026-11-23T10:30:00.250+0900", "2026-11-23T09:30:00.250+08:00"),
        ("2026-11-23T10:30:00-05:30", "2026-11-24T00:00:00+08:00"),
        ("2026年3月5日9:05", "2026-03-05T09:05:00+08:00"),
        ("2026.3.5 9点05分", "2026-03-05T09:05:00+08:00"),
        ("2026.3.5 9点", "2026-03-05T09:00:00+08:00"),
        ("2026-3-5 下午 3:05", "2026-03-05T15:05:00+08:00"),
        ("2026/3/5 3:05:06 PM", "2026-03-05T15:05:06+08:00"),
        ("2026/3/5 12:05 AM", "2026-03-05T00:05:00+08:00"),
        ("2026/3/5 中午 12:05", "2026-03-05T12:05:00+08:00"),
        ("2026/3/5 凌晨12:05", "2026-03-05T00:05:00+08:00"),
        ("2026-11-23", "2026-11-23T00:00:00+08:00"), ("11-23 10:30", "2026-11-23T10:30:00+08:00"),
        ("45296.4375", "2024-01-05T10:30:00+08:00"),
        ("2026-11-23 星期一 10:30", "2026-11-23T10:30:00+08:00"),
    ],
)  # fmt: skip
def test_moments_as_people_write_them(text, iso):
    assert iso_instant(parse_instant(text, TZ, today=TODAY), TZ) == iso


@pytest.mark.parametrize(
    "text", ["", "待定", "2026-11-23 25:00", "2026-11-23 10:61", "10:30", "x 10:30"]
)
def test_moments_that_are_refused(text):
    with pytest.raises(Unreadable):
        parse_instant(text, TZ, today=TODAY)


@given(moments)
def test_instants_read_back(instant):
    assert to_instant(to_local(instant, TZ)) == instant
    assert parse_instant(iso_instant(instant, UTC), TZ) == instant


@given(st.dates(date(1992, 1, 1), date(2199, 12, 31)))
def test_a_day_window_is_the_whole_day_and_no_more(day):
    start, end = day_window(day, TZ)
    assert business_day(start, TZ) == business_day(end, TZ) == day
    assert business_day(start - 1, TZ) < day < business_day(end + 1, TZ)
    assert to_local(end, TZ).time() == time(23, 59, 59, 999_000)


def test_midnight_in_the_office_is_another_day_in_utc():
    late = to_instant(datetime(2026, 11, 22, 16, 0, tzinfo=UTC))
    assert business_day(late, TZ) == date(2026, 11, 23)
    assert at_local(date(2026, 11, 23), time(), TZ) == late


def test_a_moment_without_zone_is_refused():
    with pytest.raises(ValueError, match="zone"):
        to_instant(datetime(2026, 11, 23))  # noqa: DTZ001 - that is the point


def test_clocks():
    clock = FixedClock(5)
    assert clock.now() == 5
    assert abs(SystemClock().now() - to_instant(datetime.now(UTC))) < 60_000


def test_an_unknown_zone_is_refused():
    for name in ("Mars/Base", "../etc/passwd", ""):
        with pytest.raises(Unreadable):
            zone(name)


def test_china_is_known_without_a_zone_database():
    code = (
        "import sys, zoneinfo; zoneinfo.reset_tzpath(to=[]); sys.modules['tzdata'] = None\n"
        "from app.models.values.dates import zone\n"
        "print(zone('Asia/Shanghai').utcoffset(None), zone('UTC').utcoffset(None))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["8:00:00", "0:00:00"]


def test_offsets_are_kept_apart_from_the_office():
    other = timezone(timedelta(hours=-5))
    instant = parse_instant("2026-11-23 00:30", other)
    assert iso_instant(instant, TZ) == "2026-11-23T13:30:00+08:00"
