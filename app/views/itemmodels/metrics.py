"""Columns of all metrics of a period, and of the cases behind an indicator."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from app.i18n import N_, _, translate
from app.models.values.growth import Change
from app.services.kpi.metric import Metric, Unit
from app.services.kpi.queries import Detail, Figure, KpiRow, Part
from app.services.kpi.registry import AnyMetric
from app.services.kpi.snapshots import Restated
from app.views.core import format as words
from app.views.core.format import ChangeText
from app.views.itemmodels.column import Column
from app.views.kpi import figure_words


@dataclass(frozen=True, slots=True)
class MetricLine:
    """One metric of a period with its figure."""

    metric: AnyMetric
    figure: Figure


def _value(one: MetricLine) -> str:
    if one.figure.missing:
        return _("没有数据")
    return figure_words.value(one.metric, one.figure.value)


def _spread(one: MetricLine, figure: float | None) -> str:
    return "" if figure is None else figure_words.value(one.metric, figure)


def _told(one: MetricLine) -> str:
    """Return why there is no figure, that there are few cases, or what it counts."""
    if one.figure.missing:
        return translate(one.figure.missing)
    told = one.metric.brief or one.metric.formula
    return figure_words.sample(one.figure) or translate(told)


def _faint(one: MetricLine) -> str:
    return "text3" if one.figure.few else ""


def _change(one: MetricLine, change: Change) -> ChangeText:
    if one.figure.missing:
        return ChangeText("", "", "")
    return figure_words.compared(one.metric, change)


def metric_columns(restated: Mapping[str, Restated] | None = None) -> list[Column[MetricLine]]:
    """Return the columns of all metrics of a period; the tip of a name is its formula.

    With a snapshot what was reported and the difference stand for median and P90.
    """
    between = _frozen_columns(restated) if restated else _spread_columns()
    return [
        Column("name", N_("指标"), lambda one: translate(one.metric.label), width=150,
               kind="strong", least=120, under=("told",),
               tip=lambda one: translate(one.metric.formula)),
        Column("value", N_("本期"), _value, "right", 118, tone=_faint, under=("n",)),
        *between,
        Column("n", "n", lambda one: words.count(one.figure.n), "right", 52),
        Column("yoy", N_("同比"), lambda one: _change(one, one.figure.yoy).text, "right", 130,
               tone=lambda one: _change(one, one.figure.yoy).tone),
        Column("mom", N_("环比"), lambda one: _change(one, one.figure.mom).text, "right", 130,
               tone=lambda one: _change(one, one.figure.mom).tone),
        Column("told", N_("说明"), _told, width=150, flex=1, least=90),
    ]  # fmt: skip


def _spread_columns() -> list[Column[MetricLine]]:
    return [
        Column("median", N_("中位数"), lambda one: _spread(one, one.figure.median), "right", 102),
        Column("p90", "P90", lambda one: _spread(one, one.figure.p90), "right", 102),
    ]


def _frozen_columns(restated: Mapping[str, Restated]) -> list[Column[MetricLine]]:
    def frozen(one: MetricLine) -> str:
        found = restated.get(one.metric.name)
        if found is None or not found.reported:
            return ""
        return figure_words.value(one.metric, found.frozen)

    def difference(one: MetricLine) -> str:
        found = restated.get(one.metric.name)
        if found is None or not found.moved:
            return ""
        moved = found.difference
        sign = "+" if moved is not None and moved > 0 else ""
        return sign + figure_words.value(one.metric, moved)

    return [
        Column("frozen", N_("快照"), frozen, "right", 102),
        Column("difference", N_("差异"), difference, "right", 102, tone=lambda _one: "warn"),
    ]


def part_columns() -> list[Column[Part]]:
    """Return the columns of the slices of a figure."""
    return [
        Column("name", N_("分类"), lambda one: translate(one.name), width=150, kind="strong",
               flex=1, least=100),
        Column("count", N_("笔数"), lambda one: words.count(one.count), "right", 64),
        Column("fen", N_("金额 ¥"), lambda one: words.money(one.fen) if one.fen else "",
               "right", 84),
        Column("share", N_("占比"), lambda one: words.percent(one.share), "right", 64),
        Column("up_to", N_("累计"), lambda one: words.percent(one.up_to), "right", 64),
        Column("weighted", N_("加权 ¥"),
               lambda one: "" if one.weighted_fen is None else words.money(one.weighted_fen),
               "right", 84),
    ]  # fmt: skip


def _amount(metric: Metric, row: KpiRow) -> str:
    """Return what a row adds: yes or no for a share, else its figure."""
    if row.reason:
        return ""
    if metric.unit is Unit.rate and row.amount in (0, 1) and row.bottom in (0, 1):
        return _("是") if row.amount else _("否")
    return figure_words.value(metric, row.amount)


def _detail(one: Detail) -> str:
    label = translate(one.label)
    plain = Metric(name="", label="", formula="", unit=one.unit, place=0)
    return f"{label} {figure_words.value(plain, one.amount)}"


def _said(row: KpiRow) -> str:
    if row.reason:
        return translate(row.reason)
    return _("、").join(_detail(one) for one in row.details)


def case_columns(metric: Metric, today: date) -> list[Column[KpiRow]]:
    """Return the columns of the cases behind a metric, those left out with the reason."""

    def day(row: KpiRow) -> str:
        on = row.on or row.first_sign_on or row.created_on
        return words.day(date.fromisoformat(on), today) if on else ""

    return [
        Column("customer", N_("客户名称"), lambda row: row.customer, width=200, kind="strong",
               flex=1, least=120, elide_middle=True),
        Column("owner", N_("负责人"), lambda row: row.owner, width=72),
        Column("day", N_("日期"), day, width=84),
        Column("part", N_("分类"), lambda row: translate(row.part) if row.part else "", width=96),
        Column("amount", N_("计入"), lambda row: _amount(metric, row), "right", 96),
        Column("said", N_("说明"), _said, width=220, flex=1, least=90,
               tone=lambda row: "warn" if row.reason else ""),
    ]  # fmt: skip
