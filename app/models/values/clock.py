"""What time it is: the computer's clock, or one that stands still."""

from __future__ import annotations

import time
from typing import Protocol

Instant = int
"""Milliseconds since 1970-01-01 UTC."""


class Clock(Protocol):
    """Tell what time it is; ``given`` when a person named the time, so that it is not doubted."""

    given: bool

    def now(self) -> Instant:
        """Return the present instant."""


class SystemClock:
    """The computer's clock."""

    given = False

    def now(self) -> Instant:
        """Return the present instant."""
        return time.time_ns() // 1_000_000


class FixedClock:
    """A clock that stands still until it is set."""

    __slots__ = ("given", "instant")

    def __init__(self, instant: Instant) -> None:
        self.instant = instant
        self.given = True

    def now(self) -> Instant:
        """Return the instant it was set to."""
        return self.instant
