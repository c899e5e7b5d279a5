"""What lists of records of customers are asked for about the customer."""

from __future__ import annotations

from collections.abc import Mapping

from app.models.tables.customers import Customer
from app.services.lists.clauses import ListField
from app.services.lists.conditions import CHOICE, ID, REGION, TEXT
from app.services.lists.groups import GroupColumn

ABOUT: Mapping[str, ListField] = {
    "customer": ListField(TEXT, Customer.name),
    "owner": ListField(ID, Customer.owner_id, 0),
    "region": ListField(REGION, Customer.region),
    "life": ListField(CHOICE, Customer.life),
    "grade": ListField(CHOICE, Customer.grade),
}
ABOUT_GROUPS: Mapping[str, GroupColumn] = {
    "customer": GroupColumn(Customer.name),
    "owner": GroupColumn(Customer.owner_id),
    "region": GroupColumn(Customer.region),
    "life": GroupColumn(Customer.life),
    "grade": GroupColumn(Customer.grade),
}
