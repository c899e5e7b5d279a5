"""业务特征: types of manager-defined fields and how their values read (product.md 1.5)."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum

from app.models.values import dates, money
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold

MILLIONTHS = 1_000_000


class FieldType(StrEnum):
    """Type of a field."""

    text = "text"
    number = "number"
    money = "money"
    date = "date"
    single = "single"
    multi = "multi"
    yes_no = "yes_no"


_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{0,20})?) ?%?", re.ASCII)
_YES = frozenset({"是", "有", "要", "需要", "√", "y", "yes", "1", "true", "对"})
_NO = frozenset({"否", "没有", "无", "不", "不要", "不需要", "×", "x", "n", "no", "0", "false"})


def parse_value(kind: FieldType, text: str, *, today: date | None = None) -> str | int | date:
    """Return the value a text means: text, millionths, fen, day, or 1/0 for yes/no.

    Raises ``Unreadable`` with the reason.
    """
    plain = fold(text)
    if kind is FieldType.number:
        return _millionths(plain)
    if kind is FieldType.money:
        fen = money.parse_money(plain)
        if fen is None:
            raise Unreadable(N_("这里要填金额"), text)
        return int(fen)
    if kind is FieldType.date:
        day = dates.parse_day(plain, today=today)
        if day is None:
            raise Unreadable(N_("这里要填日期"), text)
        return day
    if kind is FieldType.yes_no:
        return _yes_or_no(plain)
    return plain


def _millionths(text: str) -> int:
    found = _NUMBER.fullmatch(text)
    number = Decimal(found[1].replace(",", "")) if found else None
    if number is None or abs(number) > 10**12:
        raise Unreadable(N_("这里要填数字"), text)
    return money.round_half_up(number * MILLIONTHS)


def _yes_or_no(text: str) -> int:
    word = text.lower()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Unreadable(N_("这里要填是或否"), text)


def format_value(kind: FieldType, text: str, number: int, day: date | None) -> str:
    """Return a stored value as it is typed again."""
    if kind is FieldType.number:
        whole, part = divmod(abs(number), MILLIONTHS)
        sign = "-" if number < 0 else ""
        return f"{sign}{whole}" + f".{part:06d}".rstrip("0").rstrip(".")
    if kind is FieldType.money:
        return money.format_yuan(money.Fen(number))
    if kind is FieldType.date:
        return day.isoformat() if day else ""
    if kind is FieldType.yes_no:
        return "是" if number else "否"
    return text
