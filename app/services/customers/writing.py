"""Write customers, their contacts and their channels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.base import NO_DAY
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    OwnerSpell,
)
from app.models.values import people, pinyin, text

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.customers.drafts import ChannelDraft, ContactDraft, CustomerDraft

PLAIN_FIELDS = (
    "code",
    "short_name",
    "kind",
    "uscc",
    "source",
    "industry",
    "size",
    "region_code",
    "region",
    "address",
    "website",
    "note",
)


def names_of(name: str) -> dict[str, str]:
    """Return the name as kept, its match key and its sorting key; refuse an empty name."""
    kept = text.fold(name)
    if not kept:
        raise UserError(
            "name_missing", N_("客户名称还没填"), advice=N_("填上名称再存，别的内容都还在")
        )
    return {"name": kept, "name_key": people.company_key(kept), "sort_key": pinyin.sort_key(kept)}


def add_customer(unit: Unit, draft: CustomerDraft) -> int:
    """Insert a customer with owner spell and contacts; return its id."""
    owner_id = draft.owner_id or unit.staff_id
    created_on = draft.created_on or unit.today
    plain = {name: text.fold(getattr(draft, name)) for name in PLAIN_FIELDS}
    customer_id = unit.add(
        Customer,
        **names_of(draft.name),
        **plain,
        owner_id=owner_id,
        created_on=created_on,
        stage_since_on=created_on,
        historic=draft.historic,
    )
    unit.add(OwnerSpell, customer_id=customer_id, staff_id=owner_id, from_on=created_on)
    for number, contact in enumerate(draft.contacts):
        add_contact(unit, customer_id, contact, main=contact.main or number == 0)
    return customer_id


def change_customer(unit: Unit, customer_id: int, fields: Mapping[str, Any]) -> None:
    """Update plain fields, the name and the owner of a customer."""
    changed = dict(fields)
    if "owner_id" in changed:
        give_to(unit, customer_id, int(changed.pop("owner_id")))
    if "name" in changed:
        changed |= names_of(str(changed["name"]))
    unit.change(Customer, customer_id, **changed)


def give_to(unit: Unit, customer_id: int, staff_id: int) -> None:
    """Hand a customer to a member of staff from today on; history stays."""
    before = unit.stored(Customer, customer_id)
    if before is None or before["owner_id"] == staff_id:
        return
    for spell_id, from_on in _open_spells(unit, customer_id):
        unit.change(OwnerSpell, spell_id, to_on=max(unit.today, from_on or unit.today))
    unit.add(OwnerSpell, customer_id=customer_id, staff_id=staff_id, from_on=unit.today)


def _open_spells(unit: Unit, customer_id: int) -> Any:
    return unit.rows(
        select(OwnerSpell.id, OwnerSpell.from_on).where(
            OwnerSpell.customer_id == customer_id,
            OwnerSpell.to_on == NO_DAY,
            OwnerSpell.deleted_at == 0,
        )
    )


def add_contact(unit: Unit, customer_id: int, draft: ContactDraft, *, main: bool = False) -> int:
    """Insert a contact employed by the customer; return the contact's id."""
    name = text.fold(draft.name)
    contact_id = unit.add(Contact, name=name, gender=draft.gender, note=draft.note)
    unit.add(
        Employment,
        contact_id=contact_id,
        customer_id=customer_id,
        title=text.fold(draft.title),
        part=draft.part,
        main=main,
    )
    for channel in draft.channels:
        add_channel(unit, customer_id, contact_id, channel)
    return contact_id


def change_contact(unit: Unit, customer_id: int, contact_id: int, draft: ContactDraft) -> None:
    """Bring a contact to a draft; addresses that are not in it go to the recycle bin.

    An empty gender or note leaves what is known.
    """
    name = text.fold(draft.name)
    told = {"gender": draft.gender, "note": draft.note}
    unit.change(Contact, contact_id, name=name, **{key: one for key, one in told.items() if one})
    for employment_id, main in _employments(unit, customer_id, contact_id):
        changed = {"title": text.fold(draft.title), "part": draft.part}
        unit.change(Employment, employment_id, **changed, main=main or draft.main)
    if draft.main:
        _only_main(unit, customer_id, contact_id)
    known = {(kind, raw): row_id for row_id, kind, raw in _channels(unit, customer_id, contact_id)}
    wanted = {
        (normal_channel(one.kind, one.raw)[0], one.raw.strip()): one for one in draft.channels
    }
    for key, row_id in known.items():
        if key not in wanted:
            unit.remove(ContactChannel, row_id)
        else:
            unit.change(ContactChannel, row_id, preferred=wanted[key].preferred)
    for key, channel in wanted.items():
        if key not in known:
            add_channel(unit, customer_id, contact_id, channel)


def rename_contact(unit: Unit, contact_id: int, name: str) -> None:
    """Change a contact's name alone."""
    unit.change(Contact, contact_id, name=text.fold(name))


def remove_contact(unit: Unit, customer_id: int, contact_id: int) -> None:
    """End a contact's time at a customer: the employment and its addresses go to the bin."""
    for employment_id, _main in _employments(unit, customer_id, contact_id):
        unit.remove(Employment, employment_id)
    for row_id, _kind, _raw in _channels(unit, customer_id, contact_id):
        unit.remove(ContactChannel, row_id)


def _only_main(unit: Unit, customer_id: int, contact_id: int) -> None:
    others = select(Employment.id).where(
        Employment.customer_id == customer_id,
        Employment.contact_id != contact_id,
        Employment.main,
        Employment.deleted_at == 0,
    )
    for (employment_id,) in unit.rows(others):
        unit.change(Employment, employment_id, main=False)


def _employments(unit: Unit, customer_id: int, contact_id: int) -> Any:
    return unit.rows(
        select(Employment.id, Employment.main).where(
            Employment.customer_id == customer_id,
            Employment.contact_id == contact_id,
            Employment.to_on == NO_DAY,
            Employment.deleted_at == 0,
        )
    )


def _channels(unit: Unit, customer_id: int, contact_id: int) -> Any:
    return unit.rows(
        select(ContactChannel.id, ContactChannel.kind, ContactChannel.raw).where(
            ContactChannel.customer_id == customer_id,
            ContactChannel.contact_id == contact_id,
            ContactChannel.deleted_at == 0,
        )
    )


def add_channel(unit: Unit, customer_id: int, contact_id: int, draft: ChannelDraft) -> int:
    """Insert an address of a contact, with its normal form; return its id."""
    kind, normal = normal_channel(draft.kind, draft.raw)
    return unit.add(
        ContactChannel,
        customer_id=customer_id,
        contact_id=contact_id,
        kind=kind,
        raw=draft.raw.strip(),
        normal=normal,
        preferred=draft.preferred,
    )


def normal_channel(kind: str, raw: str) -> tuple[str, str]:
    """Return the kind a number really is and its normal form for matching."""
    if kind in ("mobile", "phone"):
        number = people.normal_phone(raw)
        if number is not None:
            return ("mobile" if number.kind == "mobile" else "phone"), number.digits
        return kind, "".join(c for c in text.fold(raw) if c.isdigit())
    return kind, text.fold(raw).lower()
