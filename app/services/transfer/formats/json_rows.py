"""JSON as the export writes it: a list of objects, or one list for each kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import cast

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.marks import marked
from app.services.transfer.sheets import CellValue, Notes, Part, Row, Sheet


def _recognises(source: Source) -> bool:
    start = source.head.removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return start in (b"[", b"{") and source.suffix == ".json"


def _read(source: Source) -> Iterator[Part]:
    try:
        content = json.loads(source.path.read_text("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise refusals.damaged(source.name) from error
    lists = content if isinstance(content, dict) else {source.path.stem: content}
    for name, rows in lists.items():
        if isinstance(rows, list):
            yield Sheet(str(name))
            yield list(_table([row for row in rows if isinstance(row, dict)]))
    yield Notes(format="json", encoding="utf-8")


def _table(rows: list[dict[str, object]]) -> Iterator[Row]:
    headings = list(dict.fromkeys(key for row in rows for key in row))
    yield cast("Row", headings)
    for row in rows:
        yield [_plain(row.get(heading)) for heading in headings]


def _plain(value: object) -> CellValue:
    if value is None:
        return ""
    if isinstance(value, str):
        return marked(value)  # texts in JSON mean what they say
    if isinstance(value, int | float | bool):
        return value
    return json.dumps(value, ensure_ascii=False)


FORMAT = Format(
    name="json",
    label="JSON",
    suffixes=(".json",),
    rank=50,
    recognises=_recognises,
    read=_read,
    rows=lambda limits: limits.text_rows,
)
