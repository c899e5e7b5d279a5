"""Conditions a person puts on a list: a field, an operator, values; joined by AND and OR."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeAlias

from app.errors import UserError
from app.i18n import N_

CHOICE, ID, REGION, TEXT, YES_NO = "choice", "id", "region", "text", "yes_no"
PAST, COMING, DAY = "past", "coming", "day"
FEN, AMOUNT, STEP, TAG = "fen", "amount", "step", "tag"

OPERATORS: Mapping[str, tuple[str, ...]] = {
    CHOICE: ("is", "is_not"),
    ID: ("is", "is_not"),
    REGION: ("is", "is_not"),
    TEXT: ("contains", "lacks", "equals", "begins", "unknown", "known"),
    YES_NO: ("is",),
    PAST: ("within", "over", "since", "until", "between", "unknown"),
    COMING: ("within", "since", "until", "between", "unknown"),
    DAY: ("since", "until", "between", "within", "ahead", "unknown", "known"),
    FEN: ("at_least", "at_most", "between", "unknown", "known"),
    AMOUNT: ("at_least", "at_most", "between", "unknown", "known"),
    STEP: ("is",),
    TAG: ("is", "all", "is_not"),
}
"""The operators of every kind of field, the likeliest first.

``within``, ``over`` and ``ahead`` count days from today; ``between`` takes both ends.
"""

STEP_STATES = ("none", "open", "overdue")
_ON_DAYS = ("since", "until", "before")
_COUNTED = ("within", "over", "ahead")


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition; values are text: codes, ids, ISO days, numbers of days, fen, millionths.

    Several values of ``is`` and ``is_not`` mean any of them; an empty value is
    "unknown". Relative days are kept relative until the list is read.
    """

    field: str
    operator: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """Conditions of which one must hold, or with ``all`` every one."""

    parts: tuple[Part, ...] = ()
    all: bool = False


Part: TypeAlias = Condition | Group


@dataclass(frozen=True, slots=True)
class ListFilter:
    """Parts joined by AND. ``ids`` limits the list to rows somebody already counted.

    ``kinds`` tells the kinds of the fields that only the book knows; the list fills it in.
    """

    where: tuple[Part, ...] = ()
    ids: tuple[int, ...] = ()
    kinds: tuple[tuple[str, str], ...] = ()

    def settled(self, kinds: Mapping[str, str], today: date, now: int) -> ListFilter:
        """Return the filter with days counted from today turned into dates.

        ``kinds`` are the kinds of its fields; raises ``UserError`` bad_condition.
        """
        parts = tuple(_settle(one, kinds, today, now) for one in self.where)
        return replace(self, where=parts)


def fields_of(parts: tuple[Part, ...]) -> Iterator[str]:
    """Yield the field of every condition, however deep."""
    for part in parts:
        if isinstance(part, Group):
            yield from fields_of(part.parts)
        else:
            yield part.field


def _settle(part: Part, kinds: Mapping[str, str], today: date, now: int) -> Part:
    if isinstance(part, Group):
        return replace(part, parts=tuple(_settle(one, kinds, today, now) for one in part.parts))
    kind = kinds.get(part.field, "")
    check(part, kind)
    if part.operator in _COUNTED:
        return _dated(part, kind, today)
    if kind == STEP:
        return Condition(part.field, part.operator, (*part.values, str(now)))
    return part


def _dated(condition: Condition, kind: str, today: date) -> Condition:
    days = timedelta(days=int(condition.values[0]))
    field = condition.field
    if condition.operator == "ahead" or kind == COMING:
        return Condition(field, "between", (str(today), str(today + days)))
    if kind == DAY:
        return Condition(field, "between", (str(today - days), str(today)))
    operator = "since" if condition.operator == "within" else "before"
    return Condition(field, operator, (str(today - days),))


def check(condition: Condition, kind: str) -> None:
    """Raise ``UserError`` bad_condition unless the condition fits its kind of field."""
    try:
        _check_values(condition, kind)
    except (KeyError, ValueError) as error:
        raise UserError(
            "bad_condition",
            N_("有一个条件用不了：{field}"),
            advice=N_("去掉这个条件，或重新加一次；数据没有改动"),
            field=condition.field,
        ) from error


def _check_values(condition: Condition, kind: str) -> None:
    operator, values = condition.operator, condition.values
    if operator not in OPERATORS[kind]:
        raise ValueError(operator)
    if operator in ("unknown", "known"):
        return
    wanted = 2 if operator == "between" else 1
    if len(values) < wanted:
        raise ValueError(operator)
    read: Callable[[str], object] = str
    if operator in _COUNTED or kind in (FEN, AMOUNT):
        read = int
    elif kind in (PAST, COMING, DAY):
        read = date.fromisoformat
    elif kind in (ID, TAG, YES_NO):
        read = _number
    for value in values:
        read(value)
    if kind == STEP and not set(values) <= set(STEP_STATES):
        raise ValueError(values)


def _number(value: str) -> int:
    return int(value or 0)
