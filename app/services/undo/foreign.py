"""What others have done since on the rows of an act: such rows are not taken away."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import entity_named
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Row
from app.models.tables.customers import Contact, Customer
from app.models.tables.followups import FollowUp
from app.services.undo.acts import Act, still_done
from app.services.undo.relations import at_customers, children_of, customers_of
from app.services.undo.trail import Scope, entries

_CHANGES = ("change", "remove", "bring_back")
_ONLY_COUNTS = ('{"counts": true}', '{"counts": false}')
"""Which follow-up of a fold counts is decided by a rule, not by a person."""


def changed_since(
    reader: Reader, act: Act, table: str, ids: Collection[int], after: int
) -> set[int]:
    """Return which rows of a table another act, not taken back, has changed after an entry."""
    wanted = select(AuditEntry.row_id, AuditEntry.batch_id, AuditEntry.unit_id).where(
        AuditEntry.table_name == table, among(AuditEntry.row_id, ids), AuditEntry.id > after
    )
    rows = reader.rows(wanted.where(_by_others(act)))
    done = still_done(reader, {row[1] or row[2] for row in rows}) if rows else set()
    return {row[0] for row in rows if (row[1] or row[2]) in done}


def _by_others(act: Act) -> ColumnElement[bool]:
    family = (act.id, *act.turns)
    derived = (AuditEntry.table_name == FollowUp.__tablename__) & AuditEntry.after.in_(_ONLY_COUNTS)
    return (
        AuditEntry.action.in_(_CHANGES)
        & AuditEntry.unit_id.not_in(family)
        & AuditEntry.batch_id.not_in(family)
        & not_(derived)
    )


def hung_on(reader: Reader, entity: type[Row], ids: Collection[int], above: int = 0) -> set[int]:
    """Return which rows have living rows hanging on them, made after an entry if one is given."""
    found: set[int] = set()
    for link in children_of(entity.__tablename__):
        child: Any = link.child
        column = getattr(child, link.column)
        alive = (child.deleted_at == 0, child.id > above)
        found |= {row[0] for row in reader.rows(select(column).where(link.of(ids), *alive))}
    return found


def worked_with(reader: Reader, act: Act) -> frozenset[int]:
    """Return the customers an act has made that somebody has worked with since.

    They have living rows that the act did not make, or rows of theirs were changed.
    """
    made = _made(reader, act.scope)
    if made is None:
        return frozenset()
    own, first = made
    found: set[int] = set()
    for entity in at_customers():
        table: Any = entity
        foreign = select(table.customer_id).join(Customer, Customer.id == table.customer_id)
        alive = foreign.where(own(Customer), table.deleted_at == 0, not_(own(table)))
        found |= {row[0] for row in reader.rows(alive.distinct())}
    return frozenset(found | _changed(reader, act, own, first))


def _made(reader: Reader, scope: Scope) -> tuple[Callable[[Any], Any], int] | None:
    """Return how to tell the living customers and rows an act has made, and its first entry."""
    added = (AuditEntry.table_name == Customer.__tablename__, AuditEntry.action.like("add%"))
    first = select(func.min(AuditEntry.id)).where(scope.condition())
    if reader.one(select(AuditEntry.id).where(scope.condition(), *added).limit(1)) is None:
        return None
    begin = int(reader.scalar(first))
    ids: dict[str, list[int]] = {}
    for entry in () if scope.is_batch else entries(reader, scope):
        if entry.action.startswith("add"):
            ids.setdefault(entry.table, []).extend(entry.ids)

    def own(entity: Any) -> Any:
        if scope.is_batch:
            return entity.batch_id == scope.act_id
        return among(entity.id, ids.get(entity.__tablename__, ()))

    return own, begin


def _changed(reader: Reader, act: Act, own: Any, first: int) -> set[int]:
    """Return the made customers with a row that another act has changed since."""
    entities: tuple[type[Row], ...] = (Customer, Contact, *at_customers())
    tables = [entity.__tablename__ for entity in entities]
    wanted = select(
        AuditEntry.table_name, AuditEntry.row_id, AuditEntry.batch_id, AuditEntry.unit_id
    ).where(AuditEntry.id > first, AuditEntry.table_name.in_(tables), _by_others(act))
    rows = reader.rows(wanted)
    done = still_done(reader, {row[2] or row[3] for row in rows}) if rows else set()
    touched: dict[str, set[int]] = {}
    for table, row_id, batch_id, unit_id in rows:
        if (batch_id or unit_id) in done:
            touched.setdefault(table, set()).add(row_id)
    owners: set[int] = set()
    for table, ids in touched.items():
        entity: Any = entity_named(table)
        found = customers_of(reader, entity, ids)
        owners.update(one for customers in found.values() for one in customers)
    mine = select(Customer.id).where(among(Customer.id, owners), own(Customer))
    mine = mine.where(Customer.deleted_at == 0)
    return {row[0] for row in reader.rows(mine)} if owners else set()
