"""Decide on all its rows how a column writes its values, and count how that went."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, tzinfo

from app.services.transfer.cells import DayRule, Order, number_triple
from app.services.transfer.fields import Field, Shape
from app.services.transfer.headings import money_factor
from app.services.transfer.layout import Table
from app.services.transfer.sheets import CellValue

_OUTLIERS = 20
_TITLE_YEAR = re.compile(r"(?<!\d)(20\d{2})\s*年(?!\s*\d{1,2}\s*月)")
_UNIT_NOTE = re.compile(r"单位\s*:\s*(?:人民币)?\s*(\S{1,4})")
_MINUTES = re.compile(r"分钟|\(分\)|（分）|min")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading depends on beside the file: the office's day and time zone."""

    today: date
    tz: tzinfo
    epoch_1904: bool = False


@dataclass(frozen=True, slots=True)
class ColumnRule:
    """How one column is read: its field, the order of days, the factor of numbers."""

    field: Field
    heading: str
    days: DayRule
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Outlier:
    """A cell that could not be read, or not in full; ``reason`` is a message id."""

    row: int
    value: str
    reason: str


@dataclass(slots=True)
class Tally:
    """How the cells of one column were read."""

    filled_count: int = 0
    empty_count: int = 0
    problem_count: int = 0
    outliers: list[Outlier] = field(default_factory=list)

    def note(self, outlier: Outlier) -> None:
        """Count a problem, keeping the first twenty as examples."""
        self.problem_count += 1
        if len(self.outliers) < _OUTLIERS:
            self.outliers.append(outlier)


def decide_rule(
    table: Table, wanted: Field, index: int, heading: str, reading: Reading
) -> ColumnRule:
    """Return the rule of one column, decided on every row of the table."""
    orders = (Order.ymd, Order.ymd)
    if wanted.shape in (Shape.day, Shape.moment):
        orders = day_orders(row.cell(index) for row in table.rows)
    days = DayRule(reading.tz, _latest(table, reading.today), reading.epoch_1904, *orders)
    return ColumnRule(wanted, heading, days, _factor(table, wanted, index, heading))


def _latest(table: Table, today: date) -> date:
    """Bound days without a year by the year in the title, if it names just one."""
    years = {int(year) for year in _TITLE_YEAR.findall(f"{table.sheet.name} {table.above}")}
    if len(years) != 1:
        return today
    return min(today, date(years.pop(), 12, 31))


def _factor(table: Table, wanted: Field, index: int, heading: str) -> int:
    if wanted.shape is Shape.seconds:
        return 60 if _MINUTES.search(heading) else 1
    if wanted.shape is not Shape.money:
        return 1
    if heading.endswith("_fen"):
        return 0
    column = next((one for one in table.columns if one.index == index), None)
    own = money_factor(f"{heading} {column.group if column else ''}")
    noted = _UNIT_NOTE.search(table.above)
    return own if own > 1 or not noted or "元" in heading else money_factor(noted[1])


def day_orders(values: Iterable[CellValue]) -> tuple[Order, Order]:
    """Tell 3/25/2024 from 25/3/2024 by the column's numbers above twelve.

    The second order is that of two-digit years, which come first unless a column
    can only be read the other way.
    """
    triples = [triple for triple in map(number_triple, values) if triple]
    short = [triple for triple in triples if triple[2] <= 99]
    if all(_is_day(second, third) for _, second, third in short):
        return _order([triple for triple in triples if triple[2] > 99]), Order.ymd
    order = _order(triples)
    return order, order


def _order(triples: Sequence[tuple[int, int, int]]) -> Order:
    month_first = sum(_is_day(first, second) for first, second, _ in triples)
    day_first = sum(_is_day(second, first) for first, second, _ in triples)
    if month_first == day_first:
        return Order.ymd
    return Order.mdy if month_first > day_first else Order.dmy


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31
