"""Find out whether a book is sound: its pages, its schema, its identity (reliability.md 3.3)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from app.errors import BookError
from app.models.store import schema
from app.models.store.database import Database
from app.models.store.envelope import read_envelope
from app.models.tables import Base

_SHOWN = 20


def _keep_going() -> None:
    """Let a check go on to its end."""


def page_problems(
    database: Database, *, deep: bool = False, watch: Callable[[], None] = _keep_going
) -> list[str]:
    """Return what is wrong with the pages of the file; an empty list is sound.

    The pages of a sealed book carry a seal each, which finds every flipped bit; then the
    engine walks its trees, with every index entry when ``deep``. ``watch`` is called
    meanwhile and may raise ``Cancelled``; the pass over the seals alone runs to its end.
    """
    found = _broken_seals(database, watch) if is_sealed(database) else []
    walk = "PRAGMA integrity_check" if deep else "PRAGMA quick_check"
    try:
        told = [str(row[0]) for row in database.run_watched(walk, watch)]
    except BookError as error:
        told = [str(error.__cause__ or error)]
    found += [text for text in told if text != "ok"]
    return found[:_SHOWN]


def _broken_seals(database: Database, watch: Callable[[], None]) -> list[str]:
    """Return the pages of the file whose seal is broken.

    The pass reads the file beside everybody else: a page that the log still holds, or that
    is just being written, may look broken. So the log is folded in first, and a page is
    broken only when two passes say so.
    """
    found: list[str] | None = None
    while True:
        if not _fold(database):
            return []  # somebody still reads an older state; the walk tests the seals it meets
        rows = database.run_watched("PRAGMA cipher_integrity_check", watch)
        seen = [str(row[0]) for row in rows]
        if found is not None or not seen:
            return [one for one in seen if one in (found or ())]
        found = seen


def _fold(database: Database) -> bool:
    """Fold the log into the file as far as nobody has to wait; tell whether all of it is in."""
    ((busy, logged, folded),) = database.run_maintenance("PRAGMA wal_checkpoint(PASSIVE)")
    return not busy and logged == folded


def parent_problems(database: Database) -> list[str]:
    """Return the rows whose parent is missing."""
    broken = database.run_maintenance("PRAGMA foreign_key_check")
    return [f"{table}:{row_id} -> {parent}" for table, row_id, parent, *_rest in broken][:_SHOWN]


def damaged_tables(database: Database, watch: Callable[[], None] = _keep_going) -> list[str]:
    """Return the names of the tables that cannot be read whole."""
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    try:
        found = [str(row[0]) for row in database.run_maintenance(names)]
    except BookError:
        return []
    return [name for name in found if not _reads_whole(database, name, watch)]


def _reads_whole(database: Database, table: str, watch: Callable[[], None]) -> bool:
    try:
        rows = database.run_watched("SELECT * FROM pragma_quick_check(?)", watch, (table,))
    except BookError:
        return False
    return rows == [("ok",)]


def is_sealed(database: Database) -> bool:
    """Tell whether the file is encrypted."""
    return _texts(database, "PRAGMA cipher_status") == ["1"]


def _texts(database: Database, sql: str) -> list[str]:
    return [str(row[0]) for row in database.run_maintenance(sql)]


def schema_problems(database: Database) -> list[str]:
    """Return where the file's tables differ from those this program knows."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    number = int(str(database.run_maintenance("PRAGMA user_version")[0][0]))
    found = [] if number == schema.NEWEST else [f"schema {number}, not {schema.NEWEST}"]

    def compare(connection: Connection) -> list[Any]:
        options = {"compare_type": True, "include_name": _ours}
        context = MigrationContext.configure(connection, opts=options)
        return list(compare_metadata(context, Base.metadata))

    return [*found, *(_as_text(one) for one in database.look(compare))][:_SHOWN]


def _ours(name: str | None, kind: str, _parents: Any) -> bool:
    """Leave out the tables of the search index: they are the engine's own."""
    return not (kind == "table" and name is not None and name.startswith("search_"))


def _as_text(difference: Any) -> str:
    words = difference if isinstance(difference, tuple) else tuple(difference[0])
    return " ".join(str(getattr(word, "name", word)) for word in words if word is not None)


def identity_problems(database: Database) -> list[str]:
    """Return whether the file and its key envelope belong together."""
    rows = database.run_maintenance("SELECT file_id FROM book_header")
    if len(rows) != 1:
        return [f"book_header {len(rows)}"]
    try:
        envelope = read_envelope(database.file.parent)
    except BookError as error:
        return [error.text()]
    return [] if envelope.file_id == rows[0][0] else ["file_id"]
