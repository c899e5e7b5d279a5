"""Apply the inverse of audit entries, newest first; what was changed since is left alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from app.models.store.unit import Unit, entity_named
from app.models.tables.base import Day
from app.models.tables.customers import Customer
from app.services.admin.setting_up import SETTINGS, put_settings
from app.services.undo import foreign
from app.services.undo.acts import Act
from app.services.undo.relations import customers_of
from app.services.undo.trail import Entry

CHANGED, GONE, WORKED_WITH = "changed", "gone", "worked_with"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A row that did not go back, why, and which of its columns differ from what the act left."""

    table: str
    row_id: int
    reason: str
    fields: tuple[str, ...] = ()


class Inversion:
    """Take entries back in one unit of work.

    ``kept`` are customers the act has made that stay whole, because somebody works with them.
    """

    def __init__(self, unit: Unit, act: Act, kept: frozenset[int] = frozenset()) -> None:
        self._unit = unit
        self._act = act
        self._kept = kept
        self.restored_count = 0
        self.conflicts: list[Conflict] = []

    def take(self, entries: Iterable[Entry]) -> None:
        """Apply the inverse of entries, which come newest first."""
        for entry in entries:
            if entry.table == SETTINGS:
                self._set_back(entry)
            elif entry.action in ("add", "add_many"):
                self._take_away(entry)
            elif entry.action in ("change", "remove", "bring_back"):
                self._change_back(entry)
            elif entry.action == "remove_many":
                self._bring_back(entry)
            elif entry.action == "bring_back_many":
                self._put_away(entry)

    # -- one row -----------------------------------------------------------------------------

    def _take_away(self, entry: Entry) -> None:
        """Remove rows that the act has added."""
        entity: Any = entity_named(entry.table)
        rows = [row for row in self._rows(entity, entry) if not row["deleted_at"]]
        self._remove(entity, entry, rows, 0)

    def _change_back(self, entry: Entry) -> None:
        entity: Any = entity_named(entry.table)
        (row_id,) = entry.ids
        row = self._unit.stored(entity, row_id)
        if row is None:
            self._refuse(entry.table, [row_id], GONE)
            return
        if self._stay(entity, [row_id]) or _holds(row, entry.before):
            return
        differing = tuple(
            name for name, value in entry.after.items() if not _same(row, name, value)
        )
        removing = bool(entry.before.get("deleted_at")) and not row["deleted_at"]
        if differing:
            self.conflicts.append(Conflict(entry.table, row_id, CHANGED, differing))
        elif removing and foreign.hung_on(self._unit, entity, [row_id], entry.id):
            self._refuse(entry.table, [row_id], WORKED_WITH)
        else:
            self._unit.change(entity, row_id, **parsed(entity, entry.before))
            self.restored_count += 1

    def _set_back(self, entry: Entry) -> None:
        put_settings(self._unit, entry.before)
        self.restored_count += len(entry.before)

    # -- many rows ---------------------------------------------------------------------------

    def _bring_back(self, entry: Entry) -> None:
        """Take rows out of the bin that the act has put there, if they are still there."""
        entity: Any = entity_named(entry.table)
        at = entry.after["deleted_at"]
        found = self._rows(entity, entry)
        rows = [row for row in found if row["deleted_at"] == at]
        self._refuse(entry.table, set(entry.ids) - {row["id"] for row in found}, GONE)
        self._unit.bring_back_many(entity, rows)
        self.restored_count += len(rows)

    def _put_away(self, entry: Entry) -> None:
        """Put rows into the bin again that the act has taken out."""
        entity: Any = entity_named(entry.table)
        rows = [row for row in self._rows(entity, entry) if not row["deleted_at"]]
        self._remove(entity, entry, rows, entry.after["deleted_at"])

    def _remove(
        self, entity: Any, entry: Entry, rows: Sequence[Mapping[str, Any]], deleted_at: int
    ) -> None:
        ids = [row["id"] for row in rows]
        unit, act = self._unit, self._act
        changed = foreign.changed_since(unit, act, entry.table, ids, entry.id)
        hung = foreign.hung_on(unit, entity, ids, entry.id if deleted_at else 0) - changed
        self._refuse(entry.table, sorted(changed), CHANGED)
        self._refuse(entry.table, sorted(hung), WORKED_WITH)
        going = [row for row in rows if row["id"] not in changed and row["id"] not in hung]
        if len(going) == 1 and not deleted_at:
            unit.remove(entity, going[0]["id"])
        else:
            unit.remove_many(entity, going, deleted_at)
        self.restored_count += len(going)

    def _rows(self, entity: Any, entry: Entry) -> list[dict[str, Any]]:
        """Return the rows of an entry as they are now, but for those that stay anyway."""
        rows = self._unit.stored_many(entity, entry.ids)
        staying = self._stay(entity, [row["id"] for row in rows])
        return [row for row in rows if row["id"] not in staying]

    def _stay(self, entity: Any, ids: Collection[int]) -> set[int]:
        """Return which rows belong to customers that stay whole; note each customer once."""
        if not self._kept:
            return set()
        owners = customers_of(self._unit, entity, ids)
        staying = {row_id for row_id, customers in owners.items() if customers & self._kept}
        if entity is Customer:
            self._refuse(entity.__tablename__, sorted(staying), WORKED_WITH)
        return staying

    def _refuse(self, table: str, ids: Iterable[int], reason: str) -> None:
        known = {(one.table, one.row_id) for one in self.conflicts} if self._kept else set()
        self.conflicts += [
            Conflict(table, row_id, reason) for row_id in ids if (table, row_id) not in known
        ]


def _plain(value: Any) -> str:
    return "" if value is None else str(value)


def _same(row: Mapping[str, Any], name: str, value: Any) -> bool:
    return _plain(row.get(name)) == _plain(value)


def _holds(row: Mapping[str, Any], values: Mapping[str, Any]) -> bool:
    """Tell whether a row has all these values already."""
    return all(_same(row, name, value) for name, value in values.items())


def parsed(entity: Any, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values of an audit entry as the row holds them."""
    columns = entity.__table__.c
    return {
        name: date.fromisoformat(value) if isinstance(columns[name].type, Day) and value else value
        for name, value in values.items()
    }
