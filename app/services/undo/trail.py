"""The audit trail act by act: what was written, newest first."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from app.models.store.reader import Reader
from app.models.tables.admin import AuditEntry

NEWEST = 1 << 62
"""An id after every other one."""

_PAGE = 200
_MANY = frozenset({"add_many", "remove_many", "bring_back_many"})


@dataclass(frozen=True, slots=True)
class Scope:
    """The entries of one act: those of a unit of work, or of all units of a batch."""

    act_id: int
    is_batch: bool

    def condition(self) -> ColumnElement[bool]:
        """Return what its entries have in common."""
        column = AuditEntry.batch_id if self.is_batch else AuditEntry.unit_id
        return column == self.act_id


@dataclass(frozen=True, slots=True)
class Entry:
    """One audit entry; ``ids`` are the rows it wrote."""

    id: int
    unit_id: int
    action: str
    table: str
    ids: tuple[int, ...]
    before: dict[str, Any]
    after: dict[str, Any]


_ENTRY = select(
    AuditEntry.id,
    AuditEntry.unit_id,
    AuditEntry.action,
    AuditEntry.table_name,
    AuditEntry.row_id,
    AuditEntry.before,
    AuditEntry.after,
).order_by(AuditEntry.id.desc())


def scope_of(reader: Reader, act_id: int) -> Scope | None:
    """Return the scope of an act by the id of its unit or batch, None when there is no such act."""
    for scope in (Scope(act_id, is_batch=True), Scope(act_id, is_batch=False)):
        if act_id and reader.one(select(AuditEntry.id).where(scope.condition()).limit(1)):
            return scope
    return None


def entries(
    reader: Reader, scope: Scope, *, below: int = NEWEST, limit: int | None = None
) -> list[Entry]:
    """Return the entries of an act before an entry, newest first."""
    wanted = _ENTRY.where(scope.condition(), AuditEntry.id < below)
    return [_entry(*row) for row in reader.rows(wanted.limit(limit))]


def pages(read: Callable[[], AbstractContextManager[Reader]], scope: Scope) -> Iterator[Entry]:
    """Yield the entries of an act, newest first; each page is read in a snapshot of its own."""
    below = NEWEST
    while True:
        with read() as reader:
            found = entries(reader, scope, below=below, limit=_PAGE)
        if not found:
            return
        yield from found
        below = found[-1].id


def count(reader: Reader, scope: Scope) -> int:
    """Return how many entries an act has."""
    return int(reader.scalar(select(func.count(AuditEntry.id)).where(scope.condition())) or 0)


def _entry(
    entry_id: int, unit_id: int, action: str, table: str, row_id: int, before: str, after: str
) -> Entry:
    old = json.loads(before) if before else {}
    new = json.loads(after) if after else {}
    ids = tuple(new["ids"]) if action in _MANY else (row_id,)
    return Entry(entry_id, unit_id, action, table, ids, old, new)
