"""Targets as bars and words: done against wanted, the time that has passed, today's need."""

from __future__ import annotations

from app.i18n import _, translate
from app.services.kpi.metric import Metric, Unit
from app.services.staff.targets import TargetProgress
from app.views.core import format as words
from app.views.kpi import figure_words
from app.views.widgets.hbars import BarRow

BEHIND = 0.08
"""So much of the month a target may lag behind before it is told (ui.md, screen 10)."""


def amount(metric: Metric, value: float | None) -> str:
    """Return a figure of a target, money in its short form."""
    if metric.unit is Unit.fen and value is not None:
        return words.money(round(value), 1)
    return figure_words.value(metric, value)


def is_behind(one: TargetProgress) -> bool:
    """Tell whether less is done than the time passed asks for."""
    return one.share is not None and one.share < min(1.0, one.passed) - BEHIND


def need(one: TargetProgress) -> str:
    """Return what each working day left needs, or that the target is reached."""
    if one.share is None:
        return _("没有数据")
    if one.share >= 1:
        return _("已达成")
    if one.need is None:
        return words.percent(one.share, 0)
    if not one.days_left:
        return _("还差 {amount}").format(amount=amount(one.target.metric, one.need))
    return _("今日需 {amount}").format(amount=amount(one.target.metric, one.need))


def bar_of(one: TargetProgress, *, with_name: bool = False) -> BarRow:
    """Return a target as a bar; the tick is the part of the month's working days passed."""
    metric = one.target.metric
    name = translate(metric.label)
    behind = is_behind(one)
    reached = one.share is not None and one.share >= 1
    return BarRow(
        key=metric.name,
        name=f"{one.target.who} {name}" if with_name else name,
        share=one.share or 0.0,
        figure=f"{amount(metric, one.done)} / {amount(metric, one.target.value)}",
        second=need(one),
        tone="good" if reached else "warn" if behind else "text3",
        tick=one.passed,
        strong=True,
        low=behind,
    )
