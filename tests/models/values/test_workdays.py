from datetime import date, timedelta

import pytest
from holidays import country_holidays
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.holiday_notice import parse_notice
from app.models.values.reasons import Unreadable
from app.models.values.workdays import EVERY_WEEK, Holiday, HolidayYear, WorkCalendar
from app.services.admin.holidays import calendar_of, kept_of, shipped_year, with_years, year_of

CHINA = calendar_of({})
NOTICE = """国务院办公厅关于2026年
部分节假日安排的通知
经国务院批准，现将2026年元旦、春节、清明节等放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
节假日期间，各地区、各部门要妥善安排好值班和安全、保卫等工作。"""


@pytest.mark.parametrize("year", range(2001, 2036))
def test_the_shipped_days_are_those_announced(year):
    table = country_holidays("CN", years=year)
    day = date(year, 1, 1)
    while day.year == year:
        assert CHINA.works(day) == table.is_working_day(day), day
        day += timedelta(days=1)


def test_holidays_have_names_and_swapped_days_have_none():
    assert CHINA.holiday_on(date(2026, 10, 5)).name == "国庆节"
    assert CHINA.holiday_on(date(2026, 10, 10)) is None
    assert CHINA.works(date(2026, 10, 10))
    assert CHINA.holiday_named("春节", date(2026, 11, 18)).first == date(2027, 2, 5)
    assert CHINA.holiday_named("泼水节", date(2026, 11, 18)) is None


def test_working_days_are_counted_over_a_holiday():
    assert CHINA.next_workday(date(2026, 9, 30)) == date(2026, 10, 8)
    assert CHINA.next_workday(date(2026, 9, 30), 3) == date(2026, 10, 10)
    assert CHINA.last_workday(date(2026, 10, 8)) == date(2026, 9, 30)
    assert CHINA.workdays_between(date(2026, 9, 30), date(2026, 10, 12)) == 4
    assert CHINA.workdays_between(date(2026, 10, 12), date(2026, 9, 30)) == 0


def test_years_nobody_knows_are_monday_to_friday():
    assert not CHINA.works(date(2060, 10, 2))
    assert CHINA.works(date(2060, 10, 1))
    assert EVERY_WEEK.next_workday(date(2026, 10, 2)) == date(2026, 10, 5)
    assert list(EVERY_WEEK.holidays_from(date(2026, 1, 1))) == []


def test_new_year_may_begin_in_the_old_one():
    known = HolidayYear(2023, (Holiday("元旦", date(2022, 12, 30), date(2023, 1, 2)),),
                        frozenset({date(2022, 12, 31)}))  # fmt: skip
    calendar = WorkCalendar({2023: known}.get)
    assert not calendar.works(date(2022, 12, 30))
    assert calendar.works(date(2022, 12, 31))
    assert not calendar.works(date(2023, 1, 2))


def test_a_pasted_notice_is_the_shipped_year():
    (year,) = parse_notice(NOTICE)
    assert year == shipped_year(2026)


def test_a_notice_across_the_year_end():
    (year,) = parse_notice("一、元旦：2022年12月31日至2023年1月2日放假调休，共3天。", year=2023)
    assert year.holidays == (Holiday("元旦", date(2022, 12, 31), date(2023, 1, 2)),)


def test_a_list_of_days():
    (year,) = parse_notice("日期,安排\n2027-01-01,休,元旦\n2027-01-02 休\n2027-01-03\t班\n")
    assert year.holidays == (Holiday("元旦", date(2027, 1, 1), date(2027, 1, 2)),)
    assert year.worked == {date(2027, 1, 3)}


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "没有看到放假安排"),
        ("今天开会", "没有看到放假安排"),
        ("元旦：1月1日至3日放假", "没写是哪一年的安排"),
        ("2027年放假安排\n元旦：13月1日放假", "没有这一天"),
        ("2027年放假安排\n元旦：5月9日至1日放假", "放假的起止日期不对"),
        ("x" * 50_000, "太长了，不像放假通知"),
        ("\n".join(f"2027-{month:02}-{day:02},休" for month in (1, 2, 3) for day in range(1, 29)),
         "放假天数多得不对"),
        ("3027-01-01,休", "没有这一天"),
    ],
)  # fmt: skip
def test_what_is_no_notice_says_why(text, reason):
    with pytest.raises(Unreadable) as told:
        parse_notice(text)
    assert told.value.reason == reason


@given(st.text("元旦春节0123456789年月日至放假上班共天、，。：:()（）\n 休班,-", max_size=80))
def test_any_text_is_a_notice_or_a_reason(text):
    try:
        years = parse_notice(text, year=2027)
    except Unreadable:
        return
    assert years


def test_a_year_is_kept_and_found_again():
    year = shipped_year(2026)
    assert year_of(2026, kept_of(year)) == year
    own = HolidayYear(2026, (Holiday("厂庆", date(2026, 11, 23), date(2026, 11, 23)),))
    calendar = calendar_of(with_years({}, (own,)))
    assert not calendar.works(date(2026, 11, 23))
    assert calendar.works(date(2026, 10, 2))
    assert not calendar.works(date(2027, 1, 1))
