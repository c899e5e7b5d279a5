"""What is asked of the figures, and what they answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.models.values.growth import Change
from app.models.values.periods import By, Period
from app.services.kpi.metric import Unit


@dataclass(frozen=True, slots=True)
class KpiFilter:
    """Whose customers are looked at; None is everybody's, filters combine with AND.

    Staff and team select by the owner of the day: the first owner for figures of new
    customers, the owner on the signing day for the others (product.md 2.0.7), or the owner
    now with ``by_present_owner``. ``region`` is a code, the first 2 or 4 digits of one, or
    a name; an unknown word matches nothing.
    """

    staff_id: int | None = None
    team_id: int | None = None
    source: str | None = None
    region: str | None = None
    industry: str | None = None
    grade: str | None = None
    kind: str | None = None
    by_present_owner: bool = False


EVERYBODY = KpiFilter()


@dataclass(frozen=True, slots=True)
class KpiQuery:
    """Periods by label (``2026-01`` to ``2026-10``), or a range of days of one's own.

    A label ``FY2026-Q1`` is a fiscal period. A range comes with ``back`` as long ones before
    it. ``as_of`` None is today; nothing dated after it counts. ``align`` cuts the base of an
    unfinished period to as many days, ``festival`` compares January to March by the distance
    to 正月初一, ``shift`` goes 364 days back where there is no same period a year ago.
    ``per_workday`` divides what adds up by the working days. ``metrics`` None are those of
    the page.
    """

    first_label: str = ""
    last_label: str = ""
    by: By = By.month
    from_on: date | None = None
    to_on: date | None = None
    as_of: date | None = None
    where: KpiFilter = EVERYBODY
    align: bool = True
    festival: bool = False
    shift: bool = False
    per_workday: bool = False
    back: int = 0
    medians: bool = True
    metrics: tuple[str, ...] | None = None


class Basis(StrEnum):
    """What stands for the year before: the same dates, 正月初一, or 364 days."""

    same = "same"
    festival = "festival"
    shifted = "shifted"


@dataclass(frozen=True, slots=True)
class Days:
    """Days to sum over; ``aligned`` when they were cut to be fair, ``short`` when too few.

    ``of`` is the whole period they were cut from.
    """

    first: date
    last: date
    aligned: bool = False
    short: bool = False
    basis: Basis = Basis.same
    of: Period | None = None

    @property
    def label(self) -> str:
        """Return the days as a label."""
        return f"{self.first.isoformat()}..{self.last.isoformat()}"


@dataclass(frozen=True, slots=True)
class Detail:
    """A further figure of a row: ``label`` is a message id."""

    label: str
    unit: Unit
    amount: float


@dataclass(frozen=True, slots=True)
class Part:
    """A slice of a figure: cases, money, its share, and the share up to it from the largest.

    ``name`` is a message id or a word of the office.
    """

    name: str
    count: int
    fen: int = 0
    share: float | None = None
    up_to: float | None = None
    weighted_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """One KPI of one period; ``value`` None is "—" (product.md 2.0.9).

    Rates are fractions, money is fen and not rounded. ``few`` marks n under 5; ``mom_days``
    and ``yoy_days`` are the days it is compared with. ``parts`` break it down; ``missing``
    (a message id) says which rows the book does not keep.
    """

    value: float | None
    n: int
    mom: Change
    yoy: Change
    mom_days: Days | None = None
    yoy_days: Days | None = None
    median: float | None = None
    p90: float | None = None
    counts: Mapping[str, int] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()
    missing: str = ""

    @property
    def few(self) -> bool:
        """Tell whether the sample is small (样本少)."""
        return self.n < 5


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """The KPIs of one period by name, in the order they are shown."""

    period: Period
    complete: bool
    metrics: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class MacroReport:
    """The KPIs of periods in order of time; ``by`` None are ranges of one's own."""

    as_of: date
    by: By | None
    where: KpiFilter
    align: bool
    periods: tuple[PeriodFigures, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period of a trend with the same period a year earlier, None without one."""

    period: Period
    value: float | None
    last_year: float | None
    n: int
    complete: bool


class Stand(StrEnum):
    """Where a customer behind a figure stands; left out wins."""

    signed = "signed"
    open = "open"
    lost = "lost"
    excluded = "excluded"


@dataclass(frozen=True, slots=True)
class KpiRow:
    """A customer behind a figure; ``counted`` tells whether it is in the numerator.

    ``reason`` says why a row that is left out is (a message id); money None is not known.
    ``amount`` is what it adds above the line and ``bottom`` below. Rows of indicators have a
    day, a part, money and details.
    """

    customer_id: int
    customer: str
    owner: str
    source: str
    life: str
    created_on: str
    first_sign_on: str
    second_sign_on: str
    first_deal_fen: int | None
    cycle_days: int | None
    touches: int | None
    backdated: bool
    amount: float
    counted: bool
    reason: str = ""
    bottom: int = 1
    on: str = ""
    part: str = ""
    fen: int | None = None
    details: tuple[Detail, ...] = ()

    @property
    def stand(self) -> Stand:
        """Return where the customer stands."""
        if self.reason:
            return Stand.excluded
        if self.first_sign_on:
            return Stand.signed
        return Stand.lost if self.life == "churned" else Stand.open


@dataclass(frozen=True, slots=True)
class KpiRows:
    """The rows behind a figure, its formula in words, and what was left out and why.

    ``stands`` counts all rows, ``why`` those left out by reason, also where ``rows`` and
    ``excluded`` were cut to a limit; ``first_deal_fen`` is the sum over all rows.
    """

    metric: str
    label: str
    formula: str
    period: Period
    as_of: date
    value: float | None
    n: int
    rows: tuple[KpiRow, ...]
    excluded: tuple[KpiRow, ...]
    stands: Mapping[Stand, int] = field(default_factory=dict)
    why: Mapping[str, int] = field(default_factory=dict)
    first_deal_fen: int = 0
    parts: tuple[Part, ...] = ()
    missing: str = ""


@dataclass(frozen=True, slots=True)
class StageStep:
    """How many of a period's new customers ever reached a stage.

    ``share`` is of all of them, ``onward`` of those who reached the stage before;
    ``last_year`` is the share among the customers of the period a year earlier. ``skipped``
    came past without ever standing in it, ``back`` stood in it and later moved back.
    """

    position: int
    name: str
    count: int
    share: float | None
    onward: float | None
    last_year: float | None
    skipped: int = 0
    back: int = 0


@dataclass(frozen=True, slots=True)
class PersonFigure:
    """A KPI of one member of staff with its base a year earlier; n under 5 is little."""

    staff_id: int
    staff: str
    value: float | None
    n: int
    last_year: float | None


@dataclass(frozen=True, slots=True)
class PurchaseSplit:
    """Money signed in a period: first deals and all else, in fen."""

    period: Period
    first_fen: int
    repeat_fen: int
    complete: bool
