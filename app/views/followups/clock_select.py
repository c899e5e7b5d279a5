"""The clock time that goes with a single day, and what a fuzzy word means now."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.i18n import _
from app.models.values import dates, nextstep
from app.models.values.nextstep import Bucket, Window
from app.services.followups.moment import Moment
from app.views.core import labels
from app.views.widgets.buttons import Select
from app.views.widgets.fuzzy_time_edit import FuzzyTimeEdit, OfficeTime

ONE_DAY = frozenset({Bucket.later_today, Bucket.tonight, Bucket.tomorrow})
_HALF_HOUR = timedelta(minutes=30)


def words_of(bucket: Bucket | str) -> str:
    """Return 今天稍后, 今晚 and so on."""
    return labels.of(labels.BUCKET, bucket)


def office_time(moment: Moment) -> OfficeTime:
    """Return the office's time for the time widgets, standing at a moment."""
    return OfficeTime(lambda: moment.at, moment.zone, moment.hours)


def time_chips(moment: Moment, name: str) -> FuzzyTimeEdit:
    """Return the six words without the field for other times."""
    made = FuzzyTimeEdit(office_time(moment), with_field=False)
    made.setObjectName(name)
    made.setAccessibleName(_("什么时候"))
    return made


def window_of(bucket: Bucket, moment: Moment, clock: time | None = None) -> Window:
    """Return what a word means now."""
    _resolved, window = nextstep.resolve(
        bucket, moment.at, moment.zone, moment.hours, clock=clock if bucket in ONE_DAY else None
    )
    return window


class ClockSelect(Select):
    """Choose 不定时刻 or a half hour of the chosen day."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, spoken=_("钟点"))

    def offer(self, bucket: Bucket | None, moment: Moment) -> None:
        """Offer the half hours that make sense for a word; none for weeks and months."""
        kept = self.clock()
        none = [(None, _("不定时刻"))]
        times = _half_hours(bucket, moment) if bucket in ONE_DAY else []
        self.set_choices([*none, *((one, f"{one:%H:%M}") for one in times)])
        self.setEnabled(bool(times))
        self.set_clock(kept if kept in times else None)

    def clock(self) -> time | None:
        """Return the chosen time, None for 不定时刻."""
        value = self.value()
        return value if isinstance(value, time) else None

    def set_clock(self, clock: time | None) -> None:
        """Choose a time."""
        if clock is None:
            self.setCurrentIndex(0)
        else:
            self.set_value(clock)


def _half_hours(bucket: Bucket | None, moment: Moment) -> list[time]:
    hours = moment.hours
    local = dates.to_local(moment.at, moment.zone)
    first, last = hours.day_start, hours.evening_end
    if bucket is Bucket.tonight:
        first = hours.day_end
    if bucket is Bucket.later_today:
        last = hours.day_end
    today = bucket in (Bucket.later_today, Bucket.tonight)
    found = []
    at = datetime.combine(date.min, first)
    while at.time() < last and at.date() == date.min:
        if not today or at.time() > local.time():
            found.append(at.time())
        at += _HALF_HOUR
    return found
