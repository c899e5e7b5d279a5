"""Workbooks whose used range spans far more than they hold, read cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from app.services.transfer import refusals
from app.services.transfer.formats import Source
from app.services.transfer.formats._archive import BROKEN
from app.services.transfer.formats._grid import Head
from app.services.transfer.sheets import CellValue, Part, Row

_PIECE = 2_000


def sparse_parts(source: Source, head: Head) -> Iterator[Part]:
    """Yield every worksheet, leaving out columns beyond the limit and a blank tail."""
    from openpyxl import load_workbook  # seldom needed, and slow to import
    from openpyxl.utils.exceptions import InvalidFileException

    columns = source.limits.columns
    try:
        book = load_workbook(source.path, read_only=True, data_only=True)
        for sheet in book.worksheets:
            yield head(sheet.title, sheet.sheet_state != "visible", ())
            yield from _pieces(sheet.iter_rows(max_col=columns, values_only=True))
    except (InvalidFileException, TypeError, *BROKEN) as error:
        raise refusals.damaged(source.name) from error


def _pieces(rows: Iterable[tuple[object, ...]]) -> Iterator[list[Row]]:
    piece: list[Row] = []
    for values in rows:
        filled = values.count(None) < len(values)
        piece.append([_plain(value) for value in values] if filled else [])
        if len(piece) == _PIECE:
            yield piece
            piece = []
    yield piece


def _plain(value: object) -> CellValue:
    if value is None:
        return ""
    return value if isinstance(value, CellValue) else str(value)
