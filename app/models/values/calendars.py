"""How an office cuts time: its week, its fiscal year (product.md 2.0.2)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.models.values.periods import MONDAY, By, Period, parse_period, period_of

FISCAL = "FY"
"""What the label of a fiscal quarter, half or year begins with."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The first day of the week, the first month of the fiscal year, and which year names it."""

    week_start: int = MONDAY
    fiscal_start: int = 1
    named_by_end: bool = False

    @property
    def has_fiscal(self) -> bool:
        """Tell whether fiscal periods are other ones than those of the calendar."""
        return self.fiscal_start > 1

    def period_of(self, day: date, by: By, *, fiscal: bool = False) -> Period:
        """Return the period a day belongs to."""
        if not fiscal:
            return period_of(day, by, week_start=self.week_start)
        return period_of(
            day,
            by,
            week_start=self.week_start,
            fiscal_start=self.fiscal_start,
            named_by_end=self.named_by_end,
        )

    def parse(self, label: str, by: By) -> Period:
        """Return the period of a label, a fiscal one for ``FY2026-Q1``; raise Unreadable."""
        if not label.strip().upper().startswith(FISCAL):
            return parse_period(label, by, week_start=self.week_start)
        return parse_period(
            label,
            by,
            week_start=self.week_start,
            fiscal_start=self.fiscal_start,
            named_by_end=self.named_by_end,
        )
