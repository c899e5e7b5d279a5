"""Search as you type: our own grams in a contentless FTS5 table.

``search_text`` holds one narrow row a customer to verify candidates on;
``search_gram`` holds its grams, newest id first (performance.md 3).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from app.models.store.reader import Reader
from app.models.store.unit import Unit

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
_COUNT = "SELECT count(*) FROM (SELECT 1 FROM search_gram WHERE search_gram MATCH ? LIMIT ?)"
_ROWS = "SELECT id, text, grams FROM search_text WHERE id IN"
_KEPT = "SELECT id, text, grams FROM search_text WHERE id > ? ORDER BY id LIMIT ?"
_BATCH = 200


def put(unit: Unit, rows: Sequence[tuple[int, str, str]]) -> None:
    """Index customers anew under their (id, text, grams joined by blanks)."""
    known = {row[0]: row for row in _rows_of(unit, [row[0] for row in rows])}
    fresh = [row for row in rows if known.get(row[0]) != row]
    _take_out(unit, [known[row[0]] for row in fresh if row[0] in known])
    put_many(unit, fresh)


def _rows_of(unit: Unit, ids: Sequence[int]) -> list[tuple[int, str, str]]:
    found: list[tuple[int, str, str]] = []
    for start in range(0, len(ids), _BATCH):
        part = tuple(ids[start : start + _BATCH])
        marks = ", ".join("?" * len(part))
        rows = unit.driver_rows(f"{_ROWS} ({marks})", part)
        found += [(int(row_id), str(text), str(grams)) for row_id, text, grams in rows]
    return found


def _take_out(unit: Unit, rows: Sequence[tuple[int, str, str]]) -> None:
    if rows:
        unit.run_text(_DROP, [(row_id, grams) for row_id, _, grams in rows])
        unit.run_text(_FORGET, [(row_id,) for row_id, _, _ in rows])


def put_many(unit: Unit, rows: Sequence[tuple[int, str, str]]) -> None:
    """Index many new customers: (id, text, grams joined by blanks) each."""
    if rows:
        unit.run_text(_KEEP, list(rows))
        unit.run_text(_ADD, [(row_id, grams) for row_id, _, grams in rows])


def drop(unit: Unit, ids: Sequence[int]) -> None:
    """Take customers out of the index."""
    _take_out(unit, _rows_of(unit, ids))


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


def count_up_to(reader: Reader, wanted: str, most: int) -> int:
    """Return how many customers fulfil an expression of grams, at most ``most``."""
    return int(reader.driver_rows(_COUNT, (wanted, most))[0][0])
