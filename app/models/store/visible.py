"""What a person sees: living rows only."""

from __future__ import annotations

from typing import TypeVarTuple

from sqlalchemy import ColumnElement, Select, and_

from app.models.tables.base import Row
from app.models.tables.customers import Customer

Ts = TypeVarTuple("Ts")


def living(select: Select[*Ts], *entities: type[Row]) -> Select[*Ts]:
    """Leave out rows in the recycle bin."""
    return select.where(*(entity.deleted_at == 0 for entity in entities))


def counted_customer() -> ColumnElement[bool]:
    """Return the population of every figure: no bin, no merged twin, no test record (2.0.3)."""
    return and_(Customer.deleted_at == 0, Customer.merged_into_id == 0, Customer.trial.is_(False))
