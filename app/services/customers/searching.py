"""Keep the search index, and search as you type."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.store import search
from app.models.store.idlist import among_bound
from app.models.store.statements import prepared
from app.models.tables.customers import Contact, ContactChannel, Customer, Employment
from app.models.tables.staff import Staff
from app.models.values import grams
from app.services.customers.drafts import Hit, Matches
from app.services.customers.heads import customers_of

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.statements import Compiled
    from app.models.store.unit import Unit
    from app.services.jobs import Progress

_SEARCHED = (Customer, Contact, Employment, ContactChannel)
_CHUNK = 500
_IDS = "ids_json"
_PAGE = 5_000


def keep_search(unit: Unit) -> None:
    """Index anew the customers whose names or addresses this unit wrote (before commit)."""
    written = [change for change in unit.trail if change.entity in _SEARCHED]
    touched = {one for customers in customers_of(unit, written) for one in customers}
    found = dict(_entries(unit, touched))
    fresh = [(row_id, one.text, " ".join(sorted(one.grams))) for row_id, one in found.items()]
    search.put(unit, fresh)
    search.drop(unit, sorted(touched - found.keys()))


def _wanted() -> tuple[Any, ...]:
    return (Customer.deleted_at == 0, Customer.merged_into_id == 0)


def _chunks(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _CHUNK):
        yield ids[start : start + _CHUNK]


@cache
def _reads() -> tuple[Compiled, Compiled, Compiled]:
    """Return what reads the names, the people and the addresses of customers by their ids."""
    names = select(Customer.id, Customer.name, Customer.short_name, Customer.code)
    named = names.where(among_bound(Customer.id, _IDS), *_wanted())
    people = (
        select(Employment.customer_id, Contact.name)
        .join(Contact, Contact.id == Employment.contact_id)
        .where(
            among_bound(Employment.customer_id, _IDS),
            Employment.deleted_at == 0,
            Contact.deleted_at == 0,
        )
        .order_by(Employment.id)
    )
    addresses = (
        select(ContactChannel.customer_id, ContactChannel.normal)
        .where(among_bound(ContactChannel.customer_id, _IDS), ContactChannel.deleted_at == 0)
        .order_by(ContactChannel.id)
    )
    return (
        prepared(Customer.__table__, named),
        prepared(Employment.__table__, people),
        prepared(ContactChannel.__table__, addresses),
    )


def _entries(unit: Reader, ids: Iterable[int]) -> Iterator[tuple[int, grams.SearchEntry]]:
    for chunk in _chunks(sorted(ids)):
        names: dict[int, list[str]] = {}
        people_at: dict[int, list[str]] = {}
        addresses: dict[int, list[str]] = {}
        wanted = {_IDS: json.dumps(chunk)}
        named, people, reached = (unit.prepared_rows(one, wanted) for one in _reads())
        for row in named:
            names[row[0]] = [word for word in row[1:] if word]
        for customer_id, name in people:
            people_at.setdefault(customer_id, []).append(name)
        for customer_id, normal in reached:
            addresses.setdefault(customer_id, []).append(normal)
        for row_id, words in names.items():
            yield (
                row_id,
                grams.search_entry(words, people_at.get(row_id, ()), addresses.get(row_id, ())),
            )


def rebuild_search(unit: Unit, progress: Progress) -> int:
    """Build the whole index anew and return the number of customers in it."""
    search.clear(unit)
    done = 0
    for ids in _pages(unit):
        found = _entries(unit, ids)
        rows = [(row_id, one.text, " ".join(sorted(one.grams))) for row_id, one in found]
        search.put_many(unit, rows)
        done += len(ids)
        progress.step(done, 0)
    search.optimise(unit)
    return done


def _pages(reader: Reader) -> Iterator[list[int]]:
    """Yield the ids of all customers to be found, a page at a time."""
    above = 0
    while True:
        wanted = select(Customer.id).where(Customer.id > above, *_wanted())
        ids = [row[0] for row in reader.rows(wanted.order_by(Customer.id).limit(_PAGE))]
        if not ids:
            return
        yield ids
        above = ids[-1]


def differences(reader: Reader, progress: Progress) -> list[int]:
    """Return the customers whose index entry is not what their rows say (``gendan check``)."""
    found: list[int] = []
    stored: dict[int, tuple[str, str]] = {}
    above, done = 0, 0
    for ids in _pages(reader):
        while above < ids[-1] and (rows := search.kept(reader, above, _PAGE)):
            stored.update((row_id, (text, joined)) for row_id, text, joined in rows)
            above = rows[-1][0]
        for row_id, entry in _entries(reader, ids):
            if stored.pop(row_id, None) != (entry.text, " ".join(sorted(entry.grams))):
                found.append(row_id)
        done += len(ids)
        progress.step(done, 0)
    left = search.kept(reader, above, _PAGE)
    return [*found, *stored, *(row_id for row_id, _text, _grams in left)]


def find(reader: Reader, query: str, limit: int) -> list[Hit]:
    """Return customers for what was typed, best first: starts of names before the rest."""
    asked = grams.search_query(query)
    if asked is None:
        return []
    ranked: list[tuple[int, int, str]] = []
    for order, (row_id, line) in enumerate(search.candidates(reader, asked.expression)):
        match = asked.match(line)
        if match is not None:
            ranked.append((match.rank, row_id, match.rule))
        if len(ranked) >= max(limit, 50) or order > 20_000:
            break
    ranked.sort(key=lambda found: found[0])
    return _hits(reader, ranked[:limit])


def matches(reader: Reader, query: str, limit: int, progress: Progress) -> Matches:
    """Return the ids of up to ``limit`` customers a query finds, newest first."""
    asked = grams.search_query(query)
    if asked is None:
        return Matches()
    found: list[int] = []
    best, rule = 1_000, ""
    for order, (row_id, line) in enumerate(search.candidates(reader, asked.expression)):
        if order % 500 == 0:
            progress.step(order, 0)
        match = asked.match(line)
        if match is None:
            continue
        if len(found) == limit:
            return Matches(tuple(found), True, rule)
        found.append(row_id)
        if match.rank < best:
            best, rule = match.rank, match.rule
    return Matches(tuple(found), False, rule)


@cache
def _shown() -> Compiled:
    """Return what reads the lines of some customers."""
    lines = (
        select(
            Customer.id,
            Customer.name,
            Customer.main_contact,
            Customer.main_phone,
            Customer.region,
            func.coalesce(Staff.name, ""),
            Customer.quality,
            Customer.grade,
        )
        .select_from(Customer)
        .outerjoin(Staff, Staff.id == Customer.owner_id)
        .where(among_bound(Customer.id, _IDS))
    )
    return prepared(Customer.__table__, lines)


def _hits(reader: Reader, ranked: Sequence[tuple[int, int, str]]) -> list[Hit]:
    wanted = {_IDS: json.dumps([row_id for _, row_id, _ in ranked])}
    by_id = {row[0]: row for row in reader.prepared_rows(_shown(), wanted)}
    return [Hit(*(*by_id[row_id], rule)) for _, row_id, rule in ranked if row_id in by_id]
