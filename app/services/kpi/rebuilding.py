"""Make every fact and sum anew from the raw rows, and compare those stored with them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.models.store import rollups
from app.models.store.reader import Reader
from app.models.store.statements import prepared
from app.models.store.unit import Unit
from app.models.tables.admin import Setting
from app.models.tables.customers import Customer
from app.services.admin import FACTS_DUE
from app.services.jobs import Progress
from app.services.kpi.activity import all_acts
from app.services.kpi.contributions import KpiKey
from app.services.kpi.derive import Derived, derive
from app.services.kpi.ordered import SpreadKey, values_in
from app.services.kpi.raw import Scope, Teams
from app.services.kpi.shapes import (
    CREDIT,
    FACT,
    KPI_DAY,
    KPI_MONTH,
    KPI_SPREAD,
    KPI_SUMS,
    STAFF_GRID,
    STAFF_MONTH,
    STAFF_MTD,
    STAFF_PART,
)
from app.services.kpi.stored import AllSums, read_credits, read_facts, read_parts, write_kpi
from app.services.kpi.touched import add_all

_PAGE = 2000
_MOST = 200_000
"""So many sums are held before they are written, so that memory does not grow with the book."""
_TABLES = (
    FACT, CREDIT, KPI_MONTH, KPI_DAY, KPI_SPREAD, STAFF_MONTH, STAFF_MTD, STAFF_GRID, STAFF_PART,
)  # fmt: skip


def _pages(reader: Reader) -> Iterator[Scope]:
    """Return ranges of ids that hold every customer, a page each."""
    low = 0
    while True:
        ids = (
            select(Customer.id).where(Customer.id >= low).order_by(Customer.id).limit(_PAGE)
        ).subquery()
        high = reader.scalar(select(func.max(ids.c.id)))
        if high is None:
            yield Scope(low=low, high=2**63 - 1)
            return
        yield Scope(low=low, high=int(high))
        low = int(high) + 1


def rebuild(unit: Unit, progress: Progress | None = None) -> None:
    """Make every fact and sum anew from the raw rows."""
    for table in _TABLES:
        rollups.empty(unit, table)
    total = int(unit.scalar(select(func.count(Customer.id))) or 0)
    sums, teams, done = AllSums(), Teams(unit), 0
    for scope in _pages(unit):
        page = derive(unit, scope, teams)
        rollups.replace_rows(unit, FACT, list(page.facts.values()))
        for table, mine in ((CREDIT, page.credits), (STAFF_PART, page.parts)):
            rollups.replace_rows(unit, table, [row for rows in mine.values() for row in rows])
        _add_page(unit, scope, page, sums)
        _write_some(unit, sums)
        done = min(done + _PAGE, total)
        if progress is not None:
            progress.step(done, total)
    for act in all_acts(unit):
        sums.staff.add_act(act)
    _write_some(unit, sums, most=0)
    rollups.add_to(unit, STAFF_MONTH, sums.staff.months())
    rollups.replace_rows(unit, STAFF_MTD, [(*key, *mine) for key, mine in sums.staff.running()])
    unit.run(Setting.__table__.delete().where(Setting.key == FACTS_DUE))


def _add_page(reader: Reader, scope: Scope, page: Derived, sums: AllSums) -> None:
    for customer_id in page.facts:
        sums.add(page, customer_id)
    add_all(sums.grid, reader, scope, page.facts)


def _write_some(unit: Unit, sums: AllSums, most: int = _MOST) -> None:
    if len(sums.kpi.sums) > most:
        write_kpi(unit, sums.kpi)
        sums.kpi.sums.clear()
    if len(sums.grid.sums) > most:
        rollups.add_to(unit, STAFF_GRID, sums.grid.rows())
        sums.grid.sums.clear()
    if sums.spread.size > most:
        sums.spread.write(unit)
        sums.spread.clear()


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of facts or sums that is not what the raw rows say; None is no row."""

    table: str
    key: tuple[Any, ...]
    stored: tuple[Any, ...] | None
    expected: tuple[Any, ...] | None


def differences(reader: Reader, progress: Progress | None = None) -> list[Difference]:
    """Compare every stored fact and sum with the raw rows; an empty list is sound."""
    found: list[Difference] = []
    sums, teams, marks = AllSums(), Teams(reader), _Marks()
    total = int(reader.scalar(select(func.count(Customer.id))) or 0)
    for number, scope in enumerate(_pages(reader)):
        page = derive(reader, scope, teams)
        found += _compared(FACT.name, read_facts(reader, scope), page.facts)
        found += _compared(CREDIT.name, read_credits(reader, scope), page.credits)
        found += _compared(STAFF_PART.name, read_parts(reader, scope), page.parts)
        _add_page(reader, scope, page, sums)
        marks.take(sums)
        if progress is not None:
            progress.step(min((number + 1) * _PAGE, total), total)
    for act in all_acts(reader):
        sums.staff.add_act(act)
    found += marks.differences(reader)
    found += _compared(
        STAFF_MONTH.name, _stored(reader, STAFF_MONTH, 2), _shown(sums.staff.months())
    )
    running = _steps(_stored(reader, STAFF_MTD, 2))
    found += _compared(STAFF_MTD.name, running, _shown(sums.staff.sums.items()))
    return found


class _Marks:
    """Sums by month, and marks of those too many to hold: equal rows have equal marks."""

    def __init__(self) -> None:
        self.months: defaultdict[KpiKey, list[int]] = defaultdict(lambda: [0] * len(KPI_SUMS))
        self.marks: defaultdict[tuple[Any, ...], int] = defaultdict(int)

    def take(self, sums: AllSums) -> None:
        """Take over what was summed up so far, but for what was done."""
        for key, row in sums.kpi.months():
            mine = self.months[key]
            for at, amount in enumerate(row):
                mine[at] += amount
        for key, row in sums.kpi.sums.items():
            self._mark(KPI_DAY.name, key[0], key, row)
        for grid_key, amount in sums.grid.sums.items():
            self._mark(STAFF_GRID.name, grid_key[0], grid_key, (amount,))
        for spread_key, numbers in sums.spread.changes.items():
            self._mark_spread(spread_key, numbers)
        sums.kpi.sums.clear()
        sums.grid.sums.clear()
        sums.spread.clear()

    def _mark_spread(self, key: SpreadKey, numbers: Mapping[int, int]) -> None:
        mark = sum(number * hash((key, amount)) for amount, number in numbers.items())
        self.marks[KPI_SPREAD.name, key[2]] += mark

    def _mark(self, table: str, part: Any, key: tuple[Any, ...], row: Iterable[int]) -> None:
        mark = sum(amount * hash((key, at)) for at, amount in enumerate(row) if amount)
        self.marks[table, part] += mark

    def differences(self, reader: Reader) -> Iterator[Difference]:
        """Compare with what is stored."""
        stored = _Marks()
        for table, keys in ((KPI_DAY, 3), (STAFF_GRID, 4)):
            every = prepared(table, select(*table.c))
            for rows in reader.streamed(every, {}, lambda: None):
                for row in rows:
                    stored._mark(table.name, row[0], tuple(row[:keys]), row[keys:])
        for rows in reader.streamed(prepared(KPI_SPREAD, select(*KPI_SPREAD.c)), {}, lambda: None):
            for *key, kept in rows:
                amounts = values_in(kept)
                stored._mark_spread((key[0], key[1], key[2], key[3]), Counter(amounts))
                if list(amounts) != sorted(amounts):
                    yield Difference(KPI_SPREAD.name, tuple(key), tuple(amounts), None)
        yield from _compared(
            KPI_MONTH.name, _stored(reader, KPI_MONTH, 3), _shown(self.months.items())
        )
        yield from _compared("marks", stored.shown(), self.shown())

    def shown(self) -> dict[tuple[Any, ...], tuple[int]]:
        """Return the marks that are not nothing."""
        return {key: (mark,) for key, mark in self.marks.items() if mark}


def _compared(table: str, stored: dict[Any, Any], expected: dict[Any, Any]) -> Iterator[Difference]:
    for key in sorted(stored.keys() | expected.keys()):
        one, other = _plain(stored.get(key)), _plain(expected.get(key))
        if one != other:
            yield Difference(table, key if isinstance(key, tuple) else (key,), one, other)


def _plain(row: Any) -> tuple[Any, ...] | None:
    if isinstance(row, list):
        return tuple(sorted(row)) or None
    return None if row is None else tuple(row)


def _shown(sums: Any) -> dict[Any, tuple[int, ...]]:
    return {key: tuple(row) for key, row in sums if any(row)}


def _stored(reader: Reader, table: Any, keys: int) -> dict[Any, tuple[int, ...]]:
    rows = reader.rows(select(*table.c))
    return {tuple(row[:keys]): tuple(row[keys:]) for row in rows if any(row[keys:])}


def _steps(running: dict[Any, tuple[int, ...]]) -> dict[Any, tuple[int, ...]]:
    """Return running sums as what each day added."""
    found: dict[Any, tuple[int, ...]] = {}
    last_key: tuple[int, str] = (0, "")
    last: tuple[int, ...] = ()
    for (staff_id, on), sums in sorted(running.items()):
        start = last if last_key == (staff_id, on[:7]) else (0,) * len(sums)
        added = tuple(b - a for a, b in zip(start, sums, strict=True))
        if any(added):
            found[staff_id, on] = added
        last_key, last = (staff_id, on[:7]), sums
    return found
