"""劳模 and the other verdicts: effort beside result (product.md 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum

MIN_PEERS = 4
MIN_WORKED_DAYS = 10


class Quadrant(StrEnum):
    """The verdicts, as they are named outside."""

    model_worker = "model_worker"
    efficient = "efficient"
    benchmark = "benchmark"
    to_activate = "to_activate"
    regular = "regular"


def percentile_ranks(values: Sequence[float | None]) -> list[float | None]:
    """Return 100 x (count below + half of count equal) / n for each value.

    What is not known is nobody's peer and has no rank.
    """
    known = [value for value in values if value is not None]

    def rank(value: float) -> float:
        below = sum(other < value for other in known)
        equal = sum(other == value for other in known)
        return 100 * (below + 0.5 * equal) / len(known)

    return [None if value is None else rank(value) for value in values]


def mean_index(parts: Sequence[float | None]) -> float | None:
    """Return the mean of the parts that are known, None if none is."""
    known = [part for part in parts if part is not None]
    return sum(known) / len(known) if known else None


def verdict(effort: float | None, result: float | None) -> Quadrant | None:
    """Judge two indices from 0 to 100 by the bands at 40 and 60."""
    return _judged(effort, result, 40, 60)


def verdict_by_own(effort_ratio: float | None, result_ratio: float | None) -> Quadrant | None:
    """Judge ratios to one's own median where there are fewer than four peers."""
    return _judged(effort_ratio, result_ratio, 0.8, 1.2)


def _judged(effort: float | None, result: float | None, low: float, high: float) -> Quadrant | None:
    if effort is None or result is None:
        return None
    if effort >= high and result <= low:
        return Quadrant.model_worker
    if effort <= low and result >= high:
        return Quadrant.efficient
    if effort >= high and result >= high:
        return Quadrant.benchmark
    return Quadrant.to_activate if effort <= low and result <= low else Quadrant.regular
