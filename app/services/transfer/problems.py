"""Write what is wrong with rows as a workbook, for whoever puts it right.

The first sheet lists the problems; then each sheet of the files stands there again
with the rows that were left out, so that it can be put right and imported as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from app.i18n import N_, translate
from app.services.transfer.body import TableRow
from app.services.transfer.fields import Kind
from app.services.transfer.mapping import ColumnMatch, field_of
from app.services.transfer.outcomes import RowIssue
from app.services.transfer.outgoing.whole import close_workbook, new_workbook, written_whole
from app.services.transfer.read import ReadResult, SheetResult
from app.services.transfer.sheets import CellValue, is_blank

_LIST = N_("问题行")
_HEADINGS = (N_("文件"), N_("页"), N_("行"), N_("列"), N_("写的是"), N_("原因"), N_("处理"))
_LEFT_OUT, _TAKEN = N_("没有导入这一行"), N_("照样导入")
_WHY = N_("为什么没导入")
_WIDTHS = (28, 16, 8, 18, 28, 44, 16)
_TITLE_MOST = 31
_NOT_IN_TITLES = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))


def write_problems(issues: Iterable[RowIssue], path: Path, read: ReadResult | None = None) -> int:
    """Write one row for each issue and return their number; cells never hold formulas.

    Raises ``UserError`` export_failed where the file cannot be written.
    """
    told = list(issues)
    with written_whole(path) as draft:
        book = new_workbook(draft)
        pen = _Pen(book)
        _write_list(pen, told)
        titles = {translate(_LIST).lower()}
        for sheet in read.sheets if read else ():
            left_out = [one for one in told if one.fatal and _is_of(one, sheet)]
            if left_out:
                _write_rows(pen, _title(sheet.plan.sheet, titles), sheet, left_out)
        close_workbook(book)
    return len(told)


@dataclass(slots=True)
class _Pen:
    """The workbook with its looks, made once."""

    book: Any
    bold: Any = None
    bad: Any = None
    day: Any = None
    moment: Any = None

    def __post_init__(self) -> None:
        self.bold = self.book.add_format({"bold": True})
        self.bad = self.book.add_format({"bg_color": "#FDE7E9"})
        self.day = self.book.add_format({"num_format": "yyyy-mm-dd"})
        self.moment = self.book.add_format({"num_format": "yyyy-mm-dd hh:mm"})


def _write_list(pen: _Pen, issues: Sequence[RowIssue]) -> None:
    sheet = pen.book.add_worksheet(translate(_LIST))
    for at, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
        sheet.write_string(0, at, translate(heading), pen.bold)
        sheet.set_column(at, at, width)
    for count, issue in enumerate(issues, start=1):
        for at, cell in enumerate(_cells(issue)):
            sheet.write_string(count, at, cell)
    sheet.freeze_panes(1, 0)


def _cells(issue: RowIssue) -> tuple[str, ...]:
    fate = _LEFT_OUT if issue.fatal else _TAKEN
    return (
        issue.file,
        issue.sheet,
        str(issue.row or ""),
        issue.column,
        issue.value,
        translate(issue.reason),
        translate(fate),
    )


def _is_of(issue: RowIssue, sheet: SheetResult) -> bool:
    return (issue.file, issue.sheet) == (sheet.plan.file, sheet.plan.sheet)


def _title(name: str, taken: set[str]) -> str:
    """Return a title that no other sheet has: the sheet's own, which may name an owner."""
    plain = name.translate(_NOT_IN_TITLES).strip("'")[:_TITLE_MOST] or "Sheet"
    title, number = plain, 1
    while title.lower() in taken:
        number += 1
        title = f"{plain[: _TITLE_MOST - 4]} {number}"
    taken.add(title.lower())
    return title


def _write_rows(pen: _Pen, title: str, result: SheetResult, issues: Sequence[RowIssue]) -> None:
    """Write the rows that were left out under their own headings, the reason behind them."""
    page = pen.book.add_worksheet(title)
    table, matches = result.plan.table, result.plan.matches
    top = 0
    if table.above:
        page.write_string(0, 0, table.above)
        top = 1
    for at, match in enumerate(matches):
        page.write_string(top, at, _heading(result.plan.kind, match), pen.bold)
        page.set_column(at, at, 18)
    page.write_string(top, len(matches), translate(_WHY), pen.bold)
    page.set_column(len(matches), len(matches), 48)
    reasons = _reasons(issues)
    for row in _rows_of(result, set(reasons)):
        top += 1
        wrong = {one.column for one in reasons.get(row.number, ())}
        for at, match in enumerate(matches):
            look = pen.bad if match.heading in wrong else None
            _write_cell(pen, page, top, at, row.cell(match.index), look)
        told = dict.fromkeys(_reason(one) for one in reasons.get(row.number, ()))
        page.write_string(top, len(matches), "；".join(told))


def _heading(kind: Kind, match: ColumnMatch) -> str:
    """Return a heading that says in one row what a heading under a group says in two."""
    if not match.group:
        return match.heading
    if not match.applies:
        return f"{match.group} {match.heading}"
    label = field_of(kind, match.field).label
    return f"{label}{match.slot}" if match.slot > 1 else label


def _reasons(issues: Sequence[RowIssue]) -> dict[int, list[RowIssue]]:
    found: dict[int, list[RowIssue]] = {}
    for one in issues:
        found.setdefault(one.row, []).append(one)
    return found


def _reason(issue: RowIssue) -> str:
    return f"{issue.column}：{translate(issue.reason)}" if issue.column else translate(issue.reason)


def _rows_of(result: SheetResult, numbers: set[int]) -> Iterator[TableRow]:
    """Yield the rows of these numbers with the rows below that belong to the same customer."""
    plan = result.plan
    named = {one.index for one in plan.matches if one.applies and one.field == "name"}
    belongs = False
    for row in plan.table.rows:
        follows = belongs and plan.kind is Kind.customers and _goes_on(row, named)
        belongs = follows or row.number in numbers
        if belongs:
            yield row


def _goes_on(row: TableRow, named: set[int]) -> bool:
    return any(index in row.continues or is_blank(row.cell(index)) for index in named)


def _write_cell(pen: _Pen, page: Any, row: int, column: int, value: CellValue, look: Any) -> None:
    if isinstance(value, bool | str):
        text = value if isinstance(value, str) else "是" if value else "否"
        if text or look:
            page.write_string(row, column, text, look)
    elif isinstance(value, int | float):
        page.write_number(row, column, value, look)
    elif isinstance(value, datetime):
        page.write_datetime(row, column, value, look or pen.moment)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, look or pen.day)
    elif isinstance(value, time | timedelta):
        page.write_string(row, column, str(value), look)
