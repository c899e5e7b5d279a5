"""Tables on the clipboard: the web page a spreadsheet program puts there, or text with tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from app.services.transfer.limits import Gate, Limits
from app.services.transfer.sheets import Merge, Notes, Part, Row, Sheet, Workbook, collect
from app.services.transfer.web_tables import read_tables

PASTE_MOST = 5_000
"""More rows are for a file: the grid shows and checks all of them at once."""
_PAGE_MOST = 16 * 1024 * 1024
_LIMITS = Limits(columns=200, text_characters=8 * 1024 * 1024)


def clipboard_book(name: str, text: str, page: str = "") -> Workbook:
    """Return the table on a clipboard as a workbook of one sheet.

    ``page`` is the HTML beside the text; it keeps merged cells and lines within cells.
    Raises ``UserError`` import_too_large.
    """
    rows, merges = _rows_of_page(page)
    if not rows:
        rows, merges = _rows_of_text(text), ()
    parts: Iterable[Part] = (Sheet(name, merges=merges), rows, Notes(format="clipboard"))
    return collect(Gate(name, _LIMITS, PASTE_MOST).pass_on(parts))


def _rows_of_text(text: str) -> list[Row]:
    """Return cells parted by tabs; a cell of several lines stands in quotes."""
    quoted = text.count('"') % 2 == 0
    csv.field_size_limit(1 << 24)
    reader = csv.reader(
        io.StringIO(text.replace("\x00", ""), newline=""),
        delimiter="\t",
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )
    return [[cell.replace("\r\n", "\n") for cell in row] for row in reader]


def _rows_of_page(page: str) -> tuple[list[Row], tuple[Merge, ...]]:
    """Return the cells of the first table of a page, none when it has no table."""
    if "<table" not in page[:_PAGE_MOST].lower() or len(page) > _PAGE_MOST:
        return [], ()
    first = next(iter(read_tables(page)), None)
    return (first.rows, tuple(first.merges)) if first else ([], ())
