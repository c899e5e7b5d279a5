"""Customers field by field, and what a merge takes unless a person says otherwise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.customers import Customer, Employment
from app.models.tables.deals import Contract, Opportunity, Payment
from app.models.tables.features import FeatureField, FeatureOption, FeatureValue
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import features
from app.models.values.features import FieldType
from app.services.customers.cards import name_of
from app.services.features import read_fields

PLAIN = (
    "name", "short_name", "code", "kind", "uscc", "source", "industry", "size", "region",
    "address", "website",
)  # fmt: skip
OWNER, CONTACT, VALUE, EXPECTED, STAGE, NOTE = (
    "owner", "contact", "value", "expected", "stage", "note",
)  # fmt: skip
FEATURE = "feature:"
_COUNTED = (Employment, FollowUp, NextStep, Opportunity, Contract, Payment)


BOTH = 0
"""What stands for a customer's id where the values of all of them stand together."""


class Take(StrEnum):
    """Whose value a step of a merge takes; both only where two can stand together."""

    kept = "kept"
    other = "other"
    both = "both"


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field of the customers; values are codes, words or ISO days, empty when not known.

    ``take`` is the customer whose value a merge takes when nobody says otherwise, or
    ``BOTH``; ``title`` the label of a feature the office has defined.
    """

    key: str
    values: tuple[tuple[str, ...], ...]
    take: int
    may_both: bool = False
    title: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether there is anything to choose."""
        return len(set(self.values)) > 1


@dataclass(frozen=True, slots=True)
class Side:
    """One of the customers: its name, code, first day and how many rows hang on it, by table."""

    id: int
    name: str
    code: str
    created_on: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Customers side by side, the one that stays first, and their fields."""

    sides: tuple[Side, ...]
    fields: tuple[FieldRow, ...]

    def takes(self, chosen: Mapping[str, int]) -> dict[str, int]:
        """Return whose value a merge takes of each field; raise ``UserError`` bad_choice."""
        found = {row.key: row.take for row in self.fields}
        both = {row.key for row in self.fields if row.may_both}
        ids = {side.id for side in self.sides}
        for key, take in chosen.items():
            if key not in found or (take not in ids and not (take == BOTH and key in both)):
                raise UserError(
                    "bad_choice",
                    N_("这一项不能这样合并：{field}"),
                    advice=N_("没有合并；可以选的项目：{fields}"),
                    field=key,
                    fields=" ".join(found),
                )
            found[key] = take
        return found

    def moved(self) -> dict[str, int]:
        """Return how many rows go along to the one that stays, by table."""
        others = [side.counts for side in self.sides[1:]]
        return {table: sum(counts[table] for counts in others) for table in self.sides[0].counts}


def compare(reader: Reader, ids: Sequence[int]) -> Comparison:
    """Return customers side by side; raise ``UserError`` same_customer or customer_gone."""
    if len(set(ids)) < max(2, len(ids)):
        raise UserError(
            "same_customer", N_("这是同一家客户"), advice=N_("选另一家再合并；没有改动")
        )
    rows = [_living(reader, one) for one in ids]
    fields = [_field(ids, key, [(row[key],) for row in rows]) for key in PLAIN]
    fields += [
        _field(ids, OWNER, [_words(name_of(reader, row["owner_id"])) for row in rows]),
        _field(ids, CONTACT, [_words(row["main_contact"], row["main_phone"]) for row in rows]),
        _field(ids, VALUE, [_words(row["quality"], row["grade"]) for row in rows]),
        _field(ids, EXPECTED, [_expected(row) for row in rows]),
        _stage(ids, [row["stage_position"] for row in rows]),
        _field(ids, NOTE, [_words(row["note"]) for row in rows], may_both=True),
        *_features(reader, ids),
    ]
    return Comparison(tuple(_side(reader, row) for row in rows), tuple(fields))


def _living(reader: Reader, customer_id: int) -> dict[str, Any]:
    row = reader.stored(Customer, customer_id)
    if row is None or row["deleted_at"] or row["merged_into_id"]:
        raise UserError(
            "customer_gone",
            N_("这两家里有一家已经不在了"),
            advice=N_("可能已经删除或合并过；刷新列表再看，没有改动"),
        )
    return row


def _words(*parts: str) -> tuple[str, ...]:
    return parts if any(parts) else ("",)


def _expected(row: Mapping[str, Any]) -> tuple[str, ...]:
    amount = "" if row["expected_fen"] < 0 else str(row["expected_fen"])
    on = row["expected_to"]
    return _words(amount, on.isoformat() if on else "", row["expected_label"])


def _field(
    ids: Sequence[int],
    key: str,
    values: Sequence[tuple[str, ...]],
    *,
    may_both: bool = False,
    title: str = "",
) -> FieldRow:
    """Return a field: the first value there is wins; where all may stand, they do."""
    known = {value for value in values if any(value)}
    take = next((at for at, value in zip(ids, values, strict=True) if any(value)), ids[0])
    if may_both and len(known) > 1:
        take = BOTH
    return FieldRow(key, tuple(values), take, may_both, title)


def _stage(ids: Sequence[int], positions: Sequence[int]) -> FieldRow:
    take = ids[positions.index(max(positions))]
    return FieldRow(STAGE, tuple((str(one),) for one in positions), take)


def _features(reader: Reader, ids: Sequence[int]) -> list[FieldRow]:
    known = [feature_words(reader, one) for one in ids]
    found = []
    for field in read_fields(reader, with_archived=True):
        values = [of.get(field.id, ("",)) for of in known]
        several = field.type is FieldType.multi
        if any(map(any, values)):
            key = f"{FEATURE}{field.id}"
            found.append(_field(ids, key, values, may_both=several, title=field.label))
    return found


def feature_words(reader: Reader, customer_id: int) -> dict[int, tuple[str, ...]]:
    """Return what is known of each feature at a customer, as it is shown, by field."""
    chosen = (
        select(
            FeatureValue.field_id,
            FeatureField.type,
            FeatureValue.text,
            FeatureValue.number,
            FeatureValue.day,
            func.coalesce(FeatureOption.label, ""),
        )
        .join(FeatureField, FeatureField.id == FeatureValue.field_id)
        .outerjoin(FeatureOption, FeatureOption.id == FeatureValue.option_id)
        .where(FeatureValue.customer_id == customer_id, FeatureValue.deleted_at == 0)
        .order_by(FeatureOption.position, FeatureValue.id)
    )
    found: dict[int, tuple[str, ...]] = {}
    for field_id, kind, text, number, day, label in reader.rows(chosen):
        shown = label or features.format_value(FieldType(kind), text, number, day)
        found[field_id] = (*found.get(field_id, ()), shown)
    return found


def _side(reader: Reader, row: Mapping[str, Any]) -> Side:
    counts = counts_of(reader, row["id"])
    return Side(row["id"], row["name"], row["code"], row["created_on"], counts)


def counts_of(reader: Reader, customer_id: int) -> dict[str, int]:
    """Return how many living rows of each table hang on a customer."""
    return {
        entity.__tablename__: int(
            reader.scalar(
                select(func.count(entity.id)).where(
                    entity.customer_id == customer_id, entity.deleted_at == 0
                )
            )
        )
        for entity in _COUNTED
    }


def better_first(reader: Reader, ids: Sequence[int]) -> list[int]:
    """Return customers with the one that should stay first: more deals, more said, older."""

    def weight(customer_id: int) -> tuple[int, int, int]:
        counts = counts_of(reader, customer_id)
        deals = sum(counts[entity.__tablename__] for entity in (Contract, Payment, Opportunity))
        return -deals, -counts[FollowUp.__tablename__], customer_id

    return sorted(ids, key=weight)
