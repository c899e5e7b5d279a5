"""The book folder ``<name>.gendan/``: made, opened and closed as one unit."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.errors import BookError, UserError
from app.i18n import N_
from app.models.store import engine, failures, header
from app.models.store.database import Database
from app.models.store.envelope import (
    STANDARD_COST,
    Envelope,
    KdfCost,
    read_envelope,
    write_envelope,
)
from app.models.store.lock import BookLock
from app.paths import DATABASE_NAME, has_file

FOLDERS = ("files", "backups")


@dataclass(slots=True)
class Book:
    """An open book: its folder, its database and the lock that holds it."""

    folder: Path
    database: Database
    envelope: Envelope
    lock: BookLock

    @property
    def size_bytes(self) -> int:
        """Return the bytes of the database and its log."""
        files = (self.folder / DATABASE_NAME, self.folder / f"{DATABASE_NAME}-wal")
        return sum(file.stat().st_size for file in files if file.exists())

    def close(self) -> None:
        """Close the database and let the next program have the book."""
        try:
            self.database.close()
        finally:
            self.lock.release()


@dataclass(frozen=True, slots=True)
class NewBook:
    """What was made: the open book, its recovery code and data key (none for a plain book)."""

    book: Book
    recovery_code: str
    data_key: bytes | None = field(default=None, repr=False)


def create_book(
    folder: Path,
    *,
    passphrase: str | None,
    hint: str = "",
    recovery_code: str = "",
    cost: KdfCost = STANDARD_COST,
) -> NewBook:
    """Make an empty book at a path where nothing is yet.

    ``passphrase`` None makes a plain book; ``recovery_code`` is one that the person has
    been shown already. Raises ``UserError`` book_exists or book_place.
    A failure on the way leaves no folder behind.
    """
    from app.models.store import keys

    with _place_told(folder):
        if folder.exists():
            raise UserError(
                "book_exists",
                N_("这里已经有数据：{folder}"),
                advice=N_("换一个位置，或直接打开它；原有数据没有改动"),
                folder=folder,
            )
    file_id = os.urandom(16).hex()
    data_key = None if passphrase is None else keys.new_book_key()
    code = "" if data_key is None else recovery_code or keys.new_recovery_code()
    slots: tuple[dict[str, Any], ...] = ()
    if data_key is not None and passphrase is not None:
        slots = (
            keys.passphrase_slot(passphrase, data_key, file_id, hint=hint, cost=cost),
            keys.recovery_slot(code, data_key, file_id),
        )
    staging = folder.with_name(f".{folder.name}.{os.urandom(4).hex()}.new")
    with failures.told_plainly(staging), _removed_on_failure(staging):
        with _place_told(folder):
            staging.mkdir(parents=True)
        for name in FOLDERS:
            (staging / name).mkdir()
        envelope = Envelope(file_id, slots)
        write_envelope(staging, envelope)
        _make_database(staging / DATABASE_NAME, data_key, file_id)
        staging.rename(folder)
    with _held(folder) as lock:
        return NewBook(_open(folder, envelope, data_key, lock), code, data_key)


@contextlib.contextmanager
def _place_told(folder: Path) -> Iterator[None]:
    """Raise ``UserError`` where no folder can be made."""
    try:
        yield
    except OSError as error:
        raise failures.as_user_error(error) or UserError(
            "book_place",
            N_("不能在这里新建数据：{folder}"),
            advice=N_("换一个能写的文件夹再试；什么都没有建"),
            folder=folder,
        ) from error


def remember_here(made: NewBook) -> None:
    """Let this computer's keyring open a new book; one that cannot is left out silently."""
    from app.models.store import keyring_slot

    if made.data_key is None:
        return
    with contextlib.suppress(UserError):
        envelope = keyring_slot.remember(made.book.envelope, made.data_key)
        write_envelope(made.book.folder, envelope)
        made.book.envelope = envelope


@contextlib.contextmanager
def _removed_on_failure(folder: Path) -> Iterator[None]:
    import shutil

    try:
        yield
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _make_database(file: Path, data_key: bytes | None, file_id: str) -> None:
    from app.models.store import migrate

    driver = engine.connect(file, data_key, create=True)
    try:
        driver.execute(f"PRAGMA application_id = {engine.APPLICATION_ID}")
        migrate.upgrade(driver)
        header.sign(driver, file_id)
    finally:
        driver.close()


def open_book(folder: Path, unlock: Callable[[Envelope], bytes] | None = None) -> Book:
    """Open a book; ``unlock`` turns the envelope into the data key when there is one.

    Raises ``BookError``: book_missing, book_in_use, damaged_keys, damaged_book,
    not_a_book, wrong_passphrase, newer_book, read_only, locked.
    """
    if not has_file(folder / DATABASE_NAME):
        raise BookError(
            "book_missing",
            N_("这里没有数据：{folder}"),
            advice=N_("检查位置，或新建一份"),
            folder=folder,
        )
    if not (_can_write(folder) and _can_write(folder / DATABASE_NAME)):
        raise failures.read_only(folder)
    with _held(folder) as lock:
        envelope = read_envelope(folder)
        problem = engine.file_problem(folder / DATABASE_NAME)
        if problem is not None:
            raise problem
        return _open(folder, envelope, _data_key(envelope, unlock), lock)


@contextlib.contextmanager
def _held(folder: Path) -> Iterator[BookLock]:
    """Hold the book for this process, and let it go again if it does not open."""
    with failures.told_plainly(folder / DATABASE_NAME):
        lock = BookLock(folder)
    try:
        yield lock
    except BaseException:
        lock.release()
        raise


def _can_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)


def _data_key(envelope: Envelope, unlock: Callable[[Envelope], bytes] | None) -> bytes | None:
    if not envelope.encrypted:
        return None
    if unlock is None:
        raise BookError(
            "passphrase_needed",
            N_("这份数据有密码"),
            advice=N_("用 GENDAN_PASSPHRASE 或 --passphrase-stdin 给出密码"),
        )
    return unlock(envelope)


def _open(folder: Path, envelope: Envelope, data_key: bytes | None, lock: BookLock) -> Book:
    file = folder / DATABASE_NAME
    was_folded = not engine.has_log(file)
    found, needs_upgrade = _look_at(file, data_key, envelope.file_id)
    if needs_upgrade:
        _upgrade(folder, file, data_key)
    is_closed = found.is_closed and not needs_upgrade
    database = Database(lambda: engine.connect(file, data_key), file, is_closed=is_closed)
    if not (found.is_closed and was_folded):
        database.expect_check()
    return Book(folder, database, envelope, lock)


def _upgrade(folder: Path, file: Path, data_key: bytes | None) -> None:
    from app.models.store import migrate, snapshot

    snapshot.copy_before_upgrade(folder, data_key)
    with contextlib.closing(engine.connect(file, data_key)) as driver:
        migrate.upgrade(driver)


def _look_at(file: Path, data_key: bytes | None, file_id: str) -> tuple[header.Header, bool]:
    """Refuse what is not this book; return its header and whether its schema is older than ours."""
    from app.models.store import schema

    try:
        with failures.told_plainly(file):
            driver = engine.connect(file, data_key, read_only=True)
    except dbapi2.DatabaseError as error:
        raise failures.damaged() from error
    try:
        with failures.told_plainly(file):
            engine.require_ours(driver)
            schema.refuse_newer(driver)
            found = header.read(driver)
            if found is None or found.file_id != file_id:
                raise failures.damaged()
            return found, schema.number_of(driver) < schema.NEWEST
    finally:
        driver.close()


def sync_folder(folder: Path) -> None:
    """Make renames in a folder durable where the system offers it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
