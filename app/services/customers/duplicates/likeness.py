"""How much alike two customers are: by code, by name and by number, each with its reason.

Names are compared without region and legal form (dependencies.md), the firm's own name
(字号) apart from the words for its trade: 宏达机械设备 and 宏远机械设备 are two firms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from app.models.values import people, pinyin
from app.models.values.people import FirmName

LEAST = 80
"""Per cent from which on two customers are shown as the same perhaps."""

_MOST = 99
SAME_NAME, SAME_CORE, SAME_PERSON = 97, 96, 80
"""Per cent for one name, for one name but for region and form, and for two people's one name."""
FEW = 3
"""So many rivals at most a short form or a person's name may have and still say something."""
_SAME_CODE, _SAME_PHONE, _SAME_MAIL, _SAME_LANDLINE = 99, 90, 88, 82
_SOUNDS_SAME, _SHORT_FORM = 90, 88
_ELSEWHERE = 0.8
_PERSON = "person"


class Why(StrEnum):
    """Why two customers may be one."""

    uscc = "uscc"
    phone = "phone"
    mail = "mail"
    name = "name"
    sound = "sound"
    short = "short"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, how sure it makes by itself (per cent), and the number it is about."""

    why: Why
    percent: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class Party:
    """What is compared of a customer: the names it goes by, its code, whether it is a firm."""

    firms: tuple[FirmName, ...]
    uscc: str = ""
    is_firm: bool = True


def party(name: str, short_name: str = "", uscc: str = "", kind: str = "company") -> Party:
    """Return what is compared of a customer.

    A short name is another name only when it says something else; its place is the firm's.
    """
    firm = people.read_firm(name)
    is_firm = kind != _PERSON
    if not short_name or not is_firm or people.company_key(short_name) == firm.core:
        return Party((firm,), uscc, is_firm)
    short = people.read_firm(short_name)
    if short.core == firm.core:
        return Party((firm,), uscc)
    return Party((firm, replace(short, key="", places=short.places or firm.places)), uscc)


def by_names(one: Party, other: Party) -> Reason | None:
    """Return the best likeness of two customers' names, None below the least."""
    if not (one.is_firm and other.is_firm):
        same = one.firms[0].key == other.firms[0].key
        return Reason(Why.name, SAME_PERSON) if same else None
    found = [by_name(mine, theirs) for mine in one.firms for theirs in other.firms]
    return max((one for one in found if one is not None), key=lambda one: one.percent, default=None)


def by_name(one: FirmName, other: FirmName) -> Reason | None:
    """Return how much alike the names of two firms are, None below the least."""
    if one.key and one.key == other.key:
        return Reason(Why.name, SAME_NAME)
    if one.branch != other.branch or not (one.core and other.core):
        return None
    found = _compared(one, other)
    if found is None:
        return None
    percent = round(found.percent * (_ELSEWHERE if one.is_elsewhere(other) else 1))
    return Reason(found.why, percent) if percent >= LEAST else None


def _compared(one: FirmName, other: FirmName) -> Reason | None:
    if one.core == other.core:
        return Reason(Why.name, SAME_CORE)
    brands, why = fuzz.ratio(one.brand, other.brand), Why.name
    if brands < _SOUNDS_SAME and "" != sound(one.brand) == sound(other.brand):
        brands, why = _SOUNDS_SAME, Why.sound
    if brands < LEAST:
        return None
    if not one.trade or not other.trade:
        return _short_form(one, other, brands, why)
    if why is Why.sound:
        whole = fuzz.ratio(one.core, one.brand + other.trade) * brands / 100
    else:
        whole = fuzz.ratio(one.core, other.core)
    return Reason(why, round(min(whole, SAME_CORE)))


def _short_form(one: FirmName, other: FirmName, brands: float, why: Why) -> Reason:
    """Compare a name without trade: 百川 may stand for 百川鞋业, if the rest is the same."""
    if bool(one.trade) == bool(other.trade):
        return Reason(why, round(min(brands, SAME_CORE)))
    return Reason(Why.short if brands == 100 else why, round(_SHORT_FORM * brands / 100))


@lru_cache(maxsize=4_096)
def sound(brand: str) -> str:
    """Return how a firm's own name sounds, empty when it is too short to tell."""
    return pinyin.full(brand) if len(brand) > 1 and any(map(pinyin.readings, brand)) else ""


def by_code(one: Party, other: Party) -> Reason | None:
    """Return the reason of one credit code at both."""
    if not (one.uscc and other.uscc):
        return None
    code = people.check_uscc(one.uscc).code
    same = bool(code) and code == people.check_uscc(other.uscc).code
    return same_code(code) if same else None


def same_code(code: str) -> Reason:
    """Return the reason of one credit code, in normal form, at both."""
    return Reason(Why.uscc, _SAME_CODE, code)


def by_phone(number: str) -> Reason:
    """Return the reason of one number at both; a landline may be a whole building's."""
    found = people.normal_phone(number)
    mobile = found is not None and found.kind == people.ChannelKind.mobile
    return Reason(Why.phone, _SAME_PHONE if mobile else _SAME_LANDLINE, number)


def by_mail(address: str) -> Reason:
    """Return the reason of one mail address at both."""
    return Reason(Why.mail, _SAME_MAIL, address)


def certainty(one: Party, other: Party, reasons: Sequence[Reason]) -> int:
    """Return how sure the reasons make together, in per cent; 0 when codes speak against it.

    Two sound credit codes that differ are two firms, unless they have the very same name.
    """
    differ = _are_two(one.uscc, other.uscc)
    if differ and not any(reason.percent == SAME_NAME for reason in reasons):
        return 0
    doubt = 1.0
    for reason in reasons:
        doubt *= 1 - reason.percent / 100
    found = min(_MOST, round(100 * (1 - doubt)))
    return min(found, SAME_PERSON) if differ else found


def _are_two(uscc: str, other: str) -> bool:
    if not (uscc and other):
        return False
    codes = people.check_uscc(uscc), people.check_uscc(other)
    return codes[0].valid and codes[1].valid and codes[0].code != codes[1].code


def too_short(reasons: Sequence[Reason], rivals: int) -> bool:
    """Tell whether a short form alone speaks for it, and would for more than a few others."""
    return rivals > FEW and all(reason.why is Why.short for reason in reasons)
