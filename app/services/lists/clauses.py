"""Conditions as SQL: what a field of a list is, and how each operator asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, true

from app.models.values.text import fold
from app.services.lists.conditions import (
    AMOUNT,
    FEN,
    ID,
    REGION,
    TAG,
    YES_NO,
    Condition,
    Group,
    Part,
)

Clause = ColumnElement[bool]
ALWAYS = object()
"""``empty`` of a column that is never unknown."""


@dataclass(frozen=True, slots=True, eq=False)
class ListField:
    """A field that takes conditions.

    ``empty`` is how "unknown" is stored. A field whose values are rows of their own has
    ``rows``, a select of the ids of the list's rows that have one, and ``row_id``, the id
    those are compared with. ``typed`` brings text to the form it is stored in. ``own`` may
    answer a condition in a way of its own, or leave it with None.
    """

    kind: str
    column: Any = None
    empty: Any = ""
    rows: Select[Any] | None = None
    row_id: Any = None
    typed: Callable[[str], str] = fold
    own: Callable[[Condition], Clause | None] | None = None

    def holds(self, wanted: Clause) -> Clause:
        """Return the rows of the list where a condition on the column holds."""
        if self.rows is None:
            return wanted
        found: Clause = self.row_id.in_(self.rows.where(wanted))
        return found

    def known(self) -> Clause:
        """Return the rows of the list that have a value."""
        if self.rows is not None:
            found: Clause = self.row_id.in_(self.rows)
            return found
        if self.empty is ALWAYS:
            return true()
        stored: Clause = (
            self.column.is_not(None) if self.empty is None else self.column != self.empty
        )
        return stored


def clause(part: Part, fields: Mapping[str, ListField]) -> Clause:
    """Return the SQL of a settled condition or group."""
    if isinstance(part, Group):
        parts = [clause(one, fields) for one in part.parts]
        return and_(true(), *parts) if part.all or not parts else or_(false(), *parts)
    field = fields[part.field]
    found = field.own(part) if field.own is not None else None
    return found if found is not None else _OPERATORS[part.operator](field, part.values)


def _is(field: ListField, values: Sequence[str]) -> Clause:
    named = [value for value in values if value]
    if field.kind in (ID, TAG, YES_NO):
        found = field.column.in_([int(value) for value in named])
    elif field.kind == REGION:
        begins = (field.column.startswith(value, autoescape=True) for value in named)
        found = or_(false(), *begins)
    else:
        found = field.column.in_(named)
    held = field.holds(found)
    if len(named) == len(values):
        return held
    return or_(held, not_(field.known())) if named else not_(field.known())


def _all(field: ListField, values: Sequence[str]) -> Clause:
    return and_(true(), *(_is(field, (value,)) for value in values))


def _is_not(field: ListField, values: Sequence[str]) -> Clause:
    return not_(_is(field, values))


def _contains(field: ListField, values: Sequence[str]) -> Clause:
    found = (field.column.icontains(field.typed(one), autoescape=True) for one in values)
    return or_(*(field.holds(one) for one in found))


def _lacks(field: ListField, values: Sequence[str]) -> Clause:
    return not_(_contains(field, values))


def _equals(field: ListField, values: Sequence[str]) -> Clause:
    return field.holds(field.column.in_([field.typed(one) for one in values]))


def _begins(field: ListField, values: Sequence[str]) -> Clause:
    found = (field.column.istartswith(field.typed(one), autoescape=True) for one in values)
    return or_(*(field.holds(one) for one in found))


def _ranged(low: bool, high: bool) -> Callable[[ListField, Sequence[str]], Clause]:
    """Return the operator of a range with these ends; unknown values lie in none."""

    def asked(field: ListField, values: Sequence[str]) -> Clause:
        ends: list[Any] = [
            int(value) if field.kind in (FEN, AMOUNT) else date.fromisoformat(value)
            for value in values
        ]
        wanted = [field.column >= ends[0]] if low else []
        wanted += [field.column <= ends[-1]] if high else []
        if field.rows is None:
            wanted.append(field.known())
        return field.holds(and_(*wanted))

    return asked


def _before(field: ListField, values: Sequence[str]) -> Clause:
    wanted = field.column < date.fromisoformat(values[0])
    return field.holds(wanted if field.rows is not None else and_(wanted, field.known()))


def _unknown(field: ListField, _values: Sequence[str]) -> Clause:
    return not_(field.known())


def _known(field: ListField, _values: Sequence[str]) -> Clause:
    return field.known()


_OPERATORS: Mapping[str, Callable[[ListField, Sequence[str]], Clause]] = {
    "is": _is,
    "all": _all,
    "is_not": _is_not,
    "contains": _contains,
    "lacks": _lacks,
    "equals": _equals,
    "begins": _begins,
    "at_least": _ranged(low=True, high=False),
    "since": _ranged(low=True, high=False),
    "at_most": _ranged(low=False, high=True),
    "until": _ranged(low=False, high=True),
    "between": _ranged(low=True, high=True),
    "before": _before,
    "unknown": _unknown,
    "known": _known,
}
