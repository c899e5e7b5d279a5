"""Turn a filter into conditions on facts, or into the one month sum that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.models.store.reader import Reader
from app.models.tables.customers import Customer
from app.models.tables.kpi import CustomerFact, KpiMonth
from app.models.tables.staff import Staff
from app.services.kpi.measures import Axis
from app.services.kpi.queries import KpiFilter

_WORDS = ("source", "industry", "grade", "kind")
_PREFIXES = (2, 4)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter made ready: the values wanted by dimension."""

    values: tuple[tuple[str, tuple[str, ...]], ...]

    @property
    def has_month_sums(self) -> bool:
        """Tell whether month sums answer it: at most one dimension, owners of the day."""
        return len(self.values) <= 1 and all(name != "owner" for name, _ in self.values)

    @property
    def words(self) -> tuple[str, tuple[str, ...]]:
        """Return the only dimension and the values wanted of it, ``all`` without a filter."""
        return self.values[0] if self.values else ("all", ("",))

    def column_of(self, axis: Axis) -> tuple[str, Sequence[Any]]:
        """Return the column of facts of the only dimension and the values wanted, "" for none."""
        if not self.values:
            return "", ()
        name, values = self.values[0]
        column: str = self._column(name, axis).name
        return column, _typed(name, values)

    def conditions(self, axis: Axis) -> list[ColumnElement[bool]]:
        """Return the conditions on facts for figures of an axis."""
        return [self._condition(name, values, axis) for name, values in self.values]

    def of_customers(self) -> list[ColumnElement[bool]]:
        """Return the conditions on facts but for those on the people of a day."""
        return [
            self._condition(name, values, Axis.signed)
            for name, values in self.values
            if name not in ("staff", "team")
        ]

    def people(self, name: str) -> frozenset[int] | None:
        """Return the ids wanted of ``staff`` or ``team``, None for everybody."""
        found = dict(self.values).get(name)
        return None if found is None else frozenset(int(one) for one in found)

    def _condition(self, name: str, values: tuple[str, ...], axis: Axis) -> ColumnElement[bool]:
        found: ColumnElement[bool] = self._column(name, axis).in_(_typed(name, values))
        return found

    def _column(self, name: str, axis: Axis) -> Any:
        if name == "owner":
            return CustomerFact.owner_id
        if name in ("staff", "team"):
            day = "first" if axis is Axis.created else "sign"
            part = "owner" if name == "staff" else "team"
            return getattr(CustomerFact, f"{day}_{part}_id")
        return getattr(CustomerFact, name)


def _typed(name: str, values: tuple[str, ...]) -> Sequence[Any]:
    return [int(one) for one in values] if name in ("staff", "team", "owner") else values


def choose(reader: Reader, where: KpiFilter) -> Chosen:
    """Make a filter ready, looking up the regions it names."""
    values: list[tuple[str, tuple[str, ...]]] = []
    if where.staff_id is not None:
        name = "owner" if where.by_present_owner else "staff"
        values.append((name, (str(where.staff_id),)))
    if where.team_id is not None and not where.by_present_owner:
        values.append(("team", (str(where.team_id),)))
    elif where.team_id is not None:
        mates = reader.rows(select(Staff.id).where(Staff.team_id == where.team_id))
        values.append(("owner", tuple(str(row[0]) for row in mates)))
    if where.region is not None:
        values.append(("region", _regions(reader, where.region.strip())))
    for name in _WORDS:
        word = getattr(where, name)
        if word is not None:
            values.append((name, (word.strip(),)))
    return Chosen(tuple(values))


def _regions(reader: Reader, wanted: str) -> tuple[str, ...]:
    """Return the codes and names a region stands for: itself, or all below 2 or 4 digits."""
    if wanted.isdecimal() and len(wanted) in _PREFIXES:
        known = select(KpiMonth.value).where(KpiMonth.dimension == "region").distinct()
        return tuple(str(row[0]) for row in reader.rows(known) if row[0].startswith(wanted))
    if wanted.isdecimal() or not wanted:
        return (wanted,)
    named = select(Customer.region_code).where(
        Customer.region == wanted, Customer.deleted_at == 0, Customer.region_code != ""
    )
    return (wanted, *(str(row[0]) for row in reader.rows(named.distinct())))
