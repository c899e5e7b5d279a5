"""Write what is wrong with rows as a workbook, for whoever puts it right."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import xlsxwriter

from app.i18n import N_, translate
from app.services.transfer.outcomes import RowIssue

_HEADINGS = (N_("文件"), N_("页"), N_("行"), N_("列"), N_("写的是"), N_("原因"), N_("处理"))
_LEFT_OUT, _TAKEN = N_("没有导入这一行"), N_("照样导入")
_WIDTHS = (28, 16, 8, 18, 28, 44, 16)


def write_problems(issues: Iterable[RowIssue], path: Path) -> int:
    """Write one row for each issue and return their number; cells never hold formulas."""
    count = 0
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(translate(N_("问题行")))
        bold = book.add_format({"bold": True})
        for at, (heading, width) in enumerate(zip(_HEADINGS, _WIDTHS, strict=True)):
            sheet.write_string(0, at, translate(heading), bold)
            sheet.set_column(at, at, width)
        for count, issue in enumerate(issues, start=1):
            for at, cell in enumerate(_cells(issue)):
                sheet.write_string(count, at, cell)
        sheet.freeze_panes(1, 0)
    return count


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
