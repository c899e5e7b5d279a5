"""Telephone numbers in normal form, and several numbers in one cell (product.md 5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from app.models.values.text import fold


class ChannelKind(StrEnum):
    """Kind of address a contact may have."""

    phone = "phone"
    mobile = "mobile"
    email = "email"
    qq = "qq"
    wechat = "wechat"
    other = "other"


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A number in normal form: digits alone, the extension apart.

    Landlines keep or regain the zero of their area code; numbers abroad begin with 00.
    """

    kind: ChannelKind
    digits: str
    extension: str = ""


_LABEL = re.compile(
    r"^(?:联系电话|联系方式|手机号码?|手机|电话号码|电话|座机|固话|办公室?|公司|总机|传真|家|单位"
    r"|mobile|mob|phone|tel|cell|fax)[:.]? *",
    re.IGNORECASE,
)
_NOTE = re.compile(r" *\([^()\d]*\) *")
_EXTENSION = re.compile(r" *(?:转|分机|内线|ext\.?|[#x])[: .]*(\d{1,6})$", re.IGNORECASE)
_TAIL = re.compile(r"(.*\d)\)? *[-*/—–,] *(\d{1,6})", re.ASCII)
_DIGITS_AND_MARKS = re.compile(r"\+?[\d ()\[\]\-.·*/—–]+", re.ASCII)
_SCIENTIFIC = re.compile(r"\d(?:\.(\d+))?e\+?(\d{1,2})", re.ASCII | re.IGNORECASE)
_IP_PREFIX = re.compile(r"(?:17951|17911|17909|12593|12520|11808|10193)(?=\d{10,})", re.ASCII)

_MOBILE = re.compile(r"0?(1[3-9]\d{9})", re.ASCII)
_LANDLINE = re.compile(r"0?((?:10|2\d)[2-9]\d{7}|[3-9]\d{2}[2-9]\d{6,7})", re.ASCII)
_SERVICE = re.compile(
    r"[48]00\d{7}|9[56]\d{3,6}|1010\d{4}|100\d{2,3}|1[12]\d|12\d{3}|106\d{8,17}", re.ASCII
)
_ABROAD = re.compile(r"00[1-9]\d{7,14}", re.ASCII)
_LOCAL = re.compile(r"[2-9]\d{6,7}", re.ASCII)


def normal_phone(raw: str | float) -> PhoneNumber | None:
    """Return the normal form of a written number, None when it is none (product.md 5.3)."""
    written = _as_digits(raw)
    if written is None:
        return None
    found = _EXTENSION.search(written)
    if found:
        return _number(written[: found.start()], found[1])
    tail = _TAIL.fullmatch(written)
    return _number(written, "") or (_number(tail[1], tail[2]) if tail else None)


def _as_digits(raw: str | float) -> str | None:
    """Return a cell's number as text; floats lose their tail, labels and notes go."""
    if isinstance(raw, int | float):
        return str(int(raw)) if raw == raw // 1 else None
    plain = fold(raw).strip("'`\"")
    scientific = _SCIENTIFIC.fullmatch(plain)
    if scientific:
        return None if lost_digits(plain) else str(int(Decimal(plain)))
    plain = re.sub(r"(?<=^)(\d{7,})\.0+$", r"\1", plain)
    return _NOTE.sub(" ", _LABEL.sub("", plain)).strip()


def lost_digits(text: str) -> bool:
    """Tell whether a spreadsheet has rounded a number's digits away, as 1.38E+10."""
    found = _SCIENTIFIC.fullmatch(fold(text).strip("'"))
    return found is not None and len(found[1] or "") < int(found[2])


def _number(written: str, extension: str) -> PhoneNumber | None:
    if not _DIGITS_AND_MARKS.fullmatch(written):
        return None
    digits = re.sub(r"\D", "", written)
    abroad = "00" if written.startswith("+") else ""
    found = _classed(_without_prefix(abroad + digits))
    return PhoneNumber(found[0], found[1], extension) if found else None


def _without_prefix(digits: str) -> str:
    """Drop 0086, a bare 86 that makes the number too long, and IP prefixes."""
    if digits.startswith("0086"):
        digits = digits[4:]
    elif digits.startswith("86") and len(digits) in (12, 13, 14) and _classed(digits[2:]):
        digits = digits[2:]
    return _IP_PREFIX.sub("", digits, count=1)


def _classed(digits: str) -> tuple[ChannelKind, str] | None:
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return ChannelKind.mobile, mobile[1]
    if _SERVICE.fullmatch(digits):
        return ChannelKind.phone, digits
    landline = _LANDLINE.fullmatch(digits)
    if landline:
        return ChannelKind.phone, f"0{landline[1]}"
    plain = _ABROAD.fullmatch(digits) or _LOCAL.fullmatch(digits)
    return (ChannelKind.phone, digits) if plain else None


_BETWEEN = re.compile(r"[、;,，；|\n\r\t]+|/(?!\d{1,4}(?:\D|$))|(?<=\d) *[或和] *(?=[+(\d])")
_SECOND_AFTER_TURN = re.compile(r"转 *(?=\d{7,})")
_JOINED_MOBILES = re.compile(r"(?:1[3-9]\d{9}){2,}", re.ASCII)
_INSIDE = re.compile(r"[+(]?\d[\d \-()]{5,}\d(?: *(?:转|分机) *\d{1,6})?", re.ASCII)


def split_phones(text: str) -> list[str]:
    """Return the numbers of one cell as they are written, each once.

    A part that holds digits but no number comes back as it is, for a person to judge.
    """
    lines = text.replace("\u2028", "\n").splitlines()
    plain = "\n".join(filter(None, (_SECOND_AFTER_TURN.sub("、", fold(line)) for line in lines)))
    found = [one for part in _BETWEEN.split(plain) for one in _numbers_of(part.strip())]
    return list(dict.fromkeys(found))


def _numbers_of(part: str) -> Iterator[str]:
    if not any(char.isdigit() for char in part):
        return
    short_tail = re.fullmatch(r"(.*\d)/(\d{1,4})", part)
    if short_tail and normal_phone(short_tail[1]):
        whole, tail = short_tail[1], short_tail[2]
        yield from (whole, whole[: -len(tail)] + tail)
    elif normal_phone(part):
        yield part
    elif _JOINED_MOBILES.fullmatch(part):
        yield from (part[at : at + 11] for at in range(0, len(part), 11))
    else:
        yield from _by_blanks(part.split())


def _by_blanks(words: list[str]) -> Iterator[str]:
    """Join words to the longest numbers they make, from the left."""
    at = 0
    unread: list[str] = []
    while at < len(words):
        ends = range(len(words), at, -1)
        end = next((end for end in ends if normal_phone(" ".join(words[at:end]))), 0)
        if end:
            yield " ".join(words[at:end])
        else:
            unread.append(words[at])
        at = end or at + 1
    rest = " ".join(unread)
    inside = [one.strip() for one in _INSIDE.findall(rest) if normal_phone(one.strip())]
    yield from inside or ([rest] if any(char.isdigit() for char in rest) else [])
