"""The six words for when, and the clock time that goes with a single day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from app.i18n import _
from app.models.values import dates, nextstep
from app.models.values.nextstep import Bucket, Window
from app.services.followups.recognise import Moment
from app.views.core import labels
from app.views.widgets.buttons import Select
from app.views.widgets.chips import Chip, ChipGroup, Choice

BUCKETS = tuple(bucket for bucket in Bucket if bucket is not Bucket.date)
ONE_DAY = frozenset({Bucket.later_today, Bucket.tonight, Bucket.tomorrow})
_HALF_HOUR = timedelta(minutes=30)


def words_of(bucket: Bucket | str) -> str:
    """Return 今天稍后, 今晚 and so on."""
    return labels.of(labels.BUCKET, bucket)


def time_choices() -> list[Choice]:
    """Return the six words with their digits."""
    return [
        Choice(bucket, words_of(bucket), key=str(at)) for at, bucket in enumerate(BUCKETS, start=1)
    ]


class TimeChips(ChipGroup):
    """Choose one of the six words; digits 1 to 6 pick."""

    def __init__(self, name: str, *, optional: bool = False) -> None:
        super().__init__(time_choices(), optional=optional, name=name, spoken=_("什么时候"))

    def bucket(self) -> Bucket | None:
        """Return the chosen word, None without."""
        value = self.value()
        return value if isinstance(value, Bucket) else None

    def chip(self, bucket: Bucket) -> Chip:
        """Return the chip of a word."""
        return next(chip for chip in self.chips if chip.choice.value is bucket)


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
