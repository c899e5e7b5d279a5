"""Write rows as xlsx, csv or json; each form takes kinds one after the other."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol, TextIO

from app.models.values.dates import iso_instant, to_local
from app.services.transfer.fields import Kind, Shape
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.marks import marked
from app.services.transfer.outgoing.columns import SHEETS, Column, columns_of, headings
from app.services.transfer.outgoing.tables import Values
from app.services.transfer.outgoing.whole import close_workbook, new_workbook

_SHEET_ROWS = 1_000_000
_CELL_MOST = 32_000
_WIDTHS = {Shape.company: 30, Shape.long_text: 40, Shape.moment: 20}
_FIRST_YEAR = 1901


class Writer(Protocol):
    """Write kinds of rows to one file or folder."""

    def begin(self, kind: Kind) -> None:
        """Begin the rows of a kind."""

    def write(self, row: Values) -> None:
        """Write one row of the kind begun last."""


def word(column: Column, value: Any, language: str) -> Any:
    """Return a code as the word of the language; other values stay."""
    return column.words.get(value, value) if language == "zh" and value else value


def _instant(at: int, zone: tzinfo) -> str:
    local = to_local(at, zone)
    return local.strftime("%Y-%m-%d %H:%M:%S") + (f".{at % 1000:03d}" if at % 1000 else "")


def _yuan(fen: int) -> str:
    return f"{Decimal(fen) / 100:.2f}" if fen % 100 else str(fen // 100)


class XlsxWriter:
    """One workbook, a sheet for each kind; texts are never formulas, numbers or links."""

    def __init__(
        self, path: Path, zone: tzinfo, language: str, features: Sequence[CustomField] = ()
    ) -> None:
        self._features = features
        self._book = new_workbook(path, streamed=True)
        self._zone, self._language = zone, language
        self._head = self._book.add_format({"bold": True, "bg_color": "#EEF2F7", "border": 1})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        self._money = self._book.add_format({"num_format": "#,##0.00"})
        self._kind = Kind.customers
        self._sheet: Any = None
        self._row = self._part = 0

    def begin(self, kind: Kind) -> None:
        """Begin a sheet with its headings."""
        self._kind, self._part = kind, 0
        self._begin_sheet()

    def _begin_sheet(self) -> None:
        self._part += 1
        name = SHEETS[self._kind] if self._language == "zh" else str(self._kind)
        self._sheet = self._book.add_worksheet(f"{name}{self._part if self._part > 1 else ''}")
        self._sheet.freeze_panes(1, 0)
        shown = headings(self._kind, self._language, self._features)
        self._columns = columns_of(self._kind, self._features)
        for at, (heading, column) in enumerate(zip(shown, self._columns, strict=True)):
            self._sheet.set_column(at, at, _WIDTHS.get(column.field.shape, 14))
            self._sheet.write_string(0, at, heading, self._head)
        self._row = 1

    def write(self, row: Values) -> None:
        """Write one row; a full sheet goes on in another."""
        if self._row > _SHEET_ROWS:
            self._begin_sheet()
        for at, column in enumerate(self._columns):
            value = row[column.key]
            if value is not None and value != "":
                self._write_cell(at, column, value)
        self._row += 1

    def _write_cell(self, at: int, column: Column, value: Any) -> None:
        sheet, shape = self._sheet, column.field.shape
        if shape is Shape.money:
            sheet.write_number(self._row, at, value / 100, self._money)
        elif shape is Shape.seconds:
            sheet.write_number(self._row, at, value)
        elif shape is Shape.moment and value % 1000 == 0:
            local = to_local(value, self._zone).replace(tzinfo=None)
            sheet.write_datetime(self._row, at, local, self._moment)
        elif isinstance(value, date) and value.year >= _FIRST_YEAR:
            sheet.write_datetime(self._row, at, value, self._day)
        else:
            sheet.write_string(self._row, at, _text(column, value, self._zone, self._language))

    def close(self) -> None:
        """Finish the workbook."""
        close_workbook(self._book)


def _text(column: Column, value: Any, zone: tzinfo, language: str) -> str:
    """Return a value as the text of a cell; texts that could be run are marked."""
    if value is None:
        return ""
    if column.field.shape is Shape.moment:
        return _instant(value, zone)
    if column.field.shape is Shape.money:
        return _yuan(value)
    if isinstance(value, bool):
        yes = "是" if language == "zh" else "yes"
        return yes if value else ""
    if isinstance(value, date | int):
        return str(value)
    shown = word(column, value, language)
    return shown if shown != value else marked(str(value))[:_CELL_MOST]


class CsvWriter:
    """One csv file, or a folder with one file for each kind."""

    def __init__(
        self,
        path: Path,
        zone: tzinfo,
        language: str,
        encoding: str,
        *,
        folder: bool,
        features: Sequence[CustomField] = (),
    ) -> None:
        self._features = features
        self._path, self._zone, self._language = path, zone, language
        self._encoding = encoding
        self._folder = folder
        self._kind = Kind.customers
        self._stream: TextIO | None = None
        self._rows: Any = None
        if folder:
            path.mkdir(parents=True, exist_ok=True)

    def begin(self, kind: Kind) -> None:
        """Begin a file with its headings."""
        self.close()
        self._kind = kind
        path = self._path / f"{kind}.csv" if self._folder else self._path
        self._stream = path.open("w", encoding=self._encoding, newline="")
        self._rows = csv.writer(self._stream)
        self._columns = columns_of(kind, self._features)
        self._rows.writerow(headings(kind, self._language, self._features))

    def write(self, row: Values) -> None:
        """Write one row."""
        zone, language = self._zone, self._language
        cells = [_text(one, row[one.key], zone, language) for one in self._columns]
        self._rows.writerow(cells)

    def close(self) -> None:
        """Finish the file."""
        if self._stream is not None:
            self._stream.close()


class JsonWriter:
    """A list of objects, or an object with a list for each kind; codes, fen, ISO dates."""

    def __init__(
        self, path: Path, zone: tzinfo, *, several: bool, features: Sequence[CustomField] = ()
    ) -> None:
        self._features = features
        self._stream = path.open("w", encoding="utf-8", newline="\n")
        self._zone, self._several = zone, several
        self._columns: tuple[Column, ...] = ()
        self._kinds = self._count = 0

    def begin(self, kind: Kind) -> None:
        """Begin a list."""
        self._end_list()
        if self._several:
            self._stream.write("{\n" if not self._kinds else ",\n")
            self._stream.write(f'"{kind}": ')
        self._stream.write("[")
        self._columns, self._count = columns_of(kind, self._features), 0
        self._kinds += 1

    def write(self, row: Values) -> None:
        """Write one object."""
        self._stream.write(",\n" if self._count else "\n")
        found = {one.json_key: self._value(one, row[one.key]) for one in self._columns}
        json.dump(found, self._stream, ensure_ascii=False)
        self._count += 1

    def _value(self, column: Column, value: Any) -> Any:
        if column.field.shape is Shape.moment and value is not None:
            return iso_instant(value, self._zone)
        if isinstance(value, date):
            return value.isoformat()
        return None if value == "" else value

    def _end_list(self) -> None:
        if self._kinds:
            self._stream.write("\n]" if self._count else "]")

    def close(self) -> None:
        """Finish the file."""
        self._end_list()
        self._stream.write("\n}\n" if self._several else "\n")
        self._stream.close()


@contextmanager
def opened(
    path: Path,
    form: str,
    zone: tzinfo,
    language: str,
    *,
    encoding: str,
    several: bool,
    features: Sequence[CustomField] = (),
) -> Iterator[Writer]:
    """Open a writer of a form and finish what it wrote."""
    made: XlsxWriter | CsvWriter | JsonWriter
    if form == "xlsx":
        made = XlsxWriter(path, zone, language, features)
    elif form == "csv":
        made = CsvWriter(path, zone, language, encoding, folder=several, features=features)
    else:
        made = JsonWriter(path, zone, several=several, features=features)
    try:
        yield made
    finally:
        made.close()
