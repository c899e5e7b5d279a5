"""The people of two customers that become one: who is known at both is one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.customers import Contact, ContactChannel, Employment
from app.models.values.text import fold


@dataclass(frozen=True, slots=True)
class Person:
    """A contact at a customer, with the addresses known there."""

    id: int
    name: str
    employment_id: int
    main: bool
    normals: frozenset[str]


def read_people(reader: Reader, customer_id: int) -> list[Person]:
    """Return the people who work at a customer or did, the main one first."""
    normals: dict[int, set[str]] = {}
    for contact_id, normal in reader.rows(
        select(ContactChannel.contact_id, ContactChannel.normal).where(
            ContactChannel.customer_id == customer_id, ContactChannel.deleted_at == 0
        )
    ):
        normals.setdefault(contact_id, set()).add(normal)
    people = (
        select(Contact.id, Contact.name, Employment.id, Employment.main)
        .select_from(Employment)
        .join(Contact, Contact.id == Employment.contact_id)
        .where(
            Employment.customer_id == customer_id,
            Employment.deleted_at == 0,
            Contact.deleted_at == 0,
        )
        .order_by(Employment.main.desc(), Employment.id)
    )
    return [
        Person(row[0], row[1], row[2], bool(row[3]), frozenset(normals.get(row[0], ())))
        for row in reader.rows(people)
    ]


def same_people(kept: list[Person], other: list[Person]) -> Mapping[Person, Person]:
    """Return who of the other customer is whom: one row, or one name and no other number."""
    found: dict[Person, Person] = {}
    for person in other:
        same = next((one for one in kept if _is_same(one, person)), None)
        if same is not None and same not in found.values():
            found[person] = same
    return found


def _is_same(one: Person, other: Person) -> bool:
    if one.id == other.id:
        return True
    if fold(one.name) != fold(other.name):
        return False
    return not (one.normals and other.normals) or not one.normals.isdisjoint(other.normals)


def join_people(unit: Unit, customer_id: int, same: Mapping[Person, Person]) -> dict[int, int]:
    """Let the people who are one be one row each; return the new contact by the old one.

    Every row of the other customer stands at the kept one already.
    """
    for gone, stays in same.items():
        _fill(unit, Employment, stays.employment_id, gone.employment_id, ("title", "part"))
        unit.remove(Employment, gone.employment_id)
        if gone.id != stays.id:
            _fill(unit, Contact, stays.id, gone.id, ("gender", "birthday", "note"))
        _join_addresses(unit, customer_id, gone, stays)
        if gone.id != stays.id and not _works_anywhere(unit, gone.id):
            unit.remove(Contact, gone.id)
    return {gone.id: stays.id for gone, stays in same.items() if gone.id != stays.id}


def _fill(unit: Unit, entity: Any, to_id: int, from_id: int, names: tuple[str, ...]) -> None:
    """Fill what is empty in one row from another."""
    to, source = unit.stored(entity, to_id) or {}, unit.stored(entity, from_id) or {}
    fresh = {name: source[name] for name in names if source.get(name) and not to.get(name)}
    unit.change(entity, to_id, **fresh)


def _join_addresses(unit: Unit, customer_id: int, gone: Person, stays: Person) -> None:
    known = set[tuple[str, str]]()
    for row in _addresses(unit, customer_id, (stays.id, gone.id), first=stays.id):
        if (row["kind"], row["normal"]) in known:
            unit.remove(ContactChannel, row["id"])
        elif row["contact_id"] != stays.id:
            unit.change(ContactChannel, row["id"], contact_id=stays.id)
        known.add((row["kind"], row["normal"]))


def _addresses(
    unit: Unit, customer_id: int, contact_ids: tuple[int, int], first: int
) -> Iterator[dict[str, Any]]:
    """Yield the addresses of two contacts at a customer, those of the first one before."""
    chosen = select(ContactChannel.id).where(
        ContactChannel.customer_id == customer_id,
        among(ContactChannel.contact_id, set(contact_ids)),
        ContactChannel.deleted_at == 0,
    )
    rows = unit.stored_many(ContactChannel, [row[0] for row in unit.rows(chosen)])
    yield from sorted(rows, key=lambda row: (row["contact_id"] != first, row["id"]))


def _works_anywhere(reader: Reader, contact_id: int) -> bool:
    works = select(Employment.id).where(
        Employment.contact_id == contact_id, Employment.deleted_at == 0
    )
    return reader.one(works) is not None


def choose_main(unit: Unit, people: list[Person], employment_id: int) -> None:
    """Let just one employment be the main one."""
    for person in people:
        row = unit.stored(Employment, person.employment_id)
        if row is not None and not row["deleted_at"]:
            unit.change(
                Employment, person.employment_id, main=person.employment_id == employment_id
            )
