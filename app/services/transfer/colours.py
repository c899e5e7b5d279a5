"""Offer the colours of rows as a column: offices mark with them what has no column (habit 9)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from app.i18n import N_
from app.services.transfer.body import Column, TableRow
from app.services.transfer.sheets import Sheet

HEADING = N_("底色")
_FEWEST_IN_A_PATTERN = 3


def with_colours(
    sheet: Sheet, columns: tuple[Column, ...], rows: list[TableRow]
) -> tuple[tuple[Column, ...], list[TableRow]]:
    """Return columns and rows with the colour of each row last, unless it says nothing.

    A column that is coloured all the way down and every second row say nothing.
    """
    if not sheet.fills or not columns:
        return columns, rows
    told = _colours(sheet, columns, rows)
    if not any(told) or _striped(told):
        return columns, rows
    widest = max(len(row.cells) for row in rows)
    index = max(widest, columns[-1].index + 1)
    coloured = [
        replace(row, cells=[*row.cells, *[""] * (index - len(row.cells)), name]) if name else row
        for row, name in zip(rows, told, strict=True)
    ]
    return (*columns, Column(index, HEADING)), coloured


def _colours(sheet: Sheet, columns: tuple[Column, ...], rows: Sequence[TableRow]) -> list[str]:
    per_column = {
        column.index: [sheet.fills.get((row.number - 1, column.index), "") for row in rows]
        for column in columns
    }
    telling = [names for names in per_column.values() if len(set(names)) > 1 or len(rows) == 1]
    told = []
    for at in range(len(rows)):
        names = Counter(column[at] for column in telling if column[at])
        told.append(max(names, key=lambda name: names[name]) if names else "")
    return told


def _striped(told: Sequence[str]) -> bool:
    """Tell whether every second row has the one colour that there is."""
    coloured = [at for at, name in enumerate(told) if name]
    if len(set(filter(None, told))) > 1 or len(coloured) < _FEWEST_IN_A_PATTERN:
        return False
    return coloured == list(range(coloured[0], len(told), 2)) and coloured[0] < 2
