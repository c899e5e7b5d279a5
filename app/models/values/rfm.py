"""RFM: how lately, how often and how much a customer bought, in quintiles (product.md 2.9)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

QUINTILES = 5
HIGH = 4
"""From this quintile on a customer is high in a dimension."""


@dataclass(frozen=True, slots=True)
class Bought:
    """Days since the last signing, signing days and fen within 24 months."""

    recency_days: int
    frequency: int
    fen: int


@dataclass(frozen=True, slots=True)
class CutOffs:
    """The four bounds between the quintiles of each dimension, the lowest first.

    A value up to the first bound is in the first quintile, above the last in the fifth.
    """

    recency_days: tuple[int, ...] = ()
    frequency: tuple[int, ...] = ()
    fen: tuple[int, ...] = ()

    @classmethod
    def from_plain(cls, kept: Mapping[str, Sequence[int]]) -> CutOffs:
        """Return what ``asdict`` made plain."""
        return cls(tuple(kept["recency_days"]), tuple(kept["frequency"]), tuple(kept["fen"]))


@dataclass(frozen=True, slots=True)
class Scores:
    """The quintile of each dimension, 5 the best: lately, often, much."""

    recency: int
    frequency: int
    money: int

    @property
    def segment(self) -> str:
        """Return which of the eight groups it is: H or L for each dimension, as in ``HLH``."""
        all_three = (self.recency, self.frequency, self.money)
        return "".join("H" if score >= HIGH else "L" for score in all_three)


def cut_offs(bought: Sequence[Bought]) -> CutOffs:
    """Return the bounds that put as near as can be a fifth of the customers in each quintile."""
    return CutOffs(
        _bounds([one.recency_days for one in bought]),
        _bounds([one.frequency for one in bought]),
        _bounds([one.fen for one in bought]),
    )


def _bounds(values: Sequence[int]) -> tuple[int, ...]:
    ordered = sorted(values)
    if not ordered:
        return ()
    return tuple(ordered[(len(ordered) * part - 1) // QUINTILES] for part in range(1, QUINTILES))


def scores(one: Bought, bounds: CutOffs) -> Scores:
    """Return the quintiles of a customer; few days since the last signing are the best."""
    return Scores(
        QUINTILES - bisect_left(bounds.recency_days, one.recency_days),
        1 + bisect_left(bounds.frequency, one.frequency),
        1 + bisect_left(bounds.fen, one.fen),
    )
