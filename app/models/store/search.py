"""Search as you type: our own grams in a contentless FTS5 table.

``search_text`` holds one narrow row a customer to verify candidates on;
``search_gram`` holds its grams, newest id first (performance.md 3).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from app.models.store.unit import Reader, Unit

CREATE = (
    "CREATE TABLE search_text (id INTEGER PRIMARY KEY, text TEXT NOT NULL, grams TEXT NOT NULL)",
    (
        "CREATE VIRTUAL TABLE search_gram USING fts5"
        "(grams, content='', detail=none, columnsize=0, tokenize='ascii')"
    ),
)
_DROP = "INSERT INTO search_gram (search_gram, rowid, grams) VALUES ('delete', ?, ?)"
_ADD = "INSERT INTO search_gram (rowid, grams) VALUES (?, ?)"
_KEEP = "INSERT INTO search_text (id, text, grams) VALUES (?, ?, ?)"
_FORGET = "DELETE FROM search_text WHERE id = ?"
_FIND = (
    "SELECT t.id, t.text FROM search_gram g JOIN search_text t ON t.id = g.rowid "
    "WHERE search_gram MATCH ? AND g.rowid < ? ORDER BY g.rowid DESC LIMIT ?"
)
_KEPT = "SELECT id, text, grams FROM search_text WHERE id > ? ORDER BY id LIMIT ?"
_BATCH = 200


def put(unit: Unit, row_id: int, text: str, grams: Iterable[str]) -> None:
    """Index one customer anew under its text and grams."""
    joined = " ".join(sorted(grams))
    known = unit.driver_rows("SELECT text, grams FROM search_text WHERE id = ?", (row_id,))
    if known and tuple(known[0]) == (text, joined):
        return
    if known:
        unit.run_text(_DROP, (row_id, known[0][1]))
        unit.run_text(_FORGET, (row_id,))
    unit.run_text(_KEEP, (row_id, text, joined))
    unit.run_text(_ADD, (row_id, joined))


def put_many(unit: Unit, rows: Sequence[tuple[int, str, str]]) -> None:
    """Index many new customers: (id, text, grams joined by blanks) each."""
    if rows:
        unit.run_text(_KEEP, list(rows))
        unit.run_text(_ADD, [(row_id, grams) for row_id, _, grams in rows])


def drop(unit: Unit, row_id: int) -> None:
    """Take one customer out of the index."""
    for (grams,) in unit.driver_rows("SELECT grams FROM search_text WHERE id = ?", (row_id,)):
        unit.run_text(_DROP, (row_id, grams))
        unit.run_text(_FORGET, (row_id,))


def clear(unit: Unit) -> None:
    """Empty the index before it is built anew."""
    unit.run_text("INSERT INTO search_gram (search_gram) VALUES ('delete-all')")
    unit.run_text("DELETE FROM search_text")


def kept(reader: Reader, above: int, limit: int) -> list[tuple[int, str, str]]:
    """Return (id, text, grams joined by blanks) of the next customers above an id."""
    found = reader.driver_rows(_KEPT, (above, limit))
    return [(int(row_id), str(text), str(grams)) for row_id, text, grams in found]


def optimise(unit: Unit) -> None:
    """Fold the index into one part after a bulk build."""
    unit.run_text("INSERT INTO search_gram (search_gram) VALUES ('optimize')")


def candidates(reader: Reader, wanted: str) -> Iterator[tuple[int, str]]:
    """Yield (id, text) of rows that fulfil an expression of grams, newest first, in batches."""
    below = 1 << 62
    while True:
        found = _batch(reader, wanted, below)
        yield from found
        if len(found) < _BATCH:
            return
        below = found[-1][0]


def _batch(reader: Reader, wanted: str, below: int) -> list[tuple[int, str]]:
    found = reader.driver_rows(_FIND, (wanted, below, _BATCH))
    return [(int(row_id), str(text)) for row_id, text in found]
