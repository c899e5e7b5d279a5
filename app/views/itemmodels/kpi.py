"""Columns of the rows behind a KPI, and of the table twin of the trend."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from app.i18n import N_, _, translate
from app.models.values.forms import Form
from app.services.kpi.measures import Measure
from app.services.kpi.queries import KpiRow, PeriodFigures, StageStep
from app.views.core import format as words
from app.views.itemmodels.column import Column
from app.views.kpi import figure_words


def _day(iso: str, today: date) -> str:
    return words.day(date.fromisoformat(iso), today) if iso else ""


def _exact_day(iso: str) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _money(fen: int | None) -> str:
    return "" if fen is None else words.money(fen)


def _mark(row: KpiRow) -> tuple[str, str] | None:
    if row.reason:
        return translate(row.reason), "warn"
    if row.second_sign_on:
        return _("复购"), "accent"
    if row.backdated:
        return _("补录"), "neutral"
    return (_("零跟进签约"), "neutral") if row.touches == 0 else None


def sort_value(row: KpiRow, column: str) -> Any:
    """Return what a list of rows is ordered by; unknown values stand first."""
    value = getattr(row, column)
    return -1 if value is None else value


def row_columns(today: date) -> list[Column[KpiRow]]:
    """Return the columns of the rows behind a figure; days of this year without the year."""
    return [
        Column(
            "customer",
            N_("客户名称"),
            lambda row: row.customer,
            width=176,
            flex=1,
            least=120,
            under=("owner", "source"),
            kind="strong",
            sort_key="customer",
            elide_middle=True,
        ),
        Column("owner", N_("负责人"), lambda row: row.owner, width=64, sort_key="owner"),
        Column("source", N_("来源"), lambda row: row.source, width=76, sort_key="source"),
        Column(
            "created_on",
            N_("建档"),
            lambda row: _day(row.created_on, today),
            width=70,
            under=("first_sign_on",),
            sort_key="created_on",
            exact=lambda row: _exact_day(row.created_on),
            form=Form.day,
        ),
        Column(
            "first_sign_on",
            N_("首签"),
            lambda row: _day(row.first_sign_on, today),
            width=70,
            sort_key="first_sign_on",
            exact=lambda row: _exact_day(row.first_sign_on),
            form=Form.day,
        ),
        *_deal_columns(),
    ]


def _deal_columns() -> list[Column[KpiRow]]:
    return [
        Column(
            "first_deal",
            N_("首次金额 ¥"),
            lambda row: _money(row.first_deal_fen),
            "right",
            96,
            under=("cycle",),
            exact=lambda row: row.first_deal_fen,
            form=Form.money,
        ),
        _whole("cycle", N_("周期（天）"), 78, "cycle_days", lambda row: row.cycle_days),
        _whole("touches", N_("跟单次"), 62, "touches", lambda row: row.touches),
        Column(
            "mark",
            N_("说明"),
            lambda row: (_mark(row) or ("", ""))[0],
            width=72,
            kind="tag",
            value=_mark,
        ),
    ]


def _whole(
    key: str, title: str, width: int, sort_key: str, of: Callable[[KpiRow], int | None]
) -> Column[KpiRow]:
    def shown(row: KpiRow) -> str:
        found = of(row)
        return "" if found is None else str(found)

    return Column(key, title, shown, "right", width, sort_key, exact=of, form=Form.whole)


def trend_columns(measure: Measure) -> list[Column[PeriodFigures]]:
    """Return the columns of the trend as a table."""
    name = measure.name
    return [
        Column("period", N_("期间"), lambda one: one.period.label, width=120, kind="strong"),
        Column(
            "value",
            measure.label,
            lambda one: figure_words.value(measure, one.metrics[name].value),
            "right",
        ),
        Column(
            "last_year",
            N_("去年同期"),
            lambda one: figure_words.value(measure, one.metrics[name].yoy.base),
            "right",
        ),
        Column(
            "yoy",
            N_("同比"),
            lambda one: figure_words.compared(measure, one.metrics[name].yoy).text,
            "right",
            150,
        ),
        Column(
            "mom",
            N_("环比"),
            lambda one: figure_words.compared(measure, one.metrics[name].mom).text,
            "right",
            150,
        ),
        Column(
            "median",
            N_("中位数"),
            lambda one: figure_words.value(measure, one.metrics[name].median),
            "right",
        ),
        Column("n", "n", lambda one: words.count(one.metrics[name].n), "right", 60),
    ]


def stage_columns() -> list[Column[StageStep]]:
    """Return the columns of a cohort's way along the stages."""
    return [
        Column("name", N_("阶段"), lambda one: one.name, width=76, kind="strong", flex=1, least=60),
        Column("count", N_("到过"), lambda one: words.count(one.count), "right", 48),
        Column("share", N_("占新增"), lambda one: words.percent(one.share), "right", 62),
        Column("onward", N_("上一阶段"), lambda one: words.percent(one.onward), "right", 66),
        Column("skipped", N_("跳过"), lambda one: words.count(one.skipped), "right", 44),
        Column("back", N_("退回"), lambda one: words.count(one.back), "right", 44),
        Column("last_year", N_("去年"), lambda one: words.percent(one.last_year), "right", 62),
    ]
