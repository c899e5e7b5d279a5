"""Two customers field by field, and what a merge takes unless a person says otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Reader
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


class Take(StrEnum):
    """Whose value a merge takes; both only where two can stand together."""

    kept = "kept"
    other = "other"
    both = "both"


@dataclass(frozen=True, slots=True)
class FieldPair:
    """A field of two customers; values are codes, words or ISO days, empty when not known.

    ``take`` is what a merge takes when nobody says otherwise, ``title`` the label of a
    feature the office has defined.
    """

    key: str
    kept: tuple[str, ...]
    other: tuple[str, ...]
    take: Take
    may_both: bool = False
    title: str = ""

    @property
    def differs(self) -> bool:
        """Tell whether there is anything to choose."""
        return self.kept != self.other


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two: its name, first day and how many rows hang on it, by table."""

    id: int
    name: str
    created_on: date | None
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two customers, the one that stays first, and their fields."""

    kept: Side
    other: Side
    pairs: tuple[FieldPair, ...]

    def takes(self, chosen: Mapping[str, Take]) -> dict[str, Take]:
        """Return what a merge takes of each field; raise ``UserError`` bad_choice."""
        found = {pair.key: pair.take for pair in self.pairs}
        singles = {pair.key for pair in self.pairs if not pair.may_both}
        for key, take in chosen.items():
            if key not in found or (take is Take.both and key in singles):
                raise UserError(
                    "bad_choice",
                    N_("这一项不能这样合并：{field}"),
                    advice=N_("没有合并；可以选的项目：{fields}"),
                    field=key,
                    fields=" ".join(found),
                )
            found[key] = take
        return found


def compare(reader: Reader, kept_id: int, other_id: int) -> Comparison:
    """Return two customers side by side; raise ``UserError`` same_customer or customer_gone."""
    if kept_id == other_id:
        raise UserError(
            "same_customer", N_("这是同一家客户"), advice=N_("选另一家再合并；没有改动")
        )
    rows = {one: _living(reader, one) for one in (kept_id, other_id)}
    kept, other = rows[kept_id], rows[other_id]
    pairs = [_pair(key, (kept[key],), (other[key],)) for key in PLAIN]
    pairs += [
        _pair(OWNER, *(_words(name_of(reader, row["owner_id"])) for row in (kept, other))),
        _pair(CONTACT, *(_words(row["main_contact"], row["main_phone"]) for row in (kept, other))),
        _pair(VALUE, *(_words(row["quality"], row["grade"]) for row in (kept, other))),
        _pair(EXPECTED, *map(_expected, (kept, other))),
        _stage(kept["stage_position"], other["stage_position"]),
        _pair(NOTE, _words(kept["note"]), _words(other["note"]), may_both=True),
        *_features(reader, kept_id, other_id),
    ]
    return Comparison(_side(reader, kept), _side(reader, other), tuple(pairs))


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


def _pair(
    key: str,
    kept: tuple[str, ...],
    other: tuple[str, ...],
    *,
    may_both: bool = False,
    title: str = "",
) -> FieldPair:
    """Return a pair: what stays wins unless it is empty; where both may stand, both do."""
    take = Take.kept if any(kept) or not any(other) else Take.other
    if may_both and any(kept) and any(other) and kept != other:
        take = Take.both
    return FieldPair(key, kept, other, take, may_both, title)


def _stage(kept: int, other: int) -> FieldPair:
    take = Take.kept if kept >= other else Take.other
    return FieldPair(STAGE, (str(kept),), (str(other),), take)


def _features(reader: Reader, kept_id: int, other_id: int) -> list[FieldPair]:
    known = [feature_words(reader, one) for one in (kept_id, other_id)]
    pairs = []
    for field in read_fields(reader, with_archived=True):
        kept, other = (of.get(field.id, ("",)) for of in known)
        several = field.type is FieldType.multi
        if any(kept) or any(other):
            key = f"{FEATURE}{field.id}"
            pairs.append(_pair(key, kept, other, may_both=several, title=field.label))
    return pairs


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
    return Side(row["id"], row["name"], row["created_on"], counts_of(reader, row["id"]))


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


def better_first(reader: Reader, one: int, other: int) -> tuple[int, int]:
    """Return two customers with the one that should stay first: more deals, more said, older."""

    def weight(customer_id: int) -> tuple[int, int, int]:
        counts = counts_of(reader, customer_id)
        deals = sum(counts[entity.__tablename__] for entity in (Contract, Payment, Opportunity))
        return deals, counts[FollowUp.__tablename__], -customer_id

    return (one, other) if weight(one) >= weight(other) else (other, one)
