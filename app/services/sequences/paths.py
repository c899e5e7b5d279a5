"""The ways customers went until they were won or lost, found in their chains."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta
from statistics import fmean, median

from app.models.values.sequences import CONTACTS, Deed, merged
from app.services.sequences.chains import Chain
from app.services.sequences.shapes import (
    FEWEST_FINISHED,
    FEWEST_ON_PATH,
    GOING,
    LOST,
    SILENT_DAYS,
    WON,
    PathMeasure,
)

_SILENT = timedelta(days=SILENT_DAYS)
_NOT_TOLD = frozenset({Deed.sign, Deed.need})
"""The end is told apart; the need shows in the stage and is no deed of its own."""


Paths = tuple[PathMeasure, ...]


def mine(chains: Sequence[Chain]) -> tuple[Paths, Paths, bool]:
    """Return the frequent paths that win and those that lose, each the most frequent first.

    A path is listed with those that win when it wins at least as often as all finished
    customers together. Nothing is told of fewer than 30 finished customers or 10 on a path.
    Where no path is that frequent, only contacts count, each kind the first time: the last
    value tells so.
    """
    won, lost = _mine(chains, path_of)
    if won or lost:
        return won, lost, False
    return *_mine(chains, coarse_path_of), True


def _mine(chains: Sequence[Chain], path: Callable[[Chain], tuple[str, ...]]) -> tuple[Paths, Paths]:
    finished = [one for one in chains if one.outcome != GOING]
    if len(finished) < FEWEST_FINISHED:
        return (), ()
    usual = sum(one.outcome == WON for one in finished) / len(finished)
    by_path: defaultdict[tuple[str, ...], list[Chain]] = defaultdict(list)
    for chain in finished:
        by_path[path(chain)].append(chain)
    won: list[PathMeasure] = []
    lost: list[PathMeasure] = []
    for deeds, here in by_path.items():
        winners = [one for one in here if one.outcome == WON]
        losers = [one for one in here if one.outcome == LOST]
        wins = len(winners) / len(here) >= usual
        if deeds and len(winners if wins else losers) >= FEWEST_ON_PATH:
            (won if wins else lost).append(_measure(deeds, winners, losers, wins=wins))
    return (
        tuple(sorted(won, key=lambda one: (-len(one.won), one.deeds))),
        tuple(sorted(lost, key=lambda one: (-len(one.lost), one.deeds))),
    )


def path_of(chain: Chain) -> tuple[str, ...]:
    """Return the deeds of a chain as a path, without its end."""
    return merged(str(one.deed) for one in chain.marks if one.deed not in _NOT_TOLD)


def coarse_path_of(chain: Chain) -> tuple[str, ...]:
    """Return the kinds of contact of a chain in the order in which each was first made."""
    return tuple(dict.fromkeys(one for one in path_of(chain) if one in CONTACTS))


def _measure(
    deeds: tuple[str, ...], winners: Sequence[Chain], losers: Sequence[Chain], *, wins: bool
) -> PathMeasure:
    listed = winners if wins else losers
    days = [(one.ended_on - one.start_on).days for one in listed if one.ended_on is not None]
    deals = [one.deal_fen for one in winners if one.deal_fen is not None]
    return PathMeasure(
        deeds=deeds,
        won=tuple(one.customer_id for one in winners),
        lost=tuple(one.customer_id for one in losers),
        cycle_days=float(median(days)) if days else None,
        deal_fen=round(fmean(deals)) if deals and wins else None,
        silent=not wins and sum(map(_was_silent, losers)) * 2 > len(losers),
    )


def _was_silent(chain: Chain) -> bool:
    if chain.ended_on is None or not chain.marks:
        return False
    return chain.ended_on - chain.marks[-1].on >= _SILENT
