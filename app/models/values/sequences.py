"""动作序列: what a step asks for, when it is due, and how far a real chain has come (1.7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

AddDays = Callable[[date, int], date]
"""Return the day so many working days after another."""


class Deed(StrEnum):
    """What is done at a customer: a contact by its channel, or something that leaves a mark."""

    phone = "phone"
    sms = "sms"
    mail = "mail"
    wechat = "wechat"
    qq = "qq"
    visit = "visit"
    meeting = "meeting"
    expo = "expo"
    contact = "contact"
    radar = "radar"
    calibrate = "calibrate"
    need = "need"
    quote = "quote"
    sign = "sign"


CONTACTS = frozenset(
    {Deed.phone, Deed.sms, Deed.mail, Deed.wechat, Deed.qq, Deed.visit, Deed.meeting, Deed.expo}
)
"""Deeds that are a follow-up of one channel; ``contact`` is any of them."""

STAGE_DEEDS = {Deed.need: 2, Deed.quote: 3}
"""Deeds that the stage path shows, and the stage reached."""


class DayUnit(StrEnum):
    """What an offset is counted in."""

    day = "day"
    workday = "workday"


class Anchor(StrEnum):
    """What an offset is counted from."""

    start = "start"
    previous = "previous"


class Exit(StrEnum):
    """What ends the sequence while a step is waited for."""

    signed = "signed"
    worthless = "worthless"
    replied = "replied"
    refused = "refused"


USUAL_EXITS = (Exit.signed, Exit.worthless)


@dataclass(frozen=True, slots=True)
class StepRule:
    """One step as the manager wrote it.

    It is planned ``offset`` days or working days after the start or after the step before
    was done, and is on time within ``limit`` more. ``features`` are ids of business features
    that must be known, ``outcome`` is what a follow-up must come to ("" is anything), after
    ``attempts`` vain ones (0 is no limit) the step is skipped.
    """

    name: str
    deed: str = Deed.phone
    plan_kind: str = "keep_in_touch"
    offset: int = 1
    unit: str = DayUnit.day
    anchor: str = Anchor.previous
    limit: int = 2
    must: bool = True
    talk: str = ""
    features: tuple[int, ...] = ()
    outcome: str = ""
    exits: tuple[str, ...] = USUAL_EXITS
    attempts: int = 3

    @property
    def standard(self) -> int:
        """Return within how many days of its anchor the step is to be done."""
        return self.offset + self.limit


@dataclass(frozen=True, slots=True)
class Applies:
    """Which customers a sequence is for; an empty tuple is any, ``stages`` are positions."""

    kinds: tuple[str, ...] = ()
    industries: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    stages: tuple[int, ...] = ()

    def fits(self, kind: str, industry: str, grade: str, source: str, stage: int) -> bool:
        """Tell whether a customer like this is meant."""
        pairs: tuple[tuple[str | int, Sequence[str | int]], ...] = (
            (kind, self.kinds),
            (industry, self.industries),
            (grade, self.grades),
            (source, self.sources),
            (stage, self.stages),
        )
        return all(not wanted or value in wanted for value, wanted in pairs)


@lru_cache(maxsize=65_536)
def days_after(day: date, count: int, unit: str, add_workdays: AddDays) -> date:
    """Return the day so many days or working days after another; 0 is the same day."""
    if unit == DayUnit.workday and count > 0:
        return add_workdays(day, count)
    return day + timedelta(days=count)


def planned_on(
    step: StepRule, start: date, previous: date | None, add_workdays: AddDays
) -> date | None:
    """Return the day a step is planned for, None while the step it waits for is not done."""
    base = start if step.anchor == Anchor.start else previous
    return None if base is None else days_after(base, step.offset, step.unit, add_workdays)


def due_on(step: StepRule, planned: date, add_workdays: AddDays) -> date:
    """Return the last day on which a planned step is on time."""
    return days_after(planned, step.limit, step.unit, add_workdays)


class Mark(NamedTuple):
    """Something that happened: what, when in UTC milliseconds, and on which business day."""

    at: int
    deed: str
    on: date


def is_of(wanted: str, deed: str) -> bool:
    """Tell whether what happened is what a step asks for."""
    return deed == wanted or (wanted == Deed.contact and deed in CONTACTS)


def reach(steps: Sequence[StepRule], marks: Iterable[Mark]) -> list[Mark | None]:
    """Return for each step what fulfilled it, None for one not done.

    The n-th step that asks for the same deed takes the n-th time it happened. ``marks`` are
    in order of time.
    """
    happened: dict[str, list[Mark]] = {}
    contacts: list[Mark] = []
    for mark in marks:
        happened.setdefault(mark.deed, []).append(mark)
        if mark.deed in CONTACTS:
            contacts.append(mark)
    happened[Deed.contact] = contacts
    found: list[Mark | None] = []
    asked: dict[str, int] = {}
    for step in steps:
        nth = asked.get(step.deed, 0)
        asked[step.deed] = nth + 1
        fitting = happened.get(step.deed, ())
        found.append(fitting[nth] if nth < len(fitting) else None)
    return found


def furthest(done: Sequence[object | None]) -> int:
    """Return the number of the last step that was done, 0 for none: who is beyond one passed it."""
    return max((place for place, one in enumerate(done, 1) if one is not None), default=0)


def survivors(furthest_steps: Iterable[int], count: int) -> list[int]:
    """Return how many customers came at least as far as each of so many steps."""
    at = [0] * (count + 1)
    for place in furthest_steps:
        at[min(place, count)] += 1
    found, left = [], sum(at)
    for place in range(count):
        left -= at[place]
        found.append(left)
    return found


def drop_off(alive: Sequence[int]) -> int | None:
    """Return the place of the step with the largest fall in survivors from the one before (1.7).

    The earlier of equal ones; None when nobody was lost.
    """
    falls = [(alive[at - 1] - alive[at], -at) for at in range(1, len(alive))]
    worst = max(falls, default=(0, 0))
    return -worst[1] if worst[0] > 0 else None


class Kept(NamedTuple):
    """How one step of one customer stands: was it due, done, in order, on time.

    ``late_days`` is by how much a done step came after its last day, 0 when in time.
    """

    due: bool
    done: bool
    in_order: bool = False
    late_days: int = 0

    @property
    def kept(self) -> bool:
        """Tell whether the step was done in its order and in time."""
        return self.done and self.in_order and not self.late_days


def keep_to(
    steps: Sequence[StepRule],
    done: Sequence[Mark | None],
    start: date,
    until: date,
    add_workdays: AddDays,
) -> list[Kept]:
    """Return how the steps of a chain stand that is looked at (or has ended) on ``until``.

    A step is due once it is done, once a later one is, or once its last day has passed.
    """
    last = furthest(done)
    found: list[Kept] = []
    before, latest = start, 0
    for place, (step, mark) in enumerate(zip(steps, done, strict=True), 1):
        planned = planned_on(step, start, before, add_workdays) or start
        limit = due_on(step, planned, add_workdays)
        if mark is None:
            found.append(Kept(due=place < last or limit < until, done=False))
            before = limit
            continue
        late = max(0, (mark.on - limit).days)
        found.append(Kept(due=True, done=True, in_order=mark.at >= latest, late_days=late))
        before, latest = max(before, mark.on), max(latest, mark.at)
    return found


ONCE = frozenset({Deed.radar, Deed.calibrate, Deed.need, Deed.quote, Deed.sign})
"""Deeds that a path shows the first time only: what follows is upkeep."""


def merged(deeds: Iterable[str]) -> tuple[str, ...]:
    """Return the deeds of a path: the same one running counts once, upkeep is left out."""
    found: list[str] = []
    for deed in deeds:
        if (not found or found[-1] != deed) and (deed not in ONCE or deed not in found):
            found.append(deed)
    return tuple(found)
