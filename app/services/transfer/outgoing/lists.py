"""Write a list as it is shown to a workbook, a csv or a json file."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from app.models.values.forms import Exact, Form, as_typed, scaled
from app.services.jobs import Progress
from app.services.lists.sheets import Line, ListSheet, SheetColumn
from app.services.transfer.marks import marked
from app.services.transfer.outgoing.whole import close_workbook, new_workbook, written_whole

_SHEET_ROWS = 1_000_000
_CELL_MOST = 32_000
_FIRST_YEAR = 1901
_NAME_MOST = 28
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_UNITS = {Form.money: "_fen", Form.hours: "_s"}
_FORMATS = {
    Form.money: "#,##0.00",
    Form.rate: "0.0%",
    Form.hours: "#,##0.0",
    Form.day: "yyyy-mm-dd",
    Form.moment: "yyyy-mm-dd hh:mm:ss",
}


class _Writer(Protocol):
    def write(self, line: Line) -> None:
        """Write one row."""


def write_list(
    sheet: ListSheet, path: Path, form: str, codec: str, progress: Progress | None = None
) -> int:
    """Write a list to a file and return the number of its rows; ``codec`` is for csv.

    The file appears when it is whole. Raises ``UserError`` export_failed.
    """
    count = 0
    with written_whole(path) as draft, _opened(sheet, draft, form, codec) as writer:
        for line in sheet.read(progress or Progress()):
            writer.write(line)
            count += 1
    return count


@contextmanager
def _opened(sheet: ListSheet, path: Path, form: str, codec: str) -> Iterator[_Writer]:
    if form == "xlsx":
        book = _Book(path, sheet)
        try:
            yield book
        finally:
            book.close()
        return
    csv_form = form == "csv"
    encoding = codec if csv_form else "utf-8"
    with path.open("w", encoding=encoding, newline="" if csv_form else "\n") as stream:
        if csv_form:
            yield _Csv(stream, sheet.columns)
        else:
            writer = _Json(stream, sheet.columns)
            yield writer
            writer.end()


class _Csv:
    """Rows of texts; what a spreadsheet program could run is marked."""

    def __init__(self, stream: Any, columns: tuple[SheetColumn, ...]) -> None:
        self._rows = csv.writer(stream)
        self._columns = columns
        self._rows.writerow([marked(column.title) for column in columns])

    def write(self, line: Line) -> None:
        """Write one row."""
        pairs = zip(line, self._columns, strict=True)
        self._rows.writerow([_text(value, column.form) for value, column in pairs])


def _text(value: Exact, form: Form) -> str:
    return marked(value) if isinstance(value, str) else as_typed(value, form)


class _Json:
    """A list of objects: amounts in fen, times in seconds, ISO days, null for nothing."""

    def __init__(self, stream: Any, columns: tuple[SheetColumn, ...]) -> None:
        self._stream = stream
        self._keys = [column.key + _UNITS.get(column.form, "") for column in columns]
        self._count = 0
        stream.write("[")

    def write(self, line: Line) -> None:
        """Write one object."""
        self._stream.write(",\n" if self._count else "\n")
        values = [one.isoformat() if isinstance(one, date) else one for one in line]
        found = dict(zip(self._keys, values, strict=True))
        json.dump(found, self._stream, ensure_ascii=False)
        self._count += 1

    def end(self) -> None:
        """Close the list."""
        self._stream.write("\n]\n" if self._count else "]\n")


class _Book:
    """A workbook: amounts and days are numbers with a format, texts never formulas."""

    def __init__(self, path: Path, sheet: ListSheet) -> None:
        self._book = new_workbook(path, streamed=True)
        self._shown = sheet
        self._head = self._book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1})
        self._formats = {
            form: self._book.add_format({"num_format": pattern})
            for form, pattern in _FORMATS.items()
        }
        self._name = sheet.title.translate(_FORBIDDEN).strip()[:_NAME_MOST] or "1"
        self._part = 0
        self._begin()

    def _begin(self) -> None:
        self._part += 1
        name = self._name if self._part == 1 else f"{self._name} {self._part}"
        self._sheet = self._book.add_worksheet(name)
        self._sheet.freeze_panes(1, 1)
        self._sheet.repeat_rows(0)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        for at, column in enumerate(self._shown.columns):
            self._sheet.set_column(at, at, column.width)
            self._sheet.write_string(0, at, column.title, self._head)
        self._row = 1

    def write(self, line: Line) -> None:
        """Write one row; a full sheet goes on in another."""
        if self._row > _SHEET_ROWS:
            self._begin()
        for at, (value, column) in enumerate(zip(line, self._shown.columns, strict=True)):
            if value is not None and value != "":
                self._cell(at, value, column.form)
        self._row += 1

    def _cell(self, at: int, value: Exact, form: Form) -> None:
        kept = self._formats.get(form)
        if isinstance(value, date) and value.year >= _FIRST_YEAR:
            self._sheet.write_datetime(self._row, at, value, kept)
        elif isinstance(value, str | date):
            self._sheet.write_string(self._row, at, _text(value, form)[:_CELL_MOST])
        elif value is not None:
            self._sheet.write_number(self._row, at, scaled(value, form), kept)

    def close(self) -> None:
        """Finish the workbook."""
        close_workbook(self._book)
