"""Find again what the book and this import hold already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.customers import Contact, ContactChannel, Customer, Employment
from app.models.values import people
from app.services.customers.writing import PLAIN_FIELDS
from app.services.transfer.outcomes import Match

Key: TypeAlias = tuple[str, str]
"""A kind of key (code, uscc, name, phone) and its value."""

T = TypeVar("T")
_AT_ONCE = 500

CUSTOMER_COLUMNS = (
    "id",
    "name",
    "name_key",
    *PLAIN_FIELDS,
    "created_on",
    "owner_id",
    "quality",
    "grade",
    "expected_fen",
    "expected_from",
    "expected_to",
    "life",
    "stage_position",
    "parent_id",
)


def in_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Yield distinct values in lists that a statement can take."""
    listed = list(dict.fromkeys(values))
    for start in range(0, len(listed), _AT_ONCE):
        yield listed[start : start + _AT_ONCE]


def name_key(name: str) -> Key:
    """Return the key of a customer's name."""
    return ("name", people.company_key(name))


def keys_of(match: Match, name: str, code: str, uscc: str, phones: Sequence[str]) -> list[Key]:
    """Return the keys of a customer in the order in which they are tried."""
    keys = {
        Match.code: [("code", code)] if code else [],
        Match.uscc: [("uscc", uscc)] if uscc else [],
        Match.phone: [("phone", phone) for phone in phones],
        Match.name: [name_key(name)] if name else [],
    }
    if match is Match.auto:
        return keys[Match.code] + keys[Match.uscc] + keys[Match.name]
    return keys[match]


class Customers:
    """The customers of the book by their keys; ``rows`` holds the known ones by id."""

    def __init__(self) -> None:
        self._ids: dict[Key, int] = {}
        self.rows: dict[int, dict[str, Any]] = {}

    def find(self, keys: Iterable[Key]) -> tuple[int, str]:
        """Return the first customer that has one of the keys, and which key, else 0."""
        for key in keys:
            if key in self._ids:
                return self._ids[key], key[0]
        return 0, ""

    def learn(self, customer_id: int, keys: Iterable[Key], row: dict[str, Any]) -> None:
        """Remember a customer of this import."""
        self.rows[customer_id] = row
        for key in keys:
            self._ids.setdefault(key, customer_id)

    def load(self, reader: Reader, keys: Iterable[Key]) -> None:
        """Look up these keys in the book, and the rows of all customers they mean."""
        wanted = [key for key in dict.fromkeys(keys) if key[1]]
        unknown = [key for key in wanted if key not in self._ids]
        columns = {"code": Customer.code, "uscc": Customer.uscc, "name": Customer.name_key}
        for kind, column in columns.items():
            for part in in_parts(value for found, value in unknown if found == kind):
                self._add(kind, reader.rows(_living(column).where(column.in_(part))))
        for part in in_parts(value for found, value in unknown if found == "phone"):
            self._add("phone", reader.rows(_phones().where(ContactChannel.normal.in_(part))))
        self.load_rows(reader, {self._ids[key] for key in wanted if key in self._ids})

    def _add(self, kind: str, rows: Iterable[Any]) -> None:
        for value, customer_id in rows:
            self._ids.setdefault((kind, value), customer_id)

    def load_rows(self, reader: Reader, ids: Collection[int]) -> None:
        """Read the rows of some customers unless they are here."""
        columns = [getattr(Customer, name) for name in CUSTOMER_COLUMNS]
        for part in in_parts(one for one in ids if one not in self.rows):
            for row in reader.rows(select(*columns).where(Customer.id.in_(part))):
                self.rows[row[0]] = dict(zip(CUSTOMER_COLUMNS, row, strict=True))

    def forget_rows(self) -> None:
        """Drop rows that the book holds now."""
        self.rows.clear()


def _living(column: Any) -> Any:
    alive = (Customer.deleted_at == 0, Customer.merged_into_id == 0)
    return select(column, Customer.id).where(*alive).order_by(Customer.id)


def _phones() -> Any:
    return (
        _living(ContactChannel.normal)
        .join(ContactChannel, ContactChannel.customer_id == Customer.id)
        .where(ContactChannel.deleted_at == 0, ContactChannel.kind.in_(("mobile", "phone")))
    )


@dataclass(slots=True)
class Person:
    """A contact known already, with the normal forms of its addresses."""

    id: int
    name: str
    employment_id: int = 0
    title: str = ""
    part: str = ""
    gender: str = ""
    birthday: str = ""
    note: str = ""
    main: bool = False
    normals: set[str] = field(default_factory=set)


class Contacts:
    """The contacts of customers, and those of no customer (customer 0) by address."""

    def __init__(self) -> None:
        self._of: dict[int, list[Person]] = {}

    def at(self, customer_id: int) -> list[Person]:
        """Return the contacts of a customer that was loaded or made by this import."""
        return self._of.setdefault(customer_id, [])

    def load(self, reader: Reader, customer_ids: Collection[int]) -> None:
        """Read the contacts of customers unless they are here."""
        fresh = [one for one in customer_ids if one and one not in self._of]
        people_by_id: dict[int, Person] = {}
        for part in in_parts(fresh):
            self._of.update({customer_id: [] for customer_id in part})
            for row in reader.rows(_employed().where(Employment.customer_id.in_(part))):
                person = Person(*row[1:])
                self._of[row[0]].append(person)
                people_by_id[person.id] = person
        self._load_addresses(reader, people_by_id)

    def load_free(self, reader: Reader, normals: Collection[str]) -> None:
        """Read the contacts, of whatever customer, that have one of these addresses."""
        found: dict[int, Person] = {one.id: one for one in self.at(0)}
        for part in in_parts(normals):
            for row in reader.rows(_reached().where(ContactChannel.normal.in_(part))):
                if row[0] not in found:
                    found[row[0]] = Person(row[0], row[1], 0, "", "", *row[2:])
                    self.at(0).append(found[row[0]])
        self._load_addresses(reader, found)

    @staticmethod
    def _load_addresses(reader: Reader, by_id: dict[int, Person]) -> None:
        chosen = select(ContactChannel.contact_id, ContactChannel.normal)
        for part in in_parts(by_id):
            mine = (ContactChannel.contact_id.in_(part), ContactChannel.deleted_at == 0)
            for contact_id, normal in reader.rows(chosen.where(*mine)):
                by_id[contact_id].normals.add(normal)

    def forget(self) -> None:
        """Drop what the book holds now."""
        self._of.clear()


def _employed() -> Any:
    return (
        select(
            Employment.customer_id,
            Contact.id,
            Contact.name,
            Employment.id,
            Employment.title,
            Employment.part,
            Contact.gender,
            Contact.birthday,
            Contact.note,
            Employment.main,
        )
        .join(Contact, Contact.id == Employment.contact_id)
        .where(Employment.deleted_at == 0, Contact.deleted_at == 0)
        .order_by(Employment.id)
    )


def _reached() -> Any:
    return (
        select(Contact.id, Contact.name, Contact.gender, Contact.birthday, Contact.note)
        .join(ContactChannel, ContactChannel.contact_id == Contact.id)
        .where(Contact.deleted_at == 0, ContactChannel.deleted_at == 0)
    )


class Seen:
    """Count equal records by their content, those of the book included."""

    def __init__(self) -> None:
        self._count: dict[Any, int] = {}

    def missing(self, keys: Iterable[Any]) -> list[Any]:
        """Return the keys that were not looked up yet, and remember them as looked up."""
        fresh = [key for key in dict.fromkeys(keys) if key not in self._count]
        self._count.update(dict.fromkeys(fresh, 0))
        return fresh

    def add(self, key: Any) -> None:
        """Count one more record if its content was asked for."""
        if key in self._count:
            self._count[key] += 1

    def count(self, key: Any) -> int:
        """Return how many records have this content."""
        return self._count.get(key, 0)
