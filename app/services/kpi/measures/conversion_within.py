"""W 天转化率: conversion with the same time for every cohort (product.md 2.2).

conv@W = |{mature c: F(c) <= created + W}| / |mature|, a customer being mature when
created + W is not after the as-of day; W is 30, 60, 90, 180 or 365 days, 90 by default.
"""

from __future__ import annotations

from datetime import date, timedelta

from app.i18n import N_
from app.services.kpi.measures import Axis, Judged, Measure
from app.services.kpi.metric import Unit
from app.services.kpi.shapes import WINDOWS, Fact, Sums

_FORMULAS = {
    30: N_("新增满 30 天的客户中 30 天内签约的家数 ÷ 满 30 天的客户数"),
    60: N_("新增满 60 天的客户中 60 天内签约的家数 ÷ 满 60 天的客户数"),
    90: N_("新增满 90 天的客户中 90 天内签约的家数 ÷ 满 90 天的客户数"),
    180: N_("新增满 180 天的客户中 180 天内签约的家数 ÷ 满 180 天的客户数"),
    365: N_("新增满 365 天的客户中 365 天内签约的家数 ÷ 满 365 天的客户数"),
}
_LABELS = {
    30: N_("30 天转化率"),
    60: N_("60 天转化率"),
    90: N_("90 天转化率"),
    180: N_("180 天转化率"),
    365: N_("365 天转化率"),
}


def _within(sums: Sums, days: int) -> int:
    return int(getattr(sums, f"within_{days}"))


def _judge(fact: Fact, as_of: str, days: int) -> Judged:
    if fact.historic:
        return Judged(counted=False, reason=N_("历史数据"))
    mature_on = date.fromisoformat(fact.created_on) + timedelta(days)
    if mature_on.isoformat() > as_of:
        return Judged(counted=False, reason=N_("新增的天数还不够"))
    return Judged(counted=True, amount=int(fact.lag_days <= days))


def _measure(days: int) -> Measure:
    return Measure(
        name=f"conversion_{days}",
        label=_LABELS[days],
        formula=_FORMULAS[days],
        axis=Axis.created,
        unit=Unit.rate,
        place=20,
        mature_days=days,
        top=lambda sums: _within(sums, days),
        bottom=lambda sums: sums.created_count,
        judge=lambda fact, as_of: _judge(fact, as_of, days),
        counts={"signed": lambda sums: _within(sums, days)},
        on_page=days == 90,
    )


MEASURES = [_measure(days) for days in WINDOWS]
