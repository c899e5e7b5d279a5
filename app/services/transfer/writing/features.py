"""Write business features: new ones, and known ones as the policy says."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.features import FeatureValue
from app.models.values.features import CHOSEN, REFERENCES, FieldType, Limits
from app.models.values.text import fold
from app.services.features import FeatureDraft, FieldView, read_fields, value_rows
from app.services.features.drafts import option_words
from app.services.features.learning import ELSEWHERE
from app.services.transfer.drafts import ImportedFeature
from app.services.transfer.fields.custom import PREFIX
from app.services.transfer.known import shown
from app.services.transfer.outcomes import FieldChange, Policy
from app.services.transfer.writing.desk import Desk, Entry
from app.services.transfer.writing.lookup import in_parts

_AS_KEPT = frozenset({FieldType.licence, FieldType.place, FieldType.website})
"""Types whose kept words need no reading again."""
_COLUMNS = ("text", "number", "day", "option_id")


@dataclass(frozen=True, slots=True)
class _Known:
    """One stored value of a feature."""

    id: int
    values: tuple[Any, ...]


class FeatureBook:
    """The features of the customers of a chunk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._fields: dict[str, FieldView] = {}
        self._known: dict[int, dict[int, list[_Known]]] = {}
        self._elsewhere: dict[FieldType, dict[str, list[int]]] = {}

    def load_fields(self, reader: Reader) -> None:
        """Read the features that the office defined, and the rows that some of them name."""
        self._fields = {one.label: one for one in read_fields(reader) if one.imported}
        for kind in {one.type for one in self._fields.values()} & REFERENCES:
            entity = ELSEWHERE[kind]
            names = self._elsewhere[kind] = {}
            living = select(entity.name, entity.id).where(entity.deleted_at == 0)
            for name, row_id in reader.rows(living):
                names.setdefault(name, []).append(row_id)

    def meet(self, name: str, customer_id: int) -> None:
        """Let later rows name a customer that this import makes."""
        if FieldType.customer in self._elsewhere:
            self._elsewhere[FieldType.customer].setdefault(fold(name), []).append(customer_id)

    def readable(self, entry: Entry) -> tuple[ImportedFeature, ...]:
        """Return the features of a row; those that name nobody, or several, are noted."""
        found = []
        for one in entry.draft.features:
            field = self._fields.get(one.label)
            if field is None or field.type not in REFERENCES:
                found.append(one)
                continue
            count = len(self._elsewhere[field.type].get(one.value, ()))
            if count == 1:
                found.append(one)
            else:
                reason = N_("有几个同名的") if count else N_("没有叫这个名字的")
                key = PREFIX + one.label
                self.desk.warnings.append(entry.issue(key, one.value, reason, fatal=False))
        return tuple(found)

    def load(self, reader: Reader, customer_ids: Collection[int]) -> None:
        """Read what is known of customers unless it is here."""
        columns = [getattr(FeatureValue, name) for name in _COLUMNS]
        chosen = select(
            FeatureValue.customer_id, FeatureValue.field_id, FeatureValue.id, *columns
        ).where(FeatureValue.deleted_at == 0)
        for part in in_parts(one for one in customer_ids if one not in self._known):
            self._known.update({customer_id: {} for customer_id in part})
            for row in reader.rows(chosen.where(FeatureValue.customer_id.in_(part))):
                known = self._known[row[0]].setdefault(row[1], [])
                known.append(_Known(row[2], tuple(row[3:])))

    def changes(
        self,
        customer_id: int,
        features: Sequence[ImportedFeature],
        policy: Policy,
        taken: frozenset[str] | None,
    ) -> list[FieldChange]:
        """Compare features with what is known of a customer."""
        found = []
        for one in features:
            field = self._fields.get(one.label)
            if field is None:
                continue
            old = self._shown(field, customer_id)
            key = PREFIX + one.label
            if old != one.value:
                wins = key in taken if taken is not None else policy is Policy.update or not old
                found.append(FieldChange(key, old, one.value, wins))
        return found

    def write(
        self,
        customer_id: int,
        features: Sequence[ImportedFeature],
        keys: Collection[str] | None = None,
    ) -> None:
        """Put features on the pile, all of them or those with these keys."""
        for one in features:
            field = self._fields.get(one.label)
            if field is not None and (keys is None or PREFIX + one.label in keys):
                self._write(customer_id, field, one.value)

    def _write(self, customer_id: int, field: FieldView, value: str) -> None:
        pile, known = self.desk.pile, self._of(customer_id).pop(field.id, [])
        for old in known:
            pile.remove(FeatureValue, old.id)
        fresh = []
        for values in self._rows(field, value):
            row_id = pile.add(
                FeatureValue,
                customer_id=customer_id,
                field_id=field.id,
                learnt_on=self.desk.today,
                staff_id=self.desk.actor_id,
                followup_id=0,
                **values,
            )
            fresh.append(_Known(row_id, tuple(values[name] for name in _COLUMNS)))
        self._of(customer_id)[field.id] = fresh

    def _rows(self, field: FieldView, value: str) -> list[dict[str, Any]]:
        if field.type not in REFERENCES:
            return value_rows(field.type, _draft(field, value), field.limits, self.desk.today)
        (row_id,) = self._elsewhere[field.type][value]
        return [{"text": value, "number": row_id, "day": None, "option_id": 0}]

    def _of(self, customer_id: int) -> dict[int, list[_Known]]:
        return self._known.setdefault(customer_id, {})

    def _shown(self, field: FieldView, customer_id: int) -> str:
        """Return what is known of a feature as an import would write it."""
        return shown(field, (one.values for one in self._of(customer_id).get(field.id, ())))

    def forget(self) -> None:
        """Drop what the book holds now."""
        self._known.clear()


def rows_of_value(field: FieldView, value: str) -> list[dict[str, Any]] | None:
    """Return what is stored of a value as an export wrote it, None when it does not fit."""
    if field.type in REFERENCES or field.type in _AS_KEPT:
        return [{"text": value, "number": 0, "day": None, "option_id": 0}]
    limits = Limits(with_target=field.limits.with_target)
    try:
        return value_rows(field.type, _draft(field, value), limits) or None
    except UserError:
        return None


def _draft(field: FieldView, value: str) -> FeatureDraft:
    if field.type not in CHOSEN:
        return FeatureDraft(field.id, value)
    every = field.every_option
    by_label = {option_words(one, every): one.id for one in reversed(every)}
    labels = _labels(value, by_label)
    return FeatureDraft(field.id, option_ids=tuple(by_label[label] for label in labels))


def _labels(value: str, known: Collection[str]) -> list[str]:
    """Return the options named in a cell, longest first: one may hold the mark between two."""
    found: list[str] = []
    rest = value
    while rest:
        fitting = (one for one in known if rest == one or rest.startswith(f"{one}、"))
        label = max(fitting, key=len, default="")
        if label:
            found.append(label)
        rest = rest[len(label) + 1 :] if label else rest.partition("、")[2]
    return found
