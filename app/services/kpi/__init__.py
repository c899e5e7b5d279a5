"""Macro KPIs: figures of periods with their comparisons, the rows behind them, panels."""

from __future__ import annotations

from datetime import date

from app.services.context import Context
from app.services.kpi import macro
from app.services.kpi.measures import Measure, all_measures
from app.services.kpi.queries import EVERYBODY, KpiFilter, KpiQuery, MacroReport

__all__ = ["EVERYBODY", "Kpi", "KpiFilter", "KpiQuery", "MacroReport", "Measure"]


class Kpi:
    """Answer every question about the macro KPIs from the facts."""

    def __init__(self, context: Context, fiscal_start: int = 1) -> None:
        self._context = context
        self._fiscal_start = fiscal_start

    def measures(self) -> tuple[Measure, ...]:
        """Return every KPI there is, in the order they are shown."""
        return all_measures()

    def macro(self, query: KpiQuery) -> MacroReport:
        """Return the KPIs of periods with 同比 and 环比; raise ``UserError`` bad_period."""
        asked = macro.asked_periods(query, self._fiscal_start)
        with self._context.read() as reader:
            return macro.read_macro(reader, query, asked, self._as_of(query.as_of))

    def _as_of(self, as_of: date | None) -> date:
        return as_of or self._context.today()
