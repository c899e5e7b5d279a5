"""Read one customer whole: the head of its page."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.admin import Choice
from app.models.tables.base import NO_DAY
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    LifeSpell,
    StageMove,
)
from app.models.tables.deals import Contract, Payment
from app.models.tables.staff import Staff
from app.models.values.deals import EFFECTIVE
from app.services.customers import lives
from app.services.customers.drafts import (
    ChannelView,
    ContactView,
    CustomerCard,
    LifeView,
    StageView,
)
from app.services.customers.tags import tags_of

if TYPE_CHECKING:
    from app.models.store.reader import Reader


def read_card(reader: Reader, customer_id: int) -> CustomerCard:
    """Return the card of a customer; raise ``UserError`` not_found."""
    row = reader.stored(Customer, customer_id)
    if row is None or row["deleted_at"]:
        raise UserError("not_found", N_("这家客户已经不在了"), advice=N_("到回收站里找找看"))
    shown = {name: row[name] for name in CustomerCard.__dataclass_fields__ if name in row}
    shown["expected_fen"] = None if row["expected_fen"] < 0 else row["expected_fen"]
    return CustomerCard(
        **{
            **shown,
            "owner": name_of(reader, row["owner_id"]),
            "calibrated_by": name_of(reader, row["calibrated_by"]),
            "stages": _stages(reader, row),
            "contacts": read_contacts(reader, customer_id),
            "lives": _lives(reader, row),
            "signed_fen": _signed(reader, customer_id),
            "received_fen": _received(reader, customer_id),
            "tags": tags_of(reader, [customer_id]).get(customer_id, ()),
        }
    )


def name_of(reader: Reader, staff_id: int) -> str:
    """Return the name of a member of staff, empty if there is none."""
    return str(reader.scalar(select(Staff.name).where(Staff.id == staff_id)) or "")


def _stages(reader: Reader, row: dict[str, Any]) -> tuple[StageView, ...]:
    first = select(StageMove.to_position, func.min(StageMove.on)).where(
        StageMove.customer_id == row["id"], StageMove.deleted_at == 0
    )
    grouped = reader.rows(first.group_by(StageMove.to_position))
    reached: dict[int, date | None] = {row[0]: row[1] for row in grouped}
    names = select(Choice.position, Choice.label).where(
        Choice.list_name == "stage", Choice.deleted_at == 0, Choice.archived.is_(False)
    )
    found = reader.rows(names.order_by(Choice.position))
    return tuple(
        StageView(place, name, row["created_on"] if place == 0 else reached.get(place))
        for place, name in found
    )


def read_contacts(reader: Reader, customer_id: int) -> tuple[ContactView, ...]:
    """Return the people who work at a customer now, the main one first."""
    people = (
        select(Contact.id, Contact.name, Employment.title, Employment.part, Employment.main)
        .join(Employment, Employment.contact_id == Contact.id)
        .where(
            Employment.customer_id == customer_id,
            Employment.deleted_at == 0,
            Employment.to_on == NO_DAY,
            Contact.deleted_at == 0,
        )
        .order_by(Employment.main.desc(), Employment.id)
    )
    channels = _channels(reader, customer_id)
    return tuple(ContactView(*row, tuple(channels.get(row[0], ()))) for row in reader.rows(people))


def _channels(reader: Reader, customer_id: int) -> dict[int, list[ChannelView]]:
    found: dict[int, list[ChannelView]] = {}
    chosen = select(
        ContactChannel.contact_id,
        ContactChannel.id,
        ContactChannel.kind,
        ContactChannel.raw,
        ContactChannel.normal,
        ContactChannel.preferred,
        ContactChannel.invalid,
    ).where(ContactChannel.customer_id == customer_id, ContactChannel.deleted_at == 0)
    order = (ContactChannel.preferred.desc(), ContactChannel.kind, ContactChannel.id)
    for row in reader.rows(chosen.order_by(*order)):
        found.setdefault(row[0], []).append(ChannelView(*row[1:]))
    return found


def _lives(reader: Reader, row: dict[str, Any]) -> tuple[LifeView, ...]:
    chosen = select(LifeSpell.from_on, LifeSpell.to_on, LifeSpell.reason).where(
        LifeSpell.customer_id == row["id"],
        LifeSpell.state == lives.CHURNED,
        LifeSpell.deleted_at == 0,
    )
    churns = reader.rows(chosen.order_by(LifeSpell.from_on))
    reasons = {begin: reason for begin, _, reason in churns}
    spells = lives.spells_of(
        row["created_on"],
        lives.signing_days(reader, row["id"]),
        [(begin, end) for begin, end, _ in churns if begin is not None],
    )
    return tuple(LifeView(state, b, e, reasons.get(b, "")) for state, b, e in spells)


def _signed(reader: Reader, customer_id: int) -> int:
    total = select(func.sum(Contract.amount_fen)).where(
        Contract.customer_id == customer_id,
        Contract.status.in_(EFFECTIVE),
        Contract.deleted_at == 0,
    )
    return int(reader.scalar(total) or 0)


def _received(reader: Reader, customer_id: int) -> int:
    total = select(func.sum(Payment.amount_fen)).where(
        Payment.customer_id == customer_id, Payment.deleted_at == 0
    )
    return int(reader.scalar(total) or 0)
