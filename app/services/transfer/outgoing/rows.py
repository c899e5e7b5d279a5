"""Read the rows of each kind from the book, as values by field key."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.tables.admin import Choice
from app.models.tables.base import NO_DAY, aliased
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    LifeSpell,
)
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment, Product
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.staff import Staff, StaffAddress, Team
from app.services.customers.tags import tags_of
from app.services.transfer.fields import Kind
from app.services.transfer.fields.custom import PREFIX
from app.services.transfer.known import learnt
from app.services.transfer.outgoing import carried
from app.services.transfer.outgoing.tables import (
    Values,
    Wanted,
    at_customer,
    grouped,
    in_time,
    known_amounts,
    labelled,
    paged,
    same,
    staff_name,
)

_CHANNELS = {"mobile": "mobile", "phone": "phone", "email": "email", "qq": "qq", "wechat": "wechat"}


def stage_names(reader: Reader) -> tuple[str, ...]:
    """Return the stages of the office in order."""
    wanted = (Choice.list_name == "stage", Choice.deleted_at == 0)
    chosen = select(Choice.label).where(*wanted).order_by(Choice.position)
    return tuple(row[0] for row in reader.rows(chosen))


def rows_of(reader: Reader, kind: Kind, wanted: Wanted) -> Iterator[Values]:
    """Yield the rows of a kind, oldest first."""
    yield from _READERS[kind](reader, wanted)


# -- the office -------------------------------------------------------------------------------


def _staff(reader: Reader, _wanted: Wanted) -> Iterator[Values]:
    columns = labelled(Staff, same("id name post role joined_on left_on"))
    team = func.coalesce(Team.name, "").label("department")
    query = select(*columns, team).outerjoin(Team, Team.id == Staff.team_id)
    addresses = select(StaffAddress.staff_id, StaffAddress.kind, StaffAddress.raw)
    addresses = addresses.where(StaffAddress.deleted_at == 0).order_by(StaffAddress.id)
    for page in paged(reader, Staff, query):
        ids = [row["id"] for row in page]
        found = grouped(reader, addresses, StaffAddress.staff_id, ids)
        yield from (row | _by_channel(found.get(row["id"], ())) for row in page)


def _by_channel(addresses: Collection[tuple[str, str]]) -> Values:
    return {
        key: "、".join(raw for kind, raw in addresses if kind == channel)
        for key, channel in _CHANNELS.items()
    }


def _products(reader: Reader, _wanted: Wanted) -> Iterator[Values]:
    names = same("id code name category spec unit note")
    query = select(*labelled(Product, names | {"price": "price_fen", "cost": "cost_fen"}))
    for page in paged(reader, Product, query):
        yield from known_amounts(page, "price", "cost")


# -- customers --------------------------------------------------------------------------------

_CUSTOMER = same(
    "id code name short_name kind uscc industry source size region_code region address website "
    "created_on stage_position stage_reached life grade quality historic note"
) | {"expected_amount": "expected_fen", "expected_on": "expected_to", "stage_on": "stage_since_on"}


def _customers(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    owner, person, owned = staff_name(Customer.owner_id, "owner")
    parent = aliased(Customer)
    query = (
        select(
            *labelled(Customer, _CUSTOMER), owner, func.coalesce(parent.name, "").label("parent")
        )
        .outerjoin(person, owned)
        .outerjoin(parent, parent.id == Customer.parent_id)
        .where(Customer.merged_into_id == 0, *wanted.of(Customer.id))
    )
    churned = select(LifeSpell.customer_id, LifeSpell.from_on, LifeSpell.reason).where(
        LifeSpell.state == "churned", LifeSpell.to_on == NO_DAY, LifeSpell.deleted_at == 0
    )
    for page in paged(reader, Customer, query):
        ids = [row["id"] for row in page]
        lost = grouped(reader, churned, LifeSpell.customer_id, ids)
        own = learnt(reader, ids, wanted.features)
        tags = tags_of(reader, ids)
        for row in known_amounts(page, "expected_amount"):
            known = own.get(row["id"], {})
            features = {PREFIX + one.label: known.get(one.id, "") for one in wanted.features}
            words = "、".join(sorted(one.label for one in tags.get(row["id"], ())))
            told = _stage(row, wanted.stages) | _loss(lost.get(row["id"])) | features
            yield row | told | {"tags": words}


def _stage(row: Values, stages: Sequence[str]) -> Values:
    """Return the stage and its day; who never left the start has neither."""
    position = row["stage_position"]
    if not row["stage_reached"] or not 0 <= position < len(stages):
        return {"stage": "", "stage_on": None}
    return {"stage": stages[position]}


def _loss(found: list[Any] | None) -> Values:
    from_on, reason = found[0] if found else (None, "")
    return {"churned_on": from_on, "churn_reason": reason}


_FREE: Values = {
    "customer_id": 0,
    "customer_code": "",
    "customer": "",
    "title": "",
    "part": "",
    "main": False,
}


def _contacts(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    names = {"name": "name", "gender": "gender", "birthday": "birthday", "note": "note"}
    person = [*labelled(Contact, names), Contact.id.label("contact_id")]
    query = select(*labelled(Employment, same("id title part main customer_id")), *person)
    query = query.join(Contact, Contact.id == Employment.contact_id)
    employed = query.where(Employment.to_on == NO_DAY, Contact.deleted_at == 0)
    for page in paged(reader, Employment, at_customer(Employment, employed, wanted)):
        yield from _with_channels(reader, page)
    if wanted.customer_ids is None:
        works = select(Employment.id).where(
            Employment.contact_id == Contact.id, Employment.deleted_at == 0
        )
        free = select(*labelled(Contact, same("id")), *person).where(~works.exists())
        for page in paged(reader, Contact, free):
            yield from _with_channels(reader, [_FREE | row for row in page])


def _with_channels(reader: Reader, page: list[Values]) -> Iterator[Values]:
    channels = (
        select(
            ContactChannel.contact_id,
            ContactChannel.customer_id,
            ContactChannel.kind,
            ContactChannel.raw,
        )
        .where(ContactChannel.deleted_at == 0)
        .order_by(ContactChannel.preferred.desc(), ContactChannel.id)
    )
    ids = [row["contact_id"] for row in page]
    found = grouped(reader, channels, ContactChannel.contact_id, ids)
    for row in page:
        mine = [one[1:] for one in found.get(row["contact_id"], ()) if one[0] == row["customer_id"]]
        yield row | _by_channel(mine)


# -- the chain --------------------------------------------------------------------------------


def _followups(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    names = same("id at channel direction outcome content plan_kind")
    columns = labelled(FollowUp, names | {"duration": "duration_s"})
    staff, person, wrote = staff_name(FollowUp.staff_id, "staff")
    contact = func.coalesce(Contact.name, "").label("contact")
    query = (
        select(*columns, staff, contact)
        .outerjoin(person, wrote)
        .outerjoin(Contact, Contact.id == FollowUp.contact_id)
    )
    chosen = at_customer(FollowUp, query, wanted)
    for page in in_time(reader, FollowUp, chosen, FollowUp.at):
        yield from known_amounts(page, "duration")


def _next_steps(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    names = same("id plan_kind what window_start window_end has_clock state")
    columns = labelled(NextStep, names | {"when": "bucket", "entered_at": "anchor_at"})
    staff, person, acts = staff_name(NextStep.staff_id, "staff")
    query = select(*columns, NextStep.done_at.label("done_at"), staff).outerjoin(person, acts)
    for page in paged(reader, NextStep, at_customer(NextStep, query, wanted)):
        yield from (row | {"done_at": row["done_at"] or None} for row in page)


# -- deals ------------------------------------------------------------------------------------


def _opportunities(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    names = same("id name created_on expected_on state closed_on reason note")
    columns = labelled(Opportunity, names | {"amount": "expected_fen"})
    owner, person, owned = staff_name(Opportunity.owner_id, "owner")
    query = select(*columns, owner).outerjoin(person, owned)
    for page in paged(reader, Opportunity, at_customer(Opportunity, query, wanted)):
        yield from known_amounts(page, "amount")


def _contracts(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    names = same("id code name signed_on status kind as_new void_on void_reason note")
    columns = labelled(Contract, names | {"amount": "amount_fen"})
    signer, person, signed = staff_name(Contract.signer_id, "signer")
    old = aliased(Contract)
    replaces = func.coalesce(old.code, "").label("replaces")
    query = (
        select(*columns, signer, replaces)
        .outerjoin(person, signed)
        .outerjoin(old, old.id == Contract.replaces_id)
    )
    shares = (
        select(ContractShare.contract_id, Staff.name, ContractShare.weight)
        .join(Staff, Staff.id == ContractShare.staff_id)
        .where(ContractShare.deleted_at == 0)
        .order_by(ContractShare.id)
    )
    by = (Contract.code == "", Contract.signed_on)
    for page in in_time(reader, Contract, at_customer(Contract, query, wanted), *by):
        ids = [row["id"] for row in page]
        found = grouped(reader, shares, ContractShare.contract_id, ids)
        for row in page:
            yield row | {"shares": _shares(row["signer"], found.get(row["id"], []))}


def _shares(signer: str, found: list[Any]) -> str:
    """Return shares as name:weight; the signer's alone need not be said."""
    if len(found) == 1 and found[0][0] == signer:
        return ""
    return ",".join(f"{name}:{weight}" for name, weight in found)


def _payments(reader: Reader, wanted: Wanted) -> Iterator[Values]:
    columns = labelled(Payment, same("id code paid_on method note") | {"amount": "amount_fen"})
    staff, person, took = staff_name(Payment.staff_id, "staff")
    contract = func.coalesce(Contract.code, "").label("contract_code")
    query = (
        select(*columns, staff, contract)
        .outerjoin(person, took)
        .outerjoin(Contract, Contract.id == Payment.contract_id)
    )
    for page in paged(reader, Payment, at_customer(Payment, query, wanted)):
        yield from page


_READERS: dict[Kind, Callable[[Reader, Wanted], Iterator[Values]]] = {
    Kind.staff: _staff,
    Kind.products: _products,
    Kind.customers: _customers,
    Kind.contacts: _contacts,
    Kind.opportunities: _opportunities,
    Kind.contracts: _contracts,
    Kind.payments: _payments,
    Kind.followups: _followups,
    Kind.next_steps: _next_steps,
    Kind.features: carried.definitions,
    Kind.feature_values: carried.values,
    Kind.radar: carried.radar,
    Kind.stage_moves: carried.moves,
}
