"""Figures, dates and changes as people read them, in Chinese and English (ui.md 10)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from app.i18n import _, language, ngettext
from app.models.values.dates import to_local
from app.models.values.growth import Case, Change
from app.models.values.money import format_yuan, scale_fen

NOTHING = "—"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAYS_ZH = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MOBILE = re.compile(r"(?:\+?86)?(1\d{2})(\d{4})(\d{4})")


def _english() -> bool:
    return language() == "en"


# -- money and counts ----------------------------------------------------------------------------


def money(fen: int | None, places: int = 2) -> str:
    """Return an amount by size: 8,600, 46.00万, 1.24亿 (460.0K in English); one place in cards."""
    return NOTHING if fen is None else scale_fen(fen, english=_english(), places=places)


def money_marked(fen: int | None, places: int = 2) -> str:
    """Return an amount with ¥ for running text."""
    return NOTHING if fen is None else f"¥{money(fen, places)}"


def yuan(fen: int | None) -> str:
    """Return the full amount in yuan: 460,000 or 460,000.50."""
    return NOTHING if fen is None else format_yuan(fen)


def count(number: float | None) -> str:
    """Return a count with thousands separators."""
    return NOTHING if number is None else f"{round(number):,}"


def short_count(number: int | None) -> str:
    """Return a count for chips: from a million on 102万 or 1.02M."""
    if number is None or number < 1_000_000:
        return count(number)
    if _english():
        return f"{number / 1_000_000:.2f}M"
    return f"{number // 10_000:,}万" if number < 100_000_000 else f"{number / 100_000_000:.2f}亿"


def number(value: float | None, places: int = 1) -> str:
    """Return a number with a fixed number of places."""
    return NOTHING if value is None else f"{value:,.{places}f}"


def percent(fraction: float | None, places: int = 1) -> str:
    """Return a fraction as percent: 0.198 is 19.8%."""
    return NOTHING if fraction is None else f"{fraction * 100:.{places}f}%"


def file_size(size_bytes: int) -> str:
    """Return a size in the unit that leaves few digits: 1.2 GB."""
    value, unit = float(size_bytes), "B"
    for following in ("KB", "MB", "GB", "TB"):
        if value < 1024:
            break
        value, unit = value / 1024, following
    return f"{value:.0f} {unit}" if unit in ("B", "KB") or value >= 100 else f"{value:.1f} {unit}"


def phone(digits: str) -> str:
    """Return a mobile number in groups of 3-4-4, anything else unchanged."""
    found = _MOBILE.fullmatch(digits.replace(" ", "").replace("-", ""))
    return " ".join(found.groups()) if found else digits


# -- dates and times -----------------------------------------------------------------------------


def weekday(day: date) -> str:
    """Return 周一 or Mon."""
    return (_WEEKDAYS_EN if _english() else _WEEKDAYS_ZH)[day.weekday()]


def day(value: date | None, today: date | None = None) -> str:
    """Return 11-23 within the year of ``today``, 2025-11-23 otherwise; 23 Nov in English."""
    if value is None:
        return NOTHING
    same = today is not None and value.year == today.year
    if _english():
        short = f"{value.day} {_MONTHS[value.month - 1]}"
        return short if same else f"{short} {value.year}"
    return f"{value:%m-%d}" if same else value.isoformat()


def day_week(value: date | None, today: date | None = None) -> str:
    """Return a day with its weekday: 11-23 周一 or Mon 23 Nov."""
    if value is None:
        return NOTHING
    parts = (weekday(value), day(value, today))
    return " ".join(parts if _english() else reversed(parts))


def day_long(value: date) -> str:
    """Return 2026年11月23日 周一 or Mon 23 Nov 2026."""
    if _english():
        return f"{weekday(value)} {day(value)}"
    return f"{value.year}年{value.month}月{value.day}日 {weekday(value)}"


def day_span(start: date, end: date, today: date | None = None) -> str:
    """Return 11-30 ~ 12-06 or 30 Nov – 6 Dec; one day for a single one."""
    if start == end:
        return day(start, today)
    # the year stands once when both days are of the same one
    if _english():
        return f"{day(start, end)} – {day(end, today)}"
    return f"{day(start, today)} ~ {day(end, start)}"


def near_day(value: date, today: date) -> str:
    """Return 今天, 昨天, 明天, or the day."""
    words = {-1: _("昨天"), 0: _("今天"), 1: _("明天")}
    return words.get((value - today).days) or day(value, today)


def clock(moment: datetime) -> str:
    """Return 24-hour time: 15:00."""
    return f"{moment:%H:%M}"


def moment(instant_ms: int, tz: tzinfo, today: date, *, week: bool = True) -> str:
    """Return 今天 15:00, 昨天 10:24, or 11-20 周五 10:24 for an instant in UTC milliseconds."""
    local = to_local(instant_ms, tz)
    on = local.date()
    if abs((on - today).days) <= 1:
        return f"{near_day(on, today)} {clock(local)}"
    return f"{day_week(on, today) if week else day(on, today)} {clock(local)}"


def ago(value: date | None, today: date) -> str:
    """Return 今天, 昨天, 3 天前, or the day when long ago."""
    if value is None:
        return NOTHING
    gone = (today - value).days
    if gone in (0, 1) or gone < 0:
        return near_day(value, today)
    if gone <= 30:
        return ngettext("{count} 天前", "{count} 天前", gone).format(count=gone)
    return day(value, today)


def overdue(due_on: date, today: date) -> str:
    """Return 2 天前 for a due day that has passed, 今天 for today."""
    gone = max(0, (today - due_on).days)
    if not gone:
        return _("今天")
    return ngettext("{count} 天前", "{count} 天前", gone).format(count=gone)


def duration(seconds: float | None) -> str:
    """Return 8 分 05 秒, 1 小时 02 分, or 38m 20s in English."""
    if seconds is None:
        return NOTHING
    whole = round(seconds)
    hours, rest = divmod(whole, 3600)
    minutes, left = divmod(rest, 60)
    if hours:
        return _("{hours} 小时 {minutes:02d} 分").format(hours=hours, minutes=minutes)
    if minutes:
        return _("{minutes} 分 {seconds:02d} 秒").format(minutes=minutes, seconds=left)
    return _("{seconds} 秒").format(seconds=left)


def hours(seconds: float | None) -> str:
    """Return a length in hours for tables: 14.2."""
    return NOTHING if seconds is None else f"{seconds / 3600:,.1f}"


def month_name(value: date) -> str:
    """Return 11月 or Nov for axes."""
    return _MONTHS[value.month - 1] if _english() else f"{value.month}月"


# -- changes -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ChangeText:
    """Hold a change as it is shown: words with ▲ or ▼, text colour, and a spoken form."""

    text: str
    tone: str
    spoken: str


def change(
    compared: Change,
    *,
    unit: str = "",
    is_rate: bool = False,
    up_is_better: bool | None = True,
    as_growth: bool = False,
    places: int = 1,
    words: tuple[str, str] = ("", ""),
    in_fen: bool = False,
) -> ChangeText:
    """Return a comparison as ui.md 10 shows it: ▲ by direction, teal 变好 or amber 变差 by meaning.

    ``words`` are (better, worse), such as (变快, 变慢), printed behind the figure.
    """
    plain = _case_words(compared)
    if plain:
        return ChangeText(plain, "text3", plain)
    moved = compared.change
    assert moved is not None
    figure = _figure(compared, unit, is_rate, as_growth, places, in_fen)
    if round(moved, 6) == 0:
        return ChangeText(_("持平"), "text2", _("持平"))
    arrow = "▲" if moved > 0 else "▼"
    if up_is_better is None:
        return ChangeText(f"{arrow} {figure}", "text2", f"{arrow} {figure}")
    better = (moved > 0) == up_is_better
    said = words[0 if better else 1]
    base = _("基期为负") if compared.case == Case.negative_base else ""
    shown = " ".join(part for part in (arrow, figure, said, base) if part)
    meaning = _("变好") if better else _("变差")
    return ChangeText(shown, "good" if better else "warn", f"{shown} {meaning}")


def _case_words(compared: Change) -> str:
    if compared.case == Case.new:
        return _("新增")
    if compared.case == Case.flat:
        return _("持平")
    if compared.case == Case.no_base:
        return _("无基期")
    if compared.case == Case.no_period:
        return _("无同期")
    return NOTHING if compared.change is None else ""


def _figure(
    compared: Change, unit: str, is_rate: bool, as_growth: bool, places: int, in_fen: bool
) -> str:
    moved = abs(compared.change or 0.0)
    if is_rate:
        return _("{points} 个百分点").format(points=f"{moved * 100:.{places}f}")
    if as_growth and compared.growth is not None:
        return percent(abs(compared.growth), places)
    if in_fen:
        return money(round(moved))
    shown = f"{moved:,.{places}f}"
    return f"{shown} {unit}".strip()
