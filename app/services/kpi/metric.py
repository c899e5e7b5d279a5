"""What every figure is, however it is computed: its name, its words and its unit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Unit(StrEnum):
    """What a figure is counted in; the change of a rate is in fractions."""

    rate = "rate"
    fen = "fen"
    days = "days"
    times = "times"
    customers = "customers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """A figure of a period; ``label``, ``formula`` and ``brief`` are message ids.

    ``family`` names the headline it is another way to count. What ``adds_up`` may be divided
    by the working days of a period.
    """

    name: str
    label: str
    formula: str
    unit: Unit
    place: int
    higher_is_better: bool = True
    brief: str = ""
    family: str = ""
    adds_up: bool = False

    @property
    def is_rate(self) -> bool:
        """Tell whether changes are percentage points."""
        return self.unit is Unit.rate
