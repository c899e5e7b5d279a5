from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.dates import parse_instant, to_local, zone
from app.models.values.nextstep import Bucket, OfficeHours, resolve
from app.models.values.nextstep.typed import parse_when
from app.services.admin.holidays import calendar_of

TZ = zone("Asia/Shanghai")
HOURS = OfficeHours()
CHINA = OfficeHours(calendar=calendar_of({}))
NOW = parse_instant("2026-11-18 10:30", TZ)  # a Wednesday

TABLE = """
今天稍后 | later_today | 11-18 11:30 | 11-18 18:00
今天 | later_today | 11-18 11:30 | 11-18 18:00
今晚 | tonight | 11-18 18:00 | 11-18 22:00
今晚8点 | tonight | 11-18 20:00 | 11-18 21:00
晚上八点半 | tonight | 11-18 20:30 | 11-18 21:30
下午 | later_today | 11-18 13:00 | 11-18 18:00
今天下午3点 | later_today | 11-18 15:00 | 11-18 16:00
3点 | later_today | 11-18 15:00 | 11-18 16:00
15:30 | later_today | 11-18 15:30 | 11-18 16:30
9点 | tomorrow | 11-19 09:00 | 11-19 10:00
明天 | tomorrow | 11-19 09:00 | 11-19 18:00
 明 天 | tomorrow | 11-19 09:00 | 11-19 18:00
明早 | tomorrow | 11-19 09:00 | 11-19 12:00
明天上午 | tomorrow | 11-19 09:00 | 11-19 12:00
明天下午 | tomorrow | 11-19 13:00 | 11-19 18:00
明晚 | tomorrow | 11-19 18:00 | 11-19 22:00
明天10点 | tomorrow | 11-19 10:00 | 11-19 11:00
明天下午三点一刻 | tomorrow | 11-19 15:15 | 11-19 16:15
后天 | date | 11-20 09:00 | 11-20 18:00
后天中午 | date | 11-20 12:00 | 11-20 13:00
大后天 | date | 11-21 09:00 | 11-21 18:00
本周内 | this_week | 11-18 10:30 | 11-22 23:59
周末 | date | 11-21 00:00 | 11-22 23:59
周五 | date | 11-20 09:00 | 11-20 18:00
周四 | tomorrow | 11-19 09:00 | 11-19 18:00
周三 | date | 11-25 09:00 | 11-25 18:00
本周五 | date | 11-20 09:00 | 11-20 18:00
周五前 | date | 11-18 10:30 | 11-20 18:00
下周 | next_week | 11-23 00:00 | 11-29 23:59
下周三 | date | 11-25 09:00 | 11-25 18:00
下周三下午3点 | date | 11-25 15:00 | 11-25 16:00
下周日 | date | 11-29 09:00 | 11-29 18:00
下下周一 | date | 11-30 09:00 | 11-30 18:00
下个星期二上午 | date | 11-24 09:00 | 11-24 12:00
下月 | next_month | 12-01 00:00 | 12-31 23:59
下个月5号 | date | 12-05 09:00 | 12-05 18:00
月底前 | date | 11-18 10:30 | 11-30 23:59
季度内 | date | 11-18 10:30 | 12-31 23:59
年底前 | date | 11-18 10:30 | 12-31 23:59
3天后 | date | 11-21 09:00 | 11-21 18:00
三天后 | date | 11-21 09:00 | 11-21 18:00
1天后 | tomorrow | 11-19 09:00 | 11-19 18:00
+3 | date | 11-21 09:00 | 11-21 18:00
+0 | later_today | 11-18 11:30 | 11-18 18:00
两周后 | date | 12-02 09:00 | 12-02 18:00
一个月后 | date | 12-18 09:00 | 12-18 18:00
半个月后 | date | 12-03 09:00 | 12-03 18:00
12-28 | date | 12-28 09:00 | 12-28 18:00
12/28 | date | 12-28 09:00 | 12-28 18:00
12.28 | date | 12-28 09:00 | 12-28 18:00
12月28日 | date | 12-28 09:00 | 12-28 18:00
12月28日14:00 | date | 12-28 14:00 | 12-28 15:00
1228 | date | 12-28 09:00 | 12-28 18:00
20261228 | date | 12-28 09:00 | 12-28 18:00
2026-12-28 | date | 12-28 09:00 | 12-28 18:00
2026年12月28日下午2点 | date | 12-28 14:00 | 12-28 15:00
12-28前 | date | 11-18 10:30 | 12-28 18:00
11-18 | date | 11-18 09:00 | 11-18 18:00
28号 | date | 11-28 09:00 | 11-28 18:00
10号 | date | 12-10 09:00 | 12-10 18:00
下午5点前 | date | 11-18 10:30 | 11-18 17:00
later_today | later_today | 11-18 11:30 | 11-18 18:00
next week | next_week | 11-23 00:00 | 11-29 23:59
next_month | next_month | 12-01 00:00 | 12-31 23:59
"""


@pytest.mark.parametrize("row", TABLE.strip("\n").splitlines())
def test_words_typed_on_a_wednesday_morning(row):
    text, bucket, start, end = row.split(" | ")
    found = parse_when(text, NOW, TZ, HOURS)
    assert found is not None
    window = found[1]
    assert (found[0], *(f"{to_local(at, TZ):%m-%d %H:%M}" for at in (window.start,
    window.end))) == (
        bucket, start, end,
    )  # fmt: skip
    assert window.has_clock == (":" in text or ("点" in text and "前" not in text))


@pytest.mark.parametrize(
    "text",
    ["", "以后再说", "13-40", "0000", "1345", "今天上午8点半吧", "本周一", "25点", "10点70",
     "今天早",
     "32号", "晚上12点", "节后", "date", "上午", "前", "12", "周八", "9" * 40, "零天后x",
     "2026-02-30"],
)  # fmt: skip
def test_words_that_are_not_understood(text):
    at = NOW + 5 * 3_600_000
    assert parse_when(text, at, TZ, HOURS) is None


def test_a_leap_day_is_the_next_one():
    found = parse_when("2-29", NOW, TZ, HOURS)
    assert found is not None
    assert to_local(found[1].start, TZ).date() == date(2028, 2, 29)


def test_a_month_later_stays_in_the_month():
    end_of_january = parse_instant("2027-01-31 09:00", TZ)
    found = parse_when("一个月后", end_of_january, TZ, HOURS)
    assert found is not None
    assert to_local(found[1].start, TZ).date() == date(2027, 2, 28)


def test_tomorrow_follows_the_setting_and_plain_days_do_not():
    friday = parse_instant("2026-11-20 10:30", TZ)
    hours = OfficeHours(next_workday=True)
    for text, day in (("明天", 23), ("明天10点", 23), ("明早", 23), ("+1", 21), ("1天后", 21)):
        found = parse_when(text, friday, TZ, hours)
        assert found is not None
        assert found[0] is Bucket.tomorrow
        assert to_local(found[1].start, TZ).date() == date(2026, 11, day)


def test_after_the_holiday_needs_the_holidays():
    found = parse_when("节后第一天", NOW, TZ, CHINA)
    assert found is not None
    assert to_local(found[1].start, TZ).date() == date(2027, 1, 4)


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 365))
def test_a_typed_day_is_that_day(today, ahead):
    at = parse_instant(f"{today} 10:30", TZ)
    day = today + timedelta(days=ahead)
    expected = resolve(Bucket.date, at, TZ, HOURS, day=day)
    assert parse_when(day.isoformat(), at, TZ, HOURS) == expected
    assert parse_when(f"{day:%Y%m%d}", at, TZ, HOURS) == expected
    if ahead < 365:
        assert parse_when(f"{day:%m-%d}", at, TZ, HOURS) == expected
        assert parse_when(f"{day:%m%d}", at, TZ, HOURS) == expected


FURTHER = """
下周三下午3点 | 2026-11-25 15:00 | 2026-11-25 16:00
3个工作日后 | 2026-11-23 09:00 | 2026-11-23 18:00
三个工作日内 | 2026-11-18 10:30 | 2026-11-23 18:00
下个工作日 | 2026-11-19 09:00 | 2026-11-19 18:00
3天内 | 2026-11-18 10:30 | 2026-11-21 18:00
两周内 | 2026-11-18 10:30 | 2026-12-02 18:00
一个月内 | 2026-11-18 10:30 | 2026-12-18 18:00
2小时后 | 2026-11-18 12:30 | 2026-11-18 13:30
半小时后 | 2026-11-18 11:00 | 2026-11-18 12:00
一个半小时后 | 2026-11-18 12:00 | 2026-11-18 13:00
30分钟后 | 2026-11-18 11:00 | 2026-11-18 12:00
20小时后 | 2026-11-19 06:30 | 2026-11-19 07:30
这两天 | 2026-11-18 10:30 | 2026-11-19 18:00
下班前 | 2026-11-18 10:30 | 2026-11-18 18:00
明天下班前 | 2026-11-18 10:30 | 2026-11-19 18:00
节后第一天 | 2027-01-04 09:00 | 2027-01-04 18:00
元旦后 | 2027-01-04 09:00 | 2027-01-04 18:00
节前 | 2026-11-18 10:30 | 2026-12-31 18:00
春节后 | 2027-02-11 09:00 | 2027-02-11 18:00
年后 | 2027-02-11 09:00 | 2027-02-11 18:00
年前 | 2026-11-18 10:30 | 2027-02-04 18:00
十一后 | 2027-10-06 09:00 | 2027-10-06 18:00
下周初 | 2026-11-23 00:00 | 2026-11-24 23:59
下周末 | 2026-11-28 00:00 | 2026-11-29 23:59
下月初 | 2026-12-01 00:00 | 2026-12-10 23:59
下月中旬 | 2026-12-11 00:00 | 2026-12-20 23:59
12月底 | 2026-12-21 00:00 | 2026-12-31 23:59
3月底前 | 2026-11-18 10:30 | 2027-03-31 18:00
下季度 | 2027-01-01 00:00 | 2027-03-31 23:59
明年 | 2027-01-01 00:00 | 2027-12-31 23:59
next fri 3pm | 2026-11-27 15:00 | 2026-11-27 16:00
tomorrow at 15:30 | 2026-11-19 15:30 | 2026-11-19 16:30
in 3 days | 2026-11-21 09:00 | 2026-11-21 18:00
in 2 working days | 2026-11-20 09:00 | 2026-11-20 18:00
in 2 hours | 2026-11-18 12:30 | 2026-11-18 13:30
by friday | 2026-11-18 10:30 | 2026-11-20 18:00
by 12-05 | 2026-11-18 10:30 | 2026-12-05 18:00
end of month | 2026-11-18 10:30 | 2026-11-30 23:59
monday morning | 2026-11-23 09:00 | 2026-11-23 12:00
after the holiday | 2027-01-04 09:00 | 2027-01-04 18:00
"""


@pytest.mark.parametrize("row", FURTHER.strip("\n").splitlines())
def test_further_words_by_the_holidays_of_china(row):
    text, start, end = row.split(" | ")
    found = parse_when(text, NOW, TZ, CHINA)
    assert found is not None
    window = found[1]
    assert tuple(f"{to_local(at, TZ):%Y-%m-%d %H:%M}" for at in (window.start, window.end)) == (
        start, end,
    )  # fmt: skip


def test_a_swapped_saturday_is_a_working_day():
    before = parse_instant("2026-02-12 10:30", TZ)
    found = parse_when("2个工作日后", before, TZ, CHINA)
    assert found is not None
    assert to_local(found[1].start, TZ).date() == date(2026, 2, 14)
    after = parse_when("春节后", before, TZ, CHINA)
    assert after is not None
    assert to_local(after[1].start, TZ).date() == date(2026, 2, 24)


@given(
    st.text(
        "今明后天周下本个月一三五日号点早晚上午前0123456789+-:/. 半内末底稍工作节春年季小时中旬",
        max_size=12,
    )
)
def test_any_words_are_understood_or_not(text):
    found = parse_when(text, NOW, TZ, CHINA)
    if found is not None:
        assert found[1].start <= found[1].end
        assert found[1].end >= NOW
