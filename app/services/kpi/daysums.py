"""The sums of facts themselves, for days that month sums do not cover."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Text, and_, bindparam, case, func, select

from app.models.tables.kpi import CustomerFact
from app.services.kpi.filters import Chosen
from app.services.kpi.measures import Axis
from app.services.kpi.raw import AnySelect
from app.services.kpi.shapes import KPI_SUMS, WINDOWS

FIRST = KPI_SUMS.index("first_count")
"""Where the sums of first signings begin."""
LAST = KPI_SUMS.index("signed_fen")
"""Where they end: what was signed at all is no sum of first signings."""


def day_of(axis: Axis) -> Any:
    """Return the column of facts that puts a customer on a day."""
    return CustomerFact.created_on if axis is Axis.created else CustomerFact.first_sign_on


def inside(axis: Axis, first: str, last: str, chosen: Chosen) -> list[ColumnElement[bool]]:
    """Return the conditions of the customers an axis has on some days."""
    found = [day_of(axis).between(first, last), day_of(axis) != ""]
    if axis is Axis.created:
        found.append(CustomerFact.historic.is_(False))
    return found + chosen.conditions(axis)


def sums_of(axis: Axis, *grouped: Any) -> AnySelect:
    """Return the select of an axis' sums behind what they are grouped by; binds ``as_of``."""
    return select(*grouped, *_columns(axis)) if grouped else _plain(axis)


@cache
def _plain(axis: Axis) -> AnySelect:
    return select(*_columns(axis))


@cache
def _columns(axis: Axis) -> list[ColumnElement[int]]:
    """Return the sums of an axis, in the order of ``kpi_month``."""
    fact, as_of = CustomerFact, bindparam("as_of", type_=Text())
    if axis is Axis.signed:
        return [
            func.count(),
            _number(fact.priced),
            _total(fact.first_deal_fen),
            _number(fact.cycle_days >= 0),
            _total(case((fact.cycle_days > 0, fact.cycle_days), else_=0)),
            _total(fact.touches),
            _number(fact.backdated),
            _number(fact.touches == 0),
        ]
    signed = and_(fact.first_sign_on != "", fact.first_sign_on <= as_of)
    again = and_(fact.second_sign_on != "", fact.second_sign_on <= as_of)
    return [
        func.count(),
        _number(signed),
        _number(again),
        *(_number(and_(signed, fact.lag_days <= days)) for days in WINDOWS),
    ]


def placed(axis: Axis, values: Iterable[Any]) -> list[int]:
    """Return the sums of an axis in the place they have in ``kpi_month``."""
    row = [0] * len(KPI_SUMS)
    for at, value in enumerate(values, start=0 if axis is Axis.created else FIRST):
        row[at] = int(value)
    return row


def _total(column: Any) -> ColumnElement[int]:
    return func.coalesce(func.sum(column), 0)


def _number(condition: Any) -> ColumnElement[int]:
    return _total(case((condition, 1), else_=0))
