"""Rows of one chunk, collected and then written together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from app.models.store.unit import Unit
from app.models.tables.admin import Choice
from app.models.tables.base import Row
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    CustomerTag,
    Employment,
    LifeSpell,
    OwnerSpell,
    StageMove,
)
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment, Product
from app.models.tables.features import FeatureField, FeatureOption, FeatureTalk, FeatureValue
from app.models.tables.followups import FollowUp, FollowUpContact, NextStep
from app.models.tables.radar import RadarItem
from app.models.tables.staff import Staff, StaffAddress, Team
from app.services.customers.writing import give_to

_ORDER: tuple[type[Row], ...] = (
    Choice,
    Team,
    Staff,
    StaffAddress,
    Product,
    FeatureField,
    FeatureOption,
    FeatureTalk,
    Customer,
    CustomerTag,
    OwnerSpell,
    LifeSpell,
    Contact,
    Employment,
    ContactChannel,
    CalibrationEvent,
    FeatureValue,
    Opportunity,
    Contract,
    ContractShare,
    Payment,
    FollowUp,
    FollowUpContact,
    NextStep,
    StageMove,
    RadarItem,
)
"""Tables in the order in which their rows refer to each other."""


class Pile:
    """Rows to add, change and remove; nothing is written before ``write``."""

    def __init__(self, make_id: Callable[[], int]) -> None:
        self.make_id = make_id
        self._added: dict[type[Row], dict[int, dict[str, Any]]] = {}
        self._changed: dict[tuple[type[Row], int], dict[str, Any]] = {}
        self._removed: dict[tuple[type[Row], int], None] = {}
        self._given: dict[int, int] = {}

    def __bool__(self) -> bool:
        return bool(self._added or self._changed or self._removed or self._given)

    def add(self, entity: type[Row], **values: Any) -> int:
        """Put a new row on the pile and return its id."""
        row_id = self.make_id()
        self.put(entity, row_id, **values)
        return row_id

    def put(self, entity: type[Row], row_id: int, **values: Any) -> None:
        """Put a new row on the pile under an id made before."""
        self._added.setdefault(entity, {})[row_id] = values

    def change(self, entity: type[Row], row_id: int, **values: Any) -> None:
        """Change columns of a row of the book, or of one that lies here."""
        fresh = self._added.get(entity, {}).get(row_id)
        if fresh is None:
            fresh = self._changed.setdefault((entity, row_id), {})
        fresh |= values

    def remove(self, entity: type[Row], row_id: int) -> None:
        """Take a row of the book, or one that lies here, away."""
        if self._added.get(entity, {}).pop(row_id, None) is None:
            self._removed[entity, row_id] = None

    def give(self, customer_id: int, staff_id: int) -> None:
        """Hand a customer to a member of staff from today on."""
        self._given[customer_id] = staff_id

    def write(self, unit: Unit) -> None:
        """Write everything in an order that references allow, and forget it."""
        for entity in _ORDER:
            by_columns: dict[tuple[str, ...], list[dict[str, Any]]] = {}
            for row_id, values in self._added.get(entity, {}).items():
                by_columns.setdefault(tuple(values), []).append({"id": row_id, **values})
            for rows in by_columns.values():
                unit.add_many(entity, rows)
        for (entity, row_id), values in self._changed.items():
            unit.change(entity, row_id, **values)
        for entity, row_id in self._removed:
            unit.remove(entity, row_id)
        for customer_id, staff_id in self._given.items():
            give_to(unit, customer_id, staff_id)
        self.forget()

    def forget(self) -> None:
        """Drop everything unwritten."""
        self._added, self._changed, self._removed, self._given = {}, {}, {}, {}
