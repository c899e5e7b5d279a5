"""How the facts of a customer are written in lists and panels (ui.md 10)."""

from __future__ import annotations

from datetime import date

from app.i18n import _, ngettext
from app.models.values import dates, nextstep
from app.models.values.nextstep import Group, Window
from app.services.office import Office
from app.views.core import format as fmt
from app.views.core import labels

FAR = 250_000_000_000_000
"""Instants beyond this mean "none"."""


def firms(number: int) -> str:
    """Return 3,418 家."""
    return ngettext("{count} 家", "{count} 家", number).format(count=fmt.count(number))


def days(number: int) -> str:
    """Return 35 天."""
    return ngettext("{count} 天", "{count} 天", number).format(count=number)


def late(number: int) -> str:
    """Return 逾期 2 天."""
    return ngettext("逾期 {count} 天", "逾期 {count} 天", number).format(count=number)


class Calendar:
    """Tell where instants and windows stand now, in the office's zone and hours."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self.zone = office.followups.office_time.zone
        self.hours = office.followups.office_time.hours

    @property
    def now(self) -> int:
        """Return the instant now."""
        return self._office.context.now()

    @property
    def today(self) -> date:
        """Return the office's day now."""
        return self._office.context.today()

    def day_of(self, instant: int) -> date:
        """Return the office's day of an instant."""
        return dates.business_day(instant, self.zone)

    def clock(self, instant: int) -> str:
        """Return 15:00."""
        return f"{dates.to_local(instant, self.zone):%H:%M}"

    def stamp(self, instant: int) -> str:
        """Return 11-20 10:24, with the year when it is another one."""
        local = dates.to_local(instant, self.zone)
        return f"{fmt.day(local.date(), self.today)} {local:%H:%M}"

    def group(self, start: int, end: int) -> Group:
        """Return the heading a window belongs under now."""
        return nextstep.group(Window(start, end), self.now, self.zone, self.hours)

    def due(self, start: int, end: int) -> str:
        """Return a next step's time in a word: 逾期 2 天, 今晚, 明天, 下周; empty for none."""
        if end >= FAR:
            return ""
        group = self.group(start, end)
        if group is Group.overdue:
            past = (self.today - self.day_of(end)).days
            return late(past) if past > 0 else labels.of(labels.BUCKET, group)
        if group is Group.later_today:
            return _("今天")
        if group is Group.later:
            return fmt.day(self.day_of(end), self.today)
        return labels.of(labels.BUCKET, group)
