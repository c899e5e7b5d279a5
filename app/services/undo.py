"""Undo from the audit trail: a unit of work of this or an earlier session, or a batch."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Reader, Unit, entity_named
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Day
from app.models.tables.customers import ContactChannel, Employment, LifeSpell, OwnerSpell
from app.models.tables.deals import Contract, Opportunity, Payment
from app.models.tables.followups import FollowUp, NextStep
from app.services.jobs import Progress

if TYPE_CHECKING:
    from app.services.context import Context

_AT_ONCE = 5_000
_PART = 500


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did that can be undone: its unit and its label."""

    unit_id: int
    label: str
    at: int


@dataclass(frozen=True, slots=True)
class Undone:
    """How many rows went back, and which did not because somebody changed them since.

    ``unit_id`` is the unit that did it: taking that back does the act again.
    """

    restored_count: int
    conflicts: tuple[str, ...]
    unit_id: int = 0


class Undo:
    """Take acts back, newest first; a taken-back act can be redone the same way."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._taken: list[int] = []

    def last(self) -> Act | None:
        """Return the newest act of this person that is not taken back yet."""
        chosen = (
            select(AuditEntry.unit_id, AuditEntry.label, AuditEntry.at)
            .where(
                AuditEntry.staff_id == self._context.actor.staff_id,
                AuditEntry.label != "",
                AuditEntry.batch_id == 0,
                AuditEntry.unit_id.not_in(self._taken),
            )
            .order_by(AuditEntry.id.desc())
            .limit(1)
        )
        with self._context.read() as reader:
            row = reader.one(chosen)
        return Act(*row) if row else None

    def take_back(self, unit_id: int) -> Undone:
        """Undo one act; rows changed since are left alone and listed."""
        self._taken.append(unit_id)
        with self._context.write() as unit:
            return _invert(unit, _acts(_entries(unit, AuditEntry.unit_id == unit_id)))

    def take_back_batch(self, batch_id: int, progress: Progress | None = None) -> Undone:
        """Undo a whole import; rows changed since are left alone and listed.

        A large one goes back in several units; after a kill the same call does the rest.
        """
        steps = progress or Progress()
        with self._context.read() as reader:
            entries = _entries(reader, AuditEntry.batch_id == batch_id)
        if not entries:
            raise UserError(
                "no_such_batch",
                N_("没有这次导入：{batch}"),
                advice=N_("在导入历史里看编号"),
                batch=batch_id,
            )
        with self._context.read() as reader:
            acts, kept = _without_worked_with(reader, list(_acts(entries)))
        restored, conflicts, unit_id = 0, list[str](), 0
        for start in range(0, len(acts), _AT_ONCE):
            steps.step(start, len(acts))
            with self._context.write() as unit:
                undone = _invert(unit, acts[start : start + _AT_ONCE])
            restored += undone.restored_count
            conflicts += undone.conflicts
            unit_id = undone.unit_id
        return Undone(restored, (*kept, *conflicts), unit_id)


@dataclass(frozen=True, slots=True)
class _Written:
    """One row that was written: the audit entry of it, split up by rows."""

    entry_id: int
    at: int
    table_name: str
    row_id: int
    added: bool
    before: dict[str, Any]
    after: dict[str, Any]


def _entries(reader: Reader, wanted: Any) -> Sequence[Any]:
    return reader.rows(
        select(
            AuditEntry.id,
            AuditEntry.at,
            AuditEntry.action,
            AuditEntry.table_name,
            AuditEntry.row_id,
            AuditEntry.before,
            AuditEntry.after,
        )
        .where(wanted)
        .order_by(AuditEntry.id.desc())
    )


def _acts(entries: Sequence[Any]) -> Iterator[_Written]:
    """Yield the rows written, newest first."""
    for entry_id, at, action, table_name, row_id, before, after in entries:
        old = json.loads(before) if before else {}
        new = json.loads(after) if after else {}
        ids = new["ids"] if action == "add_many" else (row_id,)
        for one_id in ids:
            added = action in ("add", "add_many")
            yield _Written(entry_id, at, table_name, one_id, added, old, new)


def _without_worked_with(reader: Reader, acts: list[_Written]) -> tuple[list[_Written], list[str]]:
    """Leave out customers with records of others, and who works there; name them."""
    made: dict[str, set[int]] = {}
    for act in acts:
        if act.added:
            made.setdefault(act.table_name, set()).add(act.row_id)
    kept = _worked_with(reader, made)
    if not kept:
        return acts, []
    rows = {"customer": kept} | {
        entity.__tablename__: _ids(reader, entity.id, entity.customer_id, kept)
        for entity in (OwnerSpell, LifeSpell, Employment, ContactChannel)
    }
    rows["contact"] = _ids(reader, Employment.contact_id, Employment.customer_id, kept)
    left = [act for act in acts if act.row_id not in rows.get(act.table_name, ())]
    return left, [f"customer:{customer_id}" for customer_id in sorted(kept)]


def _worked_with(reader: Reader, made: Mapping[str, set[int]]) -> set[int]:
    """Return the customers of a batch that have living records made outside of it."""
    customers = made.get("customer", set())
    found: set[int] = set()
    for entity in (FollowUp, NextStep, Contract, Payment, Opportunity):
        for part in _parts(customers):
            mine = (entity.customer_id.in_(part), entity.deleted_at == 0)
            for row_id, customer_id in reader.rows(
                select(entity.id, entity.customer_id).where(*mine)
            ):
                if row_id not in made.get(entity.__tablename__, ()):
                    found.add(customer_id)
    return found


def _ids(reader: Reader, wanted: Any, column: Any, values: set[int]) -> set[int]:
    return {
        row[0]
        for part in _parts(values)
        for row in reader.rows(select(wanted).where(column.in_(part)))
    }


def _parts(ids: set[int]) -> Iterator[list[int]]:
    listed = sorted(ids)
    for start in range(0, len(listed), _PART):
        yield listed[start : start + _PART]


def _invert(unit: Unit, acts: Iterable[_Written]) -> Undone:
    restored, conflicts = 0, []
    for act in acts:
        entity: Any = entity_named(act.table_name)
        row = unit.stored(entity, act.row_id) or {}
        if act.added and row.get("deleted_at"):
            continue  # gone already
        if not row or not (_is_as_added(row) if act.added else _is_as_changed(row, act)):
            conflicts.append(f"{act.table_name}:{act.row_id}")
            continue
        if act.added:
            unit.remove(entity, act.row_id)
        else:
            _change_back(unit, entity, act, row)
        restored += 1
    return Undone(restored, tuple(conflicts), unit.unit_id)


def _is_as_added(row: Mapping[str, Any]) -> bool:
    return bool(row["updated_at"] == row["created_at"])


def _is_as_changed(row: Mapping[str, Any], act: _Written) -> bool:
    return all(_plain(row.get(name)) == _plain(value) for name, value in act.after.items())


def _change_back(unit: Unit, entity: Any, act: _Written, row: Mapping[str, Any]) -> None:
    """Write the old values, and the old stamp: then what came before can be taken back too."""
    unit.change(entity, act.row_id, **_parsed(entity, act.before))
    if row["updated_at"] != act.at:
        return
    earlier = select(func.max(AuditEntry.at)).where(
        AuditEntry.table_name == act.table_name,
        AuditEntry.row_id == act.row_id,
        AuditEntry.id < act.entry_id,
    )
    at = max(int(unit.scalar(earlier) or 0), int(row["created_at"]))
    unit.derive(entity, act.row_id, updated_at=at)


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _parsed(entity: Any, values: dict[str, Any]) -> dict[str, Any]:
    columns = entity.__table__.c
    return {
        name: date.fromisoformat(value)
        if isinstance(columns[name].type, Day) and value and value != "None"
        else (None if value in ("None", None) else value)
        for name, value in values.items()
    }
