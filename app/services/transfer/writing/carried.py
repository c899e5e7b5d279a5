"""Write what only an export carries: features, what is known of them, radar facts, stage moves."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.features import FeatureField, FeatureOption, FeatureTalk, FeatureValue
from app.models.tables.radar import RadarItem
from app.models.values.features import FieldType, Limits
from app.services.features.drafts import FieldView, OptionView
from app.services.transfer.drafts import (
    ImportedDefinition,
    ImportedMove,
    ImportedRadar,
    ImportedValue,
)
from app.services.transfer.outcomes import Outcome, RowPlan
from app.services.transfer.outgoing.carried import SETUP
from app.services.transfer.writing.defined import DefinedFeatures
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError, Writer
from app.services.transfer.writing.features import rows_of_value
from app.services.transfer.writing.lookup import Customers
from app.services.transfer.writing.owned import OwnedWriter
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.wanted import decide, require_customer


class DefinitionWriter(Writer):
    """Define the features of an export that this office lacks; present ones stay as they are."""

    def __init__(self, desk: Desk, defined: DefinedFeatures) -> None:
        super().__init__(desk)
        self._defined = defined

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Read the features of the office once: they are few."""
        self._defined.load(reader)

    def take(self, entry: Entry) -> RowPlan:
        """Define one feature unless there is one of this key or label."""
        draft: ImportedDefinition = entry.draft
        known = self._defined.find(draft.key, draft.label)
        if known is not None:
            found_by = "code" if known.key == draft.key else "name"
            return RowPlan(entry.key, draft.label, Outcome.skip, known.id, known.label, found_by)
        if not self.desk.manages:
            raise RowRefusedError("label", draft.label, N_("没有管理权限，不能新增业务特征"))
        self._define(draft)
        return RowPlan(entry.key, draft.label, Outcome.create)

    def _define(self, draft: ImportedDefinition) -> None:
        pile = self.desk.pile
        key = draft.key or f"f{pile.make_id():x}"
        own = {name: getattr(draft, name) for name in _DEFINED}
        setup = _setup(draft)
        more = {name: setup[name] for name in SETUP if name in setup}
        place = self._defined.next_position()
        field_id = pile.add(FeatureField, key=key, position=place, **own, **more)
        every = self._add_options(field_id, setup["options"])
        for at, told in enumerate(setup.get("talks", ())):
            words = dict(zip(("condition", "words", "example"), told, strict=True))
            pile.add(FeatureTalk, field_id=field_id, position=at, **words)
        limits = Limits(with_target=bool(setup.get("with_target")))
        kind = FieldType(draft.type)
        made = {**own, "type": kind, "limits": limits, "options": every}
        self._defined.learn(FieldView(id=field_id, key=key, **made))

    def _add_options(self, field_id: int, told: Sequence[Sequence[Any]]) -> tuple[OptionView, ...]:
        pile = self.desk.pile
        ids = {place: pile.make_id() for place in range(len(told))} | {-1: 0}
        every = []
        for place, (label, colour, archived, above, into) in enumerate(told):
            pile.put(
                FeatureOption,
                ids[place],
                field_id=field_id,
                label=label,
                position=place,
                colour=colour,
                archived=archived,
                parent_id=ids[above],
                merged_into_id=ids[into],
            )
            every.append(OptionView(ids[place], label, ids[above], colour, archived))
        return tuple(every)


def _setup(draft: ImportedDefinition) -> dict[str, Any]:
    """Return what a definition tells beside its plain columns; a broken one tells no more."""
    plain = {"options": [[label, "", False, -1, -1] for label in draft.options]}
    try:
        told = json.loads(draft.setup) if draft.setup else plain
        places = range(-1, len(told["options"]))
        sound = all(above in places and into in places for *_, above, into in told["options"])
    except (ValueError, KeyError, TypeError):
        return plain
    return told if sound else plain


_DEFINED = ("label", "type", "unit", "help", "required", "importance", "archived")


class ValueWriter(OwnedWriter):
    """Write what is known of features; what the book knows of one stays."""

    def __init__(self, desk: Desk, customers: Customers, defined: DefinedFeatures) -> None:
        super().__init__(desk, customers)
        self._defined = defined
        self._known: set[tuple[int, int]] = set()

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up customers, and of which features something is known."""
        self._defined.load(reader)
        ids = [one for one in self.load_customers(reader, entries) if one]
        chosen = select(FeatureValue.customer_id, FeatureValue.field_id).where(
            FeatureValue.deleted_at == 0, among(FeatureValue.customer_id, ids)
        )
        self._known.update((row[0], row[1]) for row in reader.rows(chosen))

    def take(self, entry: Entry) -> RowPlan:
        """Write what is known of one feature at one customer."""
        draft: ImportedValue = entry.draft
        customer_id = require_customer(self._customers, draft)
        field = self._defined.find(draft.key, draft.label)
        if field is None:
            raise RowRefusedError("label", draft.label, N_("没有这项业务特征"))
        here = (customer_id, field.id)
        known = here in self._known
        if not known:
            self._known.add(here)
            self._add(entry, customer_id, field)
        outcome = Outcome.skip if known else Outcome.create
        name = self.name_of(customer_id)
        found_by = "content" if known else ""
        return RowPlan(entry.key, name, outcome, 0, name if known else "", found_by)

    def _add(self, entry: Entry, customer_id: int, field: FieldView) -> None:
        draft: ImportedValue = entry.draft
        rows = rows_of_value(field, draft.value)
        if rows is None:
            raise RowRefusedError("value", draft.value, N_("填不进这一项业务特征"))
        for values in rows:
            self.desk.pile.add(
                FeatureValue,
                customer_id=customer_id,
                field_id=field.id,
                learnt_on=draft.learnt_on or self.desk.today,
                staff_id=self.desk.staff_named(draft.staff),
                followup_id=0,
                **values,
            )


class RadarWriter(OwnedWriter):
    """Write facts about customers; the same fact again is no second one."""

    def __init__(self, desk: Desk, customers: Customers) -> None:
        super().__init__(desk, customers)
        self._known: set[tuple[Any, ...]] = set()

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up customers and what is known about them."""
        ids = [one for one in self.load_customers(reader, entries) if one]
        columns = [RadarItem.customer_id, *(getattr(RadarItem, name) for name in _FACT)]
        chosen = select(*columns).where(
            RadarItem.deleted_at == 0, among(RadarItem.customer_id, ids)
        )
        self._known.update(tuple(row) for row in reader.rows(chosen))

    def take(self, entry: Entry) -> RowPlan:
        """Write one fact."""
        draft: ImportedRadar = entry.draft
        customer_id = require_customer(self._customers, draft)
        fact = {name: getattr(draft, name) for name in _FACT}
        content = (customer_id, *fact.values())
        known = content in self._known
        outcome = decide(self.desk.choice(entry).policy, known=known)
        if outcome is Outcome.create:
            self._known.add(content)
            self.desk.pile.add(
                RadarItem,
                customer_id=customer_id,
                found_on=draft.found_on or self.desk.today,
                staff_id=self.desk.staff_named(draft.staff),
                mark=draft.mark,
                position=draft.position,
                tag=draft.tag,
                expires_on=draft.expires_on,
                confidence=draft.confidence,
                **fact,
            )
        name = self.name_of(customer_id)
        found_by = "content" if known else ""
        return RowPlan(entry.key, name, outcome, 0, name if known else "", found_by)


_FACT = ("section", "label", "value", "source")


class MoveWriter(OwnedWriter):
    """Write the moves along the stage path as they were."""

    def __init__(self, desk: Desk, customers: Customers, stages: Stages) -> None:
        super().__init__(desk, customers)
        self._stages = stages

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up customers and their moves."""
        ids = self.load_customers(reader, entries)
        self._stages.load(reader, {one for one in ids if one})

    def take(self, entry: Entry) -> RowPlan:
        """Write one move unless the customer made it already."""
        draft: ImportedMove = entry.draft
        customer_id = require_customer(self._customers, draft)
        named = self._stages.position_of(draft.stage) if draft.stage else None
        position = draft.position if named is None else named
        if position < 0:
            raise RowRefusedError("stage", draft.stage, N_("没有这个阶段"))
        told = replace(draft, position=position)
        fresh = self._stages.record(customer_id, told, self.desk.staff_named(draft.staff))
        outcome = Outcome.create if fresh else Outcome.skip
        name = self.name_of(customer_id)
        found_by = "" if fresh else "content"
        return RowPlan(entry.key, name, outcome, 0, "" if fresh else name, found_by)
