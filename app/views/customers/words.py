"""How the facts of a customer are written in lists and panels (ui.md 10)."""

from __future__ import annotations

from datetime import date
from functools import cache

from app import i18n
from app.i18n import _, ngettext
from app.models.values import dates, money, nextstep
from app.models.values.nextstep import Group, Window
from app.services.office import Office
from app.views.core import labels

FAR = 250_000_000_000_000
"""Instants beyond this mean "none"."""


def amount(fen: int | None, places: int = 2) -> str:
    """Return 28.00万 or 280.0K, empty when unknown."""
    if fen is None:
        return ""
    return money.scale_fen(fen, i18n.language() == "en", places)


def yuan(fen: int | None) -> str:
    """Return ¥46.00万 for running text, a dash when unknown."""
    return f"¥{amount(fen)}" if fen is not None else "—"


def count(number: int) -> str:
    """Return 3,418."""
    return f"{number:,}"


def firms(number: int) -> str:
    """Return 3,418 家."""
    return ngettext("{count} 家", "{count} 家", number).format(count=count(number))


def day(found: date | None, today: date) -> str:
    """Return 11-23 within this year and 2025-11-23 otherwise, empty when unknown."""
    if found is None:
        return ""
    return f"{found:%m-%d}" if found.year == today.year else found.isoformat()


@cache
def phone(digits: str) -> str:
    """Return a mobile number in groups 3-4-4, any other as it is."""
    if len(digits) == 11 and digits.startswith("1") and digits.isdecimal():
        return f"{digits[:3]} {digits[3:7]} {digits[7:]}"
    return digits


def length(seconds: int) -> str:
    """Return 6 分 12 秒, empty when unknown."""
    if seconds < 0:
        return ""
    minutes, rest = divmod(seconds, 60)
    if minutes >= 60:
        hours, minutes = divmod(minutes, 60)
        return _("{hours} 小时 {minutes} 分").format(hours=hours, minutes=minutes)
    if not rest:
        return _("{minutes} 分钟").format(minutes=minutes)
    if not minutes:
        return _("{seconds} 秒").format(seconds=rest)
    return _("{minutes} 分 {seconds:02d} 秒").format(minutes=minutes, seconds=rest)


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
        return f"{day(local.date(), self.today)} {local:%H:%M}"

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
            return day(self.day_of(end), self.today)
        return labels.of(labels.BUCKET, group)
