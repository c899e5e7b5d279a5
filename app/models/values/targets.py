"""How far a target is reached, and what each remaining day needs (product.md 1.8, 2.6)."""

from __future__ import annotations

from math import ceil

SCALE = 10_000
"""So many parts a stored rate, mean or number of days is kept in."""


def share_done(done: float | None, target: float, *, higher_is_better: bool = True) -> float | None:
    """Return the part of a target that is reached, None where there is no figure.

    A target of nought is no target: it has no part (and is never 100 %). Where less is
    better it is target / done.
    """
    if done is None or target <= 0:
        return None
    if higher_is_better:
        return done / target
    return target / done if done > 0 else None


def need_today(target: float, done: float | None, days_left: int) -> int:
    """Return max(0, ceil((target - done) / working days left, today inside)) (1.8).

    After the last working day all that is missing is needed.
    """
    return max(0, ceil((target - (done or 0)) / max(1, days_left)))
