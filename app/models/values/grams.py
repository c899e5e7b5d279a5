"""Search as you type: tokens of a customer, tokens of a query, and the check of a hit.

Tokens: one and two Han as they are; ``i`` + two or three first letters (all
readings); ``f`` + the first letter of a name; ``s`` + a syllable; ``n`` + a syllable and
the first letter after it, or ``1`` and the syllable after it; ``w`` + three letters of
mail and the like; ``p`` + three digits of a number.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice, pairwise, product

from app.models.values import pinyin
from app.models.values.text import search_norm

_FIELD, _PART = "\x1e", "\x1f"
_HAN = re.compile(r"[\u3400-\u9fff]+")
_LONGEST = 60
"""Letters of a query that are looked at: a name is found long before."""
_READ = 18
"""Letters that are read as syllables to choose candidates; the check reads them all."""
_SHORT = 7
_MANY_WAYS = 12
_ENOUGH = 6
_FEW_UNITS = 3
_VOWELS = frozenset("aeiouv")


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
        yield from _grams_from(char, name[place + 1 : place + 2])
        if place + 2 < len(options):
            triples = product(*options[place : place + 3])
            yield from ("i" + "".join(letters) for letters in triples)


@lru_cache(maxsize=50_000)
def _grams_from(char: str, beside: str) -> tuple[str, ...]:
    """Return the tokens of a character with the one after it, if there is one."""
    found: list[str] = []
    after = _letters(beside) if beside else ()
    if _HAN.match(char):
        found.append(char)
        found += ["s" + one for one in pinyin.readings(char)]
        if beside and _HAN.match(beside):
            found.append(char + beside)
        found += ["n" + "".join(two) for two in product(pinyin.readings(char), after)]
        syllables = pinyin.readings(beside) if beside else ()
        found += ["n" + "1".join(two) for two in product(pinyin.readings(char), syllables)]
    found += ["i" + "".join(two) for two in product(_letters(char), after)]
    return tuple(found)


@cache
def _letters(char: str) -> tuple[str, ...]:
    """Return the first letters a character may be typed as."""
    return tuple(dict.fromkeys(one[0] for one in pinyin.readings(char))) or (char,)


def neighbours(word: str) -> list[str]:
    """Return an expression for each two characters of a word, read as they may be heard.

    Whatever holds the two side by side, or two Han that sound like them, has its tokens.
    """
    plain = search_norm(word)
    return [_any_of(_heard(plain[at : at + 3])) for at in range(len(plain) - 1)]


def _heard(part: str) -> Iterator[str]:
    if _HAN.fullmatch(part[:2]):
        both = product(pinyin.readings(part[0]), pinyin.readings(part[1]))
        yield from ("n" + "1".join(two) for two in both)
    else:
        yield from ("i" + "".join(letters) for letters in product(*map(_letters, part)))


def _any_of(grams: Iterable[str]) -> str:
    return " OR ".join(f'"{gram}"' for gram in dict.fromkeys(grams))


def _address_grams(address: str) -> Iterator[str]:
    if address.isdecimal():
        yield from ("p" + address[at : at + 3] for at in range(len(address) - 2))
        return
    yield from ("w" + address[at : at + 3] for at in range(len(address) - 2))


def names_of(line: str) -> list[str]:
    """Return the customer's own names in an index line."""
    return line.partition(_FIELD)[0].split(_PART)


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
            if len(self.typed) > 2 and self.typed in address:
                return Match(5, "phone" if address.isdecimal() else "mail")
        return None


def search_query(typed: str) -> SearchQuery | None:
    """Return the query for what was typed, None when there is nothing to look for."""
    plain = search_norm(typed)[:_LONGEST]
    if not plain:
        return None
    ways = dict.fromkeys(_all_of(way) for way in _ways(plain))
    return SearchQuery(plain, " OR ".join(f"({way})" for way in ways))


def _ways(plain: str) -> Iterator[Iterable[str]]:
    """Yield sets of tokens; a row that answers the query has all tokens of one of them.

    Letters are read as first letters, as syllables, or as one after the other; the last
    syllable may be unfinished. One letter alone finds the beginnings of names.
    """
    han = _HAN.findall(plain)
    if han:
        yield [gram for run in han for gram in _han_grams(run)]
        return
    if len(plain) == 1:
        yield ["f" + plain]
        return
    if plain.isdecimal() and len(plain) > 2:
        yield _runs("p", plain, 3)
    yield _runs("i", plain, 3)
    if len(plain) > 2:
        yield _runs("w", plain, 3)
    if plain.isascii() and not plain.isdecimal():
        yield from ([f"s{one}"] for one in pinyin.known_syllables() if one.startswith(plain))
        for units in _splits(plain[:_READ]):
            yield from _unit_grams(units)


def _unit_grams(units: Sequence[str]) -> Iterator[list[str]]:
    """Yield the tokens of units; of few units once for every syllable the last may become."""
    known = _long_syllables()
    pairs = [_beside(*two) for two in pairwise(units[:-1]) if two[0] in known]
    runs = _runs("i", "".join(unit[0] for unit in units), 3)
    before, last = units[-2:]
    if before not in known:
        yield [*pairs[:_ENOUGH], *runs]
    elif len(last) == 1 or len(units) > _FEW_UNITS:
        yield [*pairs[:_ENOUGH], f"n{before}{last[0]}", *runs]
    else:
        for whole in sorted(one for one in pinyin.known_syllables() if one.startswith(last)):
            yield [*pairs[:_ENOUGH], _beside(before, whole), *runs]


def _beside(unit: str, after: str) -> str:
    """Return the token of a syllable with the whole syllable after it, or its first letter."""
    return f"n{unit}1{after}" if after in _long_syllables() else f"n{unit}{after[0]}"


@cache
def _long_syllables() -> frozenset[str]:
    """Return the syllables that cannot be meant as a first letter."""
    return frozenset(one for one in pinyin.known_syllables() if len(one) > 1)


def _continued(unit: str, letters: int) -> bool:
    """Tell whether a syllable begins with the unit and has at least so many letters more."""
    longer = len(unit) + letters
    return any(len(one) >= longer and one.startswith(unit) for one in pinyin.known_syllables())


def _han_grams(run: str) -> list[str]:
    return [run] if len(run) == 1 else [run[at : at + 2] for at in range(len(run) - 1)]


def _runs(mark: str, letters: str, size: int) -> list[str]:
    """Return the tokens of letters that follow one another, the first few are enough."""
    size = min(size, len(letters))
    return [mark + letters[at : at + size] for at in range(len(letters) - size + 1)][:_ENOUGH]


def _all_of(grams: Iterable[str]) -> str:
    return " AND ".join(f'"{gram}"' for gram in dict.fromkeys(grams))


def _splits(plain: str) -> list[tuple[str, ...]]:
    """Return the ways to read letters as syllables, the last one perhaps unfinished.

    A short query, or one that cannot be read so, may also change over once between first
    letters and syllables. Longest syllables come first.
    """
    whole = list(islice(_walk(plain, 0, (), mixed=False), _MANY_WAYS))
    if len(plain) > _SHORT and whole:
        return whole
    mixed = islice(_walk(plain, 0, (), mixed=True), 2 * _MANY_WAYS)
    return [units for units in dict.fromkeys([*whole, *mixed]) if len(units) > 1]


def _walk(plain: str, at: int, units: tuple[str, ...], mixed: bool) -> Iterator[tuple[str, ...]]:
    if mixed and _changes(units) > 1:
        return
    if at == len(plain):
        yield units
        return
    rest = plain[at:]
    for size in range(min(6, len(rest)), 0, -1):
        unit = rest[:size]
        syllable = unit in pinyin.known_syllables() and not _VOWELS.isdisjoint(unit)
        unfinished = size == len(rest) and _continued(unit, 1)
        if syllable or unfinished or (size == 1 and (mixed or unit.isdecimal())):
            yield from _walk(plain, at + size, (*units, unit), mixed)


def _changes(units: Sequence[str]) -> int:
    kinds = [len(unit) > 1 for unit in units if not unit.isdecimal()]
    return sum(one != other for one, other in pairwise(kinds))


def _match_name(typed: str, name: str) -> Match | None:
    at = name.find(typed)
    if at >= 0:
        return Match(0 if name == typed else 1 if at == 0 else 2, "name")
    if not any(char.isascii() for char in typed):
        return None
    begins = [at for at, char in enumerate(name) if typed[0] in _beginnings(char)]
    found = next((at for at in begins if _reach(typed, name, at) > 0), -1)
    if found == 0:
        return Match(1, "pinyin")
    return Match(3, "pinyin") if found > 0 and len(typed) > 1 else None


@cache
def _beginnings(char: str) -> str:
    """Return what typing a character may begin with: itself or a first letter."""
    return char + "".join(_letters(char))


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
        reaches = ((at, _reach(plain, normal, at)) for at in range(len(normal)))
        start, end = next(((at, stop) for at, stop in reaches if stop > at), (-1, -1))
    return (places[start], places[end - 1] + 1) if start >= 0 else None


def _reach(typed: str, name: str, start: int) -> int:
    """Return up to where a name from ``start`` can be typed as the whole query, -1 if it cannot."""
    reached = {0}
    for place in range(start, len(name)):
        reached = {to for at in reached for to in _steps(typed, at, name[place])}
        if len(typed) in reached:
            return place + 1
        if not reached:
            break
    return -1


def _steps(typed: str, at: int, char: str) -> Iterator[int]:
    """Yield up to where in the query one character may reach: itself, a letter, a syllable."""
    rest = typed[at:]
    if char == rest[0]:
        yield at + 1
    for reading in pinyin.readings(char):
        if rest[0] == reading[0]:
            yield at + 1
            if rest.startswith(reading) or reading.startswith(rest):
                yield at + min(len(reading), len(rest))
