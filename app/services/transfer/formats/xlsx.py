"""Excel workbooks (xlsx, xlsm): cells by calamine, the rest from the XML parts."""

from __future__ import annotations

from collections.abc import Iterator

from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._archive import open_archive
from app.services.transfer.formats._grid import grid_parts
from app.services.transfer.formats._sparse import sparse_parts
from app.services.transfer.formats._xlsx_parts import Extras, extras_by_sheet, is_epoch_1904
from app.services.transfer.sheets import Merge, Notes, Part, Sheet


def _read(source: Source) -> Iterator[Part]:
    with open_archive(source) as archive:
        extras = extras_by_sheet(archive)
        epoch_1904 = is_epoch_1904(archive)

    def head(name: str, hidden: bool, merges: tuple[Merge, ...]) -> Sheet:
        extra = extras.get(name, Extras())
        return Sheet(
            name,
            hidden=hidden,
            merges=merges,
            hidden_rows=extra.hidden_rows,
            hidden_columns=extra.hidden_columns,
            comments=extra.comments,
            broken=extra.broken,
            fills=extra.fills,
            picture_count=extra.picture_count,
        )

    yield from sparse_parts(source, head) if source.sparse else grid_parts(source, head)
    yield Notes(format="xlsx", epoch_1904=epoch_1904)


def _recognises(source: Source) -> bool:
    return source.is_zip and "xl/workbook.xml" in source.members()


FORMAT = Format(
    name="xlsx",
    label="Excel",
    suffixes=(".xlsx", ".xlsm"),
    rank=20,
    recognises=_recognises,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
