"""变更记录: who changed what when, from which value to which, and by which act."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Select, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import Unit, entity_named
from app.models.tables.admin import AuditEntry
from app.models.tables.customers import ContactChannel, Customer, Employment
from app.services.context import Context
from app.services.jobs import Progress
from app.services.staff.writing import names_of as staff_names
from app.services.undo import happened
from app.services.undo.changes import Change, plain
from app.services.undo.inverse import parsed
from app.services.undo.names import names_of
from app.services.undo.origins import Origin, named
from app.services.undo.relations import at_customers
from app.services.undo.words import FIELDS

MOST = 1_000
"""How many changes are told, the newest first."""

ADDED, REMOVED, RETURNED = N_("新增"), N_("删除"), N_("恢复")
_SPELLS = frozenset({"owner_spell", "life_spell"})
_MONEY = frozenset({"contract", "payment", "contract_share"})


class History:
    """Read what was changed at a customer or in one record, and put single values back."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def of_customer(self, customer_id: int, progress: Progress | None = None) -> list[Change]:
        """Return the changes of a customer and of all that hangs on it, newest first."""
        scope: dict[str, Any] = {"customer": (customer_id,)}
        for entity in at_customers():
            table: Any = entity
            if table is not Customer:
                scope[table.__tablename__] = select(table.id).where(
                    table.customer_id == customer_id
                )
        scope["contact"] = select(Employment.contact_id).where(
            Employment.customer_id == customer_id
        )
        return self._of(scope, customer_id, progress)

    def of_contact(self, contact_id: int, progress: Progress | None = None) -> list[Change]:
        """Return the changes of a contact with his posts and numbers, newest first."""
        scope: dict[str, Any] = {"contact": (contact_id,)}
        for entity in (Employment, ContactChannel):
            scope[entity.__tablename__] = select(entity.id).where(entity.contact_id == contact_id)
        return self._of(scope, 0, progress)

    def of_record(self, table: str, row_id: int, progress: Progress | None = None) -> list[Change]:
        """Return the changes of one record such as a contract, newest first."""
        return self._of({table: (row_id,)}, 0, progress)

    def _of(
        self, scope: Mapping[str, Any], customer_id: int, progress: Progress | None
    ) -> list[Change]:
        steps = progress or Progress()
        with self._context.read() as reader:
            found: list[tuple[Change, Origin]] = []
            for done, (table, ids) in enumerate(scope.items()):
                steps.step(done, len(scope))
                found += _changed(reader, table, ids)
                found += _added(reader, table, ids)
            if customer_id:
                found += happened.at_customer(reader, customer_id)
            found.sort(key=lambda one: (one[0].at, one[0].entry_id, one[0].row_id), reverse=True)
            return list(_told(reader, found[:MOST]))

    # -- one value back ------------------------------------------------------------------

    def restore(self, change: Change) -> int:
        """Put the old value of a change back; return the act, 0 when it is there already.

        Raises ``UserError`` not_allowed, not_found or not_restorable.
        """
        self._context.require("money" if change.table in _MONEY else "write")
        if not change.restorable:
            raise UserError(
                "not_restorable",
                N_("这一处不能单独恢复"),
                advice=N_("用撤销收回整次操作；没有改动"),
            )
        with self._context.write(N_("恢复旧值")) as unit:
            if change.entry_id:
                _put_back(unit, change)
            else:
                happened.put_back(unit, change.table, change.row_id)
            return unit.unit_id if unit.noted else 0


def _put_back(unit: Unit, change: Change) -> None:
    """Put one column back, with those of the same entry that no one reads (a sorting key)."""
    entity: Any = entity_named(change.table)
    before = unit.scalar(select(AuditEntry.before).where(AuditEntry.id == change.entry_id))
    known = FIELDS.get(change.table, {})
    values = {
        name: value
        for name, value in json.loads(before or "{}").items()
        if name == change.column or name not in known
    }
    unit.change(entity, change.row_id, **parsed(entity, values))


# -- reading --------------------------------------------------------------------------------


def _within(column: Any, ids: Collection[int] | Select[Any]) -> Any:
    return column.in_(ids) if isinstance(ids, Select) else among(column, ids)


def _changed(reader: Reader, table: str, ids: Any) -> Iterator[tuple[Change, Origin]]:
    wanted = select(
        AuditEntry.id,
        AuditEntry.at,
        AuditEntry.row_id,
        AuditEntry.unit_id,
        AuditEntry.batch_id,
        AuditEntry.staff_id,
        AuditEntry.label,
        AuditEntry.before,
        AuditEntry.after,
    ).where(
        AuditEntry.table_name == table,
        _within(AuditEntry.row_id, ids),
        AuditEntry.action.in_(("change", "remove", "bring_back")),
    )
    for row in reader.rows(wanted.order_by(AuditEntry.id.desc()).limit(MOST)):
        entry_id, at, row_id, unit_id, batch_id, staff_id, label, before, after = row
        origin = Origin(batch_id or unit_id, bool(batch_id), staff_id, label)
        old, new = json.loads(before or "{}"), json.loads(after)
        for change in _values(table, row_id, old, new):
            yield replace(change, at=at, entry_id=entry_id if change.column else 0), origin


def _values(
    table: str, row_id: int, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Change]:
    if "deleted_at" in new:
        yield Change(0, table, row_id, REMOVED if new["deleted_at"] else RETURNED)
    if table in _SPELLS:
        return  # the spell that follows tells it
    for column, word in FIELDS.get(table, {}).items():
        if column in new:
            yield Change(0, table, row_id, word, column, plain(old.get(column)), plain(new[column]))


def _added(reader: Reader, table: str, ids: Any) -> Iterator[tuple[Change, Origin]]:
    if table not in _TOLD_WHEN_ADDED:
        return
    entity: Any = entity_named(table)
    chosen = select(entity.id, entity.created_at, entity.created_by, entity.batch_id)
    rows = reader.rows(chosen.where(_within(entity.id, ids)).order_by(entity.id.desc()).limit(MOST))
    acts = happened.acts_that_added(reader, table, [row[0] for row in rows])
    for row_id, at, by, batch_id in rows:
        origin = acts.get(
            row_id, Origin(batch_id, bool(batch_id), by, N_("导入") if batch_id else "")
        )
        yield Change(at, table, row_id, ADDED), origin


_TOLD_WHEN_ADDED = frozenset(
    {
        "customer", "contact", "contact_channel", "opportunity", "contract", "payment",
        "radar_item", "feature_value",
    }
)  # fmt: skip
"""A follow-up or next step is a line of the timeline, an event tells itself."""


def _told(reader: Reader, found: Sequence[tuple[Change, Origin]]) -> Iterator[Change]:
    people = staff_names(reader)
    origins = named(reader, {origin for _change, origin in found})
    rows: dict[str, set[int]] = {}
    for change, _origin in found:
        rows.setdefault(change.table, set()).add(change.row_id)
    titles = {table: names_of(reader, table, ids) for table, ids in rows.items()}
    values = happened.Values(reader, [change for change, _origin in found])
    for change, origin in found:
        yield replace(
            change,
            staff=people.get(origin.staff_id, ""),
            origin=origins.get(origin, origin),
            named=titles[change.table][change.row_id],
            old=values.said(change.table, change.column, change.old),
            new=values.said(change.table, change.column, change.new),
        )
