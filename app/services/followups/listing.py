"""Lists of next steps and follow-ups: their lines, and what narrows, orders and groups them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, time, timedelta, tzinfo
from typing import Any, NamedTuple

from sqlalchemy import and_, case, false, func, or_, select

from app.models.store.visible import counted_records
from app.models.tables.base import NEVER_AT, NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.staff import Staff
from app.models.values import dates
from app.services.customers.lined import ABOUT, ABOUT_GROUPS
from app.services.lists.clauses import Clause, ListField
from app.services.lists.conditions import CHOICE, COMING, ID, PAST, STEP, TEXT, YES_NO, Condition
from app.services.lists.groups import GroupColumn
from app.services.lists.spec import ListSpec, SortColumn


class StepLine(NamedTuple):
    """One line of the list of next steps; instants in UTC milliseconds."""

    id: int
    customer_id: int
    customer: str
    window_start: int
    window_end: int
    plan_kind: str
    what: str
    state: str
    reason: str
    postpone_count: int
    staff: str


class FollowLine(NamedTuple):
    """One line of the list of follow-ups."""

    id: int
    customer_id: int
    customer: str
    at: int
    channel: str
    direction: str
    outcome: str
    content: str
    plan_kind: str
    counts: bool
    staff: str
    on: date | None


def _counted(entity: Any) -> Any:
    return select().select_from(entity).join(Customer, Customer.id == entity.customer_id)


def _due(zone: tzinfo) -> Any:
    """Answer conditions on the day a window ends, told as instants in the office's zone."""

    def instant(day: str, later: int = 0) -> int:
        asked = date.fromisoformat(day) + timedelta(days=later)
        return dates.at_local(asked, time(), zone)

    def ask(condition: Condition) -> Clause | None:
        if condition.operator not in ("since", "until", "between"):
            return None
        low, high = condition.values[0], condition.values[-1]
        wanted = [NextStep.window_end < NEVER_AT]
        if condition.operator != "until":
            wanted.append(NextStep.window_end >= instant(low))
        if condition.operator != "since":
            wanted.append(NextStep.window_end < instant(high, 1))
        return and_(*wanted)

    return ask


def _timing(condition: Condition) -> Clause:
    """Answer none, open and overdue: settled, still to do, and to do past its window."""
    *states, now = condition.values
    is_open = NextStep.state == "open"
    choices: dict[str, Clause] = {
        "none": ~is_open,
        "open": is_open,
        "overdue": and_(is_open, NextStep.window_end < int(now)),
    }
    return or_(false(), *(choices[state] for state in states))


_URGENCY = case(
    (NextStep.state == "open", NextStep.window_end), else_=2 * NEVER_AT - NextStep.window_end
)
"""What is still to do by its end, then what is settled, the newest first."""
_STEP_SORTS: Mapping[str, SortColumn] = {
    "urgent": SortColumn(_URGENCY),
    "due": SortColumn(NextStep.window_end),
    "start": SortColumn(NextStep.window_start),
    "customer": SortColumn(Customer.sort_key),
    "plan": SortColumn(NextStep.plan_kind),
    "state": SortColumn(NextStep.state),
    "staff": SortColumn(NextStep.staff_id),
    "postponed": SortColumn(NextStep.postpone_count),
    "made": SortColumn(NextStep.created_at),
}


def steps_spec(zone: tzinfo) -> ListSpec[StepLine]:
    """Return the list of next steps of an office in a zone."""
    row = (
        _counted(NextStep)
        .add_columns(
            NextStep.id, NextStep.customer_id, Customer.name, NextStep.window_start,
            NextStep.window_end, NextStep.plan_kind, NextStep.what, NextStep.state,
            NextStep.reason, NextStep.postpone_count, func.coalesce(Staff.name, ""),
        )
        .outerjoin(Staff, Staff.id == NextStep.staff_id)
    )  # fmt: skip
    return ListSpec(
        entity=NextStep,
        row=row,
        made=StepLine._make,
        counted=_counted(NextStep),
        population=counted_records(NextStep),
        fields={
            **ABOUT,
            "timing": ListField(STEP, own=_timing),
            "due": ListField(COMING, NextStep.window_end, NEVER_AT, own=_due(zone)),
            "plan": ListField(CHOICE, NextStep.plan_kind),
            "what": ListField(TEXT, NextStep.what),
            "state": ListField(CHOICE, NextStep.state),
            "staff": ListField(ID, NextStep.staff_id, 0),
            "reason": ListField(TEXT, NextStep.reason),
        },
        sorts=_STEP_SORTS,
        groups={
            **ABOUT_GROUPS,
            "staff": GroupColumn(NextStep.staff_id),
            "plan": GroupColumn(NextStep.plan_kind),
            "state": GroupColumn(NextStep.state),
        },
    )


def _follow_line(values: Sequence[Any]) -> FollowLine:
    *plain, counts, staff, on = values
    day = date.fromisoformat(on) if on else None
    return FollowLine._make((*plain, bool(counts), staff, day))


_FIELDS: Mapping[str, ListField] = {
    **ABOUT,
    "on": ListField(PAST, FollowUp.on, NO_DAY),
    "channel": ListField(CHOICE, FollowUp.channel),
    "direction": ListField(CHOICE, FollowUp.direction),
    "outcome": ListField(CHOICE, FollowUp.outcome),
    "content": ListField(TEXT, FollowUp.content),
    "plan": ListField(CHOICE, FollowUp.plan_kind),
    "staff": ListField(ID, FollowUp.staff_id, 0),
    "counts": ListField(YES_NO, FollowUp.counts),
}


def followups_spec() -> ListSpec[FollowLine]:
    """Return the list of follow-ups."""
    row = (
        _counted(FollowUp)
        .add_columns(
            FollowUp.id, FollowUp.customer_id, Customer.name, FollowUp.at, FollowUp.channel,
            FollowUp.direction, FollowUp.outcome, FollowUp.content, FollowUp.plan_kind,
            FollowUp.counts, func.coalesce(Staff.name, ""), FollowUp.on,
        )
        .outerjoin(Staff, Staff.id == FollowUp.staff_id)
    )  # fmt: skip
    return ListSpec(
        entity=FollowUp,
        row=row,
        made=_follow_line,
        counted=_counted(FollowUp),
        population=counted_records(FollowUp),
        fields=_FIELDS,
        sorts={
            "at": SortColumn(FollowUp.at),
            "customer": SortColumn(Customer.sort_key),
            "channel": SortColumn(FollowUp.channel),
            "direction": SortColumn(FollowUp.direction),
            "outcome": SortColumn(FollowUp.outcome),
            "plan": SortColumn(FollowUp.plan_kind),
            "staff": SortColumn(FollowUp.staff_id),
        },
        groups={
            **ABOUT_GROUPS,
            "staff": GroupColumn(FollowUp.staff_id),
            "channel": GroupColumn(FollowUp.channel),
            "direction": GroupColumn(FollowUp.direction),
            "outcome": GroupColumn(FollowUp.outcome),
            "plan": GroupColumn(FollowUp.plan_kind),
            "on": GroupColumn(func.substr(FollowUp.on, 1, 7)),
        },
    )
