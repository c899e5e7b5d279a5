"""Which rows hang on which, told by the tables themselves."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.base import Base, Row
from app.models.tables.customers import Contact, ContactChannel, Customer, Employment, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.features import FeatureOption, FeatureValue
from app.models.tables.followups import FollowUp, FollowUpContact, NextStep
from app.models.tables.staff import Staff, Team


@dataclass(frozen=True, slots=True)
class Link:
    """A column of a table that holds the id of a row elsewhere."""

    parent: type[Row]
    child: type[Row]
    column: str

    def of(self, ids: Collection[int]) -> Any:
        """Return the condition that a row hangs on one of these."""
        return among(getattr(self.child, self.column), ids)


# columns that point to a row without the engine's knowing: 0 is "none"
_SOFT = (
    Link(Customer, ContactChannel, "customer_id"),
    Link(Customer, Customer, "parent_id"),
    Link(Contract, Payment, "contract_id"),
    Link(FeatureOption, FeatureValue, "option_id"),
    Link(Team, Staff, "team_id"),
    Link(Staff, OwnerSpell, "staff_id"),
    Link(Staff, FollowUp, "staff_id"),
    Link(Staff, NextStep, "staff_id"),
    Link(Staff, Opportunity, "owner_id"),
    Link(Staff, ContractShare, "staff_id"),
    Link(Staff, Payment, "staff_id"),
)


_THROUGH: Mapping[Any, tuple[Any, str]] = {
    ContractShare: (Contract, "contract_id"),
    FollowUpContact: (FollowUp, "followup_id"),
}


@cache
def links() -> tuple[Link, ...]:
    """Return every link between rows that are kept in the audit trail."""
    found = []
    for entity in Base.entities.values():
        if not issubclass(entity, Row) or entity.KIND is None:
            continue
        for key in entity.__table__.foreign_keys:
            parent: Any = Base.entities[key.column.table.name]
            found.append(Link(parent, entity, key.parent.name))
    return (*found, *_SOFT)


@cache
def children_of(table: str) -> tuple[Link, ...]:
    """Return the links to a table."""
    return tuple(link for link in links() if link.parent.__tablename__ == table)


@cache
def at_customers() -> tuple[type[Row], ...]:
    """Return the tables whose rows belong to a customer."""
    return tuple(dict.fromkeys(
        link.child for link in children_of(Customer.__tablename__) if link.column == "customer_id"
    ))  # fmt: skip


def customers_of(
    reader: Reader, entity: type[Row], ids: Collection[int]
) -> Mapping[int, frozenset[int]]:
    """Return the customers that rows belong to, by row; a contact may be at several."""
    wanted = _owner(entity)
    if wanted is None or not ids:
        return {}
    found: dict[int, frozenset[int]] = {}
    row_id, statement = wanted
    for one, customer_id in reader.rows(statement.where(among(row_id, ids))):
        found[one] = found.get(one, frozenset()) | {customer_id}
    return found


def _owner(entity: Any) -> tuple[Any, Any] | None:
    """Return the id to ask for and the select of (id, customer) for a table, None without."""
    if entity is Customer:
        return Customer.id, select(Customer.id, Customer.id.label("customer_id"))
    if entity is Contact:
        at = Employment.contact_id
        return at, select(at, Employment.customer_id)
    if entity in _THROUGH:
        parent, name = _THROUGH[entity]
        joined = select(entity.id, parent.customer_id).join(
            parent, parent.id == getattr(entity, name)
        )
        return entity.id, joined
    if "customer_id" in entity.__table__.c:
        return entity.id, select(entity.id, entity.customer_id)
    return None
