"""Read the yearly notice of holidays (国务院办公厅关于…节假日安排的通知), or a list of days."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from app.models.values.dates import parse_day
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold
from app.models.values.workdays import Holiday, HolidayYear

_DAY = timedelta(days=1)
_LONGEST = 40_000
_LONGEST_REST = 31
_MOST_REST, _MOST_WORKED = 60, 30
_NOTE = re.compile(r"\([^()]*\)|（[^（）]*）|[\s\u3000]+")
_TITLE = re.compile(r"(\d{4})年 ?(?:部分)?(?:节假日|放假|法定|春节|元旦)", re.ASCII)
_ITEM = re.compile(
    r"(?:^|[\n。;]|[一二三四五六七八九十]+、)\s*([^\n。:,、;]{2,6}(?:、[^\n。:,、;]{2,6})?):"
)
_SPAN = re.compile(
    r"(?:(?P<y1>\d{4})年)?(?P<m1>\d{1,2})月(?P<d1>\d{1,2})日"
    r"(?:(?:至|-|—|–|~|到)(?:(?P<y2>\d{4})年)?(?:(?P<m2>\d{1,2})月)?(?P<d2>\d{1,2})日)?",
    re.ASCII,
)
_WORKED = re.compile(
    r"((?:(?:\d{4}年)?\d{1,2}月\d{1,2}日[、和及]?)+)(?:[^。;\n月]{0,6})上班", re.ASCII
)
_OFF_WORDS = ("休", "放假", "休息", "假", "off")
_WORK_WORDS = ("班", "上班", "调休上班", "补班", "work")


def parse_notice(text: str, *, year: int | None = None) -> tuple[HolidayYear, ...]:
    """Return the years that a pasted notice or a list of ``day, 休 or 班, name`` tells.

    ``year`` is used where the text names none. Raise Unreadable, saying what was not read.
    """
    if len(text) > _LONGEST:
        raise Unreadable(N_("太长了，不像放假通知"), text[:40])
    listed = list(_listed(text))
    years = _from_days(listed) if listed else _from_notice(text, year)
    for one in years:
        _require_likely(one)
    return years


# -- a list of days ------------------------------------------------------------------------------


def _listed(text: str) -> Iterator[tuple[date, bool, str]]:
    """Yield day, whether it is off, and the name, of a list; nothing when it is none."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in re.split(r"[,，;；\t]|\s{2,}| ", line) if cell.strip()]
        if len(cells) < 2 or cells[1].lower() not in (*_OFF_WORDS, *_WORK_WORDS):
            continue
        day = parse_day(cells[0])
        if day is not None:
            name = cells[2] if len(cells) > 2 else ""
            yield day, cells[1].lower() in _OFF_WORDS, name


def _from_days(listed: Iterable[tuple[date, bool, str]]) -> tuple[HolidayYear, ...]:
    off: dict[int, dict[date, str]] = defaultdict(dict)
    worked: dict[int, set[date]] = defaultdict(set)
    for day, is_off, name in listed:
        if is_off:
            off[day.year][day] = name
        else:
            worked[day.year].add(day)
    return tuple(
        HolidayYear(year, tuple(_runs(off[year])), frozenset(worked[year]))
        for year in sorted({*off, *worked})
    )


def _runs(days: dict[date, str]) -> Iterator[Holiday]:
    """Yield the rows of neighbouring days, each with its first name."""
    run: list[date] = []
    for day in sorted(days):
        if run and day - run[-1] > _DAY:
            yield _holiday(run, days)
            run = []
        run.append(day)
    if run:
        yield _holiday(run, days)


def _holiday(run: list[date], days: dict[date, str]) -> Holiday:
    name = next((days[day] for day in run if days[day]), "")
    return Holiday(name, run[0], run[-1])


# -- the notice ----------------------------------------------------------------------------------


def _from_notice(text: str, year: int | None) -> tuple[HolidayYear, ...]:
    titled = _TITLE.search(fold(text))
    told = int(titled[1]) if titled else year
    plain = _NOTE.sub(lambda found: "\n" if "\n" in found[0] else "", text)
    plain = _fold_lines(plain)
    items = list(_ITEM.finditer(plain))
    holidays: list[Holiday] = []
    worked: set[date] = set()
    for at, item in enumerate(items):
        end = items[at + 1].start() if at + 1 < len(items) else len(plain)
        body = plain[item.end() : end]
        if "放假" not in body and "休" not in body:
            continue
        if told is None:
            raise Unreadable(N_("没写是哪一年的安排"), item[1])
        holidays += _spans(item[1].strip(), body, told)
        worked |= set(_swapped(body, told))
    if not holidays:
        raise Unreadable(N_("没有看到放假安排"), text[:40])
    assert told is not None
    return (HolidayYear(told, tuple(sorted(holidays, key=_first)), frozenset(worked)),)


def _fold_lines(text: str) -> str:
    """Fold every line of a text by itself, so that lines stay apart."""
    return "\n".join(fold(line) for line in text.splitlines())


def _first(holiday: Holiday) -> date:
    return holiday.first


def _spans(name: str, body: str, year: int) -> Iterator[Holiday]:
    rest = _WORKED.sub("", body)
    for found in _SPAN.finditer(rest):
        first, last = _ends(found, year)
        if not 0 <= (last - first).days < _LONGEST_REST:
            raise Unreadable(N_("放假的起止日期不对"), found[0])
        yield Holiday(name, first, last)


def _ends(found: re.Match[str], year: int) -> tuple[date, date]:
    first = _date(found["y1"] or year, found["m1"], found["d1"], found[0])
    if not found["d2"]:
        return first, first
    later = found["y2"] or first.year
    last = _date(later, found["m2"] or first.month, found["d2"], found[0])
    return first, last


def _date(year: object, month: object, day: object, text: str) -> date:
    try:
        return date(int(str(year)), int(str(month)), int(str(day)))
    except ValueError:
        raise Unreadable(N_("没有这一天"), text) from None


def _swapped(body: str, year: int) -> Iterator[date]:
    for found in _WORKED.finditer(body):
        for one in _SPAN.finditer(found[1]):
            yield _ends(one, year)[0]


def _require_likely(year: HolidayYear) -> None:
    """Refuse a year that would stop the office: more days off or worked than any notice had."""
    off = sum((one.last - one.first).days + 1 for one in year.holidays)
    if off > _MOST_REST or len(year.worked) > _MOST_WORKED:
        raise Unreadable(N_("放假天数多得不对"), str(year.year))
    if not 1990 <= year.year <= 2199:
        raise Unreadable(N_("年份不对"), str(year.year))
