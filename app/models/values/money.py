"""Money as whole fen: reading, splitting, rounding, showing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import NewType

from app.models.values.numerals import from_han
from app.models.values.reasons import N_, Unreadable
from app.models.values.text import fold, is_nothing

Fen = NewType("Fen", int)

LIMIT = 10**15
"""The largest amount in fen: ten trillion yuan, far below the 64 bits of a column."""

_UNITS = {
    "": 1, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000, "万": 10_000, "萬": 10_000,
    "w": 10_000, "十万": 100_000, "百万": 1_000_000, "m": 1_000_000, "千万": 10_000_000,
    "亿": 100_000_000, "億": 100_000_000,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?|\.\d+"
_UNIT = "|".join(sorted(filter(None, _UNITS), key=len, reverse=True))
_PART = re.compile(rf"({_NUMBER})({_UNIT})?")
_SCIENTIFIC = re.compile(r"\d+(?:\.\d+)?e[+-]?\d{1,2}")
_SIGN = "-−–－负"
_TAX = r"\(?(?:不含税|未含税|未税|含税)\)?"
_BEFORE = re.compile(
    rf"(?:人民币|rmb|cny|¥|大约|大概|约合|约|预计|预估|将近|接近|近|合计|共|[≈~:]|{_TAX})+"
)
_AFTER = re.compile(rf"(?:人民币|rmb|cny|块钱|[元圆块整正多余起+]|左右|上下|以上|以内|{_TAX})+$")
_SOME_MORE = re.compile(r"(?<=[\d十百千])[多余](?=[百千万亿])")
_FOREIGN = re.compile(r"[$€£]|美元|美金|港币|港元|欧元|日元|英镑|usd|eur|hkd|gbp|jpy")
_RANGE = re.compile(rf"([^{_SIGN}~—―至到].*?)(?:[{_SIGN}~—―]+|至|到)(.+)")
_GROUPING_BLANK = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_LOOSE_BLANK = re.compile(r"(?<!\d) | (?!\d)")


class MoneyRange(Unreadable):
    """Tell that a text names two amounts, as 5-8万 does; both are in fen."""

    def __init__(self, text: str, low: Fen, high: Fen) -> None:
        super().__init__(N_("是一个范围，不是一个金额"), text)
        self.low = low
        self.high = high


def parse_money(text: str) -> Fen | None:
    """Read an amount in yuan as people write it (product.md 5.8, habit 18).

    None when the text says there is no amount (blank, 待定, —). Raise MoneyRange
    for 5-8万 and Unreadable for anything that is not one amount.
    """
    if is_nothing(text):
        return None
    plain = fold(text).lower()
    if len(plain) > 60:
        raise Unreadable(N_("不是金额"), text)
    if _FOREIGN.search(plain):
        raise Unreadable(N_("是外币，要先折成人民币"), text)
    plain = _LOOSE_BLANK.sub("", _GROUPING_BLANK.sub("", plain))
    negative, plain = _signed(_bare(plain))
    amount = _amount(plain)
    if amount is None:
        raise _range_of(text, plain) or Unreadable(N_("不是金额"), text)
    return _fen(-amount if negative else amount, text)


def _bare(plain: str) -> str:
    """Take off currency, 约, 左右, 含税 and the like at both ends."""
    before = _BEFORE.match(plain)
    return _AFTER.sub("", plain[before.end() :] if before else plain)


def _signed(plain: str) -> tuple[bool, str]:
    if plain.startswith("(") and plain.endswith(")"):
        return True, plain[1:-1]
    if plain and plain[0] in _SIGN:
        return True, plain[1:]
    return False, plain


def _amount(plain: str) -> Decimal | None:
    """Return yuan for one number with units, as 1.2亿, 3万5, 1万2千, 五万; None if it is none."""
    plain = _SOME_MORE.sub("", _bare(plain))
    if _SCIENTIFIC.fullmatch(plain):
        return Decimal(plain)
    parts = list(_PART.finditer(plain))
    if not parts or "".join(part[0] for part in parts) != plain:
        han = from_han(plain)
        return None if han is None else Decimal(han)
    return _added_up(parts)


def _added_up(parts: Sequence[re.Match[str]]) -> Decimal | None:
    total = Decimal(0)
    above = 0
    for part in parts:
        number, unit = Decimal(part[1].replace(",", "")), _UNITS[part[2] or ""]
        if above and unit >= above:
            return None
        if above and not part[2]:
            unit = above // 10 if len(part[1]) == 1 else 1
        total += number * unit
        above = unit
    return total


def _range_of(text: str, plain: str) -> MoneyRange | None:
    found = _RANGE.fullmatch(plain)
    if not found:
        return None
    high = _amount(found[2])
    low = _amount(found[1])
    if high is None or low is None:
        return None
    unit = _PART.search(found[2])
    if _bare(found[1])[-1].isdigit() and unit and unit[2] and low * _UNITS[unit[2]] <= high:
        low *= _UNITS[unit[2]]
    return MoneyRange(text, _fen(low, text), _fen(high, text)) if low <= high else None


def _fen(yuan: Decimal, text: str) -> Fen:
    if abs(yuan) * 100 > LIMIT:
        raise Unreadable(N_("金额太大"), text)
    return Fen(round_half_up(yuan * 100))


def fen_of(number: float | Decimal) -> Fen:
    """Return the amount of a spreadsheet's number of yuan, rounded half up to fen."""
    try:
        yuan = Decimal(repr(number) if isinstance(number, float) else number)
        return _fen(yuan, str(number))
    except InvalidOperation:
        raise Unreadable(N_("不是金额"), str(number)) from None


def split_by_weights(total: Fen, weights: Sequence[int]) -> list[Fen]:
    """Split by largest remainder; what is left goes to the first of equals (product.md 2.0.8)."""
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("weights must not be negative and not all zero")
    size = abs(total)
    shares = [size * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(size * weights[at] % whole))
    for at in by_remainder[: size - sum(shares)]:
        shares[at] += 1
    return [Fen(share if total >= 0 else -share) for share in shares]


def mean_fen(total: int, count: int) -> Decimal | None:
    """Return the unrounded mean in fen, None without anything to divide by."""
    return Decimal(total) / Decimal(count) if count else None


def round_half_up(number: Decimal) -> int:
    """Round to a whole number, halves away from zero."""
    return int(number.to_integral_value(rounding=ROUND_HALF_UP))


def format_yuan(fen: int, *, cents: bool | None = None) -> str:
    """Return full yuan with thousands: 460,000 or 460,000.50; ``cents`` None shows them if any."""
    if cents is None:
        cents = fen % 100 != 0
    return f"{Decimal(fen) / 100:,.2f}" if cents else f"{round_half_up(Decimal(fen) / 100):,}"


_ENGLISH = ((1_000, "K", 1), (1_000_000, "M", 1), (1_000_000_000, "B", 1))


def scale_fen(fen: int, english: bool = False, places: int = 2) -> str:
    """Return the amount by size: 8,600, 46.00万, 1.24亿; in English 8,600, 460.0K, 12.4M (ui 10).

    ``places`` are those of 万: two in tables, one in bars and cards.
    """
    steps = _ENGLISH if english else ((10_000, "万", places), (100_000_000, "亿", 2))
    yuan = Decimal(abs(fen)) / 100
    if yuan < 10_000:
        return format_yuan(fen)
    shown, rounded = "", yuan
    for size, mark, digits in steps:
        if rounded < size:
            break
        rounded = _rounded(yuan / size, digits) * size
        shown = f"{rounded / size:.{digits}f}{mark}"
    return f"-{shown}" if fen < 0 else shown


def _rounded(number: Decimal, digits: int) -> Decimal:
    return Decimal(round_half_up(number.scaleb(digits))).scaleb(-digits)
