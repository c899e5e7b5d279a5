"""The window a fuzzy word means when it is chosen, and where it stands later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta, tzinfo
from enum import StrEnum

from app.models.values.clock import Instant
from app.models.values.dates import at_local, business_day, day_window, to_local
from app.models.values.periods import By, period_of
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold
from app.models.values.workdays import EVERY_WEEK, WorkCalendar

_DAY = timedelta(days=1)
_HOUR_MS = 3_600_000
_NOON_END = time(13)


class Bucket(StrEnum):
    """The word chosen for a next step, as told outside."""

    later_today = "later_today"
    tonight = "tonight"
    tomorrow = "tomorrow"
    this_week = "this_week"
    next_week = "next_week"
    next_month = "next_month"
    date = "date"


class Label(StrEnum):
    """Further words; they are kept as a plain bucket with their own window."""

    afternoon = "afternoon"
    day_after = "day_after"
    weekend = "weekend"
    month_end = "month_end"
    quarter = "quarter"
    year_end = "year_end"
    in_workdays = "in_workdays"
    after_holiday = "after_holiday"
    in_days = "in_days"


class Group(StrEnum):
    """A heading of the agenda."""

    overdue = "overdue"
    tonight = "tonight"
    later_today = "later_today"
    tomorrow = "tomorrow"
    this_week = "this_week"
    next_week = "next_week"
    next_month = "next_month"
    later = "later"


class StepState(StrEnum):
    """What became of a next step."""

    open = "open"
    done = "done"
    cancelled = "cancelled"
    postponed = "postponed"


class Timing(StrEnum):
    """Where an open step stands: 未到, 可做, 逾期; closed once it is not open."""

    waiting = "waiting"
    due = "due"
    overdue = "overdue"
    closed = "closed"


class PlanKind(StrEnum):
    """What a next step is for."""

    keep_in_touch = "keep_in_touch"
    build_rapport = "build_rapport"
    nurture_need = "nurture_need"
    find_opportunity = "find_opportunity"
    counter_rival = "counter_rival"
    sign_collect = "sign_collect"
    greeting = "greeting"


_PLAN_WORDS = {
    "保持联络": PlanKind.keep_in_touch,
    "保持联系": PlanKind.keep_in_touch,
    "增进关系": PlanKind.build_rapport,
    "培养需求": PlanKind.nurture_need,
    "挖掘机会": PlanKind.find_opportunity,
    "打击竞品": PlanKind.counter_rival,
    "签约回款": PlanKind.sign_collect,
    "普通问候": PlanKind.greeting,
}


def plan_of(text: str) -> PlanKind | None:
    """Return the plan kind of a code or a Chinese word or its beginning, None if unknown."""
    word = fold(text)
    if word in set(PlanKind):
        return PlanKind(word)
    found = {kind for name, kind in _PLAN_WORDS.items() if len(word) > 1 and name.startswith(word)}
    return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """The office day: work, then evening; its working days, and whether 明天 is one of them."""

    day_start: time = time(9)
    day_end: time = time(18)
    evening_end: time = time(22)
    next_workday: bool = False
    calendar: WorkCalendar = EVERY_WEEK

    def __post_init__(self) -> None:
        if not self.day_start < self.day_end < self.evening_end:
            raise ValueError("office hours must follow one another")


@dataclass(frozen=True, slots=True)
class Window:
    """From the first to the last millisecond, both inside; ``has_clock`` shows the start's time."""

    start: Instant
    end: Instant
    has_clock: bool = False


def resolve(
    bucket: Bucket,
    at: Instant,
    tz: tzinfo,
    hours: OfficeHours,
    *,
    day: date | None = None,
    clock: time | None = None,
) -> tuple[Bucket, Window]:
    """Return the window a word means at this instant (the table of product.md 1.6).

    今天稍后 becomes 今晚 when less than an hour of the office day is left. With a clock
    time the window is the hour from it, within its day; only the words for one day take
    one, and ``date`` needs its day: else ValueError.
    """
    today = business_day(at, tz)
    if clock is not None:
        return bucket, _hour_from(_single_day(bucket, today, day, hours), clock, tz)
    match bucket:
        case Bucket.later_today:
            return _later_today(at, today, tz, hours)
        case Bucket.tonight:
            return bucket, _evening(at, today, tz, hours)
        case Bucket.this_week:
            return bucket, Window(at, day_window(period_of(today, By.week).end, tz)[1])
        case Bucket.next_week:
            return bucket, _whole(period_of(today, By.week).end + _DAY, By.week, tz)
        case Bucket.next_month:
            return bucket, _whole(period_of(today, By.month).end + _DAY, By.month, tz)
        case Bucket.tomorrow | Bucket.date:
            meant = _single_day(bucket, today, day, hours)
            return bucket, _office_day(meant, at, tz, hours)


def _single_day(bucket: Bucket, today: date, day: date | None, hours: OfficeHours) -> date:
    if bucket is Bucket.date and day is not None:
        return day
    if bucket in (Bucket.later_today, Bucket.tonight):
        return today
    if bucket is not Bucket.tomorrow:
        raise ValueError(f"{bucket} needs a day" if bucket is Bucket.date else f"{bucket} has days")
    return hours.calendar.next_workday(today) if hours.next_workday else today + _DAY


def _hour_from(day: date, clock: time, tz: tzinfo) -> Window:
    start = at_local(day, clock, tz)
    return Window(start, min(start + _HOUR_MS, day_window(day, tz)[1]), has_clock=True)


def _later_today(at: Instant, today: date, tz: tzinfo, hours: OfficeHours) -> tuple[Bucket, Window]:
    end = at_local(today, hours.day_end, tz)
    if at + _HOUR_MS >= end:
        return Bucket.tonight, _evening(at, today, tz, hours)
    return Bucket.later_today, Window(at + _HOUR_MS, end)


def _evening(at: Instant, today: date, tz: tzinfo, hours: OfficeHours) -> Window:
    end = at_local(today, hours.evening_end, tz)
    if at >= end:
        return Window(end, day_window(today, tz)[1])
    return Window(at_local(today, hours.day_end, tz), end)


def _office_day(day: date, at: Instant, tz: tzinfo, hours: OfficeHours) -> Window:
    start, end = at_local(day, hours.day_start, tz), at_local(day, hours.day_end, tz)
    if at >= end and day == business_day(at, tz):
        return _evening(at, day, tz, hours)
    return Window(start, end)


def _whole(day: date, by: By, tz: tzinfo) -> Window:
    period = period_of(day, by)
    return Window(day_window(period.start, tz)[0], day_window(period.end, tz)[1])


def resolve_label(
    label: Label,
    at: Instant,
    tz: tzinfo,
    hours: OfficeHours,
    *,
    days: int = 0,
) -> tuple[Bucket, Window]:
    """Return bucket and window of a further word; ``days`` belong to in_days and in_workdays."""
    today = business_day(at, tz)
    match label:
        case Label.afternoon:
            return _afternoon(at, today, tz, hours)
        case Label.weekend:
            sunday = period_of(today, By.week).end
            saturday = day_window(sunday - _DAY, tz)[0]
            return Bucket.date, Window(max(at, saturday), day_window(sunday, tz)[1])
        case Label.month_end | Label.quarter | Label.year_end:
            end = period_of(today, _UNTIL_END_OF[label]).end
            return Bucket.date, Window(at, day_window(end, tz)[1])
        case Label.day_after:
            day = today + 2 * _DAY
        case Label.in_days:
            day = today + days * _DAY
        case Label.in_workdays:
            day = hours.calendar.next_workday(today, days)
        case Label.after_holiday:
            day = _after_holiday(today, hours.calendar)
    return resolve(Bucket.date, at, tz, hours, day=day)


_UNTIL_END_OF = {Label.month_end: By.month, Label.quarter: By.quarter, Label.year_end: By.year}


def _afternoon(at: Instant, today: date, tz: tzinfo, hours: OfficeHours) -> tuple[Bucket, Window]:
    start, end = at_local(today, _NOON_END, tz), at_local(today, hours.day_end, tz)
    if at >= end:
        return _later_today(at, today, tz, hours)
    return Bucket.later_today, Window(max(at, start), end)


def _after_holiday(today: date, calendar: WorkCalendar) -> date:
    """Return the first working day after the next holiday that stops the office."""
    for holiday in calendar.holidays_from(today):
        days = range((holiday.last - holiday.first).days + 1)
        if all((holiday.first + n * _DAY).weekday() >= 5 for n in days):
            continue
        return calendar.next_workday(holiday.last)
    raise Unreadable(N_("放假安排里没有下一个节日"), "")


def group(window: Window, now: Instant, tz: tzinfo, hours: OfficeHours) -> Group:
    """Return the agenda heading of an open step, first match wins (ui.md 10)."""
    if now > window.end:
        return Group.overdue
    today, last = business_day(now, tz), business_day(window.end, tz)
    if last == today:
        start = to_local(window.start, tz)
        evening = start.date() == today and start.time() >= hours.day_end
        return Group.tonight if evening else Group.later_today
    sunday = period_of(today, By.week).end
    for heading, until in (
        (Group.tomorrow, today + _DAY),
        (Group.this_week, sunday),
        (Group.next_week, sunday + 7 * _DAY),
        (Group.next_month, period_of(period_of(today, By.month).end + _DAY, By.month).end),
    ):
        if last <= until:
            return heading
    return Group.later


def timing(state: StepState, window: Window, now: Instant) -> Timing:
    """Return where a step stands now (product.md 1.6)."""
    if state is not StepState.open:
        return Timing.closed
    if now < window.start:
        return Timing.waiting
    return Timing.due if now <= window.end else Timing.overdue
