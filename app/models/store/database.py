"""An open book's database: snapshots for readers, one writer at a time."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlcipher3 import dbapi2

from app.errors import BookError, Cancelled, UserError
from app.models.store import failures, header
from app.models.store.pool import Link, Pool
from app.models.store.reader import Reader
from app.models.store.turns import Turns

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from app.models.store.stamp import Stamp
    from app.models.store.unit import Unit

T = TypeVar("T")
_STEPS_BETWEEN_LOOKS = 2000
_log = logging.getLogger(__name__)


class Database:
    """Hand out readers and units over one pool of connections.

    A reader is a short snapshot; a unit is one ``BEGIN IMMEDIATE`` and one
    commit, rolled back by any exception. Units of several threads queue in the order of asking.
    Once damage is met, nothing more is written (reliability.md 2.3).
    """

    def __init__(self, connect: Callable[[], Any], file: Path, *, is_closed: bool = True) -> None:
        self._pool = Pool(connect)
        self.file = file
        self.needs_check = False
        """Whether the last close was not in order and no check has passed since."""
        self.when_damaged: Callable[[BookError], None] | None = None
        """Is told of damage, on the thread that met it."""
        self.damage: BookError | None = None
        self._is_closed = is_closed
        self._is_ending = False
        self._looking = threading.Lock()
        self._writing = Turns()
        self._unit: Unit | None = None

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """Open a snapshot for reading."""
        with self._begun("BEGIN") as link:
            yield Reader(link)

    @contextmanager
    def write(self, stamp: Stamp) -> Iterator[Unit]:
        """Open a unit of work, committed at the end or rolled back by an exception.

        The first one that writes also notes that the book is not closed. Raises
        ``BookError`` damaged_book once damage was met.
        """
        from app.models.store.unit import Unit

        with self._writing:
            if self._unit is not None:
                raise RuntimeError("a unit of work is already open in this thread")
            if self.damage is not None:
                raise self.damage
            try:
                with self._begun("BEGIN IMMEDIATE") as link:
                    before = link.driver.total_changes
                    self._unit = Unit(link, stamp)
                    yield self._unit
                    self._unit.finish()
                    has_written = link.driver.total_changes != before
                    if has_written and self._is_closed:
                        header.mark_open(link.driver)
                self._is_closed = self._is_closed and not has_written
            finally:
                self._unit = None

    @contextmanager
    def _begun(self, begin: str) -> Iterator[Link]:
        with self._borrowed() as link:
            link.driver.execute(begin)
            try:
                yield link
                link.driver.execute("COMMIT")
            finally:
                if link.driver.in_transaction:
                    link.driver.execute("ROLLBACK")

    @contextmanager
    def _borrowed(self) -> Iterator[Link]:
        """Borrow a connection; one that has met damage is thrown away.

        The cipher would call every later page damaged that is read over it.
        """
        with self._told_plainly(), self._pool.borrowed() as link:
            try:
                yield link
            except Exception as error:
                link.is_spoilt = link.is_spoilt or failures.is_damage(error)
                raise

    @contextmanager
    def _told_plainly(self) -> Iterator[None]:
        try:
            with failures.told_plainly(self.file):
                yield
        except BookError as error:
            if error.code != failures.DAMAGED or error is self.damage:
                raise
            _log.error("damage was met: %s", getattr(error.__cause__, "orig", error.__cause__))
            raise (self.damage or self.stop_writing(failures.damage_met())) from error

    def stop_writing(self, damage: BookError) -> BookError:
        """Refuse every later unit with this error, and return it."""
        _log.error("the book is damaged, nothing more is written: %s", damage.values)
        self.damage = damage
        if self.when_damaged is not None:
            self.when_damaged(damage)
        return damage

    def look(self, at: Callable[[Connection], T]) -> T:
        """Let a tool of the store look at a snapshot through the plain connection."""
        with self._begun("BEGIN") as link:
            return at(link.connection)

    def run_maintenance(self, sql: str) -> list[tuple[object, ...]]:
        """Run one statement of the store outside any transaction and return its rows."""
        with self._borrowed() as link:
            return list(link.driver.execute(sql).fetchall())

    def run_watched(
        self, sql: str, watch: Callable[[], None], values: tuple[Any, ...] = ()
    ) -> list[tuple[object, ...]]:
        """Run one long statement that only reads, over a connection of its own.

        ``watch`` is called all the while and stops it by raising ``Cancelled``; so does
        the close of the book.
        """
        stops: list[BaseException] = []

        def must_stop() -> bool:
            if self._is_ending:
                stops.append(Cancelled())
                return True
            try:
                watch()
            except (Cancelled, KeyboardInterrupt) as stop:
                stops.append(stop)
            return bool(stops)

        with self._looking, self._borrowed() as link:
            driver = link.driver
            driver.set_progress_handler(must_stop, _STEPS_BETWEEN_LOOKS)
            try:
                found = [] if must_stop() else list(driver.execute(sql, values).fetchall())
            except dbapi2.OperationalError:
                if not stops:
                    raise
            finally:
                driver.set_progress_handler(None, 0)
            link.is_spoilt = True  # a check that found damage has met it
            if stops:
                raise stops[0]
            return found

    # -- the last close ----------------------------------------------------------------------

    def expect_check(self) -> None:
        """Note that the last close was not in order; only a check that passes forgets it."""
        self.needs_check = True
        _log.warning("the last close was not in order")
        if self._is_closed:
            with contextlib.suppress(UserError):
                self._mark(header.mark_open)
                self._is_closed = False

    def pass_check(self) -> None:
        """Note that every page was looked at and is sound."""
        self.needs_check = False

    def _mark(self, mark: Callable[[Any], None]) -> None:
        with self._borrowed() as link:
            mark(link.driver)

    def close(self) -> None:
        """Fold the log into the file, note the close, and let every connection go.

        What was saved is in the log already: a log that cannot be folded now stays beside
        the file, and nothing is lost.
        """
        self._is_ending = True
        with self._looking, self._writing:  # a check that still runs stops first
            try:
                if not self._is_closed and not self.needs_check and self.damage is None:
                    self._mark(header.mark_closed)
                    self._is_closed = True
                self.run_maintenance("PRAGMA wal_checkpoint(TRUNCATE)")
            except UserError as error:
                _log.warning("the log was not folded into the file: %s", error.code)
            finally:
                self._pool.close()
