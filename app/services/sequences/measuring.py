"""Survivors, time and adherence of each step over real chains (1.7, screen 07)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from statistics import median
from typing import NamedTuple

from app.models.values.sequences import (
    Kept,
    Mark,
    StepRule,
    drop_off,
    furthest,
    keep_to,
    reach,
    survivors,
)
from app.services.jobs import Progress
from app.services.sequences.chains import DAY_MS, Chain
from app.services.sequences.shapes import (
    FEWEST_ON_PATH,
    GOING,
    LOST,
    WON,
    BandMeasure,
    GapMeasure,
    Observation,
    PersonMeasure,
    StepMeasure,
)
from app.services.sequences.working import add_workdays

_BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 1.01))
_EVERY = 500


class Walked(NamedTuple):
    """One chain beside the steps: what fulfilled each, and how each was kept."""

    chain: Chain
    done: tuple[Mark | None, ...]
    kept: tuple[Kept, ...]

    def days_before(self, place: int) -> float | None:
        """Return the days from the last step done before to a step, None if it is not done.

        ``place`` counts from 0; without an earlier step the days run from the start.
        """
        mark = self.done[place]
        if mark is None:
            return None
        for earlier in reversed(self.done[:place]):
            if earlier is not None:
                return max(0.0, (mark.at - earlier.at) / DAY_MS)
        return self.chain.days_to(mark)


def walk(
    chains: Sequence[Chain], steps: Sequence[StepRule], as_of: date, progress: Progress
) -> list[Walked]:
    """Lay every chain beside the steps."""
    found = []
    for number, chain in enumerate(chains):
        if number % _EVERY == 0:
            progress.step(number, len(chains))
        done = reach(steps, chain.marks)
        until = chain.ended_on or as_of
        kept = keep_to(steps, done, chain.start_on, until, add_workdays)
        found.append(Walked(chain, tuple(done), tuple(kept)))
    return found


def step_measures(
    walked: Sequence[Walked], steps: Sequence[StepRule]
) -> tuple[tuple[StepMeasure, ...], int | None]:
    """Return the measures of the steps, and the place (from 1) of the largest drop-off."""
    alive = survivors((furthest(one.done) for one in walked), len(steps))
    found = []
    for place, rule in enumerate(steps):
        days = _known(one.days_before(place) for one in walked)
        onward = alive[place + 1] if place + 1 < len(alive) else None
        found.append(
            StepMeasure(
                place=place + 1,
                rule=rule,
                alive=alive[place],
                lost=0 if onward is None else alive[place] - onward,
                pass_rate=None if onward is None or not alive[place] else onward / alive[place],
                median_days=median(days) if days else None,
                n=len(days),
            )
        )
    worst = drop_off(alive)
    return tuple(found), None if worst is None else worst + 1


def gap_measures(walked: Sequence[Walked], count: int) -> tuple[GapMeasure, ...]:
    """Return the median days between steps of customers won and lost, from the second step on."""
    won = [one for one in walked if one.chain.outcome == WON]
    lost = [one for one in walked if one.chain.outcome == LOST]
    return tuple(
        GapMeasure(place + 1, _median_days(won, place), _median_days(lost, place))
        for place in range(1, count)
    )


def _median_days(walked: Iterable[Walked], place: int) -> float | None:
    days = _known(one.days_before(place) for one in walked if any(one.done[:place]))
    return median(days) if days else None


def _known(values: Iterable[float | None]) -> list[float]:
    return [one for one in values if one is not None]


@dataclass(slots=True)
class _AtStep:
    due: int = 0
    kept: int = 0
    done: int = 0
    late: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _Tally:
    won: int = 0
    lost: int = 0
    steps: defaultdict[int, _AtStep] = field(default_factory=lambda: defaultdict(_AtStep))


def person_measures(
    walked: Sequence[Walked], steps: Sequence[StepRule], names: Mapping[int, str]
) -> tuple[PersonMeasure, ...]:
    """Return how each person keeps to the steps that must be done, the most faithful first."""
    tallies: defaultdict[int, _Tally] = defaultdict(_Tally)
    for one in walked:
        tally = tallies[one.chain.owner_id]
        tally.won += one.chain.outcome == WON
        tally.lost += one.chain.outcome == LOST
        for place, kept in _due_musts(one, steps):
            here = tally.steps[place]
            here.due += 1
            here.kept += kept.kept
            here.done += kept.done
            if kept.late_days:
                here.late.append(kept.late_days)
    found = [
        _person(staff_id, names[staff_id], tally)
        for staff_id, tally in tallies.items()
        if staff_id in names
    ]
    return tuple(sorted(found, key=lambda one: (-(one.adherence or 0.0), one.name)))


def _due_musts(one: Walked, steps: Sequence[StepRule]) -> list[tuple[int, Kept]]:
    return [
        (place, kept)
        for place, (rule, kept) in enumerate(zip(steps, one.kept, strict=True), 1)
        if rule.must and kept.due
    ]


def _person(staff_id: int, name: str, tally: _Tally) -> PersonMeasure:
    worst, missed, late_days = 0, 0.0, 0.0
    broken = {place: 1 - here.kept / here.due for place, here in tally.steps.items()}
    if broken and max(broken.values()) > 0:
        worst = max(broken, key=lambda place: (broken[place], -place))
        here = tally.steps[worst]
        missed = 1 - here.done / here.due
        late_days = float(median(here.late)) if here.late else 0.0
    due = sum(here.due for here in tally.steps.values())
    kept = sum(here.kept for here in tally.steps.values())
    return PersonMeasure(staff_id, name, due, kept, tally.won, tally.lost, worst, missed, late_days)


def band_measures(walked: Sequence[Walked], steps: Sequence[StepRule]) -> tuple[BandMeasure, ...]:
    """Return the win rate of customers by how well their steps were kept."""
    placed: defaultdict[int, list[Chain]] = defaultdict(list)
    for one in walked:
        musts = _due_musts(one, steps)
        if musts:
            share = sum(kept.kept for _place, kept in musts) / len(musts)
            band = next(at for at, (low, high) in enumerate(_BANDS) if low <= share < high)
            placed[band].append(one.chain)
    return tuple(_band(low, high, placed[at]) for at, (low, high) in enumerate(_BANDS))


def _band(low: float, high: float, chains: Collection[Chain]) -> BandMeasure:
    won = sum(one.outcome == WON for one in chains)
    finished = sum(one.outcome != GOING for one in chains)
    return BandMeasure(low, min(high, 1.0), len(chains), won, finished)


def observe(walked: Sequence[Walked], steps: Sequence[StepRule]) -> Observation | None:
    """Return the pair of steps where doing one before the other goes with winning the most.

    Only pairs with enough finished customers on either side, won more often with it.
    """
    finished = [one for one in walked if one.chain.outcome != GOING]
    found = [
        pair
        for then in range(1, len(steps))
        for first in range(then)
        if steps[then].deed != "sign" and (pair := _pair(finished, first, then)) is not None
    ]
    return max(found, key=lambda one: one.rate_with - one.rate_without, default=None)


def _pair(finished: Sequence[Walked], first: int, then: int) -> Observation | None:
    came = [one for one in finished if one.done[then] is not None]
    before = [one for one in came if _goes_before(one, first, then)]
    n_with, n_without = len(before), len(came) - len(before)
    if min(n_with, n_without) < FEWEST_ON_PATH:
        return None
    won = sum(one.chain.outcome == WON for one in came)
    won_with = sum(one.chain.outcome == WON for one in before)
    rate_with, rate_without = won_with / n_with, (won - won_with) / n_without
    if rate_with <= rate_without:
        return None
    return Observation(
        first + 1, then + 1, won_with / won, rate_with, rate_without, n_with, n_without
    )


def _goes_before(one: Walked, first: int, then: int) -> bool:
    earlier, later = one.done[first], one.done[then]
    return earlier is not None and later is not None and earlier.at <= later.at
