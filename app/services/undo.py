"""Undo from the audit trail: a unit of work of this or an earlier session, or a batch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Reader, Unit, entity_named
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Day
from app.services.context import Context


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
            return _invert(unit, _entries(unit, AuditEntry.unit_id == unit_id))

    def take_back_batch(self, batch_id: int) -> Undone:
        """Undo a whole import; rows changed since are left alone and listed."""
        with self._context.write() as unit:
            entries = _entries(unit, AuditEntry.batch_id == batch_id)
            if not entries:
                raise UserError(
                    "no_such_batch",
                    N_("没有这次导入：{batch}"),
                    advice=N_("在导入历史里看编号"),
                    batch=batch_id,
                )
            return _invert(unit, entries)


def _entries(reader: Reader, wanted: Any) -> Sequence[Any]:
    return reader.rows(
        select(
            AuditEntry.action,
            AuditEntry.table_name,
            AuditEntry.row_id,
            AuditEntry.before,
            AuditEntry.after,
        )
        .where(wanted)
        .order_by(AuditEntry.id.desc())
    )


def _invert(unit: Unit, entries: Sequence[Any]) -> Undone:
    restored, conflicts = 0, []
    for action, table_name, row_id, before, after in entries:
        entity: Any = entity_named(table_name)
        fresh = json.loads(after) if after else {}
        if action in ("add", "add_many"):
            ids = fresh.get("ids", [row_id]) if action == "add_many" else [row_id]
            for one_id in ids:
                if _untouched(unit, entity, one_id):
                    unit.remove(entity, one_id)
                    restored += 1
                else:
                    conflicts.append(f"{table_name}:{one_id}")
            continue
        now = unit.stored(entity, row_id) or {}
        if any(_plain(now.get(name)) != _plain(value) for name, value in fresh.items()):
            conflicts.append(f"{table_name}:{row_id}")
            continue
        unit.change(entity, row_id, **_parsed(entity, json.loads(before) if before else {}))
        restored += 1
    return Undone(restored, tuple(conflicts), unit.unit_id)


def _untouched(unit: Unit, entity: Any, row_id: int) -> bool:
    row = unit.stored(entity, row_id)
    return row is not None and row["updated_at"] == row["created_at"]


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
