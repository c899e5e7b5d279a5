"""Find out whether a book is sound: its pages, its schema, its identity (reliability.md 3.3)."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from app.errors import BookError
from app.models.store import keys, schema
from app.models.store.database import Database
from app.models.tables import Base

_SHOWN = 20


def page_problems(database: Database, *, deep: bool = False) -> list[str]:
    """Return what is wrong with the pages of the file; an empty list is sound.

    The pages of a sealed book carry a seal each, which finds every flipped bit; then the
    engine walks its trees, with every index entry when ``deep``.
    """
    found: list[str] = []
    if is_sealed(database):
        found += _texts(database, "PRAGMA cipher_integrity_check")
    walk = "PRAGMA integrity_check" if deep else "PRAGMA quick_check"
    found += [text for text in _texts(database, walk) if text != "ok"]
    broken = database.run_maintenance("PRAGMA foreign_key_check")
    found += [f"{table}:{row_id} -> {parent}" for table, row_id, parent, *_rest in broken]
    return found[:_SHOWN]


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
        envelope = keys.read_envelope(database.file.parent)
    except BookError as error:
        return [error.text()]
    return [] if envelope.file_id == rows[0][0] else ["file_id"]
