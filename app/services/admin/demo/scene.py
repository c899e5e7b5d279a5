"""The stage of the sample office: its days, its people, its words and its dice."""

from __future__ import annotations

import json
import random
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta, tzinfo
from itertools import accumulate
from typing import Any, Generic, TypeVar

from app import paths
from app.models.values import dates
from app.models.values.nextstep import OfficeHours
from app.services.admin.demo.piles import Piles
from app.services.features import FieldView

T = TypeVar("T")

_DAY_MS = 86_400_000
_SEASON = (0.85, 0.45, 1.25, 1.15, 1.0, 1.05, 0.9, 0.9, 1.2, 1.0, 1.2, 0.95)
"""How busy each month is: quiet around the Spring Festival, busy in March and autumn."""

_GROWTH = 1.25
NEVER = 1 << 30


def words(name: str) -> Any:
    """Return the content of a file of ``resources/seed/demo``."""
    return json.loads((paths.resources() / "seed" / "demo" / f"{name}.json").read_text("utf-8"))


class Weighted(Generic[T]):
    """Things to draw from, some more often than others."""

    def __init__(self, things: Sequence[T], weights: Sequence[float]) -> None:
        self._things = things
        self._sums = list(accumulate(weights))

    def draw(self, dice: Dice) -> T:
        """Return one of the things."""
        return self._things[bisect(self._sums, dice.roll() * self._sums[-1])]


class Dice:
    """Everything that looks like chance, the same again for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - sample data, not a secret
        self.roll = self._random.random
        self.log_normal = self._random.lognormvariate
        self.pareto = self._random.paretovariate
        self.wait = self._random.expovariate

    def happens(self, chance: float) -> bool:
        """Tell whether something of this chance happens."""
        return self.roll() < chance

    def pick(self, things: Sequence[T]) -> T:
        """Return one of the things, each as likely."""
        return things[int(self.roll() * len(things))]

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both possible."""
        return low + int(self.roll() * (high - low + 1))


class Days:
    """The days of the office's history, counted from 0; ``today`` is the last one.

    The zone must have had no change of its offset in these years.
    """

    def __init__(self, today: date, years: int, zone: tzinfo) -> None:
        self.first = today - timedelta(days=365 * years)
        self.today = (today - self.first).days
        self.dates = [self.first + timedelta(days=n) for n in range(self.today + 400)]
        self.iso = [day.isoformat() for day in self.dates]
        self._start = dates.day_window(self.first, zone)[0]
        self._monday = -self.first.weekday()

    def at(self, day: int, second: int) -> int:
        """Return the instant of a second of a day."""
        return self._start + day * _DAY_MS + second * 1000

    def of(self, at: int) -> int:
        """Return the day of an instant."""
        return (at - self._start) // _DAY_MS

    def weekday(self, day: int) -> int:
        """Return 0 for Monday to 6 for Sunday."""
        return (day - self._monday) % 7

    def work(self, day: int) -> int:
        """Return the next working day, or the last one when that is not over yet."""
        over = self.weekday(day) - 4
        if over <= 0:
            return day
        later = day + 3 - over
        return later if later <= self.today else day - over

    def arrivals(self) -> list[float]:
        """Return how many new customers each day brings, as weights: growth, season, week."""
        return [
            0.02
            if self.weekday(day) > 4
            else _SEASON[self.dates[day].month - 1] * _GROWTH ** (day / 365)
            for day in range(self.today + 1)
        ]


@dataclass(frozen=True, slots=True)
class Player:
    """A member of staff with the habits that make the figures: 劳模, 巧干, 标杆 and the rest."""

    id: int
    name: str
    activity: float
    skill: float
    chain: float
    share: float
    from_day: int
    until_day: int

    def works_on(self, day: int) -> bool:
        """Tell whether the person works here on a day."""
        return self.from_day <= day < self.until_day


@dataclass(slots=True)
class Scene:
    """What every part of the story needs."""

    dice: Dice
    days: Days
    piles: Piles
    players: Sequence[Player]
    fields: Sequence[FieldView]
    zone: tzinfo
    hours: OfficeHours
    firms: dict[str, Any] = field(default_factory=lambda: words("firms"))
    talk: dict[str, Any] = field(default_factory=lambda: words("talk"))
    office: dict[str, Any] = field(default_factory=lambda: words("office"))

    def seller_on(self, day: int, but: int = 0) -> Player:
        """Return somebody who takes new customers on a day, somebody else than ``but``."""
        here = [one for one in self.players if one.works_on(day) and one.id != but]
        here = here or list(self.players)
        return Weighted(here, [one.share for one in here]).draw(self.dice)
