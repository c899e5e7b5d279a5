"""Pasted rows as an import: found out like a file's, changed by hand, read like a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from app.errors import UserError
from app.i18n import N_, translate
from app.models.values.reasons import Unreadable
from app.services.transfer.body import Column, TableRow
from app.services.transfer.cells import DayRule, day_of, fen_of_cell, text_of
from app.services.transfer.columns import Reading
from app.services.transfer.fields import FIELDS, Kind, Shape
from app.services.transfer.kinds import detect_kind
from app.services.transfer.layout import Table, find_table
from app.services.transfer.mapping import (
    ColumnMatch,
    State,
    column_values,
    field_of,
    match_columns,
    missing_fields,
)
from app.services.transfer.outgoing.columns import SHEETS
from app.services.transfer.read import FileResult, ReadResult, SheetPlan, parse_sheet
from app.services.transfer.sheets import CellValue, Row, Sheet, Workbook, is_blank

NAME = N_("粘贴的内容")
_LIKELY = frozenset({"amount", "content"})
"""Fields that are not required, and yet what such rows are about."""
_COLUMN = N_("第 {number} 列")


def pasted_plan(
    book: Workbook,
    kind: Kind,
    reading: Reading,
    given: Mapping[str, str],
    *,
    headed: bool | None = None,
) -> SheetPlan:
    """Return how pasted rows are read: as ``kind`` unless their headings speak for another.

    ``headed`` tells whether the first row is a header, None finds it out. ``given`` are
    values that every row has and that the rows need not repeat. Raises ``UserError``
    paste_empty.
    """
    sheet = book.sheets[0]
    if not any(not is_blank(cell) for row in sheet.rows for cell in row):
        raise UserError(
            "paste_empty",
            N_("剪贴板里没有表格"),
            advice=N_("在表格软件里选中要粘贴的格子，复制，再回来粘贴"),
        )
    table = None if headed is False else find_table(sheet, 1 if headed else None)
    if table is not None and table.columns:
        chosen = detect_kind(table, SHEETS[kind]) or kind
        plan = SheetPlan(translate(NAME), table, chosen, match_columns(table, chosen))
    else:
        plan = _without_header(sheet, kind, reading, given)
    return _with_given(plan, given)


def is_headed(plan: SheetPlan) -> bool:
    """Tell whether the rows were pasted with their headings."""
    return plan.table.header_row > 0


def pasted_read(plan: SheetPlan, reading: Reading) -> ReadResult:
    """Read the rows of a plan as an import reads a file."""
    rows = [row for row in plan.table.rows if any(not is_blank(cell) for cell in row.cells)]
    found = parse_sheet(replace(plan, table=replace(plan.table, rows=rows)), reading)
    return ReadResult((FileResult(plan.file, (found,)),))


def with_cells(plan: SheetPlan, values: Mapping[tuple[int, int], str]) -> SheetPlan:
    """Return the plan with other values by row and column, both counted from 0."""
    rows = list(plan.table.rows)
    for (at, index), value in values.items():
        cells: Row = list(rows[at].cells)
        cells.extend([""] * (index + 1 - len(cells)))
        cells[index] = value
        rows[at] = replace(rows[at], cells=cells)
    return replace(plan, table=replace(plan.table, rows=rows))


def without_rows(plan: SheetPlan, numbers: Iterable[int]) -> SheetPlan:
    """Return the plan without the rows of some spreadsheet numbers."""
    gone = set(numbers)
    rows = [row for row in plan.table.rows if row.number not in gone]
    return replace(plan, table=replace(plan.table, rows=rows))


def only_rows(plan: SheetPlan, numbers: Iterable[int]) -> SheetPlan:
    """Return the plan with just the rows of some spreadsheet numbers."""
    kept = set(numbers)
    return without_rows(plan, [row.number for row in plan.table.rows if row.number not in kept])


def _without_header(
    sheet: Sheet, kind: Kind, reading: Reading, given: Mapping[str, str]
) -> SheetPlan:
    """Read every row as one of the table, its columns told by what they hold."""
    width = max(len(row) for row in sheet.rows)
    words = translate(_COLUMN)
    columns = tuple(Column(at, words.format(number=at + 1)) for at in range(width))
    rows = [
        TableRow(at + 1, row)
        for at, row in enumerate(sheet.rows)
        if any(not is_blank(cell) for cell in row)
    ]
    table = Table(sheet, 0, columns, rows)
    matches = list(match_columns(table, kind))
    have = {one.field for one in matches if one.applies} | set(given)
    likely = [field for field in FIELDS[kind] if field.key in _LIKELY and field.key not in have]
    for field in dict.fromkeys([*missing_fields(kind, matches), *likely]):
        at = _fitting(table, matches, field.shape, reading)
        if at is not None and field.key not in given:
            matches[at] = _sent(matches[at], field.key)
    return SheetPlan(translate(NAME), table, kind, tuple(matches))


def _fitting(
    table: Table, matches: Sequence[ColumnMatch], shape: Shape, reading: Reading
) -> int | None:
    """Return the first free column whose cells can all be read as a shape."""
    for at, match in enumerate(matches):
        if not match.applies:
            values = column_values(table, match.index)
            if values and all(_fits(value, shape, reading) for value in values):
                return at
    return None


def _fits(value: CellValue, shape: Shape, reading: Reading) -> bool:
    rule = DayRule(reading.tz, reading.today)
    is_number = text_of(value).replace(",", "").replace(".", "").isdecimal()
    try:
        if shape in (Shape.day, Shape.moment):
            return not is_number and day_of(text_of(value).split(" ")[0], rule) is not None
        if shape is Shape.money:
            return fen_of_cell(value) is not None
    except Unreadable:
        return False
    return shape in (Shape.long_text, Shape.company, Shape.text) and not is_number


def _sent(match: ColumnMatch, key: str) -> ColumnMatch:
    return replace(match, field=key, slot=1, state=State.content, applies=True)


def _with_given(plan: SheetPlan, given: Mapping[str, str]) -> SheetPlan:
    """Add a column for each value that all rows have, where no column tells it."""
    known = {field.key for field in FIELDS[plan.kind]}
    have = {one.field for one in plan.matches if one.applies}
    for key, value in given.items():
        if key in known and key not in have:
            plan = _with_column(plan, key, value)
    return plan


def _with_column(plan: SheetPlan, key: str, value: str) -> SheetPlan:
    widths = [len(row.cells) for row in plan.table.rows]
    index = max([*widths, *(column.index + 1 for column in plan.table.columns)])
    heading = translate(field_of(plan.kind, key).label)
    rows = [
        replace(row, cells=[*row.cells, *[""] * (index - len(row.cells)), value])
        for row in plan.table.rows
    ]
    columns = (*plan.table.columns, Column(index, heading))
    match = _sent(ColumnMatch(index, heading, samples=(value,)), key)
    table = replace(plan.table, columns=columns, rows=rows)
    return replace(plan, table=table, matches=(*plan.matches, match))
