"""What hangs together: the rows that come back with one, and those that go for good with it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import and_, func, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.base import Base, Row
from app.models.tables.customers import Contact, ContactChannel, Customer, Employment
from app.models.tables.deals import Contract, Payment
from app.models.tables.followups import FollowUp, FollowUpContact
from app.services.undo.relations import Link

Family = dict[type[Base], set[int]]
"""Rows by table."""

_ALSO = (Link(Customer, ContactChannel, "customer_id"),)
_GOES_WITH = (Link(Customer, Customer, "merged_into_id"),)
"""What was merged into a customer lives in it."""


@cache
def _hard_links() -> tuple[Link, ...]:
    """Return the links that the engine holds to: a row cannot be without its parent."""
    return tuple(
        Link(_entity(key.column.table.name), _entity(child.__tablename__), key.parent.name)
        for child in Base.entities.values()
        for key in child.__table__.foreign_keys
    )


def _entity(table: str) -> Any:
    return Base.entities[table]


def _children(entity: type[Base]) -> tuple[Link, ...]:
    return tuple(link for link in (*_hard_links(), *_ALSO) if link.parent is entity)


def _parents(entity: type[Base]) -> tuple[Link, ...]:
    found = [link for link in _hard_links() if link.child is entity]
    return (*found, Link(Contract, Payment, "contract_id")) if entity is Payment else tuple(found)


def coming_back(reader: Reader, entity: type[Row], row_id: int, span: tuple[int, int]) -> Family:
    """Return the rows of the bin that come back with one: what went with it, and its parents."""
    first, last = span

    def went_too(child: Any) -> Any:
        return child.deleted_at.between(first, last)

    found: Family = {entity: {row_id}}
    fresh = found
    while fresh:
        below = _below(reader, fresh, _children, went_too)
        below.setdefault(ContactChannel, set()).update(_numbers(reader, fresh, went_too))
        above = _above(reader, {**fresh, **below})
        fresh = _unknown(found, (below, above))
    return found


def going(reader: Reader, entity: type[Row], ids: Collection[int]) -> Family:
    """Return all rows that cannot be without these, these themselves among them.

    A contact goes with the last firm he was at, unless a follow-up names him.
    """

    def links(parent: type[Base]) -> tuple[Link, ...]:
        return (*_children(parent), *(one for one in _GOES_WITH if one.parent is parent))

    found: Family = {entity: set(ids)}
    fresh = found
    while fresh:
        below = _below(reader, fresh, links, lambda _child: True)
        below.setdefault(ContactChannel, set()).update(_numbers(reader, fresh, lambda _child: True))
        people: Family = {Contact: _left_alone(reader, found, below)}
        fresh = _unknown(found, (below, people))
    return found


def _below(
    reader: Reader,
    rows: Mapping[type[Base], Collection[int]],
    links: Callable[[type[Base]], tuple[Link, ...]],
    which: Callable[[Any], Any],
) -> Family:
    found: Family = {}
    for entity, ids in rows.items():
        for link in links(entity):
            child: Any = link.child
            wanted = select(child.id).where(link.of(ids), which(child))
            found.setdefault(child, set()).update(row[0] for row in reader.rows(wanted))
    return found


def _numbers(reader: Reader, rows: Family, which: Callable[[Any], Any]) -> set[int]:
    """Return the numbers and addresses of contacts at the firms of these employments."""
    ids = rows.get(Employment)
    if not ids:
        return set()
    wanted = (
        select(ContactChannel.id)
        .join(
            Employment,
            and_(
                Employment.contact_id == ContactChannel.contact_id,
                Employment.customer_id == ContactChannel.customer_id,
            ),
        )
        .where(among(Employment.id, ids), which(ContactChannel))
    )
    return {row[0] for row in reader.rows(wanted)}


def _above(reader: Reader, rows: Mapping[type[Base], Collection[int]]) -> Family:
    found: Family = {}
    for entity, ids in rows.items():
        for link in _parents(entity):
            parent: Any = link.parent
            child: Any = link.child
            held = select(getattr(child, link.column)).where(among(child.id, ids))
            binned = select(parent.id).where(parent.id.in_(held), parent.deleted_at != 0)
            found.setdefault(parent, set()).update(row[0] for row in reader.rows(binned))
    return found


def _left_alone(reader: Reader, known: Family, fresh: Family) -> set[int]:
    """Return the contacts of fresh employments that no other employment or follow-up holds."""
    ending = fresh.get(Employment, set()) | known.get(Employment, set())
    if not ending:
        return set()
    talks = fresh.get(FollowUp, set()) | known.get(FollowUp, set())
    mine = select(Employment.contact_id).where(among(Employment.id, ending))
    kept = (
        (Employment.contact_id, Employment.id, ending),
        (FollowUp.contact_id, FollowUp.id, talks),
        (FollowUpContact.contact_id, FollowUpContact.followup_id, talks),
    )
    wanted: Any = select(Contact.id).where(Contact.id.in_(mine))
    for column, held_by, going_too in kept:
        others = select(column).where(column.in_(mine), held_by.not_in(_listed(going_too)))
        wanted = wanted.where(Contact.id.not_in(others))
    return {row[0] for row in reader.rows(wanted)}


def _listed(ids: Collection[int]) -> Any:
    import json

    return select(func.json_each(json.dumps(sorted(ids))).table_valued("value").c.value)


def _unknown(found: Family, parts: Collection[Family]) -> Family:
    """Add what was met to what was found; return what was not known before."""
    fresh: Family = {}
    for part in parts:
        for entity, ids in part.items():
            new = ids - found.get(entity, set())
            if new:
                found.setdefault(entity, set()).update(new)
                fresh.setdefault(entity, set()).update(new)
    return fresh


def parents_first(found: Family) -> list[type[Base]]:
    """Return the tables of a family, each after those its rows hang on."""
    tables = [table.name for table in Base.metadata.sorted_tables]
    return sorted(found, key=lambda entity: tables.index(entity.__tablename__))
