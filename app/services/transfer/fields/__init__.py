"""What can be imported: the fields of each kind and the headings they go by.

The plain headings of the command line stand first in each row; the other words
are what offices write for the same thing (product.md 5.8, habit 28). The keys
double as headings, so that an exported JSON file maps by itself.
"""

from __future__ import annotations

from app.services.transfer.fields.carried import (
    FEATURE_VALUES,
    FEATURES,
    RADAR,
    STAGE_MOVES,
)
from app.services.transfer.fields.chain import FOLLOWUPS, NEXT_STEPS
from app.services.transfer.fields.deals import CONTRACTS, OPPORTUNITIES, PAYMENTS, PRODUCTS
from app.services.transfer.fields.people import CONTACTS, CUSTOMERS, STAFF
from app.services.transfer.fields.shapes import CARRIED, Field, Kind, Shape

__all__ = ["CARRIED", "FIELDS", "Field", "Kind", "Shape"]

FIELDS: dict[Kind, tuple[Field, ...]] = {
    Kind.customers: CUSTOMERS,
    Kind.contacts: CONTACTS,
    Kind.followups: FOLLOWUPS,
    Kind.next_steps: NEXT_STEPS,
    Kind.opportunities: OPPORTUNITIES,
    Kind.contracts: CONTRACTS,
    Kind.payments: PAYMENTS,
    Kind.products: PRODUCTS,
    Kind.staff: STAFF,
    Kind.features: FEATURES,
    Kind.stage_moves: STAGE_MOVES,
    Kind.feature_values: FEATURE_VALUES,
    Kind.radar: RADAR,
}
