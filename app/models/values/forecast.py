"""加权预测: what is likely to be signed, and the band around it (product.md 1.4).

likely = Σ amount × p, p by 定性 and stage, times the weight of who follows the customer.
A deal is won or not, and its amount is off by the person's error e: its variance is
amount² × (p(1−p) + p·e²). Low and high are likely ∓ 1.28 standard deviations, between which
four of five outcomes fall; low is not below 0, high not above the whole amount.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

NARROW = 1.28
"""Standard deviations to either side that hold 80 % of a normal spread."""

USUAL_ERROR = 0.2
"""How far off an amount is taken to be while nothing is known of a person (share)."""

TRUST = 10
"""How many ratings of the office weigh as much as nothing known of a person."""

WEIGHT_LEAST, WEIGHT_MOST = 0.5, 1.5


@dataclass(frozen=True, slots=True)
class Pile:
    """Deals of one chance and one person: count, sum and sum of squares of fen, p, error."""

    count: int
    fen: int
    squares: float
    chance: float
    error: float = USUAL_ERROR


@dataclass(frozen=True, slots=True)
class Band:
    """Fen: the whole amount, and low, likely and high of what is signed of it."""

    count: int
    whole: int
    low: int
    likely: int
    high: int


def band_of(piles: Iterable[Pile]) -> Band:
    """Return the band of some deals together; they are won or lost each on its own."""
    count = whole = 0
    likely = variance = 0.0
    for one in piles:
        p = min(1.0, max(0.0, one.chance))
        count += one.count
        whole += one.fen
        likely += one.fen * p
        variance += one.squares * (p * (1 - p) + p * one.error**2)
    reach = NARROW * math.sqrt(variance)
    low, high = max(0.0, likely - reach), min(float(whole), likely + reach)
    return Band(count, whole, round(low), round(likely), max(round(high), round(likely)))


def person_weight(hits: int, rated: int, office_hits: int, office_rated: int) -> float:
    """Return by how much a person's chances are changed: 1 is as the office.

    The person's share of hits, leaning on the office's share as if ``TRUST`` ratings came from
    it, over the office's share; between 0.5 and 1.5, and 1 while the office has no hit.
    """
    if not office_rated or not office_hits:
        return 1.0
    share = office_hits / office_rated
    own = (hits + TRUST * share) / (rated + TRUST)
    return min(WEIGHT_MOST, max(WEIGHT_LEAST, own / share))
