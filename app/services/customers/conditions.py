"""Conditions a person puts on the customer list: a field, an operator, values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, not_, or_, select

from app.models.tables.base import NEVER_AT, NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.staff import Staff

CHOICE, NUMBER, REGION, PAST, COMING, FEN, STEP = (
    "choice", "number", "region", "past", "coming", "fen", "step",
)  # fmt: skip

FIELDS: dict[str, str] = {
    "life": CHOICE,
    "quality": CHOICE,
    "grade": CHOICE,
    "stage": NUMBER,
    "region": REGION,
    "source": CHOICE,
    "industry": CHOICE,
    "size": CHOICE,
    "kind": CHOICE,
    "owner": NUMBER,
    "team": NUMBER,
    "touched": PAST,
    "created": PAST,
    "expected_on": COMING,
    "expected": FEN,
    "next": STEP,
}
"""The kind of every field that takes conditions."""

OPERATORS: dict[str, tuple[str, ...]] = {
    CHOICE: ("is", "is_not"),
    NUMBER: ("is", "is_not"),
    REGION: ("is", "is_not"),
    PAST: ("within", "over", "since", "until"),
    COMING: ("within", "since", "until"),
    FEN: ("at_least", "at_most", "unknown"),
    STEP: ("is",),
}
"""The operators of every kind, the likeliest first; ``within`` and ``over`` count days."""

STEP_STATES = ("none", "open", "overdue")

_COLUMNS: dict[str, Any] = {
    "life": Customer.life,
    "quality": Customer.quality,
    "grade": Customer.grade,
    "stage": Customer.stage_position,
    "source": Customer.source,
    "industry": Customer.industry,
    "size": Customer.size,
    "kind": Customer.kind,
    "owner": Customer.owner_id,
    "touched": Customer.last_touch_on,
    "created": Customer.created_on,
    "expected_on": Customer.expected_to,
}


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; values are text: codes, ids, ISO days, numbers of days, fen.

    Several values of ``is`` and ``is_not`` mean any of them; an empty value is
    "unknown". Relative days are kept relative until the list is read.
    """

    field: str
    operator: str
    values: tuple[str, ...] = ()


def settle(condition: Condition, today: date, now: int) -> Condition:
    """Return the condition with days counted from today turned into dates."""
    kind = FIELDS[condition.field]
    if condition.operator in ("within", "over"):
        days = timedelta(days=int(condition.values[0]))
        if kind == COMING:
            return Condition(condition.field, "between", (str(today), str(today + days)))
        operator = "since" if condition.operator == "within" else "before"
        return Condition(condition.field, operator, (str(today - days),))
    if kind == STEP:
        return Condition(condition.field, condition.operator, (*condition.values, str(now)))
    return condition


def clause(condition: Condition) -> ColumnElement[bool]:
    """Return the SQL of a settled condition."""
    return _CLAUSES[FIELDS[condition.field]](condition)


def _choice(condition: Condition) -> ColumnElement[bool]:
    found: ColumnElement[bool] = _COLUMNS[condition.field].in_(condition.values)
    return not_(found) if condition.operator == "is_not" else found


def _number(condition: Condition) -> ColumnElement[bool]:
    numbers = [int(value or 0) for value in condition.values]
    if condition.field == "team":
        found = Customer.owner_id.in_(select(Staff.id).where(Staff.team_id.in_(numbers)))
    else:
        found = _COLUMNS[condition.field].in_(numbers)
    return not_(found) if condition.operator == "is_not" else found


def _region(condition: Condition) -> ColumnElement[bool]:
    found = or_(
        *(
            Customer.region.startswith(value, autoescape=True) if value else Customer.region == ""
            for value in condition.values
        )
    )
    return not_(found) if condition.operator == "is_not" else found


def _past(condition: Condition) -> ColumnElement[bool]:
    column: ColumnElement[Any] = _COLUMNS[condition.field]
    day = date.fromisoformat(condition.values[0])
    if condition.operator == "since":
        return column >= day
    if condition.operator == "until":
        return and_(column <= day, column != NO_DAY)
    if condition.field == "touched":
        # nobody has called yet: the day of creation counts (product.md 1.8, forgotten customers)
        return and_(column < day, or_(column != NO_DAY, Customer.created_on < day))
    return column < day


def _coming(condition: Condition) -> ColumnElement[bool]:
    column: ColumnElement[Any] = _COLUMNS[condition.field]
    days = [date.fromisoformat(value) for value in condition.values]
    if condition.operator == "between":
        return and_(column >= days[0], column <= days[1])
    if condition.operator == "since":
        return column >= days[0]
    return and_(column <= days[0], column != NO_DAY)


def _fen(condition: Condition) -> ColumnElement[bool]:
    column: ColumnElement[Any] = Customer.expected_fen
    if condition.operator == "unknown":
        return column < 0
    fen = int(condition.values[0])
    return column >= fen if condition.operator == "at_least" else and_(column <= fen, column >= 0)


def _step(condition: Condition) -> ColumnElement[bool]:
    *states, now = condition.values
    choices: dict[str, ColumnElement[bool]] = {
        "none": Customer.next_due_at == NEVER_AT,
        "open": Customer.next_due_at < NEVER_AT,
        "overdue": Customer.next_due_at < int(now),
    }
    return or_(*(choices[state] for state in states))


_CLAUSES: dict[str, Callable[[Condition], ColumnElement[bool]]] = {
    CHOICE: _choice,
    NUMBER: _number,
    REGION: _region,
    PAST: _past,
    COMING: _coming,
    FEN: _fen,
    STEP: _step,
}
