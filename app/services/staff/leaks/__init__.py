"""Where effort leaks away: one file a measure, found by import (product.md 2.8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from statistics import fmean, median

from app.errors import UserError
from app.i18n import N_
from app.models.store.reader import Reader
from app.models.values import dates
from app.services.jobs import Progress


class LeakUnit(StrEnum):
    """What a leak is counted in; a rate is a fraction."""

    rate = "rate"
    hours = "hours"
    days = "days"
    seconds = "seconds"


@dataclass(frozen=True, slots=True)
class LeakDays:
    """The days looked at, both inside, as of a day, in the office's time zone."""

    first: date
    last: date
    as_of: date
    zone: tzinfo

    def start_ms(self, day: date) -> int:
        """Return the first instant of a business day in UTC milliseconds."""
        return dates.to_instant(datetime.combine(day, time(0), self.zone))

    def end_ms(self, day: date) -> int:
        """Return the first instant after a business day in UTC milliseconds."""
        return self.start_ms(day + timedelta(days=1))


@dataclass(frozen=True, slots=True)
class Case:
    """One thing counted: whose, at which customer, on which day.

    ``amount`` is 1 or 0 for a rate, else the number itself; ``step`` is the stage for the
    measure that looks at each stage apart.
    """

    staff_id: int
    customer_id: int
    on: date | None
    amount: float
    step: str = ""


@dataclass(frozen=True, slots=True)
class Leak:
    """A measure of 2.8: a mean of cases, or their median.

    ``read`` gives the cases of everybody; without it ``missing`` says which data are not kept.
    ``marks`` is the amount that makes a case one of the leak: its rows come first.
    """

    name: str
    label: str
    formula: str
    unit: LeakUnit
    place: int
    read: Callable[[Reader, LeakDays], Sequence[Case]] | None = None
    missing: str = ""
    higher_is_better: bool = True
    by_median: bool = False
    by_step: bool = False

    def value(self, cases: Collection[Case]) -> float | None:
        """Return the figure of some cases, None without any (2.0.9)."""
        amounts = [one.amount for one in cases]
        if not amounts:
            return None
        return float(median(amounts)) if self.by_median else fmean(amounts)


@dataclass(frozen=True, slots=True)
class LeakLine:
    """One measure of one person beside the median of the peers.

    ``n`` is the number of cases; ``worse`` is None where one of the figures is not known.
    """

    name: str
    label: str
    formula: str
    unit: LeakUnit
    value: float | None
    peers: float | None
    n: int
    worse: bool | None
    step: str = ""
    missing: str = ""


@cache
def all_leaks() -> tuple[Leak, ...]:
    """Return every measure there is, in the order of product.md 2.8."""
    found: list[Leak] = []
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found += import_module(f"{__name__}.{module.name}").LEAKS
    return tuple(sorted(found, key=lambda one: one.place))


def leak_named(name: str) -> Leak:
    """Return a measure by name; raise ``UserError`` no_such_leak."""
    for one in all_leaks():
        if one.name == name:
            return one
    raise UserError(
        "no_such_leak",
        N_("没有这个指标：{name}"),
        advice=N_("可用的有 {known}"),
        name=name,
        known=" ".join(one.name for one in all_leaks()),
    )


def read_lines(
    reader: Reader,
    days: LeakDays,
    staff_id: int,
    peers: Collection[int],
    progress: Progress | None = None,
) -> tuple[LeakLine, ...]:
    """Return every measure of one person beside the median of the peers."""
    leaks = all_leaks()
    found = []
    for done, leak in enumerate(leaks):
        if progress is not None:
            progress.step(done, len(leaks))
        found.append(_line(leak, reader, days, staff_id, peers))
    return tuple(found)


def cases_of(reader: Reader, leak: Leak, days: LeakDays, staff_id: int) -> list[Case]:
    """Return the cases behind one person's figure, those that leak first, latest first."""
    cases = [] if leak.read is None else leak.read(reader, days)
    mine = [one for one in cases if one.staff_id == staff_id]
    mine.sort(key=lambda one: one.on or date.min, reverse=True)
    mine.sort(key=lambda one: one.amount, reverse=not leak.higher_is_better)
    return mine


def _line(
    leak: Leak, reader: Reader, days: LeakDays, staff_id: int, peers: Collection[int]
) -> LeakLine:
    cases = [] if leak.read is None else leak.read(reader, days)
    if leak.by_step:
        step, mine, theirs = _worst_step(leak, cases, staff_id, peers)
    else:
        step, by_staff = "", _by_staff(cases)
        mine, theirs = by_staff.get(staff_id, []), _middle(leak, by_staff, peers)
    value = leak.value(mine)
    worse = None
    if value is not None and theirs is not None:
        worse = value < theirs if leak.higher_is_better else value > theirs
    return LeakLine(
        name=leak.name, label=leak.label, formula=leak.formula, unit=leak.unit, value=value,
        peers=theirs, n=len(mine), worse=worse, step=step, missing=leak.missing,
    )  # fmt: skip


def _by_staff(cases: Iterable[Case]) -> dict[int, list[Case]]:
    found: defaultdict[int, list[Case]] = defaultdict(list)
    for one in cases:
        found[one.staff_id].append(one)
    return found


def _middle(leak: Leak, by_staff: dict[int, list[Case]], peers: Iterable[int]) -> float | None:
    known = [leak.value(by_staff.get(one, [])) for one in peers]
    values = [one for one in known if one is not None]
    return float(median(values)) if values else None


def _worst_step(
    leak: Leak, cases: Sequence[Case], staff_id: int, peers: Collection[int]
) -> tuple[str, list[Case], float | None]:
    """Return the stage where the person falls behind the peers the most."""
    found: list[tuple[float, str, list[Case], float | None]] = []
    for step in dict.fromkeys(one.step for one in cases):
        by_staff = _by_staff(one for one in cases if one.step == step)
        mine, theirs = by_staff.get(staff_id, []), _middle(leak, by_staff, peers)
        value = leak.value(mine)
        if value is not None:
            found.append((value - (value if theirs is None else theirs), step, mine, theirs))
    if not found:
        return "", [], None
    _gap, step, mine, theirs = min(found, key=lambda one: one[0])
    return step, mine, theirs
