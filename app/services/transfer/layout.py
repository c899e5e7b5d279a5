"""Find the table on a sheet: its header, its rows, and what is no row of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from app.models.values.text import fold
from app.services.transfer.body import Column, LeftOut, TableRow, table_rows
from app.services.transfer.colours import with_colours
from app.services.transfer.headings import SERIAL, bare, is_known
from app.services.transfer.sheets import Row, Sheet, is_blank

_SEARCHED_ROWS = 40
_HEADER_MOST = 3


@dataclass(frozen=True, slots=True)
class Table:
    """A header, the rows below it, and the words that stand above it.

    ``header_row`` is the spreadsheet number, from 1, of the header's last row.
    """

    sheet: Sheet
    header_row: int
    columns: tuple[Column, ...]
    rows: list[TableRow]
    above: str = ""
    left_out: Counter[LeftOut] = field(default_factory=Counter)


def find_table(
    sheet: Sheet, header_row: int | None = None, own: Collection[str] = ()
) -> Table | None:
    """Find the table; ``header_row`` counts from 1 and is searched when None.

    ``own`` are bare headings that only this office knows.
    """
    top = _best_header(sheet, own) if header_row is None else header_row - 1
    if top is None or top >= len(sheet.rows):
        return None
    height = _header_height(sheet, top)
    columns = tuple(_columns(sheet, top, height))
    left_out: Counter[LeftOut] = Counter()
    rows = list(table_rows(sheet, top + height, columns, left_out))
    columns, rows = with_colours(sheet, columns, rows)
    return Table(sheet, top + height, columns, rows, _words_above(sheet, top), left_out)


def _texts(row: Row) -> list[str]:
    return [fold(cell) for cell in row if isinstance(cell, str) and not is_blank(cell)]


def _best_header(sheet: Sheet, own: Collection[str]) -> int | None:
    """Choose the row with the most known headings among the first rows."""
    best, best_score = None, 0.0
    for top in _filled(sheet, _SEARCHED_ROWS):
        score = _header_score(sheet, top, own)
        if score > best_score:
            best, best_score = top, score
    return best


def _filled(sheet: Sheet, most: int) -> Iterator[int]:
    filled = (at for at, row in enumerate(sheet.rows) if any(not is_blank(cell) for cell in row))
    for _, at in zip(range(most), filled, strict=False):
        yield at


def _header_score(sheet: Sheet, top: int, own: Collection[str]) -> float:
    height = _header_height(sheet, top)
    columns = list(_columns(sheet, top, height))
    if not columns:
        return 0.0
    known = sum(is_known(one.heading) or bare(one.heading) in own for one in columns)
    only_serial = all(bare(column.heading) in SERIAL for column in columns)
    share = known / len(columns)
    if not known or only_serial or (known == 1 and share < 0.5) or share < 0.15:
        return 0.0
    return known + share / 2 - height / 100 - top / 10_000


def _header_height(sheet: Sheet, top: int) -> int:
    height = 1
    while height < _HEADER_MOST and _is_sub_header(sheet, top, top + height):
        height += 1
    return height


def _is_sub_header(sheet: Sheet, top: int, below: int) -> bool:
    """Tell whether the next row names the columns under groups of the row above."""
    if below >= len(sheet.rows):
        return False
    upper, lower = sheet.rows[below - 1], sheet.rows[below]
    filled = [at for at, cell in enumerate(lower) if not is_blank(cell)]
    if not filled or not all(isinstance(lower[at], str) for at in filled):
        return False
    known = sum(is_known(str(lower[at])) for at in filled)
    if known < max(1, len(filled) / 2) or _is_repeat(sheet, top, lower, filled):
        return False
    return any(at >= len(upper) or is_blank(upper[at]) for at in filled) or (
        len(filled) < sum(not is_blank(cell) for cell in upper)
    )


def _is_repeat(sheet: Sheet, top: int, lower: Row, filled: list[int]) -> bool:
    upper = sheet.rows[top]
    same = sum(at < len(upper) and upper[at] == lower[at] for at in filled)
    return same > len(filled) / 2


def _columns(sheet: Sheet, top: int, height: int) -> Iterator[Column]:
    width = max((len(row) for row in sheet.rows[top : top + height]), default=0)
    across = _spans(sheet, top, height)
    for index in range(width):
        stack = [_label(sheet, row, index, across) for row in range(top, top + height)]
        named = [text for at, text in enumerate(stack) if text and text not in stack[:at]]
        if named:
            yield Column(index, named[-1], named[-2] if len(named) > 1 else "")


def _label(sheet: Sheet, row: int, index: int, across: dict[tuple[int, int], int]) -> str:
    cells = sheet.rows[row]
    text = fold(str(cells[index])) if index < len(cells) and not is_blank(cells[index]) else ""
    if text or (row, index) not in across:
        return text
    return fold(str(cells[across[row, index]]))


def _spans(sheet: Sheet, top: int, height: int) -> dict[tuple[int, int], int]:
    """Map the blank cells right of a group to the group's own column.

    A file that keeps its merged ranges tells them; in a text file a group
    reaches over the blanks under which the next row goes on.
    """
    spans: dict[tuple[int, int], int] = {}
    for merge in sheet.merges:
        if top <= merge.top < top + height and len(sheet.rows[merge.top]) > merge.left:
            for index in range(merge.left + 1, merge.right + 1):
                spans[merge.top, index] = merge.left
    if sheet.merges or height == 1:
        return spans
    for row in range(top, top + height - 1):
        spans.update(_blank_spans(sheet, row))
    return spans


def _blank_spans(sheet: Sheet, row: int) -> Iterator[tuple[tuple[int, int], int]]:
    upper, lower = sheet.rows[row], sheet.rows[row + 1]
    group = -1
    for index, cell in enumerate(lower):
        if index < len(upper) and not is_blank(upper[index]):
            group = -1 if is_blank(cell) else index
        elif group >= 0 and not is_blank(cell):
            yield (row, index), group
        else:
            group = -1


def _words_above(sheet: Sheet, top: int) -> str:
    return " ".join(text for row in sheet.rows[:top] for text in _texts(row))
