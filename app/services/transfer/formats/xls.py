"""Excel 97-2003 workbooks and the WPS files that share their form."""

from __future__ import annotations

from collections.abc import Iterator

import olefile

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._grid import grid_parts
from app.services.transfer.formats._xls_parts import Marks, Stream, marks_of
from app.services.transfer.sheets import Merge, Notes, Part, Sheet


def _marks(source: Source) -> Stream:
    """Return what stands beside the cells; refuse a container that holds no workbook."""
    try:
        with olefile.OleFileIO(str(source.path)) as container:
            streams = {"/".join(path).lower(): path for path in container.listdir()}
            if "encryptedpackage" in streams:
                raise refusals.locked(source.name)
            if not streams.keys() & {"workbook", "book"}:
                raise refusals.not_a_table(source.name)
            if "workbook" not in streams:
                return Stream()
            return marks_of(container.openstream(streams["workbook"]).read())
    except (OSError, ValueError, IndexError) as error:
        raise refusals.damaged(source.name) from error


def _read(source: Source) -> Iterator[Part]:
    stream = _marks(source)
    marks = iter(stream.sheets)

    def head(name: str, hidden: bool, merges: tuple[Merge, ...]) -> Sheet:
        mark = next(marks, Marks())
        return Sheet(
            name,
            hidden=hidden,
            merges=merges,
            hidden_rows=frozenset(mark.hidden_rows),
            fills=mark.fills,
        )

    yield from grid_parts(source, head)
    yield Notes(format="xls", epoch_1904=stream.epoch_1904)


FORMAT = Format(
    name="xls",
    label="Excel 97-2003",
    suffixes=(".xls", ".et"),
    rank=10,
    recognises=lambda source: source.is_ole,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
