"""An open book's database: snapshots for readers, one writer at a time."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from app.errors import UserError
from app.models.store.failures import told_plainly
from app.models.store.unit import Reader, Stamp, Unit

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Database:
    """Hand out readers and units over one engine.

    A reader is a short snapshot; a unit is one ``BEGIN IMMEDIATE`` and one
    commit, rolled back by any exception. Units of several threads queue.
    """

    def __init__(self, engine: Engine, file: Path) -> None:
        self._engine = engine
        self.file = file
        self._writing = threading.RLock()
        self._unit: Unit | None = None

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Open a snapshot for reading."""
        with told_plainly(self.file), self._begun("BEGIN") as connection:
            yield Reader(connection)

    @contextmanager
    def write(self, stamp: Stamp) -> Iterator[Unit]:
        """Open a unit of work, committed at the end or rolled back by an exception."""
        with self._writing:
            if self._unit is not None:
                raise RuntimeError("a unit of work is already open in this thread")
            try:
                with told_plainly(self.file), self._begun("BEGIN IMMEDIATE") as connection:
                    self._unit = Unit(connection, stamp)
                    yield self._unit
                    self._unit.finish()
            finally:
                self._unit = None

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Connection]:
        with self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute(begin)
            try:
                yield connection
                driver.execute("COMMIT")
            finally:
                if driver.in_transaction:
                    driver.execute("ROLLBACK")

    def look(self, at: Callable[[Connection], T]) -> T:
        """Let a tool of the store look at a snapshot through the plain connection."""
        with told_plainly(self.file), self._begun("BEGIN") as connection:
            return at(connection)

    def run_maintenance(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement of the store outside any transaction and return its rows."""
        with told_plainly(self.file), self._engine.connect() as connection:
            driver = connection.connection.driver_connection
            assert driver is not None
            return list(driver.execute(sql).fetchall())

    def close(self) -> None:
        """Fold the log into the file and let every connection go.

        What was saved is in the log already: a log that cannot be folded now stays beside
        the file, and nothing is lost.
        """
        try:
            self.run_maintenance("PRAGMA wal_checkpoint(TRUNCATE)")
        except UserError as error:
            _log.warning("the log was not folded into the file: %s", error.code)
        finally:
            self._engine.dispose()
