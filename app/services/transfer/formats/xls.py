"""Excel 97-2003 workbooks and the WPS files that share their form."""

from __future__ import annotations

from collections.abc import Iterator

import olefile

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._grid import grid_parts, plain_head
from app.services.transfer.sheets import Notes, Part


def _streams(source: Source) -> set[str]:
    try:
        with olefile.OleFileIO(str(source.path)) as container:
            return {"/".join(path).lower() for path in container.listdir()}
    except (OSError, ValueError, IndexError) as error:
        raise refusals.damaged(source.name) from error


def _read(source: Source) -> Iterator[Part]:
    streams = _streams(source)
    if "encryptedpackage" in streams:
        raise refusals.locked(source.name)
    if not streams & {"workbook", "book"}:
        raise refusals.not_a_table(source.name)
    yield from grid_parts(source, plain_head)
    yield Notes(format="xls")


FORMAT = Format(
    name="xls",
    label="Excel 97-2003",
    suffixes=(".xls", ".et"),
    rank=10,
    recognises=lambda source: source.is_ole,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
