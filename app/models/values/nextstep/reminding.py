"""When a next step calls for attention, fixed when it is planned."""

from __future__ import annotations

from datetime import timedelta, tzinfo

from app.models.values.clock import Instant
from app.models.values.dates import at_local, to_local
from app.models.values.nextstep.windows import OfficeHours, Window

LEAD_MS = 10 * 60_000
"""How long before an appointment its reminder comes."""

_DAY = timedelta(days=1)


def remind_at(window: Window, now: Instant, tz: tzinfo, hours: OfficeHours) -> Instant:
    """Return the instant of a step's reminder, 0 for none.

    An appointment calls ten minutes before; a step of one day when its window opens, not
    before the office does; one of several days as the office opens on its last day. What has
    already begun as it is planned calls at nothing earlier than now.
    """
    first, last = to_local(window.start, tz), to_local(window.end, tz)
    if window.has_clock:
        at = window.start - LEAD_MS
        return at if at > now else (window.start if window.start > now else 0)
    if first.date() == last.date():
        at = max(window.start, at_local(first.date(), hours.day_start, tz))
    else:
        at = at_local(last.date(), hours.day_start, tz)
    return at if now < at <= window.end else 0
