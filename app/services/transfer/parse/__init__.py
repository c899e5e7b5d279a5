"""Turn the rows of a table into drafts: one parser for each kind."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from app.services.transfer.drafts import Draft
from app.services.transfer.fields import Kind
from app.services.transfer.parse.carried import (
    parse_definitions,
    parse_moves,
    parse_radar,
    parse_values,
)
from app.services.transfer.parse.chain import parse_followups, parse_next_steps
from app.services.transfer.parse.customers import parse_customers
from app.services.transfer.parse.deals import (
    parse_contracts,
    parse_opportunities,
    parse_payments,
    parse_products,
)
from app.services.transfer.parse.people import parse_contacts, parse_staff
from app.services.transfer.rows import SheetReader

Parser = Callable[[SheetReader], Iterator[Draft]]

PARSERS: dict[Kind, Parser] = {
    Kind.customers: parse_customers,
    Kind.contacts: parse_contacts,
    Kind.staff: parse_staff,
    Kind.followups: parse_followups,
    Kind.next_steps: parse_next_steps,
    Kind.opportunities: parse_opportunities,
    Kind.contracts: parse_contracts,
    Kind.payments: parse_payments,
    Kind.products: parse_products,
    Kind.features: parse_definitions,
    Kind.stage_moves: parse_moves,
    Kind.feature_values: parse_values,
    Kind.radar: parse_radar,
}
