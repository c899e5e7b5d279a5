"""Commands on customers: search, show."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from app.cli import printing, words
from app.cli.printing import instant, known
from app.cli.session import Session, command, option
from app.i18n import N_, _

if TYPE_CHECKING:
    from app.services.customers.drafts import ContactView, CustomerCard
    from app.services.followups.drafts import TimelineEntry
    from app.services.office import Office


@command("search", N_("按名称、电话、联系人、拼音找客户"))
@click.argument("text")
@option("--limit", type=click.IntRange(1, 10_000), default=50, help=N_("最多几家"))
def search(session: Session, text: str, limit: int) -> None:
    """Find customers as the search box does, best first."""
    with session.office() as office:
        hits = office.customers.search(text, limit)
    rows = [{name: known(value) for name, value in asdict(hit).items()} for hit in hits]
    shown = [(hit.name, hit.contact, hit.phone, hit.region, hit.owner) for hit in hits]
    heads = (_("客户"), _("联系人"), _("电话"), _("地区"), _("负责人"))
    session.answer(rows, lambda: printing.print_table(heads, shown))


@command("show", N_("显示一家客户和它的全部经过"))
@click.argument("customer")
def show(session: Session, customer: str) -> None:
    """Show one customer with its timeline."""
    with session.office() as office:
        customer_id = office.customers.resolve(customer)
        card = office.customers.card(customer_id)
        timeline = office.followups.timeline(customer_id)
        document = _document(office, card, timeline)
    session.answer(document, lambda: _show_card(office, card, timeline))


def _document(office: Office, card: CustomerCard, timeline: list[TimelineEntry]) -> dict[str, Any]:
    zone = office.context.zone
    plain = {name: known(value) for name, value in asdict(card).items()}
    stage = next((one.name for one in card.stages if one.position == card.stage_position), None)
    return plain | {
        "calibrated_at": instant(card.calibrated_at, zone),
        "updated_at": instant(card.updated_at, zone),
        "stage": stage,
        "stages": [{"name": one.name, "reached_on": one.reached_on} for one in card.stages],
        "contacts": [_contact(one) for one in card.contacts],
        "lives": [
            {
                "state": one.state,
                "from": one.from_on,
                "to": one.to_on,
                "reason": known(one.reason),
            }
            for one in card.lives
        ],
        "features": {
            one.field.label: one.shown for one in office.features.of_customer(card.id) if one.shown
        },
        "timeline": [_entry(one, office) for one in timeline],
    }


def _contact(contact: ContactView) -> dict[str, Any]:
    return {
        "id": contact.id,
        "name": contact.name,
        "title": known(contact.title),
        "part": known(contact.part),
        "main": contact.main,
        "channels": [asdict(channel) for channel in contact.channels],
    }


def _entry(entry: TimelineEntry, office: Office) -> dict[str, Any]:
    return {
        "at": instant(entry.at, office.context.zone),
        "on": entry.on,
        "kind": entry.kind,
        "channel": known(entry.channel),
        "direction": entry.direction if entry.direction in ("out", "in") else None,
        "outcome": known(entry.outcome),
        "duration_s": entry.duration_s if entry.duration_s >= 0 else None,
        "title": known(entry.title),
        "content": entry.content,
        "staff": known(entry.staff),
        "amount_fen": entry.amount_fen,
        "old": known(entry.old),
        "new": known(entry.new),
        "details": dict(entry.details),
        "attachments": [],
    }


def _show_card(office: Office, card: CustomerCard, timeline: list[TimelineEntry]) -> None:
    value = " ".join(filter(None, (words.of(card.quality), words.of(card.grade))))
    lines = (
        (_("客户"), card.name),
        (_("生命周期"), words.of(card.life)),
        (_("价值"), value),
        (_("预计金额"), printing.yuan(card.expected_fen)),
        (_("负责人"), card.owner),
        (_("来源"), card.source),
        (_("行业"), card.industry),
        (_("地区"), card.region),
        (_("建档"), card.created_on),
        (_("签约"), printing.yuan(card.signed_fen)),
        (_("已回"), printing.yuan(card.received_fen)),
        *((one.title or _("联系人"), f"{one.name} {one.phone()}") for one in card.contacts),
    )
    printing.print_table((_("项目"), _("内容")), [line for line in lines if line[1]])
    rows = [
        (
            printing.moment(one.at, office.context.zone),
            words.of(one.channel or one.kind),
            one.staff,
            " ".join(filter(None, (one.title, one.content, *_changes(one)))),
        )
        for one in timeline
    ]
    printing.print_table((_("时间"), _("方式"), _("谁"), _("内容")), rows)


def _changes(entry: TimelineEntry) -> list[str]:
    found = [f"{entry.old} → {entry.new}"] if entry.new else []
    if entry.amount_fen is not None:
        found.append(printing.yuan(entry.amount_fen))
    return found


COMMANDS = (search, show)
