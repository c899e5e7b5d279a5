"""Next steps as a calendar file: RFC 5545, for the calendar of a phone or a mail program.

An appointment is a VEVENT, any other step a VTODO with its last moment as DUE. A chain of
postponed steps has one UID for ever, its postponements are the SEQUENCE, so that reading a
later file moves what an earlier one brought.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select

from app.i18n import translate
from app.models.tables.customers import Customer
from app.models.tables.followups import NextStep
from app.models.values.dates import to_local

if TYPE_CHECKING:
    from app.models.store.reader import Reader

UID_TAIL = "@next-step.gendan"
PRODUCT = "-//Gendan//Next steps//ZH"
_CLOSED_FOR_MS = 60 * 86_400_000
_MOST = 20_000
_PLANS = {
    "keep_in_touch": "保持联络", "build_rapport": "增进关系", "nurture_need": "培养需求",
    "find_opportunity": "挖掘机会", "counter_rival": "打击竞品", "sign_collect": "签约回款",
    "greeting": "普通问候",
}  # fmt: skip
"""The words of the plan kinds, as labels.PLAN_KIND of the window has them."""


def written(reader: Reader, staff_id: int, now: int) -> tuple[bytes, int]:
    """Return the file of a person's steps (0 is all) and how many are in it.

    Steps closed within 60 days are in it as COMPLETED or CANCELLED, to withdraw them.
    """
    from icalendar import Calendar

    rows = reader.rows(_chosen(staff_id, now))
    roots = roots_of(reader, {row[0]: row[1] for row in rows})
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    for row in rows:
        calendar.add_component(_component(row, roots[row[0]], now))
    content: bytes = calendar.to_ical(sorted=False)
    return content, len(rows)


def _chosen(staff_id: int, now: int) -> Any:
    newly_closed = (NextStep.state.in_(("done", "cancelled"))) & (
        NextStep.done_at > now - _CLOSED_FOR_MS
    )
    chosen = (
        select(
            NextStep.id,
            NextStep.postponed_from_id,
            NextStep.postpone_count,
            NextStep.state,
            NextStep.window_start,
            NextStep.window_end,
            NextStep.has_clock,
            NextStep.plan_kind,
            NextStep.what,
            NextStep.label,
            NextStep.remind_at,
            NextStep.updated_at,
            func.coalesce(func.nullif(Customer.short_name, ""), Customer.name),
            Customer.main_contact,
        )
        .join(Customer, Customer.id == NextStep.customer_id)
        .where(
            NextStep.deleted_at == 0,
            Customer.deleted_at == 0,
            or_(NextStep.state == "open", newly_closed),
        )
        .order_by(NextStep.window_end, NextStep.id)
        .limit(_MOST)
    )
    return chosen.where(NextStep.staff_id == staff_id) if staff_id else chosen


def roots_of(reader: Reader, parents: dict[int, int]) -> dict[int, int]:
    """Return the first step of each chain, by the step; ``parents`` are (step, postponed from)."""
    known = dict(parents)
    wanted = {parent for parent in known.values() if parent and parent not in known}
    while wanted:
        rows = reader.rows(
            select(NextStep.id, NextStep.postponed_from_id).where(NextStep.id.in_(tuple(wanted)))
        )
        found: dict[int, int] = {row[0]: row[1] for row in rows}
        known |= {step_id: found.get(step_id, 0) for step_id in wanted}
        wanted = {parent for parent in found.values() if parent and parent not in known}
    return {step_id: _root(step_id, known) for step_id in parents}


def _root(step_id: int, known: dict[int, int]) -> int:
    while known.get(step_id):
        step_id = known[step_id]
    return step_id


def _component(row: Any, root: int, now: int) -> Any:
    from icalendar import Event, Todo

    (_id, _from, count, state, start, end, has_clock, plan, what, label, remind, changed, name,
     contact) = row  # fmt: skip
    part = Event() if has_clock else Todo()
    part.add("uid", f"{root}{UID_TAIL}")
    part.add("sequence", count)
    part.add("dtstamp", _utc(now))
    part.add("last-modified", _utc(changed))
    part.add("dtstart", _utc(start))
    part.add("dtend" if has_clock else "due", _utc(end))
    plan_words = translate(_PLANS.get(plan, plan)) if plan else ""
    told = " ".join(one for one in (plan_words, what) if one)
    part.add("summary", " · ".join(one for one in (name, told) if one))
    if contact or label:
        part.add("description", "\n".join(one for one in (contact, label) if one))
    if plan:
        part.add("categories", [plan_words])
    part.add("status", _status(state, bool(has_clock)))
    if state == "open":
        part.add_component(_alarm(name, remind, now, bool(has_clock)))
    return part


def _status(state: str, has_clock: bool) -> str:
    if state == "cancelled":
        return "CANCELLED"
    if has_clock:
        return "CONFIRMED"
    return "COMPLETED" if state == "done" else "NEEDS-ACTION"


def _alarm(name: str, remind: int, now: int, has_clock: bool) -> Any:
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", name)
    if remind > now and not has_clock:
        alarm.add("trigger", _utc(remind), parameters={"VALUE": "DATE-TIME"})
    else:
        alarm.add("trigger", timedelta(minutes=-10) if has_clock else timedelta())
    return alarm


def _utc(instant: int) -> datetime:
    return to_local(instant - instant % 1000, UTC)
