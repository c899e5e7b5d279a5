"""Turn single cells into values: text, days, instants, money, durations, yes or no."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum

from app.models.values.actions import parse_duration
from app.models.values.clock import Instant
from app.models.values.dates import (
    at_local,
    from_serial,
    instant_from_serial,
    parse_day,
    parse_instant,
)
from app.models.values.money import Fen, MoneyRange, fen_of, parse_money
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold, is_nothing
from app.services.transfer.marks import MARK, literal, tidied
from app.services.transfer.sheets import CellValue

_SERIALS = range(20_000, 80_000)
"""Day numbers of 1954 to 2119; other numbers in a column of days are written days."""

_TRIPLE = re.compile(r"(\d{1,2})([-./])(\d{1,2})\2(\d{4}|\d{2})(?!\d)(.*)", re.DOTALL)
_CLOCK = re.compile(r"\d\s*[:：时点]|T\d")
_HAS_UNIT = re.compile(r"[万亿千百元¥￥]|rmb|cny", re.IGNORECASE)
_YES = frozenset("是 有 对 √ ✓ ✔ y yes true t 1 真 已 已完成 完成".split())  # noqa: SIM905 - a list of words
_NO = frozenset("否 无 没有 不 不是 × ✗ ✘ x n no false f 0 假 未 未完成".split())  # noqa: SIM905 - a list of words


class Order(StrEnum):
    """The order of three numbers that make a day, as one column writes it."""

    ymd = "ymd"
    mdy = "mdy"
    dmy = "dmy"


@dataclass(frozen=True, slots=True)
class DayRule:
    """How one column writes its days.

    ``latest`` bounds a day written without its year; ``order`` was decided on
    all rows of the column, ``short_order`` on those with a year of two digits.
    """

    tz: tzinfo
    latest: date
    epoch_1904: bool = False
    order: Order = Order.ymd
    short_order: Order = Order.ymd


def text_of(value: CellValue) -> str:
    """Return a cell as text: trimmed, without invisible marks, numbers without a tail.

    What stands behind the mark of an export is left as it is.
    """
    if isinstance(value, str):
        if value.startswith(MARK) and (kept := literal(value)) is not None:
            return kept
        return tidied(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        midnight = value.time() == time()
        return value.date().isoformat() if midnight else value.isoformat(" ", "minutes")
    return str(value)


def day_of(value: CellValue, rule: DayRule) -> date | None:
    """Read a day; None when the cell says there is none.

    Raise VagueDate for 去年底 and Unreadable for anything that is no day.
    """
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool | time | timedelta):
        raise Unreadable(N_("不是日期"), text_of(value))
    if isinstance(value, int | float) and int(value) in _SERIALS:
        return from_serial(float(value), rule.epoch_1904)
    return parse_day(_in_order(text_of(value), rule), today=rule.latest)


def instant_of(value: CellValue, rule: DayRule) -> tuple[Instant, bool] | None:
    """Read an instant, and whether the cell tells the time of day; None for no value."""
    if isinstance(value, datetime):
        return at_local(value.date(), value.time(), rule.tz), value.time() != time()
    if isinstance(value, date):
        return at_local(value, time(), rule.tz), False
    if isinstance(value, bool | time | timedelta):
        raise Unreadable(N_("不是时间"), text_of(value))
    if isinstance(value, int | float) and int(value) in _SERIALS:
        exact = instant_from_serial(float(value), rule.tz, rule.epoch_1904)
        return exact, value != int(value)
    text = _in_order(text_of(value), rule)
    if is_nothing(text):
        return None
    return parse_instant(text, rule.tz, today=rule.latest), bool(_CLOCK.search(text))


def _in_order(text: str, rule: DayRule) -> str:
    """Put the year first where the column writes it last."""
    found = _TRIPLE.match(text)
    order = rule.order if found and len(found[4]) == 4 else rule.short_order
    if not found or order == Order.ymd:
        return text
    year = found[4] if len(found[4]) == 4 else f"20{found[4]}"
    month, day = (found[1], found[3]) if order == Order.mdy else (found[3], found[1])
    return f"{year}-{month}-{day}{found[5]}"


def number_triple(value: CellValue) -> tuple[int, int, int] | None:
    """Return the three numbers of 3/25/2024 or 3/25/24, None for any other cell."""
    found = _TRIPLE.match(text_of(value)) if isinstance(value, str) else None
    return (int(found[1]), int(found[3]), int(found[4])) if found else None


def fen_of_cell(value: CellValue, factor: int = 1) -> Fen | None:
    """Read an amount of yuan; ``factor`` multiplies a bare number, as under 金额(万).

    Factor 0 marks a column of whole fen, as exports to JSON write it. None when the
    cell says there is none. Raise MoneyRange for 5-8万 and Unreadable for anything
    that is no amount.
    """
    if isinstance(value, bool | date | datetime | time | timedelta):
        raise Unreadable(N_("不是金额"), text_of(value))
    if isinstance(value, int | float):
        return Fen(round(value)) if factor == 0 else fen_of(Decimal(repr(value)) * factor)
    if _HAS_UNIT.search(value):
        factor = 1
    try:
        fen = parse_money(value)
    except MoneyRange as found:
        raise MoneyRange(
            value, *(_scaled(end, factor) for end in (found.low, found.high))
        ) from None
    return None if fen is None else _scaled(fen, factor)


def _scaled(fen: Fen, factor: int) -> Fen:
    return Fen(fen * factor) if factor else Fen(fen // 100)


def seconds_of(value: CellValue, factor: int = 1) -> int | None:
    """Read a duration in seconds: 372, 7分15秒, 0:07:15; ``factor`` 60 for a bare 分钟."""
    if isinstance(value, timedelta):
        return round(value.total_seconds())
    if isinstance(value, datetime):
        value = value.time()
    if isinstance(value, time):
        return value.hour * 3600 + value.minute * 60 + value.second
    if isinstance(value, bool | date):
        raise Unreadable(N_("不是时长"), text_of(value))
    if isinstance(value, int | float):
        return round(value * factor)
    text = fold(value)
    return int(text) * factor if text.isdecimal() else parse_duration(text)


def flag_of(value: CellValue) -> bool | None:
    """Read 是/否, √/×, Y/N; None for an empty cell, Unreadable for anything else."""
    if isinstance(value, bool):
        return value
    word = fold(text_of(value)).lower()
    if not word:
        return None
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(N_("不是“是”或“否”"), word)
