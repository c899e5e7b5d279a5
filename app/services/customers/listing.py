"""The customer list: filtered, sorted and paged in SQL."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, func, literal_column, select

from app.models.store import keyset
from app.models.store.idlist import among
from app.models.store.statements import Compiled, prepared
from app.models.store.unit import Reader
from app.models.store.visible import counted_customer
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.staff import Staff
from app.models.values.pages import Key, Page, Sort
from app.services.customers.conditions import Condition, clause, settle
from app.services.customers.drafts import CustomerRow

SORTS: dict[str, Any] = {
    "name": Customer.sort_key,
    "created_on": Customer.created_on,
    "last_touch_on": Customer.last_touch_on,
    "next_due_at": Customer.next_due_at,
    "expected_fen": Customer.expected_fen,
    "stage": Customer.stage_position,
    "region": Customer.region,
    "owner": Customer.owner_id,
}
"""The columns a list can be ordered by; each has an index with the id as tie-break."""


@dataclass(frozen=True, slots=True)
class CustomerFilter:
    """Conditions joined by AND; empty text, 0 and None mean no condition.

    ``ids`` limits the list to customers somebody already counted, for the rows
    behind a number.
    """

    owner_id: int = 0
    team_id: int = 0
    life: str = ""
    quality: str = ""
    grade: str = ""
    stage_position: int = -1
    region: str = ""
    source: str = ""
    industry: str = ""
    touched_since: date | None = None
    not_touched_since: date | None = None
    created_from: date | None = None
    created_to: date | None = None
    unowned: bool = False
    ids: tuple[int, ...] = ()
    where: tuple[Condition, ...] = ()

    def settled(self, today: date, now: int) -> CustomerFilter:
        """Return the filter with conditions relative to today turned into dates."""
        return replace(self, where=tuple(settle(one, today, now) for one in self.where))


def conditions(wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    """Return the SQL conditions of a filter, the population first."""
    found: list[ColumnElement[bool]] = [counted_customer()]
    for column, value in (
        (Customer.owner_id, wanted.owner_id),
        (Customer.life, wanted.life),
        (Customer.quality, wanted.quality),
        (Customer.grade, wanted.grade),
        (Customer.source, wanted.source),
        (Customer.industry, wanted.industry),
    ):
        if value:
            found.append(column == value)
    if wanted.stage_position >= 0:
        found.append(Customer.stage_position == wanted.stage_position)
    if wanted.region:
        found.append(Customer.region.startswith(wanted.region, autoescape=True))
    if wanted.team_id:
        found.append(Customer.owner_id.in_(select(Staff.id).where(Staff.team_id == wanted.team_id)))
    if wanted.unowned:
        found.append(Customer.owner_id == 0)
    if wanted.ids:
        found.append(among(Customer.id, wanted.ids))
    return [*found, *_day_conditions(wanted), *(clause(one) for one in wanted.where)]


def _day_conditions(wanted: CustomerFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.touched_since:
        found.append(Customer.last_touch_on >= wanted.touched_since)
    if wanted.not_touched_since:
        found.append(Customer.last_touch_on < wanted.not_touched_since)
    if wanted.created_from:
        found.append(Customer.created_on >= wanted.created_from)
    if wanted.created_to:
        found.append(Customer.created_on <= wanted.created_to)
    return found


_ROW: Any = (
    select(
        Customer.id,
        Customer.name,
        Customer.region,
        Customer.main_contact,
        Customer.main_phone,
        Customer.quality,
        Customer.grade,
        Customer.stage_position,
        Customer.life,
        func.nullif(Customer.expected_fen, literal_column("-1")),
        Customer.next_step_id,
        Customer.next_start_at,
        Customer.next_due_at,
        Customer.owner_id,
        func.coalesce(Staff.name, literal_column("''")),
        Customer.source,
        Customer.industry,
        Customer.code,
        Customer.size,
        Customer.next_plan,
        Customer.last_touch_on,
        Customer.created_on,
        Customer.expected_to,
    )
    .select_from(Customer)
    .outerjoin(Staff, Staff.id == Customer.owner_id)
)
_DAYS_FROM = 20
"""From here on a row holds its three days."""
_FEW_IDS = 1_000


def page(
    reader: Reader,
    wanted: CustomerFilter,
    sort: Sort,
    *,
    key: Key | None = None,
    backward: bool = False,
    inclusive: bool = False,
    skip: int = 0,
    limit: int = 200,
) -> Page[CustomerRow]:
    """Return the window of ``limit`` rows after ``key`` (before it when ``backward``)."""
    compile_page = _cached_page if len(wanted.ids) < _FEW_IDS else _compiled_page
    compiled = compile_page(wanted, sort, key is not None, backward, inclusive)
    edge = {"key_value": key[0], "key_id": key[1]} if key else {}
    found = reader.prepared_rows(compiled, {**edge, "row_limit": limit + 1, "row_skip": skip})
    more, found = len(found) > limit, found[:limit]
    if not found:
        return Page()
    if backward:
        found = found[::-1]
    rows = tuple(
        [CustomerRow._make((*v[:_DAYS_FROM], _day(v[20]), _day(v[21]), _day(v[22]))) for v in found]
    )
    edges = _edges(reader, sort.column, found[0][0], found[-1][0])
    return Page(rows, None, edges[0], edges[1], more)


def _edges(reader: Reader, column: str, first_id: int, last_id: int) -> tuple[Key, Key]:
    """Return the keys of two rows; reading them apart keeps long sort keys out of every row."""
    compiled = _edge_query(column)
    first, last = (
        reader.prepared_rows(compiled, {"id": row_id})[0][0] for row_id in (first_id, last_id)
    )
    return (first, first_id), (last, last_id)


@lru_cache
def _edge_query(column: str) -> Compiled:
    one = select(SORTS[column]).where(Customer.id == bindparam("row_id", 0))
    return prepared(Customer.__table__, one)


def _compiled_page(
    wanted: CustomerFilter, sort: Sort, keyed: bool, backward: bool, inclusive: bool
) -> Compiled:
    column = SORTS[sort.column]
    statement: Select[Any] = keyset.after(
        _ROW.where(*conditions(wanted)),
        column,
        Customer.id,
        key=(bindparam("key_value", ""), bindparam("key_id", 0)) if keyed else None,
        descending=sort.descending,
        backward=backward,
        inclusive=inclusive,
        limit=bindparam("row_limit", 0),
    ).offset(bindparam("row_skip", 0))
    return prepared(Customer.__table__, statement)


_cached_page = lru_cache(maxsize=256)(_compiled_page)


@lru_cache(maxsize=8_192)
def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _key_value(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else NO_DAY if value is None else value


def count(reader: Reader, wanted: CustomerFilter) -> int:
    """Return how many customers match."""
    return int(reader.scalar(select(func.count(Customer.id)).where(*conditions(wanted))) or 0)


def next_anchor(
    reader: Reader, wanted: CustomerFilter, sort: Sort, key: Key | None, every: int
) -> Key | None:
    """Return the key ``every`` rows further on, None past the end; the first one for no key."""
    column = SORTS[sort.column]
    statement: Select[Any, Any] = keyset.after(
        select(column, Customer.id).where(*conditions(wanted)),
        column,
        Customer.id,
        key=key,
        descending=sort.descending,
        inclusive=True,
        limit=1,
    )
    found = reader.one(statement.offset(every if key else 0))
    return (_key_value(found[0]), found[1]) if found else None


def neighbour(
    reader: Reader, wanted: CustomerFilter, sort: Sort, customer_id: int, step: int
) -> int:
    """Return the customer after (step 1) or before (-1) one in a list, 0 at its end.

    The place of a customer that no longer matches is where it would stand.
    """
    column = SORTS[sort.column]
    here = reader.scalar(select(column).where(Customer.id == customer_id))
    statement: Select[Any] = keyset.after(
        select(Customer.id).where(*conditions(wanted)),
        column,
        Customer.id,
        key=(_key_value(here), customer_id),
        descending=sort.descending,
        backward=step < 0,
        limit=1,
    )
    return int(reader.scalar(statement) or 0)


def place(reader: Reader, wanted: CustomerFilter, sort: Sort, customer_id: int) -> int:
    """Return how many customers of a list stand before one."""
    column = SORTS[sort.column]
    here = reader.scalar(select(column).where(Customer.id == customer_id))
    before: Select[Any] = keyset.after(
        select(Customer.id).where(*conditions(wanted)),
        column,
        Customer.id,
        key=(_key_value(here), customer_id),
        descending=sort.descending,
        backward=True,
        limit=-1,
    )
    return int(reader.scalar(select(func.count()).select_from(before.subquery())) or 0)


def ids(reader: Reader, wanted: CustomerFilter) -> list[int]:
    """Return the ids of all customers that match, oldest first."""
    chosen = select(Customer.id).where(*conditions(wanted)).order_by(Customer.id)
    return [row[0] for row in reader.rows(chosen)]


def expected_total(reader: Reader, wanted: CustomerFilter) -> int:
    """Return the sum of the expected amounts in fen of the customers that match."""
    known = select(func.sum(Customer.expected_fen)).where(
        *conditions(wanted), Customer.expected_fen >= 0
    )
    return int(reader.scalar(known) or 0)


def used_regions(reader: Reader, limit: int = 500) -> list[str]:
    """Return the regions that customers have, in order."""
    chosen = select(Customer.region).where(Customer.deleted_at == 0).distinct()
    return [str(row[0]) for row in reader.rows(chosen.order_by(Customer.region).limit(limit))]
