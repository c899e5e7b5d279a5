"""Every metric by name: the KPIs that sums answer, and the indicators made of cases."""

from __future__ import annotations

from collections.abc import Sequence

from app.errors import UserError
from app.i18n import N_
from app.services.kpi.indicators import Indicator, all_indicators
from app.services.kpi.measures import Measure, all_measures

AnyMetric = Measure | Indicator


def all_metrics() -> tuple[AnyMetric, ...]:
    """Return every metric there is: KPIs first, each in the order they are shown."""
    return (*all_measures(), *all_indicators())


def metric_named(name: str) -> AnyMetric:
    """Return a metric by name; raise ``UserError`` no_such_kpi."""
    for one in all_metrics():
        if one.name == name:
            return one
    raise UserError(
        "no_such_kpi",
        N_("没有这个指标：{name}"),
        advice=N_("可用的有 {known}"),
        name=name,
        known=" ".join(one.name for one in all_metrics()),
    )


def metrics_of(names: Sequence[str] | None) -> list[AnyMetric]:
    """Return the metrics asked for, or the KPIs of the page."""
    if names is None:
        return [one for one in all_measures() if one.on_page]
    return [metric_named(name) for name in names]


def family_of(metric: AnyMetric) -> tuple[AnyMetric, ...]:
    """Return the other ways to count a metric with it, its headline first."""
    head = metric.family or metric.name
    return tuple(one for one in all_metrics() if head in (one.name, one.family))
