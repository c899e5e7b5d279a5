"""Fuzzy dates: a label and the days it meant when it was said (product.md 1.4, 1.5).

A window is resolved once, at entry, and never again; whoever counts with it takes its last day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.values import dates
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold


@dataclass(frozen=True, slots=True)
class DayWindow:
    """The days from ``first`` to ``last``, and the label they were told by."""

    first: date
    last: date
    label: str = ""

    def __str__(self) -> str:
        """Return the form that reads back as it is: 本月 2026-11-01~2026-11-30."""
        if self.first == self.last and not self.label:
            return f"{self.first.isoformat()}~{self.last.isoformat()}"
        return f"{self.label} {self.first.isoformat()}~{self.last.isoformat()}".strip()


def _days(count: int) -> Callable[[date], tuple[date, date]]:
    return lambda today: (today, today + timedelta(count))


def _week(later: int) -> Callable[[date], tuple[date, date]]:
    def found(today: date) -> tuple[date, date]:
        monday = today - timedelta(today.weekday()) + timedelta(7 * later)
        return max(monday, today), monday + timedelta(6)

    return found


def _months(count: int, step: int) -> Callable[[date], tuple[date, date]]:
    """Return the window of ``count`` months, the ``step``-th after the present one."""

    def found(today: date) -> tuple[date, date]:
        month = today.year * 12 + (today.month - 1) // count * count + step * count
        first, after = (date(one // 12, one % 12 + 1, 1) for one in (month, month + count))
        return max(first, today), after - timedelta(1)

    return found


WINDOWS: Mapping[str, Callable[[date], tuple[date, date]]] = {
    "近两天": _days(2),
    "本周": _week(0),
    "下周": _week(1),
    "本月": _months(1, 0),
    "下月": _months(1, 1),
    "本季": _months(3, 0),
    "下季": _months(3, 1),
    "年内": _months(12, 0),
}
"""The labels and their days; the first three are the quick picks of 1.4."""

_SYNONYMS = {
    "两天内": "近两天", "这周": "本周", "本周内": "本周", "这个月": "本月", "本月内": "本月",
    "月底": "本月", "月底前": "本月", "下个月": "下月", "本季度": "本季", "季度内": "本季",
    "这个季度": "本季", "下季度": "下季", "下个季度": "下季", "今年": "年内", "年底": "年内",
    "年底前": "年内", "in two days": "近两天", "this week": "本周", "next week": "下周",
    "this month": "本月", "next month": "下月", "this quarter": "本季", "next quarter": "下季",
    "this year": "年内",
}  # fmt: skip
_WRITTEN = re.compile(r"(?:(\D{1,8}) )?(\d{4}-\d\d-\d\d)\s*[~～至到]\s*(\d{4}-\d\d-\d\d)", re.ASCII)

_WITH_YEAR = re.compile(r"\d{4}")


def window_of(label: str, today: date) -> DayWindow:
    """Return the days a label means today; raise ``KeyError`` for a strange label."""
    return DayWindow(*WINDOWS[label](today), label)


def read_window(text: str, today: date | None) -> DayWindow:
    """Return the window a text means: a label, a day, or days written out.

    ``today`` None knows no labels. Raises ``Unreadable``.
    """
    plain = fold(text)
    label = _SYNONYMS.get(plain.lower(), plain)
    if label in WINDOWS and today is not None:
        return window_of(label, today)
    written = _WRITTEN.fullmatch(plain)
    if written is not None:
        try:
            first, last = date.fromisoformat(written[2]), date.fromisoformat(written[3])
        except ValueError as error:
            raise Unreadable(N_("没有这一天"), text) from error
        if last < first:
            raise Unreadable(N_("后一个日期比前一个还早"), text)
        return DayWindow(first, last, (written[1] or "").strip())
    day = dates.parse_day(plain, today=today)
    if day is None:
        raise Unreadable(N_("这里要填日期，或者本月、下月、本季"), text)
    if today is not None and day < today and not _WITH_YEAR.search(plain):
        day = _next_year(day)
    return DayWindow(day, day)


def _next_year(day: date) -> date:
    """Return the same day a year later: what is expected without a year lies ahead."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day + timedelta(365)
