"""The field of a target: money, a percentage, or a number, as people write it."""

from __future__ import annotations

from app.models.values.money import parse_money
from app.models.values.reasons import N_, Unreadable
from app.services.kpi.metric import Metric, Unit
from app.views.core import theme as themes
from app.views.kpi import figure_words
from app.views.widgets.field import ValueField


class TargetEdit(ValueField[float]):
    """Take a target of a metric: 40万 of money in fen, 25 of a rate as 0.25, else a number."""

    def __init__(self, metric: Metric, *, name: str, spoken: str) -> None:
        super().__init__(name=name, spoken=spoken, unit=figure_words.plain_unit(metric))
        self._metric = metric
        self.setFixedWidth(themes.current().px(150))

    def read(self, text: str) -> float | None:
        """Return the figure; raise Unreadable for none and for what is not above zero."""
        fen = parse_money(text.strip().rstrip("%％")) if text.strip() else None
        if fen is None:
            return None
        if fen <= 0:
            raise Unreadable(N_("目标要大于零"), text)
        if self._metric.unit is Unit.fen:
            return float(fen)
        return fen / 10_000 if self._metric.unit is Unit.rate else fen / 100

    def show_value(self, value: float) -> str:
        """Return the plain number."""
        if self._metric.unit is Unit.fen:
            value /= 100
        elif self._metric.unit is Unit.rate:
            value *= 100
        return f"{value:,.2f}".rstrip("0").rstrip(".")
