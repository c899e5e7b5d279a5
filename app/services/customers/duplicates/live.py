"""The check on entry: who of the book may be the customer that is being typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

from rapidfuzz.distance import LCSseq
from sqlalchemy import func, select

from app.models.store import search
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.visible import counted_customer
from app.models.tables.customers import ContactChannel, Customer
from app.models.tables.staff import Staff
from app.models.values import grams, people, pinyin
from app.models.values.people import FirmName
from app.models.values.text import fold
from app.services.customers.duplicates import apart, likeness
from app.services.customers.duplicates.likeness import LEAST, Party, Reason, Why, party

_MOST_READ = 1_500
"""Customers whose names are looked at; neighbours that more have are no firm's own name."""
_MOST_AT_A_NUMBER = 60
_EACH = 12
"""So many for each one that is shown, those with most in common, are compared in full."""
_FORMS = 12
"""Characters that region and legal form add to a short form, about."""


@dataclass(frozen=True, slots=True)
class Typed:
    """A customer as far as it is typed; ``own_id`` is the one that is being changed."""

    name: str = ""
    uscc: str = ""
    phones: tuple[str, ...] = ()
    kind: str = "company"
    own_id: int = 0
    mails: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suspect:
    """A customer that may be the one typed, how sure that is (per cent) and why."""

    id: int
    name: str
    region: str
    owner: str
    contact: str
    certainty: int
    reasons: tuple[Reason, ...]


def suspects(reader: Reader, typed: Typed, limit: int) -> list[Suspect]:
    """Return who may be the customer typed, the surest first."""
    mine = party(typed.name, uscc=typed.uscc, kind=typed.kind)
    phones, mails = _by_phone(reader, typed.phones), _by_mail(reader, typed.mails)
    others = apart.read_others(reader, typed.own_id) if typed.own_id else set()
    ids = {*phones, *mails, *_by_code(reader, mine.uscc), *_by_name(reader, mine, _EACH * limit)}
    ids -= {typed.own_id, *others}
    told = {
        one: [
            *map(likeness.by_phone, sorted(phones.get(one, ()))),
            *map(likeness.by_mail, sorted(mails.get(one, ()))),
        ]
        for one in ids
    }
    judged = [_judge(mine, row, told[row.id]) for row in _rows(reader, ids)]
    found = [one for one in judged if one.certainty >= LEAST]
    short = sum(any(reason.why is Why.short for reason in one.reasons) for one in found)
    kept = [one for one in found if not likeness.too_short(one.reasons, short)]
    return sorted(kept, key=lambda one: (-one.certainty, one.id))[:limit]


def _judge(mine: Party, row: Any, reached: Sequence[Reason]) -> Suspect:
    theirs = party(row.name, row.short_name, row.uscc, row.kind)
    named = likeness.by_names(mine, theirs) if mine.firms[0].key else None
    reasons = [one for one in (likeness.by_code(mine, theirs), named) if one is not None]
    reasons += reached
    reasons.sort(key=lambda one: -one.percent)
    sure = likeness.certainty(mine, theirs, reasons)
    return Suspect(row.id, row.name, row.region, row.owner, row.main_contact, sure, tuple(reasons))


def _rows(reader: Reader, ids: Collection[int]) -> Sequence[Any]:
    if not ids:
        return ()
    chosen = (
        select(
            Customer.id,
            Customer.name,
            Customer.short_name,
            Customer.uscc,
            Customer.kind,
            Customer.region,
            Customer.main_contact,
            func.coalesce(Staff.name, "").label("owner"),
        )
        .select_from(Customer)
        .outerjoin(Staff, Staff.id == Customer.owner_id)
    )
    return reader.rows(chosen.where(among(Customer.id, ids), counted_customer()))


def _by_phone(reader: Reader, phones: Sequence[str]) -> dict[int, set[str]]:
    """Return the customers where one of these numbers is known, with the numbers."""
    numbers = {one.digits for one in map(people.normal_phone, phones) if one is not None}
    if not numbers:
        return {}
    return _at_addresses(reader, numbers, ("mobile", "phone"))


def _by_mail(reader: Reader, mails: Sequence[str]) -> dict[int, set[str]]:
    """Return the customers where one of these mail addresses is known, with the addresses."""
    addresses = {fold(one).lower() for one in mails if "@" in one}
    return _at_addresses(reader, addresses, ("email",)) if addresses else {}


def _at_addresses(
    reader: Reader, normals: Collection[str], kinds: Sequence[str]
) -> dict[int, set[str]]:
    chosen = select(ContactChannel.customer_id, ContactChannel.normal).where(
        ContactChannel.normal.in_(normals),
        ContactChannel.kind.in_(kinds),
        ContactChannel.deleted_at == 0,
    )
    found: dict[int, set[str]] = {}
    for customer_id, normal in reader.rows(chosen.limit(_MOST_AT_A_NUMBER)):
        found.setdefault(customer_id, set()).add(normal)
    return found


def _by_code(reader: Reader, uscc: str) -> list[int]:
    code = people.check_uscc(uscc).code
    if not code:
        return []
    chosen = select(Customer.id).where(Customer.uscc.in_({uscc.strip(), code}), Customer.uscc != "")
    return [row[0] for row in reader.rows(chosen)]


def _by_name(reader: Reader, mine: Party, most: int) -> set[int]:
    firm = mine.firms[0]
    same = select(Customer.id).where(Customer.name_key == firm.key, Customer.name_key != "")
    found = {row[0] for row in reader.rows(same.limit(most))}
    if mine.is_firm:
        found.update(_heard_like(reader, firm, most))
    return found


def _heard_like(reader: Reader, firm: FirmName, most: int) -> list[int]:
    """Return the customers whose names have most in common with the firm's, by sound too."""
    sounds = _Sounds(firm.brand)
    near: dict[int, tuple[int, int]] = {}
    for customer_id, line in _holding_neighbours(reader, firm):
        names = [one for one in grams.names_of(line) if _may_be(firm, sounds, one)]
        if names:
            near[customer_id] = max(_in_common(firm, sounds, one) for one in names)
    return nlargest(most, near, key=near.__getitem__)


def _holding_neighbours(reader: Reader, firm: FirmName) -> Iterator[tuple[int, str]]:
    """Yield the customers whose names hold two neighbours of the firm's own name, by sound.

    The rarest neighbours are looked up first, so that a common word costs nothing.
    """
    expressions = grams.neighbours(firm.brand)
    counted = sorted((search.count_up_to(reader, one, _MOST_READ), one) for one in expressions)
    left = _MOST_READ
    for number, expression in counted:
        left -= number
        if left <= 0:
            return
        yield from search.candidates(reader, expression)


def _in_common(firm: FirmName, sounds: _Sounds, name: str) -> tuple[int, int]:
    """Return how many characters of the firm's name a name has, and how few others."""
    shared = int(LCSseq.similarity(firm.core, name))
    if sounds.are_in(name):
        shared = max(shared, len(firm.brand) + int(LCSseq.similarity(firm.trade, name)))
    return shared, shared - len(name)


def _may_be(firm: FirmName, sounds: _Sounds, name: str) -> bool:
    """Tell cheaply whether a name as the index keeps it can be like the firm's."""
    near = _most_of(firm.brand, name) or sounds.are_in(name)
    if not near or _is_elsewhere(firm, name):
        return False
    if not firm.trade or len(name) <= len(firm.brand) + _FORMS:
        return True
    # the own name may be written otherwise and sound the same
    return _most_of(firm.core, name) or _most_of(firm.trade, name)


def _most_of(word: str, name: str) -> bool:
    """Tell whether a name has two thirds of a word's characters in their order."""
    return 3 * LCSseq.similarity(word, name) >= 2 * len(word)


class _Sounds(dict[str, int]):
    """A firm's own name by sound: the places, as bits, where a character may stand in it."""

    def __init__(self, brand: str) -> None:
        self._parts = [{char, *pinyin.readings(char)} for char in brand]
        self._whole = 1 << (len(brand) - 1) if len(brand) > 1 else 0

    def __missing__(self, char: str) -> int:
        heard = {char, *pinyin.readings(char)}
        places = sum(1 << at for at, part in enumerate(self._parts) if not part.isdisjoint(heard))
        self[char] = places
        return places

    def are_in(self, name: str) -> bool:
        """Tell whether some characters of a name may be read as the firm's own name."""
        read = 0  # a bit for each length of the own name that ends at the character
        for char in name:
            read = (read << 1 | 1) & self[char]
            if read & self._whole:
                return True
        return False


def _is_elsewhere(firm: FirmName, name: str) -> bool:
    """Tell whether a name begins with other cities and has none of the firm's anywhere."""
    if not firm.cities or any(city in name for city in firm.cities):
        return False
    return bool(people.leading_cities(name))
