"""What a person sees: living rows only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Integer, Select, and_, literal_column

from app.models.tables.base import Row
from app.models.tables.customers import Customer

Ts = TypeVarTuple("Ts")

NOUGHT: ColumnElement[int] = literal_column("0", Integer)
"""A nought written into the statement: with a bound one the planner must look at its value
at each run before it may use the indexes over living rows."""


def living(select: Select[*Ts], *entities: type[Row]) -> Select[*Ts]:
    """Leave out rows in the recycle bin."""
    return select.where(*(entity.deleted_at == NOUGHT for entity in entities))


def counted_records(entity: Any) -> Callable[..., ColumnElement[bool]]:
    """Return the population of a list of records: living ones, of customers that count.

    The list must be joined with its customers.
    """

    def population(*, all_of_them: bool = False) -> ColumnElement[bool]:
        living_row = (entity.deleted_at + NOUGHT if all_of_them else entity.deleted_at) == NOUGHT
        return and_(living_row, counted_customer(all_of_them=all_of_them))

    return population


def counted_customer(*, all_of_them: bool = False) -> ColumnElement[bool]:
    """Return the population of every figure: no bin, no merged twin, no test record (2.0.3).

    ``all_of_them`` keeps a walk over the whole table away from the indexes over living rows:
    the planner takes one for its few entries and then looks up every row on its own.
    """
    return and_(
        (Customer.deleted_at + NOUGHT if all_of_them else Customer.deleted_at) == NOUGHT,
        Customer.merged_into_id == NOUGHT,
        Customer.trial.is_(False),
    )
