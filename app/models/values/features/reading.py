"""How the values of features read, and how they are kept (product.md 1.5)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from app.models.values import dates, money
from app.models.values.day_windows import read_window
from app.models.values.features.types import FIGURES, REFERENCES, FieldType
from app.models.values.people import check_uscc, normal_phone
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold

MILLIONTHS = 1_000_000
BEST_RATING = 5

_NUMBER = re.compile(r"([+-]?(?:\d{1,3}(?:,\d{3})+|\d{1,20})(?:\.\d{0,20})?) ?%?", re.ASCII)
_YES = frozenset({"是", "有", "要", "需要", "√", "y", "yes", "1", "true", "对"})
_NO = frozenset({"否", "没有", "无", "不", "不要", "不需要", "×", "x", "n", "no", "0", "false"})
_TIME = re.compile(r"(\d{1,2})[:：点时](\d{1,2})?分?", re.ASCII)
_MOMENT = re.compile(r"(.+?)[ T](\d{1,2}[:：点时](?:\d{1,2})?分?)(?::\d{2})?", re.ASCII)
_SPAN = re.compile(r"(.+?)\s*(?:~|～|—|–|至|到)\s*(.+)")
_EMAIL = re.compile(r"[^\s@,;]{1,64}@[^\s@,;]+\.[^\s@,;.]{2,}")
_WEBSITE = re.compile(r"(?:(https?)://)?([\w-]+(?:\.[\w-]+)+)((?:[:/?#]\S*)?)", re.IGNORECASE)
_CITIZEN = re.compile(r"\d{17}[\dX]", re.ASCII)
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_TO_TARGET = re.compile(r"\s*(?:→|->|＞)\s*")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a field allows: least and most as typed, decimal places (-1 for any), a target."""

    least: str = ""
    most: str = ""
    places: int = -1
    with_target: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """A value as it is kept: text, millionths or fen, day, option."""

    text: str = ""
    number: int = 0
    day: date | None = None
    option_id: int = 0


_NO_LIMITS = Limits()


def parse_value(kind: FieldType, text: str, *, today: date | None = None) -> str | int | date:
    """Return the value a text means: text, millionths, fen, day, or 1/0 for yes/no.

    Raises ``Unreadable`` with the reason.
    """
    return _READERS.get(kind, _plain)(fold(text), today)


def known_of(
    kind: FieldType, text: str, limits: Limits = _NO_LIMITS, *, today: date | None = None
) -> Known:
    """Return a typed value as it is kept; raise ``Unreadable``, also beyond the limits."""
    if kind in (FieldType.long_text, FieldType.rich_text, FieldType.lines):
        return Known(text.strip())
    if limits.with_target and len(parts := _TO_TARGET.split(text.strip(), maxsplit=1)) == 2:
        now, then = (known_of(kind, part, _without_target(limits), today=today) for part in parts)
        shown = (format_value(kind, one.text, one.number, one.day) for one in (now, then))
        return Known(" → ".join(shown), now.number, now.day)
    value = parse_value(kind, text, today=today)
    _check(kind, value, limits, text)
    if kind in (FieldType.moment, FieldType.span, FieldType.window):
        written = str(value)
        return Known(written, day=_first_day(kind, written))
    if isinstance(value, date):
        return Known(day=value)
    if isinstance(value, str):
        return Known(value)
    return Known(text.strip(), int(value))


def _without_target(limits: Limits) -> Limits:
    return Limits(limits.least, limits.most, limits.places)


def _check(kind: FieldType, value: Any, limits: Limits, text: str) -> None:
    if kind in FIGURES and limits.places >= 0:
        step = MILLIONTHS // 10 ** min(limits.places, 6)
        if int(value) % step:
            raise Unreadable(N_("小数位太多"), text)
    for bound, beyond in ((limits.least, -1), (limits.most, 1)):
        if not bound:
            continue
        edge: Any = parse_value(kind, bound)
        if type(edge) is type(value) and ((value > edge) - (value < edge)) == beyond:
            raise Unreadable(N_("比最小值还小") if beyond < 0 else N_("比最大值还大"), text)


def _first_day(kind: FieldType, written: str) -> date:
    """Return the day a value is ordered and asked by: the last one of a fuzzy window."""
    part = written.rsplit("~", 1)[-1] if kind is FieldType.window else written
    return date.fromisoformat(part[:10])


# -- readers of folded text ---------------------------------------------------------------------


def _plain(text: str, _today: date | None) -> str:
    return text


def _figure(text: str, _today: date | None) -> int:
    found = _NUMBER.fullmatch(text)
    number = Decimal(found[1].replace(",", "")) if found else None
    if number is None or abs(number) > 10**12:
        raise Unreadable(N_("这里要填数字"), text)
    return money.round_half_up(number * MILLIONTHS)


def _integer(text: str, today: date | None) -> int:
    found = _figure(text, today)
    if found % MILLIONTHS:
        raise Unreadable(N_("这里要填整数"), text)
    return found


def _rating(text: str, today: date | None) -> int:
    stars = text.count("★") if text.strip("★☆") == "" and text else 0
    found = stars * MILLIONTHS if stars else _integer(text, today)
    if not 1 <= found // MILLIONTHS <= BEST_RATING:
        raise Unreadable(N_("评分是 1 到 5"), text)
    return found


def _money(text: str, _today: date | None) -> int:
    fen = money.parse_money(text)
    if fen is None:
        raise Unreadable(N_("这里要填金额"), text)
    return int(fen)


def _date(text: str, today: date | None) -> date:
    day = dates.parse_day(text, today=today)
    if day is None:
        raise Unreadable(N_("这里要填日期"), text)
    return day


def _time(text: str, _today: date | None) -> str:
    found = _TIME.fullmatch(text.replace(" ", ""))
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Unreadable(N_("这里要填时间，例如 14:30"), text)
    return time(int(found[1]), int(found[2] or 0)).strftime("%H:%M")


def _moment(text: str, today: date | None) -> str:
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise Unreadable(N_("这里要填日期和时间，例如 2026-12-01 14:30"), text)
    return f"{_date(found[1], today).isoformat()} {_time(found[2], today)}"


def _span(text: str, today: date | None) -> str:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise Unreadable(N_("这里要填两个日期，例如 12-01 ~ 12-15"), text)
    first, last = _date(found[1], today), _date(found[2], today)
    if last < first:
        raise Unreadable(N_("后一个日期比前一个还早"), text)
    return f"{first.isoformat()} ~ {last.isoformat()}"


def _window(text: str, today: date | None) -> str:
    return str(read_window(text, today))


def _yes_or_no(text: str, _today: date | None) -> int:
    word = text.lower()
    if word in _YES:
        return 1
    if word in _NO:
        return 0
    raise Unreadable(N_("这里要填是或否"), text)


def _phone(text: str, _today: date | None) -> str:
    found = normal_phone(text)
    if found is None:
        raise Unreadable(N_("这里要填电话号码"), text)
    return f"{found.digits}-{found.extension}" if found.extension else found.digits


def _mobile(text: str, today: date | None) -> str:
    found = _phone(text, today)
    if not re.fullmatch(r"1[3-9]\d{9}", found):
        raise Unreadable(N_("这里要填 11 位手机号"), text)
    return found


def _email(text: str, _today: date | None) -> str:
    if not _EMAIL.fullmatch(text):
        raise Unreadable(N_("这里要填邮箱"), text)
    return text


def _website(text: str, _today: date | None) -> str:
    found = _WEBSITE.fullmatch(text)
    if found is None:
        raise Unreadable(N_("这里要填网址"), text)
    return f"{(found[1] or 'https').lower()}://{found[2].lower()}{found[3]}"


def _licence(text: str, _today: date | None) -> str:
    plain = text.replace(" ", "").upper()
    if _CITIZEN.fullmatch(plain) and plain[:2] <= "82" and _citizen_symbol(plain) == plain[17]:
        return plain
    checked = check_uscc(plain)
    if not checked.valid:
        raise Unreadable(checked.problem, text)
    return checked.code


def _citizen_symbol(plain: str) -> str:
    total = sum(int(one) * weight for one, weight in zip(plain[:17], _WEIGHTS, strict=True))
    return "10X98765432"[total % 11]


_READERS: Mapping[FieldType, Callable[[str, date | None], str | int | date]] = {
    FieldType.integer: _integer,
    FieldType.number: _figure,
    FieldType.percent: _figure,
    FieldType.rating: _rating,
    FieldType.money: _money,
    FieldType.date: _date,
    FieldType.time: _time,
    FieldType.moment: _moment,
    FieldType.span: _span,
    FieldType.window: _window,
    FieldType.yes_no: _yes_or_no,
    FieldType.phone: _phone,
    FieldType.mobile: _mobile,
    FieldType.email: _email,
    FieldType.website: _website,
    FieldType.licence: _licence,
}


# -- showing --------------------------------------------------------------------------------------


def format_value(kind: FieldType, text: str, number: int, day: date | None) -> str:
    """Return a stored value as it is typed again."""
    if " → " in text and (kind in FIGURES or kind is FieldType.money):
        return text
    if kind in FIGURES:
        return _shown(number)
    if kind is FieldType.money:
        return money.format_yuan(money.Fen(number))
    if kind is FieldType.date:
        return day.isoformat() if day else ""
    if kind is FieldType.yes_no:
        return "是" if number else "否"
    if kind in REFERENCES:
        return text
    if kind in (FieldType.formula, FieldType.rollup) and not text:
        return day.isoformat() if day else _shown(number)
    return text


def _shown(millionths: int) -> str:
    whole, part = divmod(abs(millionths), MILLIONTHS)
    sign = "-" if millionths < 0 else ""
    return f"{sign}{whole}" + f".{part:06d}".rstrip("0").rstrip(".")
