"""Verified copies of a live book (reliability.md 3.4)."""

from __future__ import annotations

import os
import shutil
from contextlib import closing
from pathlib import Path

from app.models.store import engine, failures, header
from app.models.store.envelope import FILE_NAME as ENVELOPE_FILE

COPY_SUFFIX = ".before-upgrade"


def copy_database(source: Path, target: Path, data_key: bytes | None) -> None:
    """Copy a live database to a new file, check it, and publish it under its name.

    The copy has the same key. Raises ``BookError`` damaged_book when the copy
    does not pass its check; nothing is published then.
    """
    fresh = target.with_name(f"{target.name}.{os.urandom(4).hex()}.tmp")
    try:
        with failures.told_plainly(fresh):
            _copy(source, fresh, data_key)
            with fresh.open("rb+") as stream:
                os.fsync(stream.fileno())
            fresh.replace(target)
    finally:
        fresh.unlink(missing_ok=True)


def _copy(source: Path, fresh: Path, data_key: bytes | None) -> None:
    with (
        closing(engine.connect(source, data_key)) as reader,
        closing(engine.connect(fresh, data_key, create=True)) as writer,
    ):
        reader.backup(writer)
        writer.execute("PRAGMA journal_mode = DELETE")
        header.mark_closed(writer)
        verdict = writer.execute("PRAGMA quick_check").fetchone()
    if verdict is None or verdict[0] != "ok":
        raise failures.damaged()


def copy_before_upgrade(folder: Path, data_key: bytes | None) -> Path:
    """Keep a verified copy of the book as it was before a schema change."""
    stem = os.urandom(4).hex()
    target = folder / "backups" / f"book-{stem}{COPY_SUFFIX}"
    target.mkdir(parents=True)
    copy_database(folder / "book.db", target / "book.db", data_key)
    shutil.copy2(folder / ENVELOPE_FILE, target / ENVELOPE_FILE)
    return target
