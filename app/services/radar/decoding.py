"""What the numbers of a customer say: credit code and phones (product.md 1.3, 5.2, 5.3)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.customers import Contact, ContactChannel, Customer
from app.models.tables.radar import RadarItem
from app.models.tables.staff import Staff, StaffAddress
from app.models.values.people.names import company_key
from app.models.values.people.phones import normal_phone, split_phones
from app.models.values.people.places import PLACES, WIDE_PLACES
from app.services.radar.codes import CodeReport, check_code

_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Identity:
    """A credit code as it decodes, and how it stands to what else is known.

    ``names_differ`` is the name a register gave that is not the customer's,
    ``elsewhere`` the place of the address that the code does not name: firms move.
    """

    report: CodeReport
    names_differ: str = ""
    elsewhere: str = ""


@dataclass(frozen=True, slots=True)
class PhoneView:
    """A number: whose, its class, where the range belongs, what speaks against it.

    ``conflict`` is the customer's place that the number's is not; ``also_at`` are other
    customers and staff with the same number.
    """

    digits: str
    person: str
    kind: str
    place: str = ""
    issuer: str = ""
    conflict: str = ""
    also_at: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decoded:
    """Everything that the numbers of a customer say."""

    identity: Identity | None = None
    phones: tuple[PhoneView, ...] = ()


@dataclass(frozen=True, slots=True)
class _Known:
    name: str
    uscc: str
    region: str
    address: str
    noted: Mapping[str, str] = field(default_factory=dict)

    def place(self) -> str:
        """Return the city that address or region begins with, the province without one."""
        for text in (self.address, self.region):
            found = place_in(text)
            if found:
                return found
        return ""


def decode(reader: Reader, customer_id: int) -> Decoded:
    """Return what code and phones of a customer say."""
    known = _known(reader, customer_id)
    if known is None:
        return Decoded()
    code = known.uscc or known.noted.get("统一代码", "")
    return Decoded(_identity(known, code) if code else None, _phones(reader, customer_id, known))


def place_in(text: str) -> str:
    """Return the first city that a text names, else its first province; empty for none."""
    found = [
        (at, text[at : at + size])
        for at in range(len(text))
        for size in (2, 3, 4, 5)
        if text[at : at + size] in PLACES and text[at : at + size] != "中国"
    ]
    cities = [name for _at, name in found if name not in WIDE_PLACES]
    return next(iter(cities), found[0][1] if found else "")


def _known(reader: Reader, customer_id: int) -> _Known | None:
    columns = (Customer.name, Customer.uscc, Customer.region, Customer.address)
    row = reader.one(select(*columns).where(Customer.id == customer_id))
    if row is None:
        return None
    noted = (
        select(RadarItem.label, RadarItem.value)
        .where(RadarItem.customer_id == customer_id, RadarItem.deleted_at == 0)
        .order_by(RadarItem.found_on, RadarItem.id)
    )
    return _Known(*row, noted={row[0]: row[1] for row in reader.rows(noted)})


def _identity(known: _Known, code: str) -> Identity:
    report = check_code(code)
    given = known.noted.get("企业名称", "")
    differs = bool(given) and company_key(given) != company_key(known.name)
    region, place = report.decoded.get("region", ""), known.place()
    away = bool(region and place) and place not in region
    return Identity(report, given if differs else "", place if away else "")


def _phones(reader: Reader, customer_id: int, known: _Known) -> tuple[PhoneView, ...]:
    numbers = dict(_numbers(reader, customer_id, known))
    also = _also_at(reader, customer_id, list(numbers))
    return tuple(
        _phone(digits, person, known, also.get(digits, ())) for digits, person in numbers.items()
    )


def _numbers(reader: Reader, customer_id: int, known: _Known) -> list[tuple[str, str]]:
    chosen = (
        select(ContactChannel.normal, Contact.name)
        .join(Contact, Contact.id == ContactChannel.contact_id)
        .where(
            ContactChannel.customer_id == customer_id,
            ContactChannel.kind.in_(("mobile", "phone")),
            ContactChannel.deleted_at == 0,
            Contact.deleted_at == 0,
        )
        .order_by(ContactChannel.id)
    )
    found = [(str(row[0]), str(row[1])) for row in reader.rows(chosen) if row[0]]
    for label in ("手机", "电话"):
        for written in split_phones(known.noted.get(label, "")):
            number = normal_phone(written)
            if number is not None and number.digits not in dict(found):
                found.append((number.digits, ""))
    return found


def _phone(digits: str, person: str, known: _Known, also: Sequence[str]) -> PhoneView:
    report = check_code(digits)
    place, at = report.decoded.get("place", ""), known.place()
    # a table may know no more than the province: that is no conflict within it
    city = place_in(place)
    wide = city in WIDE_PLACES or at in WIDE_PLACES
    conflict = at if city and at and city != at and not wide else ""
    return PhoneView(
        digits,
        person,
        report.decoded.get("class", report.kind),
        place,
        report.decoded.get("carrier", ""),
        conflict,
        tuple(also),
    )


def _also_at(
    reader: Reader, customer_id: int, numbers: Sequence[str]
) -> dict[str, tuple[str, ...]]:
    """Return other customers and staff that have one of some numbers."""
    if not numbers:
        return {}
    others = (
        select(ContactChannel.normal, Customer.name)
        .join(Customer, Customer.id == ContactChannel.customer_id)
        .where(
            ContactChannel.normal.in_(numbers),
            ContactChannel.customer_id != customer_id,
            ContactChannel.deleted_at == 0,
            Customer.deleted_at == 0,
        )
        .distinct()
        .limit(_SHOWN * len(numbers))
    )
    own: Any = (
        select(StaffAddress.normal, Staff.name)
        .join(Staff, Staff.id == StaffAddress.staff_id)
        .where(
            StaffAddress.kind.in_(("mobile", "phone")),
            StaffAddress.normal.in_(numbers),
            StaffAddress.deleted_at == 0,
        )
    )
    found: dict[str, tuple[str, ...]] = {}
    for normal, name in [*reader.rows(others), *reader.rows(own)]:
        found[normal] = (*found.get(normal, ()), name)
    return found
