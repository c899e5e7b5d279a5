"""The registry of KPIs: one file each, found by import, in the order of their place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from app.errors import UserError
from app.i18n import N_
from app.services.kpi.metric import Metric
from app.services.kpi.shapes import Fact, Sums


class Axis(StrEnum):
    """Which day puts a customer into a period."""

    created = "created"
    signed = "signed"


@dataclass(frozen=True, slots=True)
class Judged:
    """One customer's part in a figure: whether it is in n, its amount, or why it is left out."""

    counted: bool
    amount: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Metric):
    """A KPI: value = ``top`` / ``bottom`` over the sums of a period; n = ``bottom``.

    ``judge`` tells one customer's part as of an ISO day; ``spread`` names the columns of facts
    that put a month's signings in order for median and P90, those left out first; whole months
    are read from kept values where ``ordered.FIGURES`` has it, else from rows.
    ``mature_days`` leaves out customers younger than that. ``counts`` are further sums shown
    beside the value. A ``headline`` has a card of its own on the page, with ``brief`` as its
    definition.
    """

    axis: Axis
    top: Callable[[Sums], int]
    bottom: Callable[[Sums], int]
    judge: Callable[[Fact, str], Judged]
    mature_days: int = 0
    spread: tuple[str, ...] = ()
    counts: Mapping[str, Callable[[Sums], int]] = field(default_factory=dict)
    on_page: bool = True
    headline: bool = False

    def value(self, sums: Sums) -> float | None:
        """Return the figure of some sums, None where nothing can be divided (2.0.9)."""
        bottom = self.bottom(sums)
        return self.top(sums) / bottom if bottom else None


@cache
def all_measures() -> tuple[Measure, ...]:
    """Return every KPI there is, in the order they are shown."""
    found: list[Measure] = []
    for module in iter_modules(__path__):
        found += import_module(f"{__name__}.{module.name}").MEASURES
    return tuple(sorted(found, key=lambda one: (one.place, one.mature_days)))


def measure_named(name: str) -> Measure:
    """Return a KPI by name; raise ``UserError`` no_such_kpi."""
    for one in all_measures():
        if one.name == name:
            return one
    raise UserError(
        "no_such_kpi",
        N_("没有这个指标：{name}"),
        advice=N_("可用的有 {known}"),
        name=name,
        known=" ".join(one.name for one in all_measures()),
    )
