"""What a row of any table is called, and whose it is, for people who did not see it written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, literal, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import entity_named
from app.models.tables.customers import Contact, Customer, Employment
from app.models.tables.features import FeatureField, FeatureValue
from app.services.undo.inverse import Conflict
from app.services.undo.relations import customers_of
from app.services.undo.words import NOUNS, REASONS, fields_of

_LONGEST = 40

_TITLES: Mapping[str, str] = {
    "customer": "name",
    "contact": "name",
    "contact_channel": "raw",
    "followup": "content",
    "next_step": "what",
    "calibration_event": "field",
    "feature_field": "label",
    "feature_option": "label",
    "feature_talk": "words",
    "radar_item": "label",
    "opportunity": "name",
    "contract": "code",
    "payment": "code",
    "product": "name",
    "staff": "name",
    "staff_address": "raw",
    "team": "name",
    "choice": "label",
    "import_batch": "name",
    "action_sequence": "name",
    "sequence_step": "name",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A row by its noun (a message id), its title, and the customer it belongs to, if any."""

    noun: str
    title: str = ""
    customer_id: int = 0
    customer: str = ""


@dataclass(frozen=True, slots=True)
class ConflictView:
    """A row that did not go back, as people read it; reason and fields are message ids."""

    table: str
    row_id: int
    named: Named
    reason: str
    fields: tuple[str, ...]


def names_of(reader: Reader, table: str, ids: Collection[int]) -> dict[int, Named]:
    """Return what rows of a table are called, those in the bin too."""
    noun = NOUNS.get(table, table)
    titles = _titles(reader, table, ids)
    entity: Any = entity_named(table)
    owners = customers_of(reader, entity, ids)
    firms = _firms(reader, {one for found in owners.values() for one in found})
    found: dict[int, Named] = {}
    for row_id in ids:
        customer_id = min(owners.get(row_id, {0}))
        title = titles.get(row_id, "")
        found[row_id] = Named(noun, title, customer_id, firms.get(customer_id, ""))
    return found


def _titles(reader: Reader, table: str, ids: Collection[int]) -> dict[int, str]:
    entity: Any = entity_named(table)
    if entity is Employment:
        wanted = select(entity.id, Contact.name).join(Contact, Contact.id == entity.contact_id)
    elif entity is FeatureValue:
        wanted = select(entity.id, FeatureField.label).join(
            FeatureField, FeatureField.id == entity.field_id
        )
    elif table in _TITLES:
        wanted = select(entity.id, func.substr(getattr(entity, _TITLES[table]), 1, _LONGEST))
    else:
        wanted = select(entity.id, literal(""))
    return {row[0]: row[1] for row in reader.rows(wanted.where(among(entity.id, ids)))}


def _firms(reader: Reader, ids: Collection[int]) -> dict[int, str]:
    wanted = select(Customer.id, Customer.name).where(among(Customer.id, ids))
    return {row[0]: row[1] for row in reader.rows(wanted)} if ids else {}


def describe(reader: Reader, conflicts: Iterable[Conflict]) -> list[ConflictView]:
    """Return conflicts as people read them, in their order."""
    listed = list(conflicts)
    tables: dict[str, set[int]] = {}
    for one in listed:
        tables.setdefault(one.table, set()).add(one.row_id)
    named = {table: names_of(reader, table, ids) for table, ids in tables.items()}
    return [
        ConflictView(
            one.table,
            one.row_id,
            named[one.table][one.row_id],
            REASONS[one.reason],
            fields_of(one.table, one.fields),
        )
        for one in listed
    ]
