"""Spreadsheets as one XML file, as Excel 2003 wrote them and many programs still do."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from app.services.transfer.sheets import CellValue, Merge
from app.services.transfer.web_tables import WebTable

_MARK = "urn:schemas-microsoft-com:office:spreadsheet"
_FAR = 20_000
"""An index or a reach beyond this is no table of an office."""


@dataclass(slots=True)
class NamedTable:
    """A table under its sheet's name."""

    name: str
    table: WebTable = field(default_factory=WebTable)
    hidden: bool = False


def is_spreadsheet(page: str) -> bool:
    """Tell whether a file is such XML."""
    return _MARK in page[:4096]


def read_sheets(page: str) -> list[NamedTable]:
    """Return the sheets; a break in the XML ends the reading, what stood before it is kept."""
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.sheets


class _Reader(HTMLParser):
    """Read worksheets, rows and cells by their tags; no entity is ever looked up."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[NamedTable] = []
        self._words: list[str] | None = None
        self._type = ""
        self._at = 0
        self._column = self._reach = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a sheet, row, cell or its content."""
        told = {key.removeprefix("ss:"): value or "" for key, value in attrs}
        name = tag.removeprefix("ss:")
        if name == "worksheet":
            self.sheets.append(NamedTable(told.get("name", "")))
            self._at = 0
        elif not self.sheets:
            return
        elif name == "row":
            self._begin_row(told)
        elif name == "cell":
            self._begin_cell(told)
        elif name == "data":
            self._words, self._type = [], told.get("type", "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take an empty row or cell for what it is."""
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def _begin_row(self, told: dict[str, str]) -> None:
        table = self.sheets[-1].table
        self._at = max(len(table.rows), _number(told, "index") - 1)
        table.rows.extend([] for _ in range(self._at + 1 - len(table.rows)))
        if told.get("hidden") == "1":
            table.hidden_rows.add(self._at)
        self._column = self._reach = 0

    def _begin_cell(self, told: dict[str, str]) -> None:
        table = self.sheets[-1].table
        if not table.rows:
            return
        index = _number(told, "index")
        self._column = index - 1 if index else self._column
        row = table.rows[self._at]
        row.extend([""] * (self._column + 1 - len(row)))
        across, down = _number(told, "mergeacross"), _number(told, "mergedown")
        if across or down:
            corner = (self._at + down, self._column + across)
            table.merges.append(Merge(self._at, self._column, *corner))
        self._reach = self._column + across + 1

    def handle_endtag(self, tag: str) -> None:
        """End the content of a cell, or the cell."""
        name = tag.removeprefix("ss:")
        if name == "data" and self._words is not None:
            table = self.sheets[-1].table
            if table.rows and self._column < len(table.rows[self._at]):
                table.rows[self._at][self._column] = _value(self._type, "".join(self._words))
            self._words = None
        elif name == "cell":
            self._column = max(self._column + 1, self._reach)

    def handle_data(self, data: str) -> None:
        """Keep the words of a cell."""
        if self._words is not None:
            self._words.append(data)


def _number(told: dict[str, str], name: str) -> int:
    text = told.get(name, "").strip()
    return min(int(text), _FAR) if text.isdecimal() and len(text) < 9 else 0


def _value(kind: str, text: str) -> CellValue:
    if kind == "Number":
        try:
            number = float(text)
        except ValueError:
            return text
        return int(number) if number.is_integer() and abs(number) < 1e15 else number
    if kind == "DateTime":
        return text.replace("T00:00:00.000", "").replace("T", " ").removesuffix(".000")
    if kind == "Boolean":
        return text.strip() == "1"
    return text
