"""A report on paper: A4 landscape, on one page where that can be read, to a printer or a PDF."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTableFormat,
)

from app.services.kpi.reporting.shapes import Cell, Form, Report, Table, Value
from app.services.transfer.outgoing.whole import written_whole
from app.views.core import format as words
from app.views.core.paper_chart import chart_picture
from app.views.core.tokens import colour

_MARGIN_MM = 10.0
_SIZES = (9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5)
"""Sizes of letters in points, tried until everything stands on one page."""
_WIDE = 10
_DPI = 96


def page_layout() -> QPageLayout:
    """Return A4 landscape with small margins."""
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(
        QPageSize(QPageSize.PageSizeId.A4),
        QPageLayout.Orientation.Landscape,
        margins,
        QPageLayout.Unit.Millimeter,
    )


def document_of(report: Report) -> QTextDocument:
    """Return a report as a document, with the largest letters that keep it on one page."""
    made = QTextDocument()
    for size in _SIZES:
        made = _Writing(report, size).document
        if made.pageCount() == 1:
            break
    return made


def write_pdf(report: Report, path: Path) -> None:
    """Write a report as PDF; the file appears when it is whole. Raise export_failed."""
    with written_whole(path) as draft:
        writer = QPdfWriter(str(draft))
        writer.setPageLayout(page_layout())
        writer.setTitle(report.title)
        print_to(writer, report)
        del writer


def print_to(device: QPagedPaintDevice, report: Report) -> None:
    """Print a report to a printer or a PDF."""
    device.setPageLayout(page_layout())
    document_of(report).print_(device)


def written(value: Value, form: Form) -> str:
    """Return a value as people read it."""
    if value is None:
        return words.NOTHING
    if isinstance(value, str):
        return value
    if form is Form.money:
        return words.money(round(value))
    if form is Form.rate:
        return words.percent(value)
    if form is Form.hours:
        return words.hours(value)
    return words.count(value) if form is Form.whole else words.number(value)


def _sides(tables: list[Table]) -> list[int]:
    """Return the column, 0 or 1, of each table: the tallest are placed first."""
    tall = [len(one.rows) + (12 if one.charted else 3) for one in tables]
    heights, sides = [0, 0], [0] * len(tables)
    for place in sorted(range(len(tables)), key=lambda at: -tall[at]):
        sides[place] = heights.index(min(heights))
        heights[sides[place]] += tall[place]
    return sides


class _Writing:
    """Write a report into a document with letters of one size."""

    def __init__(self, report: Report, size: float) -> None:
        self.document = QTextDocument()
        self._size = size
        font = QFont(self.document.defaultFont())
        font.setPointSizeF(size)
        self.document.setDefaultFont(font)
        self.document.setDocumentMargin(0)
        page = page_layout().paintRectPixels(_DPI)
        self._width = page.width()
        self.document.setPageSize(QSizeF(page.size()))
        at = QTextCursor(self.document)
        at.insertText(report.title, self._letters(1.6, bold=True))
        at.insertBlock()
        at.insertText("   ".join(report.notes), self._letters(1.0, "text2"))
        narrow = [one for one in report.tables if len(one.columns) < _WIDE]
        wide = [one for one in report.tables if len(one.columns) >= _WIDE]
        if narrow:
            self._in_columns(at, narrow)
        for table in wide:
            self._table(at, table, self._width)

    def _letters(
        self, factor: float = 1.0, token: str = "text", *, bold: bool = False
    ) -> QTextCharFormat:
        made = QTextCharFormat()
        made.setFontPointSize(self._size * factor)
        made.setForeground(QBrush(QColor(colour(token, "light"))))
        if bold:
            made.setFontWeight(QFont.Weight.DemiBold)
        return made

    def _in_columns(self, at: QTextCursor, tables: list[Table]) -> None:
        """Put tables side by side in two columns of about the same height."""
        style = QTextTableFormat()
        style.setBorder(0)
        style.setCellPadding(4)
        half = QTextLength(QTextLength.Type.PercentageLength, 50)
        style.setColumnWidthConstraints([half, half])
        style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        frame = at.insertTable(1, 2, style)
        for table, side in zip(tables, _sides(tables), strict=True):
            cell = frame.cellAt(0, side).lastCursorPosition()
            self._table(cell, table, self._width // 2 - 16)
        at.movePosition(QTextCursor.MoveOperation.End)

    def _table(self, at: QTextCursor, table: Table, width: int) -> None:
        at.insertBlock()
        at.insertText(table.title, self._letters(1.15, bold=True))
        if table.charted and len(table.rows) - table.totals > 1:
            at.insertBlock()
            at.insertImage(chart_picture(table, width, round(self._size * 12)))
        style = QTextTableFormat()
        style.setBorder(0.5)
        style.setBorderCollapse(True)
        style.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
        style.setBorderBrush(QBrush(QColor(colour("border", "light"))))
        style.setCellPadding(1.5)
        style.setHeaderRowCount(1)
        style.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
        grid = at.insertTable(len(table.rows) + 1, len(table.columns), style)
        for across, column in enumerate(table.columns):
            head = grid.cellAt(0, across).firstCursorPosition()
            self._align(head, right=across > 0 and column.form is not Form.text)
            head.insertText(column.title, self._letters(bold=True))
        for down, row in enumerate(table.rows, 1):
            for across, value in enumerate(row):
                cell = value if isinstance(value, Cell) else Cell(value, table.columns[across].form)
                spot = grid.cellAt(down, across).firstCursorPosition()
                self._align(spot, right=cell.form is not Form.text)
                bold = down > len(table.rows) - table.totals
                spot.insertText(written(cell.value, cell.form), self._letters(bold=bold))
        at.movePosition(QTextCursor.MoveOperation.NextBlock)

    @staticmethod
    def _align(at: QTextCursor, *, right: bool) -> None:
        style = at.blockFormat()
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        style.setAlignment(side)
        at.setBlockFormat(style)
