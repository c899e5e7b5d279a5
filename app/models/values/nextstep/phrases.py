"""Times said in further words: 3个工作日内, 春节后, 下月初, 2小时后, 下班前."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo

from app.models.values.clock import Instant
from app.models.values.dates import at_local, business_day, day_window, to_local
from app.models.values.nextstep.windows import (
    Bucket,
    Label,
    OfficeHours,
    Window,
    resolve,
    resolve_label,
)
from app.models.values.numerals import from_han
from app.models.values.periods import By, period_of

_DAY = timedelta(days=1)
_HOUR_MS = 3_600_000
_MINUTE_MS = 60_000
_MOST_DAYS = 999
Found = tuple[Bucket, Window]


@dataclass(frozen=True, slots=True)
class Now:
    """When and where words are said."""

    at: Instant
    tz: tzinfo
    hours: OfficeHours

    @property
    def today(self) -> date:
        """Return the office's day."""
        return business_day(self.at, self.tz)

    def on(self, day: date, clock: time | None = None) -> Found:
        """Return a day, or the hour from a clock time on it."""
        return resolve(Bucket.date, self.at, self.tz, self.hours, day=day, clock=clock)

    def until(self, day: date, clock: time | None = None) -> Found | None:
        """Return from now to the office end of a day, None when that has passed."""
        end = at_local(day, clock or self.hours.day_end, self.tz)
        return (Bucket.date, Window(self.at, end)) if end > self.at else None

    def days(self, first: date, last: date) -> Found | None:
        """Return whole days, what has passed of them left out; None when all has."""
        start, end = day_window(first, self.tz)[0], day_window(last, self.tz)[1]
        return (Bucket.date, Window(max(start, self.at), end)) if end > self.at else None


def count_of(written: str) -> int:
    """Return a number in figures or Chinese characters, at most three digits."""
    count = int(written) if written.isdigit() else int(from_han(written) or 0)
    if count > _MOST_DAYS:
        raise ValueError("too far away")
    return count


def months_later(today: date, number: int) -> date:
    """Return the same day of a later month, or that month's last one."""
    count = today.year * 12 + today.month - 1 + number
    first = date(count // 12, count % 12 + 1, 1)
    return min(first + (today.day - 1) * _DAY, period_of(first, By.month).end)


def read_phrase(word: str, now: Now) -> Found | None:
    """Return what further words mean, None if they are none of these."""
    for pattern, read in _PHRASES:
        found = pattern.fullmatch(word)
        if found:
            return read(found, now)
    return None


# -- working days and counted ones -----------------------------------------------------------------


def _workdays(found: re.Match[str], now: Now) -> Found | None:
    count = count_of(found["n"] or "1")
    if not count:
        return None
    if found["within"]:
        return now.until(now.hours.calendar.next_workday(now.today, count))
    return resolve_label(Label.in_workdays, now.at, now.tz, now.hours, days=count)


def _within(found: re.Match[str], now: Now) -> Found | None:
    count = count_of(found["n"])
    if found["unit"] == "月":
        return now.until(months_later(now.today, count))
    return now.until(now.today + count * (1 if found["unit"] in "天日" else 7) * _DAY)


def _in_hours(found: re.Match[str], now: Now) -> Found | None:
    minutes = 30 if found["half"] or found["more"] else 0
    if found["n"]:
        minutes += count_of(found["n"]) * (1 if found["unit"].startswith("分") else 60)
    start = now.at + minutes * _MINUTE_MS
    start -= start % _MINUTE_MS
    local = to_local(start, now.tz)
    last = day_window(local.date(), now.tz)[1]
    window = Window(start, min(start + _HOUR_MS, last), has_clock=True)
    if local.date() != now.today:
        return Bucket.date, window
    late = local.time() >= now.hours.day_end
    return (Bucket.tonight if late else Bucket.later_today), window


def _these_days(_found: re.Match[str], now: Now) -> Found | None:
    return now.until(now.today + _DAY)


def _before_closing(found: re.Match[str], now: Now) -> Found | None:
    ahead = {"明天": 1, "明日": 1, "后天": 2}.get(found["day"] or "", 0)
    return now.until(now.today + ahead * _DAY)


# -- holidays --------------------------------------------------------------------------------------

_FEASTS = {
    "元旦": "元旦", "春节": "春节", "过年": "春节", "过完年": "春节", "年": "春节",
    "清明": "清明", "五一": "劳动", "劳动": "劳动", "端午": "端午", "中秋": "中秋",
    "国庆": "国庆", "十一": "国庆", "假期": "", "": "",
}  # fmt: skip


def _holiday(found: re.Match[str], now: Now) -> Found | None:
    """Return the first working day after a holiday, or until the last one before it."""
    calendar, name = now.hours.calendar, _FEASTS[found["feast"] or ""]
    for one in calendar.holidays_from(now.today):
        if name not in one.name:
            continue
        if found["after"]:
            return now.on(calendar.next_workday(one.last))
        if one.first > now.today:
            return now.until(calendar.last_workday(one.first))
    return None


# -- parts of weeks, months and years --------------------------------------------------------------

_PART_OF_WEEK = {"初": (0, 1), "中": (2, 3), "末": (5, 6), "周末": (5, 6)}
_TENTH = {"初": 1, "上旬": 1, "中": 11, "中旬": 11, "下旬": 21, "底": 21, "末": 21}


def _part_of_week(found: re.Match[str], now: Now) -> Found | None:
    monday = period_of(now.today, By.week).end + _DAY
    first, last = _PART_OF_WEEK[found["part"]]
    return now.days(monday + first * _DAY, monday + last * _DAY)


def _part_of_month(found: re.Match[str], now: Now) -> Found | None:
    month = period_of(now.today, By.month)
    if found["month"]:
        first = date(now.today.year, count_of(found["month"]), 1)
        month = period_of(first, By.month)
        if month.end < now.today:
            month = period_of(first.replace(year=first.year + 1), By.month)
    elif found["next"]:
        month = period_of(month.end + _DAY, By.month)
    start = _TENTH[found["part"]]
    last = month.end if start == 21 else month.start.replace(day=start + 9)
    if found["before"]:
        return now.until(last)
    return now.days(month.start.replace(day=start), last)


def _next_period(found: re.Match[str], now: Now) -> Found | None:
    by = By.year if found["year"] else By.quarter
    coming = period_of(period_of(now.today, by).end + _DAY, by)
    return now.days(coming.start, coming.end)


_N = r"(?P<n>\d{1,3}|[一二两三四五六七八九十百]{1,4})"
_AFTER = r"(?:后|之后|以后)"
_FEAST = "|".join(filter(None, _FEASTS))
_FIRST_DAY = "(?P<after>过?后|之后|以后)(?:第一天|第一个工作日|上班)?"
_MONTH = r"(?:(?P<next>下)个?月|(?P<month>\d{1,2})月份?|(?:这|本)?个?月)"
_INSIDE = r"(?:内|以内|之内)"
_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Now], Found | None]], ...] = tuple(
    (re.compile(pattern, re.ASCII), read)
    for pattern, read in (
        (rf"{_N}个?工作日(?:{_AFTER}|(?P<within>{_INSIDE}))", _workdays),
        (r"下(?:一)?个?工作日(?P<n>)(?P<within>)", _workdays),
        (rf"{_N}个?(?P<unit>天|日|周|星期|礼拜|月){_INSIDE}", _within),
        (
            rf"(?:{_N}|(?P<half>半))个?(?P<more>半)?个?(?P<unit>小时|钟头|分钟|分){_AFTER}",
            _in_hours,
        ),
        (r"(?:这|近)(?:两|几|二)天内?", _these_days),
        (r"(?P<day>今天|今日|明天|明日|后天)?下班(?:前|之前|以前)", _before_closing),
        (rf"(?:(?P<feast>{_FEAST})节?|节)(?:{_FIRST_DAY}|前|之前|以前|前最后一天)", _holiday),
        (r"下(?:个)?(?:周|星期|礼拜)(?P<part>初|中|末|周末)", _part_of_week),
        (rf"{_MONTH}(?P<part>初|中旬|中|上旬|下旬|底|末)(?P<before>前|之前|以前)?", _part_of_month),
        (r"(?:下个?季度?|下一季度|(?P<year>明年|下一?年))内?", _next_period),
    )
)
