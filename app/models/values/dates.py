"""Instants (milliseconds UTC), business days, and reading both from text."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from app.models.values.clock import Instant
from app.models.values.numerals import from_han
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold, is_nothing

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MS = timedelta(milliseconds=1)
_DAY = timedelta(days=1)

NEVER_AT = 253_402_300_799_999
"""An instant (ms) after every other one: sorts "no date" last, and is never null."""


# Windows has no zone database of its own; China has had one time since 1992.
_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
_WITHOUT_DATABASE: dict[str, tzinfo] = {"Asia/Shanghai": _CHINA, "PRC": _CHINA, "UTC": UTC}


@cache
def zone(name: str) -> tzinfo:
    """Return the named time zone; China's is known even without a zone database."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        if name in _WITHOUT_DATABASE:
            return _WITHOUT_DATABASE[name]
        raise Unreadable(N_("没有这个时区"), name) from None


def to_instant(moment: datetime) -> Instant:
    """Return the instant of a moment that knows its zone."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a zone is no instant")
    return (moment - _EPOCH) // _MS


def to_local(instant: Instant, tz: tzinfo) -> datetime:
    """Return what calendar and clock show in the zone."""
    return (_EPOCH + instant * _MS).astimezone(tz)


def at_local(day: date, clock: time, tz: tzinfo) -> Instant:
    """Return the instant at which the clock shows this time on this day."""
    return to_instant(datetime.combine(day, clock, tz))


def business_day(instant: Instant, tz: tzinfo) -> date:
    """Return the office's day of an instant (product.md 2.0.1)."""
    return to_local(instant, tz).date()


def day_window(day: date, tz: tzinfo) -> tuple[Instant, Instant]:
    """Return the first and the last millisecond of a day, both inside it."""
    return at_local(day, time(), tz), at_local(day + _DAY, time(), tz) - 1


def iso_instant(instant: Instant, tz: tzinfo) -> str:
    """Return the instant as ISO 8601 with offset, milliseconds only when there are any."""
    local = to_local(instant, tz)
    return local.isoformat(timespec="milliseconds" if instant % 1000 else "seconds")


_SERIAL = re.compile(r"\d{5}(?:\.\d+)?", re.ASCII)
_CLOCK = re.compile(
    r"(?:[T ]|(?<=[日号])) ?(?:(?P<half>凌晨|早上|上午|中午|下午|傍晚|晚上) ?)?"
    r"(?P<hour>\d{1,2})(?:[:时点](?P<minute>\d{1,2})?分?)(?::?(?P<second>\d{1,2})(?:\.(?P<part>\d{1,9}))?秒?)?"
    r"(?: ?(?P<ampm>[AP]M))?(?: ?(?P<offset>Z|[+-]\d{2}:?\d{2}))?$",
    re.ASCII | re.IGNORECASE,
)
_WEEKDAY = re.compile(r" ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_HAN_NUMBER = re.compile("[〇零一二三四五六七八九十]+")
_SEPARATOR = re.compile(r" ?[-./年月日号,\\–—] ?| ")
_NUMBERS = re.compile(r"\d{1,4}(?:-\d{1,4}){1,2}", re.ASCII)
_VAGUE = re.compile(r"(前年|去年|今年|本年)?年?(初|中|底|末)")
_VAGUER = re.compile(
    r"(?:(?:\d{2,4}|前|去|今|本)年?[-/.]?)?(?:(?:\d{1,2}月|年)(?:初|中|底|末|上旬|中旬|下旬|前后|左右)"
    r"|第?[一二三四1-4]季度?|q[1-4]|[上下]半年)|(?:前|去|今|本)年",
    re.IGNORECASE,
)
_MONTH_NAMES = "jan feb mar apr may jun jul aug sep oct nov dec"
_MONTHS = {name: at for at, name in enumerate(_MONTH_NAMES.split(), start=1)}
_DAY_FIRST = re.compile(r"(\d{1,2})[- ]([a-z]{3})[a-z]*\.?[-, ]+(\d{4}|\d{2})(.*)", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([a-z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})(.*)", re.IGNORECASE)
_THAT_YEAR = re.compile(r"(前年|去年|今年|本年)(?=\d|元月|[一二三四五六七八九十]+月)")
_YEARS_AGO = {"前年": 2, "去年": 1, "今年": 0, "本年": 0}
_DAYS_AGO = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
_MONTH_DAY = {"初": (1, 1), "中": (6, 30), "底": (12, 31), "末": (12, 31)}


class VagueDate(Unreadable):
    """Tell that a text means a time but no day, as 去年底 does; ``guess`` is its likely end."""

    def __init__(self, text: str, guess: date | None) -> None:
        super().__init__(N_("日期说得不准"), text)
        self.guess = guess


def parse_day(text: str, *, today: date | None = None) -> date | None:
    """Read a day in any of the habits of product.md 5.8, number 17.

    None when the text says there is none. A day without its year is the latest one not
    after ``today``; 2024年1月 is the first of the month. Raise VagueDate for 去年底 and
    Unreadable for anything else.
    """
    if is_nothing(text):
        return None
    plain = _in_figures(fold(text), today)
    if len(plain) > 60:
        raise Unreadable(N_("不是日期"), text)
    if _SERIAL.fullmatch(plain):
        return from_serial(float(plain))
    if today and plain in _DAYS_AGO:
        return today - _DAYS_AGO[plain] * _DAY
    vague = _VAGUE.fullmatch(plain)
    if vague:
        raise VagueDate(text, _guess(vague, today))
    if _VAGUER.fullmatch(plain):
        raise VagueDate(text, None)
    return _calendar_day(_without_clock(plain)[0], text, today)


def _in_figures(plain: str, today: date | None) -> str:
    """Write 5-Jan-24, 元月 and 去年3月 in figures, and drop a full stop at the end."""
    plain = plain.rstrip("。;；,，").replace("元月", "1月")
    if found := _DAY_FIRST.fullmatch(plain):
        day, name, year, rest = found.groups()
    elif found := _MONTH_FIRST.fullmatch(plain):
        name, day, year, rest = found.groups()
    elif today and (told := _THAT_YEAR.match(plain)):
        return f"{today.year - _YEARS_AGO[told[1]]}年{plain[told.end() :]}"
    else:
        return plain
    month = _MONTHS.get(name.lower())
    return f"{_full_year(year)}-{month}-{day}{rest}" if month else plain


def _guess(vague: re.Match[str], today: date | None) -> date | None:
    if today is None:
        return None
    day = date(today.year - _YEARS_AGO.get(vague[1], 0), *_MONTH_DAY[vague[2]])
    return day if day <= today or vague[1] else day.replace(year=day.year - 1)


def _without_clock(plain: str) -> tuple[str, re.Match[str] | None]:
    found = _CLOCK.search(plain)
    if found is None:
        return _without_weekday(plain), None
    return _without_weekday(plain[: found.start()]), found


def _without_weekday(plain: str) -> str:
    return _WEEKDAY.sub("", plain)


def _calendar_day(plain: str, text: str, today: date | None) -> date:
    named_year = "年" in plain
    digits = _HAN_NUMBER.sub(lambda han: str(from_han(han[0])), plain)
    digits = _SEPARATOR.sub("-", digits).rstrip("-")
    try:
        if digits.isascii() and digits.isdigit():
            return _run_together(digits)
        if _NUMBERS.fullmatch(digits):
            parts = digits.split("-")
            return _two(parts, named_year, today) if len(parts) == 2 else _three(parts)
    except _NoSuchDayError as problem:
        raise Unreadable(str(problem) or N_("没有这一天"), text) from None
    except ValueError:
        raise Unreadable(N_("没有这一天"), text) from None
    raise Unreadable(N_("不是日期"), text)


class _NoSuchDayError(ValueError):
    """Numbers that look like a day but name none, or more than one."""


def _run_together(digits: str) -> date:
    """Read 20240105, or 240105 and 202401 when only one of both readings is a day."""
    if len(digits) == 8:
        return _day(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    readings = []
    if len(digits) == 6:
        for year, month, day in (
            (int(digits[:4]), int(digits[4:]), 1),
            (_full_year(digits[:2]), int(digits[2:4]), int(digits[4:])),
        ):
            try:
                readings.append(_day(year, month, day))
            except ValueError:
                continue
    if len(readings) != 1:
        raise _NoSuchDayError(N_("不是日期"))
    return readings[0]


def _two(parts: list[str], named_year: bool, today: date | None) -> date:
    first, second = parts
    if len(first) == 4 or named_year:
        return _day(_full_year(first), int(second), 1)
    if today is None:
        raise _NoSuchDayError(N_("日期没有年份"))
    return latest(int(first), int(second), today)


def _three(parts: list[str]) -> date:
    first, second, third = parts
    if len(third) == 4 and len(first) <= 2:
        return _month_and_day(int(first), int(second), int(third))
    if len(third) > 2 or len(second) > 2:
        raise _NoSuchDayError(N_("不是日期"))
    return _day(_full_year(first), int(second), int(third))


def _month_and_day(first: int, second: int, year: int) -> date:
    if first > 12:
        return _day(year, second, first)
    if second > 12 or first == second:
        return _day(year, first, second)
    raise _NoSuchDayError(N_("分不清哪个是月、哪个是日"))


def _full_year(written: str) -> int:
    """Return the year of two or four digits: 70 to 99 are of the last century."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + (1900 if year >= 70 else 2000)


def _day(year: int, month: int, day: int) -> date:
    if not 1900 <= year <= 2199:
        raise _NoSuchDayError
    return date(year, month, day)


def latest(month: int, day: int, today: date) -> date:
    """Return the last such day that is not after today; raise ValueError if there is none."""
    for year in range(today.year, today.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= today:
            return found
    raise _NoSuchDayError


def from_serial(number: float, date1904: bool = False) -> date:
    """Return the day of a spreadsheet's serial number; 1900 had no 29 February."""
    return _serial_moment(number, date1904).date()


def instant_from_serial(number: float, tz: tzinfo, date1904: bool = False) -> Instant:
    """Return the instant of a spreadsheet's serial number, to the second."""
    return to_instant(_serial_moment(number, date1904).replace(tzinfo=tz))


def _serial_moment(number: float, date1904: bool) -> datetime:
    if not 1 <= number < 2_958_466:
        raise Unreadable(N_("不是日期"), str(number))
    first = date(1904, 1, 1) if date1904 else date(1899, 12, 31 if number < 60 else 30)
    seconds = round(number * 86_400)
    return datetime.combine(first, time()) + timedelta(seconds=seconds)


def parse_instant(text: str, tz: tzinfo, *, today: date | None = None) -> Instant:
    """Read a moment: ISO with or without offset, or a day of parse_day with a clock time.

    Without a clock time it is the day's midnight, without an offset the office's time.
    """
    plain = fold(text)
    if _SERIAL.fullmatch(plain):
        return instant_from_serial(float(plain), tz)
    written, clock = _without_clock(plain[:80])
    day = parse_day(written, today=today)
    if day is None:
        raise Unreadable(N_("没有日期"), text)
    if clock is None:
        return at_local(day, time(), tz)
    try:
        moment = datetime.combine(day, _clock_time(clock), _offset(clock["offset"]) or tz)
    except ValueError:
        raise Unreadable(N_("没有这个钟点"), text) from None
    return to_instant(moment)


def _clock_time(clock: re.Match[str]) -> time:
    hour = int(clock["hour"])
    half = (clock["ampm"] or "").lower() or _HALVES.get(clock["half"], "")
    if half == "pm" and hour < 12:
        hour += 12
    if half == "am" and hour == 12:
        hour = 0
    part = int((clock["part"] or "0").ljust(6, "0")[:6])
    return time(hour, int(clock["minute"] or 0), int(clock["second"] or 0), part)


_HALVES = {"下午": "pm", "傍晚": "pm", "晚上": "pm", "凌晨": "am"}


def _offset(written: str | None) -> tzinfo | None:
    if not written:
        return None
    if written in "Zz":
        return UTC
    minutes = int(written[1:3]) * 60 + int(written[-2:])
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))
