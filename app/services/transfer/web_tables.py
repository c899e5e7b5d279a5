"""Tables of web pages: what spreadsheet programs copy, and what many systems export as .xls."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.services.transfer.sheets import Merge, Row

_SPAN_MOST = 500
_BLANKS = re.compile(r"[ \t\r\n]+")
_UNREADABLE = re.compile(r"#+|[-+]?\d(?:\.\d+)?E[+-]?\d+", re.IGNORECASE)
_SILENT = frozenset({"style", "script", "title"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)


@dataclass(slots=True)
class WebTable:
    """The rows, merged ranges and hidden rows of one table."""

    rows: list[Row] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)


def read_tables(page: str) -> list[WebTable]:
    """Return the outermost tables of a page that have rows."""
    reader = TableReader()
    reader.feed(page)
    reader.close()
    return [one for one in reader.tables if one.rows]


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


class TableReader(HTMLParser):
    """Read the outermost tables of a page; a table within a cell is its text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[WebTable] = []
        self._depth = 0
        self._silent = 0
        self._cell: _Cell | None = None
        self._taken: set[tuple[int, int]] = set()
        self._at = 0

    @property
    def rows(self) -> list[Row]:
        """Return the rows of the table that is read now."""
        return self.tables[-1].rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a table, row or cell, or a line within one."""
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables.append(WebTable())
                self._taken = set()
        elif tag in _SILENT:
            self._silent += 1
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            if any(key == "style" and _HIDDEN.search(value or "") for key, value in attrs):
                self.tables[-1].hidden_rows.add(len(self.rows))
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
            self.tables[-1].merges.append(Merge(top, left, bottom, right))
            for down in range(1, cell.down):
                self._taken |= {(top + down, across) for across in range(left, right + 1)}
        self._at = left + cell.across


def _span(told: dict[str, str], name: str) -> int:
    text = told.get(name, "1").strip()
    return min(max(1, int(text)), _SPAN_MOST) if text.isdecimal() else 1
