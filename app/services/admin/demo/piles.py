"""Rows gathered in memory and written many at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any

from app.models.store.unit import Unit
from app.models.tables.base import Row
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    Employment,
    LifeSpell,
    OwnerSpell,
    StageMove,
)
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.features import FeatureValue
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.radar import RadarItem
from app.models.tables.sequences import (
    ActionSequence,
    EnrolledStep,
    SequenceEnrolment,
    SequenceStep,
    SequenceVersion,
)

_PARENTS_FIRST: tuple[type[Row], ...] = (
    Customer,
    Contact,
    Employment,
    ContactChannel,
    OwnerSpell,
    FollowUp,
    NextStep,
    CalibrationEvent,
    StageMove,
    FeatureValue,
    RadarItem,
    Opportunity,
    Contract,
    ContractShare,
    Payment,
    LifeSpell,
    ActionSequence,
    SequenceVersion,
    SequenceStep,
    SequenceEnrolment,
    EnrolledStep,
)


class Piles:
    """Hold new rows by table until they are written."""

    def __init__(self, make_id: Callable[[], int]) -> None:
        self.make_id = make_id
        self.counts: Counter[type[Row]] = Counter()
        self._rows: dict[type[Row], list[dict[str, Any]]] = {one: [] for one in _PARENTS_FIRST}

    def add(self, entity: type[Row], at: int, by: int, row_id: int = 0, /, **values: Any) -> int:
        """Add a row written at an instant by a member of staff; return its id.

        Every row of a table must name the same columns.
        """
        values["id"] = row_id = row_id or self.make_id()
        values["created_at"] = values["updated_at"] = at
        values["created_by"] = values["updated_by"] = by
        self._rows[entity].append(values)
        return row_id

    def write(self, unit: Unit) -> None:
        """Write every row and begin with empty piles again."""
        for entity, rows in self._rows.items():
            unit.load(entity, rows)
            self.counts[entity] += len(rows)
            rows.clear()
