"""Search as you type: tokens of a customer, tokens of a query, and the check of a hit.

Tokens: one and two Han as they are; ``i`` + two first letters (all readings);
``f`` + the first letter of a name; ``s`` + a syllable; ``w`` + two letters of mail
and the like; ``p`` + three digits of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import product

from app.models.values import pinyin
from app.models.values.text import search_norm

_FIELD, _PART = "\x1e", "\x1f"
_HAN = re.compile(r"[\u3400-\u9fff]+")
_MANY_READINGS = 4


@dataclass(frozen=True, slots=True)
class SearchEntry:
    """What the index keeps of one customer: a line to check hits on, and tokens."""

    text: str
    grams: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How a hit answers a query: a rank (small is better) and a rule."""

    rank: int
    rule: str


def search_entry(
    names: Sequence[str], contacts: Sequence[str], addresses: Sequence[str]
) -> SearchEntry:
    """Return the index entry of a customer's names, contact names and addresses."""
    plain_names = [search_norm(name) for name in names]
    plain_contacts = [search_norm(name) for name in contacts]
    plain_addresses = [search_norm(one) for one in addresses]
    grams: set[str] = set()
    for name in (*plain_names, *plain_contacts):
        grams.update(_name_grams(name))
    for address in plain_addresses:
        grams.update(_address_grams(address))
    fields = (plain_names, plain_contacts, plain_addresses)
    line = _FIELD.join(_PART.join(part for part in field if part) for field in fields)
    return SearchEntry(line, tuple(sorted(grams)))


def _name_grams(name: str) -> Iterator[str]:
    options = [_letters(char) for char in name]
    if options:
        yield from ("f" + letter for letter in options[0])
    for place, char in enumerate(name):
        if _HAN.match(char):
            yield char
            yield from ("s" + one for one in pinyin.readings(char))
            if _HAN.match(name[place + 1 : place + 2]):
                yield name[place : place + 2]
        window = options[place : place + 2]
        if len(window) == 2:
            yield from ("i" + "".join(letters) for letters in product(*window))


def _letters(char: str) -> tuple[str, ...]:
    """Return the first letters a character may be typed as."""
    read = pinyin.readings(char)[:_MANY_READINGS]
    return tuple(dict.fromkeys(one[0] for one in read)) or (char,)


def _address_grams(address: str) -> Iterator[str]:
    if address.isdecimal():
        yield from ("p" + address[at : at + 3] for at in range(len(address) - 2))
        return
    yield from ("w" + address[at : at + 2] for at in range(len(address) - 1))


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A query made ready: the index expression and the check of each candidate."""

    typed: str
    expression: str

    def match(self, line: str) -> Match | None:
        """Return how an index line answers the query, None if it does not."""
        names, contacts, addresses = [*line.split(_FIELD), "", "", ""][:3]
        for name in names.split(_PART):
            found = _match_name(self.typed, name)
            if found is not None:
                return found
        for contact in contacts.split(_PART):
            if contact and _match_name(self.typed, contact) is not None:
                return Match(4, "contact")
        for address in addresses.split(_PART):
            if len(self.typed) > 1 and self.typed in address:
                return Match(5, "phone" if address.isdecimal() else "mail")
        return None


def search_query(typed: str) -> SearchQuery | None:
    """Return the query for what was typed, None when there is nothing to look for."""
    plain = search_norm(typed)
    if not plain:
        return None
    return SearchQuery(plain, " OR ".join(f"({one})" for one in _expressions(plain)))


def _expressions(plain: str) -> Iterator[str]:
    """Yield index expressions that together find every row the check accepts."""
    han = _HAN.findall(plain)
    if han:
        grams = [gram for run in han for gram in _han_grams(run)]
        yield _all_of(grams)
        return
    if plain.isdecimal() and len(plain) > 2:
        yield _all_of("p" + plain[at : at + 3] for at in range(len(plain) - 2))
    if len(plain) == 1:
        yield _all_of(["f" + plain])
        return
    yield _all_of(_runs("i", plain))
    yield _all_of(_runs("w", plain))
    for split in _splits(plain):
        yield _all_of("s" + one for one in split)
    for size in range(2, min(6, len(plain) - 1) + 1):
        if plain[:size] in pinyin.known_syllables():
            yield _all_of(["s" + plain[:size], *_runs("i", plain[size:])])


def _han_grams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def _runs(mark: str, plain: str) -> list[str]:
    return [mark + plain[at : at + 2] for at in range(len(plain) - 1)]


def _all_of(grams: Iterable[str]) -> str:
    return " AND ".join(f'"{gram}"' for gram in dict.fromkeys(grams))


def _splits(plain: str, limit: int = 12) -> list[list[str]]:
    """Return the ways to read letters as whole syllables, the last one perhaps unfinished."""
    known = pinyin.known_syllables()
    found: list[list[str]] = []

    def walk(at: int, sofar: list[str]) -> None:
        if len(found) >= limit:
            return
        if at == len(plain):
            found.append(sofar)
            return
        if sofar and any(one.startswith(plain[at:]) for one in known):
            found.append(sofar)
        for size in range(6, 0, -1):
            piece = plain[at : at + size]
            if len(piece) == size and piece in known:
                walk(at + size, [*sofar, piece])

    if plain.isascii() and plain.isalpha():
        walk(0, [])
    return found


def _match_name(typed: str, name: str) -> Match | None:
    at = name.find(typed)
    if at >= 0:
        return Match(0 if name == typed else 1 if at == 0 else 2, "name")
    if not typed.isascii() and not any(char.isascii() for char in typed):
        return None
    for start in range(len(name)):
        if _reach(typed, 0, name, start) > start:
            if len(typed) == 1 and start:
                continue
            return Match(1 if start == 0 else 3, "pinyin")
    return None


def marked(typed: str, name: str) -> tuple[int, int] | None:
    """Return where in a name as it is shown the part that answers a query begins and ends."""
    plain = search_norm(typed)
    places = [at for at, char in enumerate(name) if search_norm(char)]
    normal = "".join(search_norm(name[at]) for at in places)
    if not plain or len(normal) != len(places):
        return None
    start = normal.find(plain)
    end = start + len(plain)
    if start < 0:
        reaches = ((at, _reach(plain, 0, normal, at)) for at in range(len(normal)))
        start, end = next(((at, stop) for at, stop in reaches if stop > at), (-1, -1))
    return (places[start], places[end - 1] + 1) if start >= 0 else None


def _reach(typed: str, at: int, name: str, place: int) -> int:
    """Return up to where a name can be typed by the rest of the query, -1 if it cannot."""
    if at == len(typed):
        return place
    if place == len(name):
        return -1
    char = name[place]
    if char == typed[at] and (end := _reach(typed, at + 1, name, place + 1)) >= 0:
        return end
    rest = typed[at:]
    for reading in pinyin.readings(char):
        if reading.startswith(rest):
            return place + 1
        if rest.startswith(reading):
            end = _reach(typed, at + len(reading), name, place + 1)
            if end >= 0:
                return end
        if rest[0] == reading[0] and (end := _reach(typed, at + 1, name, place + 1)) >= 0:
            return end
    return -1
