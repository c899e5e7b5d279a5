"""The rows below a header: what is no row of the table, and what is meant as above."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from app.services.transfer.headings import SERIAL, bare
from app.services.transfer.marks import says_ditto, says_footer, says_total
from app.services.transfer.sheets import CellValue, Row, Sheet, is_blank

_NONE: frozenset[int] = frozenset()


class LeftOut(StrEnum):
    """Why a row below the header is no row of the table."""

    blank = "blank"
    total = "total"
    footer = "footer"
    header = "header"
    section = "section"
    number_only = "number_only"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table: its place from 0, its heading and the group above."""

    index: int
    heading: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row with its spreadsheet number from 1; ``cells`` go by column index.

    ``continues`` names the columns in which a merged cell reaches down from a
    row above.
    """

    number: int
    cells: Row
    continues: frozenset[int] = _NONE

    def cell(self, index: int) -> CellValue:
        """Return the cell of a column, the empty text beyond the row's end."""
        return self.cells[index] if 0 <= index < len(self.cells) else ""


def table_rows(
    sheet: Sheet, start: int, columns: tuple[Column, ...], left_out: Counter[LeftOut]
) -> Iterator[TableRow]:
    """Yield the rows from ``start`` (from 0) on, count the others in ``left_out``."""
    sieve = _Sieve(sheet, columns)
    above = _Above(sheet, start)
    for at in range(start, len(sheet.rows)):
        cells = sheet.rows[at]
        why = sieve.why_left_out(at, cells)
        if why is None:
            yield above.filled(at, cells)
        else:
            left_out[why] += 1


class _Sieve:
    """Tell rows of the table from totals, footers, sections and repeated headers."""

    def __init__(self, sheet: Sheet, columns: tuple[Column, ...]) -> None:
        self._headings = {column.index: column.heading for column in columns}
        self._indices = list(self._headings)
        self._serial = {column.index for column in columns if bare(column.heading) in SERIAL}
        self._wide = {
            merge.top: merge.left
            for merge in sheet.merges
            if merge.right - merge.left >= max(2, len(columns) // 2)
        }

    def why_left_out(self, at: int, cells: Row) -> LeftOut | None:
        """Return why a row is no row of the table, None if it is one."""
        width = len(cells)
        filled = [one for one in self._indices if one < width and not is_blank(cells[one])]
        if not filled:
            return LeftOut.blank
        first = next((one for one in filled if one not in self._serial), -1)
        if self._says_total(cells, filled, first):
            return LeftOut.total
        if len(filled) <= 4 and any(self._is_footer(cells[one]) for one in (filled[0], first)):
            return LeftOut.footer
        if first < 0:
            return LeftOut.number_only
        if len(filled) == 1 and at in self._wide:
            return LeftOut.section
        same = sum(cells[one] == self._headings[one] for one in filled)
        return LeftOut.header if same * 2 > len(filled) else None

    def _says_total(self, cells: Row, filled: list[int], first: int) -> bool:
        if len(filled) > max(3, len(self._indices) * 2 // 3):
            return False
        words = (cells[one] for one in {filled[0], max(first, filled[0])})
        return any(isinstance(word, str) and says_total(word) for word in words)

    @staticmethod
    def _is_footer(cell: CellValue) -> bool:
        return isinstance(cell, str) and says_footer(cell)


class _Above:
    """Fill merged cells and 同上 from the rows above."""

    def __init__(self, sheet: Sheet, start: int) -> None:
        self._sheet = sheet
        self._origins: dict[int, dict[int, int]] = {}
        self._merged: dict[tuple[int, int], CellValue] = {}
        self._last: dict[int, CellValue] = {}
        self._tops: set[int] = set()
        for merge in sheet.merges:
            if merge.top >= start:
                self._tops.add(merge.top)
                for row in range(merge.top + 1, min(merge.bottom + 1, len(sheet.rows))):
                    self._origins.setdefault(row, {})[merge.left] = merge.top

    def filled(self, at: int, cells: Row) -> TableRow:
        """Return the row with what its merged and ditto cells mean."""
        origins = self._origins.get(at)
        row = list(cells)
        if origins:
            row.extend([""] * (max(origins) + 1 - len(row)))
            for index, top in origins.items():
                row[index] = self._merged.get((top, index), self._raw(top, index))
        self._resolve_ditto(row)
        if at in self._tops:
            self._remember(at, row)
        return TableRow(at + 1, row, frozenset(origins) if origins else _NONE)

    def _raw(self, row: int, index: int) -> CellValue:
        cells = self._sheet.rows[row]
        return cells[index] if index < len(cells) else ""

    def _resolve_ditto(self, row: Row) -> None:
        last = self._last
        for index, cell in enumerate(row):
            if cell == "":
                continue
            if isinstance(cell, str) and says_ditto(cell):
                row[index] = last.get(index, "")
            elif not is_blank(cell):
                last[index] = cell

    def _remember(self, at: int, row: Row) -> None:
        for index, cell in enumerate(row):
            self._merged[at, index] = cell
