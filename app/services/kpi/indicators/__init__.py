"""更多指标: one file each, found by import; a figure is made of the cases that it opens (2.9)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from statistics import fmean

from app.models.store.reader import Reader
from app.models.values.periods import Period
from app.models.values.rfm import CutOffs
from app.services.kpi.filters import Chosen
from app.services.kpi.metric import Metric
from app.services.kpi.queries import Detail, Part
from app.services.kpi.spread import spread_of


@dataclass(frozen=True, slots=True)
class Moment:
    """The days looked at, both inside and none after ``as_of``; the whole period before them.

    ``cut_offs`` are the bounds of RFM fixed when a period was frozen, None for fresh ones.
    """

    first: date
    last: date
    before: Period
    as_of: date
    chosen: Chosen
    cut_offs: CutOffs | None = None

    @property
    def days(self) -> tuple[str, str]:
        """Return first and last day as ISO text."""
        return self.first.isoformat(), self.last.isoformat()


@dataclass(frozen=True, slots=True)
class Case:
    """One row behind a figure, on an ISO day, of who had the customer on that day.

    ``top`` and ``bottom`` are what it adds above and below the line; ``reason`` (a message
    id) leaves it out. ``part`` is the slice of the breakdown it belongs to.
    """

    customer_id: int
    on: str
    staff_id: int
    top: float = 1
    bottom: int = 1
    reason: str = ""
    part: str = ""
    fen: int = 0
    details: tuple[Detail, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """The figure of some cases; None where nothing can be divided (2.0.9)."""

    value: float | None
    n: int
    median: float | None = None
    p90: float | None = None


Cases = Sequence[Case]


def ratio(cases: Cases) -> Result:
    """Return what stands above the line divided by what stands below; n are those below."""
    bottom = sum(one.bottom for one in cases)
    n = sum(1 for one in cases if one.bottom)
    return Result(sum(one.top for one in cases) / bottom if bottom else None, n)


def per_customer(cases: Cases) -> Result:
    """Return the sum of tops divided by the customers with a bottom, each once."""
    customers = len({one.customer_id for one in cases if one.bottom})
    return Result(sum(one.top for one in cases) / customers if customers else None, customers)


def total(cases: Cases) -> Result:
    """Return the sum of tops; without any case it is nought, for nothing is divided."""
    return Result(sum(one.top for one in cases), len({one.customer_id for one in cases}))


def mean(cases: Cases) -> Result:
    """Return the mean of tops with their median and 90th percentile."""
    ordered = sorted(one.top for one in cases)
    spread = spread_of(len(ordered), lambda at: ordered[at : at + 2])
    if spread is None:
        return Result(None, 0)
    return Result(fmean(ordered), len(ordered), spread.median, spread.p90)


def middle(cases: Cases) -> Result:
    """Return the median of tops with their 90th percentile."""
    found = mean(cases)
    return Result(found.median, found.n, found.median, found.p90)


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator(Metric):
    """A figure made of cases: ``read`` gives those of some days, ``figure`` sums them up.

    ``missing`` (a message id) says which rows the book does not keep: there is no figure then.
    ``parts`` breaks it down. ``at_end`` looks at the state on the last day, not at the days.
    """

    read: Callable[[Reader, Moment], Iterable[Case]]
    figure: Callable[[Cases], Result] = field(default=ratio)
    parts: Callable[[Cases], Sequence[Part]] | None = None
    at_end: bool = False
    missing: str = ""


@cache
def all_indicators() -> tuple[Indicator, ...]:
    """Return every indicator there is, in the order they are shown."""
    found: list[Indicator] = []
    for module in iter_modules(__path__):
        if not module.name.startswith("_"):
            found += import_module(f"{__name__}.{module.name}").INDICATORS
    return tuple(sorted(found, key=lambda one: one.place))


def nothing(_reader: Reader, _moment: Moment) -> Iterable[Case]:
    """Return no cases, for rows that the book does not keep."""
    return ()
