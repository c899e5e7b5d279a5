"""Where and when the office is: what fuzzy time is resolved with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import tzinfo

    from app.models.values.nextstep import OfficeHours


@dataclass(frozen=True, slots=True)
class OfficeTime:
    """The office's time zone and working hours."""

    zone: tzinfo
    hours: OfficeHours


@dataclass(frozen=True, slots=True)
class Moment:
    """Where and when: the zone, the office hours and the present instant."""

    at: int
    zone: tzinfo
    hours: OfficeHours
