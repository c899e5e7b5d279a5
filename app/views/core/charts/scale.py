"""Where a value axis begins and ends, and its few round grid lines."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_LINES = 6


@dataclass(frozen=True, slots=True)
class Scale:
    """A value axis from ``low`` to ``high`` with a line every ``step``."""

    low: float
    high: float
    step: float

    def lines(self) -> list[float]:
        """Return the values of the grid lines."""
        count = round((self.high - self.low) / self.step)
        return [self.low + self.step * n for n in range(count + 1)]


def from_zero(values: Sequence[float], lines: int = _LINES) -> Scale:
    """Return the axis of bars: it always holds zero and has about so many lines."""
    return _rounded(min(0.0, *values, 0.0), max(0.0, *values, 0.0), lines)


def near(values: Sequence[float]) -> Scale:
    """Return the axis of a line: it may begin above zero when the values lie close together."""
    if not values:
        return Scale(0.0, 1.0, 0.2)
    low, high = min(values), max(values)
    if low > 0 and high - low < high / 2:
        return _rounded(low - (high - low) * 0.2 if high > low else low / 2, high)
    return _rounded(min(0.0, low), high)


def _rounded(low: float, high: float, lines: int = _LINES) -> Scale:
    if high - low < 1e-300:
        high = low + 1.0
    rough = (high - low) / (lines - 1)
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(one * power for one in _STEPS if one * power >= rough * 0.999)
    return Scale(math.floor(low / step) * step, math.ceil(high / step) * step, step)
