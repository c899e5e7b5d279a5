"""Sheets through calamine, the same for xlsx, xls and ods."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from app.services.transfer import refusals
from app.services.transfer.formats import Source
from app.services.transfer.sheets import Merge, Part, Row, Sheet

_PIECE = 2_000

Head = Callable[[str, bool, tuple[Merge, ...]], Sheet]
"""Make the sheet without rows from its name, hiddenness and merged ranges."""


def grid_parts(source: Source, head: Head) -> Iterator[Part]:
    """Yield every worksheet and its rows, from row 1 and column A on."""
    try:
        with source.path.open("rb") as stream:
            book = CalamineWorkbook.from_filelike(stream)
        for meta in book.sheets_metadata:
            if meta.typ == SheetTypeEnum.WorkSheet:
                hidden = meta.visible != SheetVisibleEnum.Visible
                sheet = book.get_sheet_by_name(meta.name)
                yield head(meta.name, hidden, _merges(sheet))
                yield from _pieces(sheet)
    except PasswordError as error:
        raise refusals.locked(source.name) from error
    except CalamineError as error:
        raise refusals.damaged(source.name) from error


def _merges(sheet: CalamineSheet) -> tuple[Merge, ...]:
    return tuple(
        Merge(top, left, bottom, right)
        for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
    )


def _pieces(sheet: CalamineSheet) -> Iterator[list[Row]]:
    if sheet.start is None:
        return
    indent: Row = [""] * sheet.start[1]
    piece: list[Row] = []
    for row in sheet.iter_rows():
        piece.append(indent + row)
        if len(piece) == _PIECE:
            yield piece
            piece = []
    yield piece
