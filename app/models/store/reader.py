"""The door to a book for reading: rows in one snapshot."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVarTuple

from app.models.store import streams

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select
    from sqlalchemy import Row as ResultRow

    from app.models.store.pool import Link
    from app.models.store.statements import Compiled
    from app.models.tables.base import Row

Ts = TypeVarTuple("Ts")


class Reader:
    """Read rows in one snapshot."""

    def __init__(self, link: Link) -> None:
        self._link = link
        self._driver: Any = link.driver

    @property
    def _connection(self) -> Connection:
        return self._link.connection

    def rows(
        self, statement: Select[*Ts], values: Mapping[str, Any] | None = None
    ) -> Sequence[ResultRow[*Ts]]:
        """Return all rows of a select."""
        return self._connection.execute(statement, values).all()

    def one(
        self, statement: Select[*Ts], values: Mapping[str, Any] | None = None
    ) -> ResultRow[*Ts] | None:
        """Return the first row of a select, None if there is none."""
        return self._connection.execute(statement, values).first()

    def scalar(self, statement: Select[Any], values: Mapping[str, Any] | None = None) -> Any:
        """Return the first value of the first row, None if there is none."""
        return self._connection.execute(statement, values).scalar()

    def driver_rows(self, sql: str, values: tuple[Any, ...] = ()) -> Sequence[Any]:
        """Return the rows of SQL written in the store; never text made from input."""
        found: Sequence[Any] = self._driver.execute(sql, values).fetchall()
        return found

    def prepared_rows(self, compiled: Compiled, values: Mapping[str, Any]) -> Sequence[Any]:
        """Return the rows of a prepared select as the driver gives them: days are text."""
        found: Sequence[Any] = self._driver.execute(
            compiled.sql, compiled.values(values)
        ).fetchall()
        return found

    def streamed(
        self, compiled: Compiled, values: Mapping[str, Any], watch: Callable[[], None]
    ) -> Iterator[Sequence[Any]]:
        """Yield the driver rows of a prepared select in batches.

        ``watch`` is called all the while, also before the first row, and stops it by raising.
        """
        yield from streams.batches(self._driver, compiled.sql, compiled.values(values), watch)

    def stored(self, entity: type[Row], row_id: int) -> dict[str, Any] | None:
        """Return every column of one row, None if there is no such row."""
        from app.models.store import statements

        compiled = statements.select_row(entity.__table__)
        found = self._driver.execute(compiled.sql, (row_id,)).fetchone()
        return None if found is None else statements.as_mapping(entity.__table__, found)

    def stored_many(self, entity: type[Row], row_ids: Collection[int]) -> list[dict[str, Any]]:
        """Return every column of some rows in order of ids; those not there are left out."""
        from sqlalchemy import select

        from app.models.store.idlist import among

        table = entity.__table__
        chosen = select(table).where(among(table.c.id, row_ids)).order_by(table.c.id)
        return [dict(row) for row in self._connection.execute(chosen).mappings()]
