"""A report as a workbook: numbers stay numbers, percent is a format, charts are live."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from app.models.values.forms import scaled
from app.services.kpi.reporting.shapes import Cell, Form, Report, Table
from app.services.transfer.outgoing.whole import close_workbook, new_workbook, written_whole

_FORMATS = {
    Form.whole: "#,##0",
    Form.money: "#,##0.00",
    Form.rate: "0.0%",
    Form.number: "#,##0.0",
    Form.hours: "#,##0.0",
}
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", " "))


def write_workbook(report: Report, path: Path) -> None:
    """Write a report; the file appears when it is whole. Raise ``UserError`` export_failed."""
    with written_whole(path) as draft:
        book = new_workbook(draft)
        _Sheets(book, report).write()
        close_workbook(book)


class _Sheets:
    def __init__(self, book: Any, report: Report) -> None:
        self._book, self._report = book, report
        self._head = book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1})
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._forms = {
            form: book.add_format({"num_format": pattern}) for form, pattern in _FORMATS.items()
        }
        self._taken: set[str] = set()

    def write(self) -> None:
        for table in (*self._report.tables, self._report.definitions):
            self._sheet(table)

    def _sheet(self, table: Table) -> None:
        name = self._name(table.title)
        sheet = self._book.add_worksheet(name)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, f"{self._report.title} · {table.title}", self._title)
        sheet.write_string(1, 0, "  ".join(self._report.notes))
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(2, at, column.title, self._head)
        for down, row in enumerate(table.rows, 3):
            for at, value in enumerate(row):
                self._cell(sheet, down, at, value, table.columns[at].form)
        sheet.freeze_panes(3, 1)
        if table.charted and len(table.rows) > table.totals:
            self._chart(sheet, name, table)

    def _cell(self, sheet: Any, down: int, at: int, value: Any, form: Form) -> None:
        if isinstance(value, Cell):
            value, form = value.value, value.form
        if isinstance(value, int | float):
            sheet.write_number(down, at, scaled(value, form), self._forms.get(form))
        elif value:
            sheet.write_string(down, at, value)

    def _chart(self, sheet: Any, name: str, table: Table) -> None:
        kind = {"type": "line"} if table.lined else {"type": "column", "subtype": "stacked"}
        chart = self._book.add_chart(kind)
        last = 2 + len(table.rows) - table.totals
        for at in table.charted:
            chart.add_series(
                {
                    "name": [name, 2, at],
                    "categories": [name, 3, 0, last, 0],
                    "values": [name, 3, at, last, at],
                }
            )
        chart.set_title({"name": table.title})
        chart.show_blanks_as("gap")
        sheet.insert_chart(len(table.rows) + 4, 0, chart)

    def _name(self, title: str) -> str:
        """Return a name that the workbook takes, used once."""
        base = title.translate(_FORBIDDEN)[:28].strip("' ") or "-"
        name, count = base, 1
        while name.lower() in self._taken:
            count += 1
            name = f"{base} {count}"
        self._taken.add(name.lower())
        return name
