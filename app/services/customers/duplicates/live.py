"""The check on entry: who of the book may be the customer that is being typed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
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
from app.services.customers.duplicates import apart, likeness
from app.services.customers.duplicates.likeness import LEAST, Party, Reason, Why, party

_MOST_READ = 1_500
"""Customers whose names are looked at; neighbours that more have are no firm's own name."""
_MOST_COMPARED = 300
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
    phones = _by_phone(reader, typed.phones)
    others = apart.read_others(reader, typed.own_id) if typed.own_id else set()
    ids = {*phones, *_by_code(reader, mine.uscc), *_by_name(reader, mine)}
    ids -= {typed.own_id, *others}
    judged = [_judge(mine, row, phones.get(row.id, ())) for row in _rows(reader, ids)]
    found = [one for one in judged if one.certainty >= LEAST]
    short = sum(any(reason.why is Why.short for reason in one.reasons) for one in found)
    kept = [one for one in found if not likeness.too_short(one.reasons, short)]
    return sorted(kept, key=lambda one: (-one.certainty, one.id))[:limit]


def _judge(mine: Party, row: Any, numbers: Collection[str]) -> Suspect:
    theirs = party(row.name, row.short_name, row.uscc, row.kind)
    named = likeness.by_names(mine, theirs) if mine.firms[0].key else None
    reasons = [one for one in (likeness.by_code(mine, theirs), named) if one is not None]
    reasons += [likeness.by_phone(number) for number in sorted(numbers)]
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
    chosen = select(ContactChannel.customer_id, ContactChannel.normal).where(
        ContactChannel.normal.in_(numbers),
        ContactChannel.kind.in_(("mobile", "phone")),
        ContactChannel.deleted_at == 0,
    )
    found: dict[int, set[str]] = {}
    for customer_id, number in reader.rows(chosen.limit(_MOST_COMPARED)):
        found.setdefault(customer_id, set()).add(number)
    return found


def _by_code(reader: Reader, uscc: str) -> list[int]:
    code = people.check_uscc(uscc).code
    if not code:
        return []
    chosen = select(Customer.id).where(Customer.uscc.in_({uscc.strip(), code}), Customer.uscc != "")
    return [row[0] for row in reader.rows(chosen)]


def _by_name(reader: Reader, mine: Party) -> set[int]:
    firm = mine.firms[0]
    same = select(Customer.id).where(Customer.name_key == firm.key, Customer.name_key != "")
    found = {row[0] for row in reader.rows(same.limit(_MOST_COMPARED))}
    if mine.is_firm:
        found.update(_heard_like(reader, firm))
    return found


def _heard_like(reader: Reader, firm: FirmName) -> Iterator[int]:
    """Yield the customers whose names hold two neighbours of the firm's own name, by sound.

    The rarest neighbours are looked up first, so that a common word costs nothing.
    """
    expressions = grams.neighbours(firm.brand)
    counted = sorted((search.count_up_to(reader, one, _MOST_READ), one) for one in expressions)
    left, given = _MOST_READ, 0
    for number, expression in counted:
        left -= number
        if left <= 0:
            return
        for customer_id, line in search.candidates(reader, expression):
            if any(_may_be(firm, name) for name in grams.names_of(line)):
                given += 1
                yield customer_id
            if given >= _MOST_COMPARED:
                return


def _may_be(firm: FirmName, name: str) -> bool:
    """Tell cheaply whether a name as the index keeps it can be like the firm's."""
    near = _most_of(firm.brand, name) or _sounds_in(firm, name)
    if not near or _is_elsewhere(firm, name):
        return False
    if not firm.trade or len(name) <= len(firm.brand) + _FORMS:
        return True
    # the own name may be written otherwise and sound the same
    return _most_of(firm.core, name) or _most_of(firm.trade, name)


def _most_of(word: str, name: str) -> bool:
    """Tell whether a name has two thirds of a word's characters in their order."""
    return 3 * LCSseq.similarity(word, name) >= 2 * len(word)


def _sounds_in(firm: FirmName, name: str) -> bool:
    """Tell whether some characters of a name may be read as the firm's own name."""
    brand, size = firm.brand, len(firm.brand)
    return size > 1 and any(
        all(map(_may_sound_alike, brand, name[at : at + size]))
        for at in range(len(name) - size + 1)
    )


@lru_cache(maxsize=100_000)
def _may_sound_alike(one: str, other: str) -> bool:
    return one == other or not set(pinyin.readings(one)).isdisjoint(pinyin.readings(other))


def _is_elsewhere(firm: FirmName, name: str) -> bool:
    """Tell whether a name begins with other cities and has none of the firm's anywhere."""
    if not firm.cities or any(city in name for city in firm.cities):
        return False
    return bool(people.leading_cities(name))
