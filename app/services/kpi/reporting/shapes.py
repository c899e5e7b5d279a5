"""What a report is made of: tables of plain values, told how each is written."""

from __future__ import annotations

from dataclasses import dataclass

from app.models.values.forms import Form

__all__ = ["Cell", "Column", "Form", "Report", "Table", "Value"]

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with a form of its own, in a column of mixed ones."""

    value: Value
    form: Form


@dataclass(frozen=True, slots=True)
class Column:
    """The head of a column, the form of its values and its width in characters."""

    title: str
    form: Form = Form.text
    width: int = 12


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the last ``totals`` rows are sums of those before.

    ``charted`` are the columns drawn over the first one, as lines or as stacked bars.
    """

    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value | Cell, ...], ...]
    charted: tuple[int, ...] = ()
    lined: bool = False
    totals: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """A report: title, lines on period, filter and as-of day, tables, definitions."""

    title: str
    notes: tuple[str, ...]
    tables: tuple[Table, ...]
    definitions: Table
