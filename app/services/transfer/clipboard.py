"""Tables on the clipboard: the web page a spreadsheet program puts there, or text with tabs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.services.transfer.limits import Gate, Limits
from app.services.transfer.sheets import Merge, Notes, Part, Row, Sheet, Workbook, collect

PASTE_MOST = 5_000
"""More rows are for a file: the grid shows and checks all of them at once."""
_PAGE_MOST = 16 * 1024 * 1024
_LIMITS = Limits(columns=200, text_characters=8 * 1024 * 1024)
_SPAN_MOST = 500
_BLANKS = re.compile(r"[ \t\r\n]+")
_UNREADABLE = re.compile(r"#+|[-+]?\d(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "title"})


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
    reader = _Tables()
    reader.feed(page)
    reader.close()
    return reader.rows, tuple(reader.merges)


@dataclass(slots=True)
class _Cell:
    """A cell being read: its words, its exact number if told, how far it reaches."""

    across: int
    down: int
    number: str
    words: list[str] = field(default_factory=list)

    def text(self) -> str:
        """Return the words, the exact number where they only hint at it."""
        lines = "".join(self.words).split("\x00")
        shown = "\n".join(_BLANKS.sub(" ", line).strip() for line in lines).strip("\n")
        return self.number if self.number and _UNREADABLE.fullmatch(shown) else shown


class _Tables(HTMLParser):
    """Read rows and merged ranges of the outermost tables; a table within a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[Row] = []
        self.merges: list[Merge] = []
        self._depth = 0
        self._silent = 0
        self._cell: _Cell | None = None
        self._taken: set[tuple[int, int]] = set()
        self._at = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row or cell, or a line within one."""
        if tag == "table":
            self._depth += 1
        elif tag in _SILENT:
            self._silent += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self.rows.append([])
            self._at = 0
        elif self._depth == 1 and tag in ("td", "th") and self.rows:
            self._end_cell()
            told = {key: value or "" for key, value in attrs}
            self._cell = _Cell(
                _span(told, "colspan"), _span(told, "rowspan"), told.get("x:num", "")
            )
        elif self._cell is not None and (tag in ("br", "p", "div") and self._cell.words):
            self._cell.words.append("\x00")

    def handle_endtag(self, tag: str) -> None:
        """End a table, row or cell."""
        if tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        """Keep the words of a cell."""
        if self._cell is not None and not self._silent:
            self._cell.words.append(data.replace("\x00", ""))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell, None
        if cell is None:
            return
        top, row = len(self.rows) - 1, self.rows[-1]
        while (top, self._at) in self._taken:
            self._at += 1
        left = self._at
        row.extend([""] * (left + cell.across - len(row)))
        row[left] = cell.text()
        if cell.across > 1 or cell.down > 1:
            bottom, right = top + cell.down - 1, left + cell.across - 1
            self.merges.append(Merge(top, left, bottom, right))
            for down in range(1, cell.down):
                self._taken |= {(top + down, across) for across in range(left, right + 1)}
        self._at = left + cell.across


def _span(told: dict[str, str], name: str) -> int:
    text = told.get(name, "1").strip()
    return min(max(1, int(text)), _SPAN_MOST) if text.isdecimal() else 1
