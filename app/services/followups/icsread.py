"""Take appointments and to-dos of a calendar file as next steps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.followups import NextStep
from app.models.values import dates, nextstep
from app.models.values.nextstep import Bucket, Window
from app.services.customers import searching
from app.services.followups import steps
from app.services.followups.drafts import NextStepDraft
from app.services.followups.icsfile import UID_TAIL
from app.services.followups.named import find_meant
from app.services.followups.saving import open_step

if TYPE_CHECKING:
    from pathlib import Path

    from app.models.store.unit import Unit
    from app.services.followups.moment import OfficeTime

_LARGEST = 10_000_000
_MOST = 5_000
_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class CalendarItem:
    """One appointment or to-do of a file; instants in UTC milliseconds."""

    uid: str
    summary: str
    window: Window
    status: str = ""


@dataclass(frozen=True, slots=True)
class CalendarTaken:
    """What became of the items: counts, and the summaries that name no customer."""

    created: int = 0
    moved: int = 0
    closed: int = 0
    already: int = 0
    unmatched: tuple[str, ...] = field(default=())


def read_file(path: Path, office: OfficeTime) -> tuple[CalendarItem, ...]:
    """Return the items of a calendar file; raise ``UserError`` bad_calendar."""
    from icalendar import Calendar

    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST)
        found = _some(Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf"), multiple=True))
        items = tuple(one for calendar in found for one in _items(calendar, office))
    except (OSError, ValueError, KeyError, IndexError, AttributeError, TypeError) as problem:
        raise UserError(
            "bad_calendar",
            N_("这个文件读不出日历"),
            advice=N_("选 .ics 文件，或从日历软件重新导出；没有改动"),
        ) from problem
    return items[:_MOST]


def _some(calendars: Any) -> list[Any]:
    """Return the calendars of a file; raise ValueError without any."""
    found = [one for one in calendars if one.name == "VCALENDAR"]
    if not found:
        raise ValueError("no calendar in it")
    return found


def _items(calendar: Any, office: OfficeTime) -> Iterator[CalendarItem]:
    for part in calendar.walk():
        if part.name in ("VEVENT", "VTODO"):
            window = _window(part, office)
            if window is not None:
                summary = " ".join(str(part.get("summary", "")).split())
                status = str(part.get("status", "")).upper()
                yield CalendarItem(str(part.get("uid", "")), summary, window, status)


def _window(part: Any, office: OfficeTime) -> Window | None:
    """Return the window of an item, None without any day."""
    start = _moment(part, "dtstart")
    end = _moment(part, "dtend") or _moment(part, "due")
    if start is None and end is None:
        return None
    first = start if start is not None else end
    last = end if end is not None else first
    assert first is not None
    assert last is not None
    if not isinstance(first, datetime):
        # the end of an all-day appointment is the day after it (RFC 5545, 3.6.1)
        final = _day(last)
        if part.name == "VEVENT" and end is not None and final > first:
            final -= timedelta(days=1)
        opens = dates.at_local(first, office.hours.day_start, office.zone)
        closes = dates.at_local(max(final, first), office.hours.day_end, office.zone)
        return Window(opens, closes)
    begins, ends = _instant(first, office), _instant(last, office)
    if part.name == "VEVENT":
        return Window(begins, max(ends, begins + _MINUTE_MS), has_clock=True)
    return Window(min(begins, ends), max(begins, ends))


def _moment(part: Any, name: str) -> date | None:
    found = part.get(name)
    value = getattr(found, "dt", None)
    return value if isinstance(value, date) else None


def _day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(moment: date, office: OfficeTime) -> int:
    if not isinstance(moment, datetime):
        return dates.at_local(moment, time(), office.zone)
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=office.zone)
    return dates.to_instant(aware)


# -- into the book -------------------------------------------------------------------------------


def take(unit: Unit, items: Sequence[CalendarItem], office: OfficeTime) -> CalendarTaken:
    """Open, move and close steps by the items; what names no customer is told, not kept."""
    counts = dict.fromkeys(("created", "moved", "closed", "already"), 0)
    unmatched = []
    for item in items:
        became = (
            _own(unit, item, office)
            if item.uid.endswith(UID_TAIL)
            else _foreign(unit, item, office)
        )
        if became:
            counts[became] += 1
        else:
            unmatched.append(item.summary)
    return CalendarTaken(**counts, unmatched=tuple(unmatched))


def _own(unit: Unit, item: CalendarItem, office: OfficeTime) -> str:
    """Follow a change of one of our own steps, told by its chain."""
    step_id = _newest(unit, item.uid.removesuffix(UID_TAIL))
    stored = unit.stored(NextStep, step_id) if step_id else None
    if stored is None:
        return ""
    if stored["state"] != "open":
        return "already"
    if item.status == "CANCELLED":
        steps.cancel(unit, step_id, "")
        return "closed"
    if item.status == "COMPLETED":
        unit.change(NextStep, step_id, state="done", done_at=unit.now)
        return "closed"
    former = Window(stored["window_start"], stored["window_end"], bool(stored["has_clock"]))
    if _seconds(former) == _seconds(item.window):
        return "already"
    steps.put_off(unit, step_id, Bucket.date, item.window, office)
    return "moved"


def _seconds(window: Window) -> tuple[int, int]:
    """Return the ends in whole seconds: a calendar file knows no finer ones."""
    return window.start // 1000, window.end // 1000


def _newest(unit: Unit, root: str) -> int:
    """Return the last step of a chain by its first one, 0 when there is none."""
    step_id = int(root) if root.isdecimal() and len(root) < 20 else 0
    later = select(NextStep.id).where(NextStep.deleted_at == 0)
    while step_id:
        found = unit.scalar(later.where(NextStep.postponed_from_id == step_id).limit(1))
        if not found:
            return step_id
        step_id = int(found)
    return 0


def _foreign(unit: Unit, item: CalendarItem, office: OfficeTime) -> str:
    """Open a step at the customer that the summary begins with, once."""
    if item.status in ("CANCELLED", "COMPLETED"):
        return "already"
    meant = find_meant(lambda word: searching.find(unit, word, 6), item.summary, anybody=False)
    if not meant.hits:
        return ""
    customer_id, rest = meant.hits[0].id, item.summary[meant.end :].strip(" ·,，:：-—")
    same = select(NextStep.id).where(
        NextStep.customer_id == customer_id,
        NextStep.window_start == item.window.start,
        NextStep.window_end == item.window.end,
        NextStep.deleted_at == 0,
    )
    if unit.scalar(same.limit(1)):
        return "already"
    word, _blank, what = rest.partition(" ")
    plan = nextstep.plan_of(word)
    draft = NextStepDraft(Bucket.date, str(plan or ""), what if plan else rest, window=item.window)
    open_step(unit, customer_id, draft, office)
    return "created"
