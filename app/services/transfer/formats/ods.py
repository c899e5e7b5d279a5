"""OpenDocument spreadsheets: cells by calamine, the rest from content.xml."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._archive import open_archive
from app.services.transfer.formats._grid import grid_parts
from app.services.transfer.formats._ods_parts import sheets_beside_cells
from app.services.transfer.sheets import Merge, Notes, Part, Sheet


def _read(source: Source) -> Iterator[Part]:
    with open_archive(source) as archive:
        beside = sheets_beside_cells(archive)

    def head(name: str, hidden: bool, _merges: tuple[Merge, ...]) -> Sheet:
        extra = beside.get(name, Sheet(name))
        return Sheet(
            name,
            hidden=hidden,
            merges=extra.merges,
            hidden_rows=extra.hidden_rows,
            comments=extra.comments,
        )

    yield from grid_parts(source, head)
    yield Notes(format="ods")


def _recognises(source: Source) -> bool:
    return source.is_zip and source.members() >= {"mimetype", "content.xml"}


FORMAT = Format(
    name="ods",
    label="OpenDocument",
    suffixes=(".ods",),
    rank=30,
    recognises=_recognises,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
