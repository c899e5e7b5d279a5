"""Whether the computer's clock can be right, by what the book saw last (2.10)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.tables.admin import AuditEntry
from app.models.values import dates

if TYPE_CHECKING:
    from app.services.followups.moment import Moment

_BACK_MS = 5 * 60_000
_LONGEST = timedelta(days=366)
_MOST_WORKDAYS = 1
_LOOKED_AT = 500  # of the newest entries: a clock set back writes behind others


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The instant something was last written, and the working days passed since then.

    ``workdays`` counts up to a year, and is 0 for a clock that stands before that instant.
    """

    last_at: int
    workdays: int


def doubt(reader: Reader, moment: Moment) -> ClockDoubt | None:
    """Return why the clock may be wrong: set back, or more than a working day ahead."""
    newest = select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(_LOOKED_AT).subquery()
    last_at = reader.scalar(select(func.max(newest.c.at)))
    if last_at is None:
        return None
    if moment.at < last_at - _BACK_MS:
        return ClockDoubt(last_at, 0)
    seen, today = (dates.business_day(at, moment.zone) for at in (last_at, moment.at))
    passed = moment.hours.calendar.workdays_between(seen, min(today, seen + _LONGEST))
    return ClockDoubt(last_at, passed) if passed > _MOST_WORKDAYS else None
