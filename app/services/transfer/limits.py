"""How large a file from outside may be (reliability.md 2.5)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.services.transfer import refusals
from app.services.transfer.sheets import CellValue, Notes, Part, Row, Sheet

MEBIBYTE = 1024 * 1024
_CHUNK = 2_000
_CONTROLS = dict.fromkeys([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds that every reader keeps; sizes in bytes, time in seconds."""

    seconds: float = 60.0
    memory: int = 1024 * MEBIBYTE
    sheet_rows: int = 200_000
    text_rows: int = 1_100_000
    columns: int = 512
    cell_characters: int = 32_767
    text_characters: int = 256 * MEBIBYTE
    members: int = 2_000
    unpacked: int = 512 * MEBIBYTE
    ratio: int = 200
    ratio_from: int = 10 * MEBIBYTE
    nesting: int = 50
    sniffed: int = 64 * 1024


class Gate:
    """Pass on the parts of a reader within the limits.

    Control characters are removed and counted, cells and columns beyond the
    limits are cut and counted; too many rows or too much text is refused.
    """

    def __init__(self, name: str, limits: Limits, rows: int) -> None:
        self._name = name
        self._limits = limits
        self._rows_left = rows
        self._rows = rows
        self._characters = 0
        self._controls = 0
        self._cut = 0
        self._pool: dict[str, str] = {}

    def pass_on(self, parts: Iterable[Part]) -> Iterator[Part]:
        """Yield the same parts, tidied, in pieces of at most 2,000 rows."""
        for part in parts:
            if isinstance(part, Sheet):
                yield part
            elif isinstance(part, Notes):
                yield replace(part, controls_removed_count=self._controls, cut_count=self._cut)
            else:
                for start in range(0, len(part), _CHUNK):
                    yield self._tidy(part[start : start + _CHUNK])

    def _tidy(self, rows: list[Row]) -> list[Row]:
        self._pool = {}
        tidied = [self._row(row) for row in rows]
        self._rows_left -= sum(1 for row in tidied if row)
        if self._rows_left < 0:
            raise refusals.too_many_rows(self._name, self._rows)
        if self._characters > self._limits.text_characters:
            raise refusals.too_much_memory(self._name)
        return tidied

    def _row(self, row: Row) -> Row:
        end = len(row)
        while end and row[end - 1] == "":
            end -= 1
        if end > self._limits.columns:
            self._cut += end - self._limits.columns
            end = self._limits.columns
        return [self._text(cell) if isinstance(cell, str) else cell for cell in row[:end]]

    def _text(self, cell: str) -> CellValue:
        if not cell.isprintable():
            kept = cell.translate(_CONTROLS)
            self._controls += len(cell) - len(kept)
            cell = kept
        if len(cell) > self._limits.cell_characters:
            self._cut += 1
            cell = cell[: self._limits.cell_characters]
        self._characters += len(cell)
        return self._pool.setdefault(cell, cell)
