"""Comparing a figure with the one of an earlier period (product.md 2.5)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Case(StrEnum):
    """How a comparison may be read."""

    normal = "normal"
    new = "new"
    flat = "flat"
    negative_base = "negative_base"
    no_base = "no_base"
    no_value = "no_value"
    no_period = "no_period"


@dataclass(frozen=True, slots=True)
class Change:
    """The base, the absolute change and the growth as a fraction of the base.

    The change of a rate is in fractions (0.01 is one 个百分点) and has no growth.
    ``aligned`` tells that the base period was cut to the days passed in this one.
    """

    base: float | None
    change: float | None
    growth: float | None
    case: Case
    aligned: bool


def compare(
    cur: float | None, base: float | None, *, is_rate: bool, aligned: bool, has_period: bool = True
) -> Change:
    """Compare with the base: change = cur - base, growth = change / base (product.md 2.5).

    Without a base period it is no_period, without a base figure no_base, without a present
    figure no_value, which still tells the base. A zero base gives new or flat, a negative
    one (net refunds) negative_base: all three have a change and no growth.
    """
    if not has_period or base is None:
        return Change(None, None, None, Case.no_base if has_period else Case.no_period, aligned)
    if cur is None:
        return Change(base, None, None, Case.no_value, aligned)
    change = cur - base
    growth = change / base if base > 0 and not is_rate else None
    return Change(base, change, growth, _case(cur, base), aligned)


def _case(cur: float, base: float) -> Case:
    if base == 0:
        return Case.flat if cur == 0 else Case.new
    return Case.normal if base > 0 else Case.negative_base
