"""How times, windows and group headings of Today are written (ui.md 10)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from app.i18n import _, ngettext
from app.models.values import dates, nextstep
from app.models.values.nextstep import Group, Window
from app.models.values.periods import By, period_of
from app.views.core import format as formats
from app.views.core import labels

if TYPE_CHECKING:
    from app.services.followups.moment import Moment

_DAY = timedelta(days=1)


def today_of(moment: Moment) -> date:
    """Return the office's day of a moment."""
    return dates.business_day(moment.at, moment.zone)


def clock_of(instant: int, moment: Moment) -> str:
    """Return 15:00, the local time of an instant."""
    return f"{dates.to_local(instant, moment.zone):%H:%M}"


def whole(instant: int, moment: Moment) -> str:
    """Return 2026-11-20 10:24 with the year, for what may lie far away."""
    return f"{dates.to_local(instant, moment.zone):%Y-%m-%d %H:%M}"


def moment_words(instant: int, moment: Moment) -> str:
    """Return 今天 14:46, 昨天 09:10 or 11-20 周五 10:24."""
    return formats.moment(instant, moment.zone, today_of(moment))


def ago(instant: int, moment: Moment) -> str:
    """Return 今天, 昨天 or 3 天前."""
    return formats.ago(dates.business_day(instant, moment.zone), today_of(moment))


def late(window: Window, moment: Moment) -> str:
    """Return how long ago a window closed: 2 天前, 3 小时前, 刚过."""
    days = (today_of(moment) - dates.business_day(window.end, moment.zone)).days
    if days > 0:
        return formats.overdue(dates.business_day(window.end, moment.zone), today_of(moment))
    hours = (moment.at - window.end) // 3_600_000
    if hours < 1:
        return _("刚过")
    return ngettext("{count} 小时前", "{count} 小时前", hours).format(count=hours)


def when(window: Window, group: Group, moment: Moment) -> str:
    """Return the words of the time column: 2 天前, 15:00, 今天, 周二 09:30, 本周内, 12-08."""
    if group is Group.overdue:
        return late(window, moment)
    start = dates.to_local(window.start, moment.zone)
    clock = f"{start:%H:%M}" if window.has_clock else ""
    if group in (Group.later_today, Group.tonight):
        return clock or (_("今天") if group is Group.later_today else _("今晚"))
    last = dates.business_day(window.end, moment.zone)
    if start.date() != last:
        return _wide(group, start, last, moment)
    if group in (Group.tomorrow, Group.this_week):
        return f"{formats.weekday(last)} {clock}".rstrip()
    return formats.day(last, today_of(moment))


def _wide(group: Group, start: datetime, last: date, moment: Moment) -> str:
    """Return the word of a window over several days: its group, or its last day."""
    today = today_of(moment)
    weekly = group is Group.this_week and last == period_of(today, By.week).end
    whole = start.date() >= today and group in (Group.next_week, Group.next_month)
    if weekly or whole:
        return labels.of(labels.BUCKET, group)
    return _("至 {day}").format(day=formats.day(last, today))


def window_words(window: Window, moment: Moment) -> str:
    """Return the days a window covers: 11-24 周二, 11-24 周二 15:00 or 11-30 ~ 12-06."""
    today = today_of(moment)
    start = dates.to_local(window.start, moment.zone)
    last = dates.business_day(window.end, moment.zone)
    if start.date() != last:
        return formats.day_span(start.date(), last, today)
    clock = f" {start:%H:%M}" if window.has_clock else ""
    return formats.day_week(last, today) + clock


def due_words(window: Window, moment: Moment) -> str:
    """Return a step's time in a sentence: 今天 15:00, 逾期 2 天, 明天, 下周, 12-08 周二."""
    group = nextstep.group(window, moment.at, moment.zone, moment.hours)
    if group is Group.overdue:
        days = (today_of(moment) - dates.business_day(window.end, moment.zone)).days
        if days > 0:
            return ngettext("逾期 {count} 天", "逾期 {count} 天", days).format(count=days)
        return _("逾期")
    if window.has_clock and group in (Group.later_today, Group.tonight):
        return f"{_('今天')} {clock_of(window.start, moment)}"
    if group is Group.later_today:
        return _("今天")
    if group in (Group.tonight, Group.tomorrow):
        clock = f" {clock_of(window.start, moment)}" if window.has_clock else ""
        return labels.of(labels.BUCKET, group) + clock
    return window_words(window, moment)


def group_note(group: Group, moment: Moment) -> str:
    """Return what a group's heading says of its days: 11-23 周一, 18:00 以后, 至 11-29 周日."""
    today = today_of(moment)
    sunday = period_of(today, By.week).end
    if group is Group.later_today:
        return formats.day_week(today, today)
    if group is Group.tonight:
        return _("{clock} 以后").format(clock=f"{moment.hours.day_end:%H:%M}")
    if group is Group.tomorrow:
        return formats.day_week(today + _DAY, today)
    if group is Group.this_week:
        return _("至 {day}").format(day=formats.day_week(sunday, today))
    if group is Group.next_week:
        return formats.day_span(sunday + _DAY, sunday + 7 * _DAY, today)
    if group is Group.next_month:
        month = period_of(period_of(today, By.month).end + _DAY, By.month)
        return formats.day_span(month.start, month.end, today)
    return ""


def spoken_when(window: Window, group: Group, moment: Moment) -> str:
    """Return the time as a screen reader says it: 逾期 2 天, 今天稍后 15:00."""
    if group is Group.overdue:
        return due_words(window, moment)
    word = labels.of(labels.BUCKET, group)
    shown = when(window, group, moment)
    return word if shown == word else f"{word} {shown}"
