"""Split follow-ups appended in one cell into dated records (product.md 5.8, habit 10).

Offices write "2025.3.5 电话,有意向;3/12 拜访" and leave out the year of what
follows. Years are inferred so that the records lie close together, in the
order in which they are written, none of them after the last possible day.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise

from app.models.values import people
from app.services.transfer.cells import text_of

_YEAR = r"(?:(?P<year>(?:20|19)\d{2}|(?<!\d)\d{2}(?=[./年-]\d{1,2}[./月-]\d{1,2}))\s*[-./年]\s*)?"
_MONTH_DAY = r"(?P<month>1[0-2]|0?[1-9])\s*[-./月]\s*(?P<day>3[01]|[12]\d|0?[1-9])[日号]?"
_COMPACT = r"(?P<ymd>20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))"
_CLOCK = r"(?:\s*(?P<clock>(?:上午|下午|晚上|早上|中午)?\s*\d{1,2}[:：]\d{2}(?::\d{2})?))?"
_DATE = re.compile(
    rf"(?<![\d.])(?:{_COMPACT}|{_YEAR}{_MONTH_DAY})(?![\d])(?!\.\d)"
    rf"(?!\s*(?:万|元|%|％|折|倍|米|吨|千|个|点[^\d]|亿|k|w|m|块|毛|mm|cm|kg|寸|成|分钱|页|版))"
    rf"{_CLOCK}",
    re.IGNORECASE,
)
_STRONG_BEFORE = re.compile(
    r"(?:(?:^|[\n\r;；。|])\s*(?:\d{1,2}[、.)）])?|\s\d{1,2}[、)）])\s*[(（\[【<《]?\s*$"
)
_SIGNED = re.compile(r"(?:^|[\n\r;；。|])\s*(?:\d{1,2}[、.)）]\s*)?([\u4e00-\u9fff]{2,3})[:：\s]*$")
"""A person's name right before a date, at the begin of a record: 王芳3.5电话."""

_WEAK_BEFORE = re.compile(r"[,，\s]$")
_WORK_WORD = re.compile(
    r"[\s:：,，)）\]】]*(?:电话|致电|来电|去电|通话|微信|qq|短信|邮件|拜访|上门|会议|见面|展会|回访|面谈|寄|发|谈|约|送|沟通|联系)",
    re.IGNORECASE,
)
_EDGES = " \t\r\n;；,，、。:：)）]】>》-—|"
_NUMBERING = re.compile(r"(?:^|[\s;；。])\d{1,2}[、.)）]\s*$")


@dataclass(frozen=True, slots=True)
class Piece:
    """One record of a cell: its day, None if it has none, its words, its time as written.

    ``author`` is the name that stands before the day.
    """

    on: date | None
    text: str
    clock: str = ""
    author: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    year: int | None
    month: int
    day: int
    clock: str = ""
    author: str = ""


def split_records(cell: str, *, latest: date, earliest: date | None = None) -> list[Piece]:
    """Split a cell at its dates.

    ``latest`` is the last possible day, ``earliest`` the day the customer was
    entered, if known: without any year the first record is put right after it.
    Words before the first date, or a cell without dates, give an undated piece.
    """
    text = "\n".join(text_of(line) for line in cell.splitlines())
    marks = list(_marks(text))
    days = _days(marks, latest, earliest)
    pieces: list[Piece] = []
    ends = [mark.start for mark in marks[1:]] + [len(text)] * bool(marks)
    pieces.extend(_piece(None, text[: marks[0].start] if marks else text))
    for mark, end, on in zip(marks, ends, days, strict=True):
        pieces.extend(_piece(on, text[mark.end : end], mark))
    return pieces


def _piece(on: date | None, words: str, mark: _Mark | None = None) -> Iterator[Piece]:
    plain = _NUMBERING.sub("", words).strip(_EDGES).rstrip("(（[【<《").strip(_EDGES)
    if plain or on:
        yield Piece(on, plain, mark.clock if mark else "", mark.author if mark else "")


def _marks(text: str) -> Iterator[_Mark]:
    """Yield the dates that begin a record, not those that are mentioned inside one."""
    for found in _DATE.finditer(text):
        mark = _mark(found)
        if mark and _begins(text, found):
            yield mark
        elif mark and (signed := _signature(text, found)):
            yield replace(mark, start=signed.start(1), author=signed[1])


def _signature(text: str, found: re.Match[str]) -> re.Match[str] | None:
    """Return the name before a date if it can only be a person's."""
    signed = _SIGNED.search(text[: found.start()])
    if not signed or not _WORK_WORD.match(text, found.end()):
        return None
    return signed if people.begins_with_surname(signed[1]) else None


def _mark(found: re.Match[str]) -> _Mark | None:
    year: int | None = None
    if found["ymd"]:
        year, month, day = int(found["ymd"][:4]), int(found["ymd"][4:6]), int(found["ymd"][6:])
    else:
        month, day = int(found["month"]), int(found["day"])
        if found["year"]:
            year = int(found["year"]) + (2000 if len(found["year"]) == 2 else 0)
    mark = _Mark(found.start(), found.end(), year, month, day, (found["clock"] or "").strip())
    return mark if _date(year or 2000, mark) else None


def _begins(text: str, found: re.Match[str]) -> bool:
    before = text[: found.start()]
    if not before.strip() or _STRONG_BEFORE.search(before):
        return True
    if not _WEAK_BEFORE.search(before):
        return False
    return bool(found["ymd"] or found["year"] or _WORK_WORD.match(text, found.end()))


def _days(marks: Sequence[_Mark], latest: date, earliest: date | None) -> list[date | None]:
    """Choose the years that keep the records closest together, oldest first on a tie."""
    choices = [
        _chain(marks, latest, earliest),
        _chain(marks[::-1], latest, None)[::-1],
    ]
    return min(choices, key=_spread)


def _spread(days: Sequence[date | None]) -> tuple[int, int]:
    known = [day for day in days if day]
    return len(days) - len(known), sum(abs((b - a).days) for a, b in pairwise(known))


def _chain(marks: Sequence[_Mark], latest: date, earliest: date | None) -> list[date | None]:
    """Date the records as if each one lay on or after the one before it."""
    first = next((at for at, mark in enumerate(marks) if mark.year), None)
    if first is None:
        return _unanchored(marks, latest, earliest)
    days: list[date | None] = [_date(marks[first].year or 0, marks[first])]
    for mark in marks[first + 1 :]:
        days.append(_after(mark, days[-1], latest))
    for mark in reversed(marks[:first]):
        days.insert(0, _before(mark, days[0] or latest))
    return days


def _unanchored(marks: Sequence[_Mark], latest: date, earliest: date | None) -> list[date | None]:
    if not marks:
        return []
    if earliest:
        days: list[date | None] = [_after(marks[0], earliest, latest)]
        for mark in marks[1:]:
            days.append(_after(mark, days[-1], latest))
        if all(day and day <= latest for day in days):
            return days
    days = [_before(marks[-1], latest)]
    for mark in reversed(marks[:-1]):
        days.insert(0, _before(mark, days[0] or latest))
    return days


def _after(mark: _Mark, previous: date | None, latest: date) -> date | None:
    if mark.year:
        return _date(mark.year, mark)
    start = previous or latest
    found = (_date(year, mark) for year in range(start.year, start.year + 5))
    return next((day for day in found if day and day >= start), None)


def _before(mark: _Mark, following: date) -> date | None:
    found = (_date(year, mark) for year in range(following.year, following.year - 9, -1))
    return next((day for day in found if day and day <= following), None)


def _date(year: int, mark: _Mark) -> date | None:
    try:
        return date(year, mark.month, mark.day)
    except ValueError:
        return None
