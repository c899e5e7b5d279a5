"""The office's working days: shipped holiday years, and years it has imported itself."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from app import paths
from app.errors import UserError
from app.i18n import N_
from app.models.values.workdays import Holiday, HolidayYear, WorkCalendar, joined

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_LARGEST = 200_000

Kept = Mapping[str, Any]
"""Holiday years as kept in the settings, by year: names with first and last day, days worked."""


@cache
def _shipped() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (paths.resources() / "seed" / "holidays.json").read_text("utf-8")
    )
    return found


@cache
def shipped_year(year: int) -> HolidayYear | None:
    """Return the holidays of a year as shipped, None when there are none."""
    kept = _shipped().get(str(year))
    return year_of(year, kept) if kept else None


def year_of(year: int, kept: Kept) -> HolidayYear:
    """Return a year as it is kept: month and day, or the whole day where it is another year."""
    return HolidayYear(
        year,
        tuple(
            Holiday(name, _day(first, year), _day(last, year))
            for name, first, last in kept["holidays"]
        ),
        frozenset(_day(one, year) for one in kept.get("worked", ())),
        bool(kept.get("announced", True)),
    )


def _day(written: str, year: int) -> date:
    return date.fromisoformat(written if len(written) > 5 else f"{year}-{written}")


def kept_of(year: HolidayYear) -> dict[str, Any]:
    """Return how a year is kept."""
    return {
        "holidays": [
            [one.name, one.first.isoformat(), one.last.isoformat()] for one in year.holidays
        ],
        "worked": sorted(day.isoformat() for day in year.worked),
        "announced": year.announced,
    }


def calendar_of(kept: Mapping[str, Kept]) -> WorkCalendar:
    """Return the working days by the office's own years and the shipped ones."""
    if not kept:
        return _SHIPPED
    return WorkCalendar(joined((year_of(int(year), one) for year, one in kept.items()),
                               shipped_year))  # fmt: skip


_SHIPPED = WorkCalendar(shipped_year)


def known_years(kept: Mapping[str, Kept], first: int, last: int) -> list[tuple[HolidayYear, bool]]:
    """Return the known years of a range, each with whether the office imported it."""
    find = calendar_of(kept).find
    found = ((find(year), str(year) in kept) for year in range(first, last + 1))
    return [(year, own) for year, own in found if year is not None]


def read_notice(text: str, year: int) -> Sequence[HolidayYear]:
    """Return the years of a pasted notice or list; raise ``UserError`` bad_notice."""
    from app.models.values.holiday_notice import parse_notice
    from app.models.values.reasons import Unreadable

    try:
        return parse_notice(text, year=year)
    except Unreadable as problem:
        raise UserError(
            "bad_notice",
            problem.reason,
            advice=N_("粘贴国务院的放假通知，或每行写“日期,休,名称”“日期,班”；没有改动"),
        ) from problem


def read_file(path: Path) -> str:
    """Return the text of a file of days off; raise ``UserError`` bad_notice."""
    from app.services.transfer.formats._encoding import encoding_of

    try:
        with path.open("rb") as file:
            head = file.read(_LARGEST)
        return head.decode(encoding_of(path, head) or "utf-8")
    except (OSError, UnicodeError) as problem:
        raise UserError(
            "bad_notice",
            N_("这个文件读不出文字"),
            advice=N_("存成 txt 或 csv 再试，或把文字粘贴进来；没有改动"),
        ) from problem


def with_years(kept: Mapping[str, Kept], years: Iterable[HolidayYear]) -> dict[str, Kept]:
    """Return the kept years with these in place of what was there."""
    return {**kept, **{str(one.year): kept_of(one) for one in years}}
