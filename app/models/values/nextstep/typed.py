"""A time typed in words: 下周三下午3点, 月底前, 3天后, 12-28."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, time, timedelta, tzinfo

from app.models.values.clock import Instant
from app.models.values.dates import at_local, to_local
from app.models.values.nextstep.english import in_chinese
from app.models.values.nextstep.phrases import Now, count_of, months_later, read_phrase
from app.models.values.nextstep.windows import (
    Bucket,
    Label,
    OfficeHours,
    Window,
    resolve,
    resolve_label,
)
from app.models.values.periods import By, period_of
from app.models.values.reasons import Unreadable
from app.models.values.text import fold

_DAY = timedelta(days=1)
LONGEST = 30
"""Characters that a typed time may have."""

_BUCKET_WORDS = {
    **{bucket.value: bucket for bucket in Bucket if bucket is not Bucket.date},
    **dict.fromkeys(
        ("今天稍后", "稍后", "晚点", "今天", "今日", "latertoday", "today"), Bucket.later_today
    ),
    **dict.fromkeys(("今晚", "今天晚上", "今夜", "晚上"), Bucket.tonight),
    **dict.fromkeys(("明天", "明日"), Bucket.tomorrow),
    **dict.fromkeys(
        ("本周内", "本周", "这周", "这周内", "周内", "本星期", "thisweek"), Bucket.this_week
    ),
    **dict.fromkeys(
        ("下周", "下周内", "下个星期", "下星期", "下礼拜", "nextweek"), Bucket.next_week
    ),
    **dict.fromkeys(("下月", "下月内", "下个月", "nextmonth"), Bucket.next_month),
}
_LABEL_WORDS = {
    **dict.fromkeys(("下午", "今天下午"), Label.afternoon),
    "后天": Label.day_after,
    **dict.fromkeys(("周末", "本周末", "这周末", "周末前"), Label.weekend),
    **dict.fromkeys(("月底", "月底前", "本月底", "本月底前", "本月内", "本月"), Label.month_end),
    **dict.fromkeys(
        ("季度内", "本季度", "本季度内", "季末", "季度末", "季末前", "季度末前"), Label.quarter
    ),
    **dict.fromkeys(("年底", "年底前", "年内", "今年内"), Label.year_end),
    **dict.fromkeys(("节后", "节后第一天"), Label.after_holiday),
}

_NUMBER = r"(?:\d{1,3}|[一二两三四五六七八九十]{1,3})"
_PATTERN = re.compile(
    rf"""
    (?:(?P<word>今天|今日|今|明天|明日|明|大后天|后天)
      |(?P<in>{_NUMBER}|半)个?(?P<unit>天|日|周|星期|礼拜|月)(?:后|之后|以后)
      |\+(?P<plus>\d{{1,3}})
      |(?P<which>下下|下|本|这)?个?(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天1-6])
      |下个?月(?P<nextday>\d{{1,2}})[号日]
      |(?:(?P<year>\d{{4}})[-/.年])?(?P<month>\d{{1,2}})[-/.月](?P<day>\d{{1,2}})[日号]?
      |(?P<compact>\d{{8}}|\d{{4}})
      |(?P<monthday>\d{{1,2}})[号日]
    )?
    (?P<half>上午|早上|早|中午|下午|傍晚|晚上|晚)?
    (?:(?P<hour>\d{{1,2}}|[一二两三四五六七八九十]{{1,2}})
       (?:[点时](?:(?P<words>半|一刻|三刻)|(?P<minute>\d{{1,2}})分?)?|:(?P<minutes>\d{{2}}))(?:整|钟)?)?
    (?P<before>之前|以前|前)?
    """,
    re.VERBOSE | re.ASCII,
)
_AFTER_TODAY = {
    "今天": 0,
    "今日": 0,
    "今": 0,
    "明天": 1,
    "明日": 1,
    "明": 1,
    "后天": 2,
    "大后天": 3,
}
_WEEKDAYS = {**dict(zip("一二三四五六日", range(7), strict=True)), "天": 6}
_UNIT_DAYS = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_PART_WORDS = {"半": 30, "一刻": 15, "三刻": 45}
_EVENING = ("晚上", "晚")
_TOMORROW = ("明天", "明日", "明")


def parse_when(
    text: str,
    at: Instant,
    tz: tzinfo,
    hours: OfficeHours,
) -> tuple[Bucket, Window] | None:
    """Read a typed time into its bucket and window, None if it is not understood.

    A bare 周三 is the next one after today, a day without year the next one from today,
    a bare clock time the next one from now; 1 to 6 o'clock means the afternoon. 周五前
    runs from now to that day's office end.
    """
    word = "".join(in_chinese(fold(text).lower()).split())
    now = Now(at, tz, hours)
    try:
        if word in _BUCKET_WORDS:
            return resolve(_BUCKET_WORDS[word], at, tz, hours)
        if word in _LABEL_WORDS:
            return resolve_label(_LABEL_WORDS[word], at, tz, hours)
        if not 0 < len(word) <= LONGEST:
            return None
        found = _PATTERN.fullmatch(word)
        return (_spelled(found, now) if found else None) or read_phrase(word, now)
    except (Unreadable, ValueError, OverflowError):
        return None


def _spelled(found: re.Match[str], now: Now) -> tuple[Bucket, Window] | None:
    named, clock = _named_day(found, now), _clock(found)
    if named is None and clock is None:
        return None
    day = named or _next_with(clock or time(), now)
    if found["before"]:
        return now.until(day, clock)
    bucket = _bucket_of(day, found, clock, now)
    if clock is None and found["half"]:
        window = _half_day(day, found["half"], now)
    elif clock is None and bucket in (Bucket.later_today, Bucket.tonight):
        return resolve(bucket, now.at, now.tz, now.hours)
    else:
        _, window = resolve(Bucket.date, now.at, now.tz, now.hours, day=day, clock=clock)
    return (bucket, window) if window else None


def _bucket_of(day: date, found: re.Match[str], clock: time | None, now: Now) -> Bucket:
    if found["month"] or found["compact"] or found["monthday"]:
        return Bucket.date
    if day == now.today:
        late = clock >= now.hours.day_end if clock else found["half"] in _EVENING
        return Bucket.tonight if late else Bucket.later_today
    tomorrow = day == now.today + _DAY or found["word"] in _TOMORROW
    return Bucket.tomorrow if tomorrow else Bucket.date


def _named_day(found: re.Match[str], now: Now) -> date | None:
    """Return the day the words name, None if they name none."""
    if found["word"] in _TOMORROW and now.hours.next_workday:
        return now.hours.calendar.next_workday(now.today)
    for name, read in _READERS.items():
        if found[name]:
            return read(found, now.today)
    return None


def _relative(found: re.Match[str], today: date) -> date:
    return today + _AFTER_TODAY[found["word"]] * _DAY


def _in_units(found: re.Match[str], today: date) -> date:
    unit = found["unit"]
    if found["in"] == "半":
        return today + {"月": 15, "天": 0}.get(unit, 4) * _DAY
    number = count_of(found["in"])
    if unit == "月":
        return months_later(today, number)
    return today + number * _UNIT_DAYS[unit] * _DAY


def _plus(found: re.Match[str], today: date) -> date:
    return today + int(found["plus"]) * _DAY


def _weekday(found: re.Match[str], today: date) -> date:
    written = found["weekday"]
    place = _WEEKDAYS[written] if written in _WEEKDAYS else int(written) - 1
    weeks = {"下": 1, "下下": 2, "本": 0, "这": 0}.get(found["which"] or "")
    if weeks is None:
        return today + ((place - today.weekday() - 1) % 7 + 1) * _DAY
    day = period_of(today, By.week).start + (7 * weeks + place) * _DAY
    if day < today:
        raise ValueError("that day of this week has passed")
    return day


def _next_month_day(found: re.Match[str], today: date) -> date:
    return (period_of(today, By.month).end + _DAY).replace(day=int(found["nextday"]))


def _calendar_day(found: re.Match[str], today: date) -> date:
    month, day = int(found["month"]), int(found["day"])
    return date(int(found["year"]), month, day) if found["year"] else _coming(month, day, today)


def _compact(found: re.Match[str], today: date) -> date:
    written = found["compact"]
    month, day = int(written[-4:-2]), int(written[-2:])
    return date(int(written[:4]), month, day) if len(written) == 8 else _coming(month, day, today)


def _coming(month: int, day: int, today: date) -> date:
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("there is no such day")


def _month_day(found: re.Match[str], today: date) -> date:
    wanted = int(found["monthday"])
    if not 1 <= wanted <= 31:
        raise ValueError("there is no such day")
    days = (today + n * _DAY for n in range(62))
    return next(day for day in days if day.day == wanted)


_READERS: dict[str, Callable[[re.Match[str], date], date]] = {
    "word": _relative,
    "in": _in_units,
    "plus": _plus,
    "weekday": _weekday,
    "nextday": _next_month_day,
    "month": _calendar_day,
    "compact": _compact,
    "monthday": _month_day,
}


def _clock(found: re.Match[str]) -> time | None:
    if not found["hour"]:
        return None
    hour = count_of(found["hour"])
    half = found["half"]
    minute = int(found["minute"] or found["minutes"] or _PART_WORDS.get(found["words"], 0))
    if half in _EVENING and hour == 12:
        raise ValueError("midnight belongs to another day")
    if (half in ("下午", "傍晚", *_EVENING) and hour < 12) or (
        half in (None, "中午") and 1 <= hour <= 6 and not found["hour"].startswith("0")
    ):
        hour += 12
    return time(hour, minute)


def _next_with(clock: time, now: Now) -> date:
    passed = to_local(now.at, now.tz).time() >= clock
    return now.today + _DAY if passed else now.today


def _half_day(day: date, half: str, now: Now) -> Window | None:
    """Return the morning, noon, afternoon or evening of a day, None when it has passed."""
    hours = now.hours
    start, end = {
        "上午": (hours.day_start, time(12)),
        "早上": (hours.day_start, time(12)),
        "早": (hours.day_start, time(12)),
        "中午": (time(12), time(13)),
        "下午": (time(13), hours.day_end),
        "傍晚": (hours.day_end, time(20)),
    }.get(half, (hours.day_end, hours.evening_end))
    first, last = at_local(day, start, now.tz), at_local(day, end, now.tz)
    if first >= last or now.at >= last:
        return None
    return Window(max(first, now.at), last)
