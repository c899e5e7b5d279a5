"""Keep what staff did in the sums: differences from written follow-ups, or all of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cache
from typing import Any

from sqlalchemy import case, func, select

from app.models.store.reader import Reader
from app.models.store.unit import RowChange
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.services.kpi.contributions import Act, StaffSums
from app.services.kpi.raw import AnySelect, as_text, scopes_of, within

_KNOWN = case((FollowUp.duration_s > 0, 1), (FollowUp.duration_s == 0, 0), else_=-1)
_GROUP = (
    FollowUp.staff_id,
    FollowUp.on,
    FollowUp.channel,
    FollowUp.direction,
    FollowUp.outcome,
    FollowUp.counts,
    _KNOWN,
)


@cache
def _acts() -> AnySelect:
    talked = func.coalesce(func.sum(case((FollowUp.duration_s > 0, 1), else_=0)), 0)
    seconds = func.coalesce(
        func.sum(case((FollowUp.duration_s > 0, FollowUp.duration_s), else_=0)), 0
    )
    grouped = (FollowUp.staff_id, as_text(FollowUp.on), *_GROUP[2:])
    return (
        select(*grouped, func.count(), talked, seconds)
        .where(FollowUp.deleted_at == 0)
        .group_by(*_GROUP)
    )


@cache
def _acts_within(is_range: bool) -> AnySelect:
    return _acts().where(within(FollowUp.customer_id, is_range))


def all_acts(reader: Reader) -> Iterator[Act]:
    """Return every living follow-up of a counted customer, alike ones together."""
    counted = FollowUp.customer_id.in_(select(CustomerFact.customer_id))
    return (Act(*row) for row in reader.rows(_acts().where(counted)))


def acts_of(reader: Reader, customer_ids: Collection[int]) -> Iterator[Act]:
    """Return the living follow-ups of some customers, alike ones together."""
    for scope in scopes_of(customer_ids):
        for row in reader.rows(_acts_within(scope.is_range), scope.values):
            yield Act(*row)


def act_of(row: Mapping[str, Any] | None) -> Act | None:
    """Return one follow-up as written, None if it is not living."""
    if row is None or row["deleted_at"]:
        return None
    seconds = row["duration_s"]
    return Act(
        row["staff_id"],
        day_text(row["on"]),
        row["channel"],
        row["direction"],
        row["outcome"],
        bool(row["counts"]),
        1 if seconds > 0 else 0 if seconds == 0 else -1,
        1,
        1 if seconds > 0 else 0,
        max(seconds, 0),
    )


def day_text(day: Any) -> str:
    """Return a day of a written row as ISO text."""
    return "" if day is None else day if isinstance(day, str) else str(day.isoformat())


def first_and_last(
    trail: Collection[RowChange], entity: type[Any]
) -> Iterator[tuple[Mapping[str, Any] | None, Mapping[str, Any] | None]]:
    """Return each row of a table as it was before a unit and as it is now."""
    found: dict[int, list[Mapping[str, Any] | None]] = {}
    for change in trail:
        if change.entity is entity:
            both = found.setdefault(change.row_id, [change.before, None])
            both[1] = change.after
    return ((before, after) for before, after in found.values())


def add_written(
    sums: StaffSums,
    trail: Collection[RowChange],
    counted_before: Collection[int],
    counted_now: Collection[int],
) -> None:
    """Add the differences that a unit's follow-ups make, by who counted before and now."""
    for before, after in first_and_last(trail, FollowUp):
        was, now = act_of(before), act_of(after)
        if was is not None and before is not None and before["customer_id"] in counted_before:
            sums.add_act(was, -1)
        if now is not None and after is not None and after["customer_id"] in counted_now:
            sums.add_act(now)


def add_flipped(
    sums: StaffSums,
    reader: Reader,
    trail: Collection[RowChange],
    came: Collection[int],
    went: Collection[int],
) -> None:
    """Add the follow-ups of customers that began or ceased to count in this unit.

    Those written in the unit are taken again: ``add_written`` has added them.
    """
    for customers, sign in ((came, 1), (went, -1)):
        for act in acts_of(reader, customers) if customers else ():
            sums.add_act(act, sign)
    for _, after in first_and_last(trail, FollowUp):
        written = act_of(after)
        if written is None or after is None:
            continue
        if after["customer_id"] in came:
            sums.add_act(written, -1)
        elif after["customer_id"] in went:
            sums.add_act(written)
