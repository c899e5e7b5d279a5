"""The two doors to a book: a reader's snapshot and one writer's unit of work."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.i18n import N_
from app.models.store import statements
from app.models.store.reader import Reader
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Base, Row
from app.models.values.changes import Changes, Kind

if TYPE_CHECKING:
    from sqlalchemy import Executable

    from app.models.store.pool import Link
    from app.models.store.stamp import Stamp
    from app.models.store.statements import Compiled


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row written: its values before (None if new) and after (None if gone)."""

    entity: type[Row]
    row_id: int
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

    @property
    def customer_ids(self) -> set[int]:
        """Return the customer the row belongs to, and the one it belonged to before."""
        if self.entity.__name__ == "Customer":
            return {self.row_id}
        rows = [row for row in (self.before, self.after) if row is not None]
        return {int(row.get("customer_id", 0)) for row in rows} - {0}


class Unit(Reader):
    """Write rows that are kept together or not at all.

    Every verb stamps the row, notes an audit entry and records the change, so
    that nothing can be written unseen. Derived columns go through ``derive``.
    """

    def __init__(self, link: Link, stamp: Stamp) -> None:
        super().__init__(link)
        self.stamp = stamp
        self.unit_id = stamp.make_id()
        self.trail: list[RowChange] = []
        self._touched: dict[Kind, set[int]] = {}
        self._audit: list[tuple[Any, ...]] = []
        self.noted = False

    @property
    def now(self) -> int:
        """Return the instant of this unit in UTC milliseconds."""
        return self.stamp.now

    @property
    def today(self) -> date:
        """Return the business day of this unit."""
        return self.stamp.today

    @property
    def staff_id(self) -> int:
        """Return who writes."""
        return self.stamp.staff_id

    def add(self, entity: type[Row], **values: Any) -> int:
        """Insert a row and return its id."""
        row_id = int(values.pop("id", 0)) or self.stamp.make_id()
        row = self._stamped(row_id, values)
        compiled = statements.insert_row(entity.__table__, tuple(row))
        self._driver.execute(compiled.sql, compiled.values(row))
        self._note(
            "add",
            entity,
            row_id,
            None,
            {**statements.defaults(entity.__table__), **row},
            values,
        )
        return row_id

    def _stamped(self, row_id: int, values: Mapping[str, Any]) -> dict[str, Any]:
        stamp = self.stamp
        return {
            "id": row_id,
            **values,
            "created_at": stamp.now,
            "created_by": stamp.staff_id,
            "updated_at": stamp.now,
            "updated_by": stamp.staff_id,
            "batch_id": stamp.batch_id,
        }

    def change(self, entity: type[Row], row_id: int, **values: Any) -> None:
        """Update columns of a row; nothing is written when nothing differs."""
        before = self._present(entity, row_id)
        fresh = {name: value for name, value in values.items() if before[name] != value}
        if fresh:
            self._update(entity, row_id, before, fresh, "change")

    def remove(self, entity: type[Row], row_id: int) -> None:
        """Put a row into the recycle bin."""
        before = self._present(entity, row_id)
        if not before["deleted_at"]:
            self._update(entity, row_id, before, {"deleted_at": self.now}, "remove")

    def bring_back(self, entity: type[Row], row_id: int) -> None:
        """Take a row out of the recycle bin."""
        before = self._present(entity, row_id)
        if before["deleted_at"]:
            self._update(entity, row_id, before, {"deleted_at": 0}, "bring_back")

    def erase(self, entity: type[Base], row_ids: Sequence[int]) -> None:
        """Delete rows for good, with one audit entry; their values stay in the trail alone.

        Only rows that nothing is derived from any more: no rule before commit sees it.
        """
        from sqlalchemy import delete

        from app.models.store.idlist import among

        if not row_ids:
            return
        table = entity.__table__
        self._connection.execute(delete(table).where(among(table.c.id, row_ids)))
        if issubclass(entity, Row) and entity.KIND is not None:
            self.note("erase", entity.__tablename__, row_ids[0], {}, {"ids": list(row_ids)})
            self.touch(entity.KIND, row_ids)

    def remove_many(
        self, entity: type[Row], rows: Sequence[Mapping[str, Any]], deleted_at: int = 0
    ) -> None:
        """Put living rows, as they are stored, into the bin with one audit entry.

        ``deleted_at`` is the instant they were put there before, if they were.
        """
        self._move_many("remove_many", entity, rows, deleted_at or self.now)

    def bring_back_many(self, entity: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
        """Take rows, all removed at one instant, out of the bin with one audit entry."""
        self._move_many("bring_back_many", entity, rows, 0)

    def _move_many(
        self, action: str, entity: type[Row], rows: Sequence[Mapping[str, Any]], deleted_at: int
    ) -> None:
        if not rows:
            return
        fresh = {
            "deleted_at": deleted_at,
            "updated_at": self.now,
            "updated_by": self.staff_id,
        }
        compiled = statements.update_row(entity.__table__, tuple(fresh))
        self.run_each(compiled, [{**fresh, "id": row["id"]} for row in rows])
        self.trail.extend(RowChange(entity, row["id"], row, {**row, **fresh}) for row in rows)
        ids = [int(row["id"]) for row in rows]
        kept = deleted_at or int(rows[0]["deleted_at"])
        self._record(action, entity, ids[0], {}, {"ids": ids, "deleted_at": kept})
        if entity.KIND is not None:
            self.touch(entity.KIND, ids)

    def _present(self, entity: type[Row], row_id: int) -> dict[str, Any]:
        found = self.stored(entity, row_id)
        if found is None:
            raise UserError(
                "not_found", N_("这条记录已经不在了"), advice=N_("刷新列表再看，别的内容都还在")
            )
        return found

    def _update(
        self,
        entity: type[Row],
        row_id: int,
        before: Mapping[str, Any],
        fresh: Mapping[str, Any],
        action: str,
    ) -> None:
        row = {**fresh, "updated_at": self.now, "updated_by": self.staff_id}
        self._write(entity, row_id, row)
        self._note(action, entity, row_id, before, {**before, **row}, fresh)

    def _write(self, entity: type[Row], row_id: int, row: Mapping[str, Any]) -> None:
        compiled = statements.update_row(entity.__table__, tuple(row))
        self._driver.execute(compiled.sql, compiled.values({**row, "id": row_id}))

    def derive(self, entity: type[Row], row_id: int, **values: Any) -> None:
        """Update columns that only repeat other rows: no audit entry, no stamp."""
        self._write(entity, row_id, values)

    def add_many(self, entity: type[Row], rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Insert many rows of the same columns with one audit entry; return their ids."""
        if not rows:
            return []
        stamped = [
            self._stamped(
                int(row.get("id", 0)) or self.stamp.make_id(),
                {name: value for name, value in row.items() if name != "id"},
            )
            for row in rows
        ]
        compiled = statements.insert_row(entity.__table__, tuple(stamped[0]))
        self._driver.executemany(compiled.sql, [compiled.values(row) for row in stamped])
        ids = [int(row["id"]) for row in stamped]
        defaults = statements.defaults(entity.__table__)
        self.trail.extend(
            RowChange(entity, row["id"], None, {**defaults, **row}) for row in stamped
        )
        self._record("add_many", entity, ids[0], {}, {"ids": ids})
        if entity.KIND is not None:
            self.touch(entity.KIND, ids)
        return ids

    def load(self, entity: type[Row], rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert many complete rows of the same columns, stamps included, with one audit entry.

        No rule before commit sees them: the caller rebuilds whatever is derived from them.
        """
        if not rows:
            return
        compiled = statements.insert_row(entity.__table__, tuple(rows[0]))
        self._driver.executemany(compiled.sql, [compiled.values(row) for row in rows])
        first, last = int(rows[0]["id"]), int(rows[-1]["id"])
        span = {"count": len(rows), "first": first, "last": last}
        self._record("load", entity, first, {}, span)
        if entity.KIND is not None:
            self.touch(entity.KIND)

    def run(self, statement: Executable, values: Any = None) -> int:
        """Run a bulk statement and return the number of rows; say ``touch`` yourself."""
        return self._connection.execute(statement, values).rowcount

    def run_each(self, compiled: Compiled, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a prepared statement once for every row of values."""
        self._driver.executemany(compiled.sql, [compiled.values(row) for row in rows])

    def run_text(self, sql: str, values: Any = ()) -> None:
        """Run SQL of the store itself, once for each row of a list; never text made from input."""
        run = self._driver.executemany if isinstance(values, list) else self._driver.execute
        run(sql, values)

    def touch(self, kind: Kind, ids: Iterable[int] = ()) -> None:
        """Announce changed rows after the commit; no ids means "some"."""
        self._touched.setdefault(kind, set()).update(ids)

    def changed_customers(self) -> set[int]:
        """Return the customers whose rows this unit has written so far."""
        return {one for change in self.trail for one in change.customer_ids}

    @property
    def changes(self) -> Changes:
        """Return what this unit has touched, for the bus."""
        return Changes({kind: frozenset(ids) for kind, ids in self._touched.items()})

    def _note(
        self,
        action: str,
        entity: type[Row],
        row_id: int,
        before: Mapping[str, Any] | None,
        after: Mapping[str, Any],
        fresh: Mapping[str, Any],
    ) -> None:
        self.trail.append(RowChange(entity, row_id, before, after))
        old = {name: before[name] for name in fresh} if before else {}
        self._record(action, entity, row_id, old, fresh)
        if entity.KIND is not None:
            self.touch(entity.KIND, (row_id,))

    def _record(
        self,
        action: str,
        entity: type[Row],
        row_id: int,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        if entity.KIND is not None:
            self.note(action, entity.__tablename__, row_id, before, after)

    def note(
        self,
        action: str,
        table_name: str,
        row_id: int,
        before: Mapping[str, Any],
        after: Mapping[str, Any],
    ) -> None:
        """Leave an audit entry of something that no other verb writes."""
        stamp = self.stamp
        self.noted = True
        self._audit.append(
            (
                stamp.make_id(),
                stamp.now,
                self.unit_id,
                stamp.label,
                stamp.staff_id,
                action,
                table_name,
                row_id,
                stamp.batch_id,
                _as_json(before),
                _as_json(after),
            )
        )

    def finish(self) -> None:
        """Write the audit entries; the last act before the commit."""
        if self._audit:
            compiled = statements.insert_row(AuditEntry.__table__, _AUDIT_COLUMNS)
            self._driver.executemany(compiled.sql, self._audit)
            self._audit = []


_AUDIT_COLUMNS = (
    "id", "at", "unit_id", "label", "staff_id", "action", "table_name", "row_id", "batch_id",
    "before", "after",
)  # fmt: skip


def _as_json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, default=str) if values else ""


def entity_named(table_name: str) -> type[Base]:
    """Return the class of a table name."""
    return Base.entities[table_name]
