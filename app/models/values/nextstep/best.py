"""Which customer to turn to next, and why: points for what presses, weighed by value.

points = (step due + day of signing + silence + broken chain) x size x quality. The reasons
are the parts that gave points, most first, so that what is shown is what counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

SILENT_DAYS = {"big": 7, "normal": 15, "small": 30}
"""Days without contact after which a customer is forgotten, by grade."""
_SILENT_OTHER = 15
_SIGN_SOON, _SIGN_NEAR = 7, 14
_MOST_LATE, _MOST_SILENT = 20, 30
_SIZE = {"big": 1.5, "normal": 1.0, "small": 0.7}
_QUALITY = {"valuable": 1.3, "unsure": 1.0, "worthless": 0.2}
_SOON_MS = 30 * 60_000
_DAY_MS = 86_400_000


class Reason(StrEnum):
    """Why a customer presses; what its number counts is told by its comment."""

    appointment = "appointment"  # instant (ms) of the clock time agreed
    overdue = "overdue"  # days
    due = "due"  # none: a step can be done now
    signing = "signing"  # days until the expected day, negative when it has passed
    broken = "broken"  # none: no open step
    silent = "silent"  # days since the last contact


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a customer: its earliest open step and its value.

    Windows are UTC milliseconds, 0 without an open step; days are None when unknown.
    """

    customer_id: int
    window_start: int = 0
    window_end: int = 0
    has_clock: bool = False
    quality: str = ""
    grade: str = ""
    days_to_signing: int | None = None
    silent_days: int | None = None


@dataclass(frozen=True, slots=True)
class Pressing:
    """A customer with its points and the reasons for them, most first."""

    customer_id: int
    points: float
    reasons: tuple[tuple[Reason, int], ...]


def press(one: Standing, now: int) -> Pressing:
    """Return how much a customer presses at an instant, with the reasons."""
    parts = [*_step(one, now), *_signing(one), *_silence(one)]
    weight = _SIZE.get(one.grade, 1.0) * _QUALITY.get(one.quality, 1.0)
    ordered = sorted(parts, key=lambda part: -part[0])
    points = sum(part[0] for part in ordered) * weight
    return Pressing(one.customer_id, points, tuple((reason, n) for _points, reason, n in ordered))


def _step(one: Standing, now: int) -> list[tuple[float, Reason, int]]:
    if not one.window_end:
        return [(30.0, Reason.broken, 0)]
    if now > one.window_end:
        days = (now - one.window_end) // _DAY_MS
        return [(40.0 + min(days, _MOST_LATE), Reason.overdue, days)]
    if one.has_clock and one.window_start - now <= _SOON_MS:
        return [(100.0, Reason.appointment, one.window_start)]
    if one.window_start <= now:
        lasts = one.window_end - one.window_start
        return [(35.0 if lasts <= _DAY_MS else 20.0, Reason.due, 0)]
    return []


def _signing(one: Standing) -> list[tuple[float, Reason, int]]:
    days = one.days_to_signing
    if days is None or days > _SIGN_NEAR:
        return []
    return [(30.0 if days <= _SIGN_SOON else 15.0, Reason.signing, days)]


def _silence(one: Standing) -> list[tuple[float, Reason, int]]:
    days = one.silent_days
    limit = SILENT_DAYS.get(one.grade, _SILENT_OTHER)
    if days is None or days <= limit:
        return []
    return [(10.0 + min(days - limit, _MOST_SILENT), Reason.silent, days)]
