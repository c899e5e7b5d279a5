"""Which names of a whole book are worth comparing, so that the time grows with their number.

Names alike by ``likeness.by_name`` have the same key, or own names (字号) that are the same,
sound the same or differ by a character or so. Own names are brought together first, by a few
keys each of them has; then only the different looks of two such own names are compared.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain, combinations, product

from rapidfuzz import fuzz

from app.models.values.people import FirmName
from app.services.customers.duplicates import likeness
from app.services.customers.duplicates.likeness import FEW, LEAST, Reason, Why

CROWD = 12
"""So many at most are compared each with each; of more only the first one with all others."""
_COMMON = 400
"""An own name with more looks than this is a common word: only those of one trade compare."""
_SHORT, _LONG, _END = 3, 10, 5

Pair = tuple[int, int]
Looks = dict[FirmName, list[int]]


class Names:
    """The names of a book, gathered by what is compared of them."""

    def __init__(self) -> None:
        self._looks: dict[str, Looks] = {}
        self._same: dict[str, list[int]] = {}
        self._people: dict[str, list[int]] = {}

    def add_firm(self, customer_id: int, firms: Sequence[FirmName]) -> None:
        """Take in the names that a firm goes by."""
        for firm in firms:
            if firm.key:
                self._same.setdefault(firm.key, []).append(customer_id)
            if firm.core:
                looks = self._looks.setdefault(firm.brand, {})
                looks.setdefault(replace(firm, key=""), []).append(customer_id)

    def add_person(self, customer_id: int, name: FirmName) -> None:
        """Take in the name of a customer that is a person."""
        if name.key:
            self._people.setdefault(name.key, []).append(customer_id)

    def alike(self, tell: Callable[[int, int], None]) -> Iterator[tuple[Pair, Reason]]:
        """Yield two customers and why they are alike; two may come again.

        ``tell`` hears how many own names of how many were compared.
        """
        same = Reason(Why.name, likeness.SAME_NAME)
        yield from ((two, same) for ids in self._same.values() for two in pairs_of(ids))
        person = Reason(Why.name, likeness.SAME_PERSON)
        few = (ids for ids in self._people.values() if len(ids) <= FEW)  # else it says nothing
        yield from ((two, person) for ids in few for two in pairs_of(ids))
        near = brand_pairs(self._looks)
        total = len(self._looks) + len(near)
        each = zip(self._looks, self._looks, strict=True)
        for at, (one, other) in enumerate(chain(each, near)):
            tell(at, total)
            yield from _compared(self._looks[one], self._looks[other])


def brand_keys(brand: str) -> Iterator[str]:
    """Yield the keys of a firm's own name; those that may be alike share one.

    A name has itself and itself without each of its characters, a long one its two ends.
    """
    yield brand
    if _SHORT <= len(brand) <= _LONG:
        yield from {brand[:at] + brand[at + 1 :] for at in range(len(brand))}
    elif len(brand) > _LONG:
        yield from (f"{brand[:_END]}…", f"…{brand[-_END:]}")
    heard = likeness.sound(brand)
    if heard:
        yield f"♪{heard}"


def brand_pairs(brands: Iterable[str]) -> list[tuple[str, str]]:
    """Return two and two own names that differ but may be meant as one."""
    blocks: dict[str, list[str]] = {}
    for brand in brands:
        for key in brand_keys(brand):
            blocks.setdefault(key, []).append(brand)
    found = dict[tuple[str, str], None]()
    for key, block in blocks.items():
        for one, other in combinations(block, 2):
            if key.startswith("♪") or fuzz.ratio(one, other) >= LEAST:
                found[min(one, other), max(one, other)] = None
    return list(found)


class _Places:
    """Looks by the cities they name: those of two cities are never alike."""

    def __init__(self, looks: Iterable[FirmName] = ()) -> None:
        self._anywhere: list[FirmName] = []
        self._by_city: dict[str, list[FirmName]] = {}
        self._every: list[FirmName] = []
        for look in looks:
            self.add(look)

    def add(self, look: FirmName) -> None:
        self._every.append(look)
        if not look.cities:
            self._anywhere.append(look)
        for city in look.cities:
            self._by_city.setdefault(city, []).append(look)

    def near(self, look: FirmName) -> Iterable[FirmName]:
        """Return the looks that may be alike, those of two of its cities twice."""
        here = (self._by_city.get(city, ()) for city in look.cities)
        return chain(self._anywhere, *here) if look.cities else self._every


def _compared(ones: Looks, others: Looks) -> Iterator[tuple[Pair, Reason]]:
    """Yield the pairs of two own names, or of one with itself."""
    if ones is not others:
        places = _Places(others)
        yield from _across(((one, two) for one in ones for two in places.near(one)), ones, others)
        return
    core = Reason(Why.name, likeness.SAME_CORE)
    yield from ((two, core) for ids in ones.values() for two in pairs_of(ids))
    yield from _across(_combined(ones), ones, ones)


def _combined(looks: Looks) -> Iterator[tuple[FirmName, FirmName]]:
    """Yield looks of one own name two by two."""
    before: dict[str, _Places] = {}
    for look in looks:
        trade = look.trade if len(looks) > _COMMON else ""
        places = before.setdefault(trade, _Places())
        yield from ((look, other) for other in places.near(look))
        places.add(look)


def _across(
    two_looks: Iterable[tuple[FirmName, FirmName]],
    ones: Mapping[FirmName, list[int]],
    others: Mapping[FirmName, list[int]],
) -> Iterator[tuple[Pair, Reason]]:
    for one, other in two_looks:
        reason = likeness.by_name(one, other)
        if reason is not None:
            yield from ((two, reason) for two in pairs_between(ones[one], others[other]))


def pairs_of(ids: Sequence[int]) -> Iterator[Pair]:
    """Yield the pairs of some customers; of many only those with the first one."""
    if len(ids) <= CROWD:
        yield from (_pair(*two) for two in combinations(ids, 2) if two[0] != two[1])
    else:
        yield from (_pair(ids[0], one) for one in ids[1:] if one != ids[0])


def pairs_between(ones: Sequence[int], others: Sequence[int]) -> Iterator[Pair]:
    """Yield the pairs of one of these and one of those; of many those with the first ones."""
    two: Iterable[Pair] = product(ones, others)
    if len(ones) * len(others) > CROWD * CROWD:
        two = chain(product(ones[:1], others), product(ones[1:], others[:1]))
    yield from (_pair(one, other) for one, other in two if one != other)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
