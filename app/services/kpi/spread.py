"""Median and percentiles of sorted values."""

from __future__ import annotations

from collections.abc import Sequence


def median(values: Sequence[int]) -> float | None:
    """Return the middle of sorted values, or the mean of the two middles; None for none."""
    return quantile(values, 1, 2)


def quantile(values: Sequence[int], part: int, whole: int) -> float | None:
    """Return a percentile of sorted values as spreadsheets do (between ranks in proportion)."""
    if not values:
        return None
    steps = (len(values) - 1) * part
    low, rest = divmod(steps, whole)
    if rest == 0:
        return float(values[low])
    return values[low] + (values[low + 1] - values[low]) * rest / whole
