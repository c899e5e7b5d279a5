"""Which fields are asked of a customer, which are required, and what to talk about now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from app.models.values.expressions import ExpressionError, Node, Value, holds, parse
from app.models.values.features import CHOSEN, FIGURES, FieldType
from app.models.values.money import parse_money
from app.services.features.drafts import FeatureDraft, FeatureView, FieldView, TalkView

_LABELS_APART = "、"


@lru_cache(maxsize=512)
def tree_of(text: str) -> Node | None:
    """Return the tree of a kept expression, None for one that cannot be read any more."""
    try:
        return parse(text)
    except ExpressionError:
        return None


def value_for(field: FieldView, text: str, option_ids: Sequence[int] = ()) -> Value:
    """Return a value as expressions reckon with it: money in yuan, options by their labels."""
    if field.type in CHOSEN:
        labels = tuple(one.label for one in field.every_option if one.id in option_ids)
        if field.type is FieldType.multi:
            return labels or None
        return labels[0] if labels else None
    if not text:
        return None
    read = _READ.get(field.type)
    return read(text) if read is not None else text


def _figure(text: str) -> Value:
    try:
        return Decimal(text.split(" → ", maxsplit=1)[0].replace(",", ""))
    except ArithmeticError:
        return text


def _yuan(text: str) -> Value:
    try:
        fen = parse_money(text.split(" → ", maxsplit=1)[0])
    except ValueError:
        return None
    return None if fen is None else Decimal(fen) / 100


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text.rsplit("~", 1)[-1].strip()[:10])
    except ValueError:
        return None


_READ: Mapping[FieldType, Callable[[str], Value]] = {
    **dict.fromkeys((*FIGURES, FieldType.formula, FieldType.rollup), _figure),
    FieldType.money: _yuan,
    FieldType.date: _day,
    FieldType.moment: _day,
    FieldType.span: lambda text: _day(text[:10]),
    FieldType.window: _day,
    FieldType.yes_no: lambda text: text == "是",
}


def values_by_key(views: Iterable[FeatureView]) -> dict[str, Value]:
    """Return what is known of every field, by key, as conditions and formulas see it."""
    return {one.field.key: value_for(one.field, one.value, one.option_ids) for one in views}


def with_drafts(
    values: Mapping[str, Value], fields: Iterable[FieldView], drafts: Iterable[FeatureDraft]
) -> dict[str, Value]:
    """Return values with what is typed at the moment in the place of what is known."""
    by_id = {field.id: field for field in fields}
    found = dict(values)
    for one in drafts:
        field = by_id.get(one.field_id)
        if field is not None:
            found[field.key] = value_for(field, one.value, one.option_ids)
    return found


def _fulfilled(condition: str, values: Mapping[str, Value]) -> bool:
    tree = tree_of(condition)
    return tree is not None and holds(tree, values)


def is_visible(field: FieldView, values: Mapping[str, Value]) -> bool:
    """Tell whether a field is shown; one without a condition always is."""
    return not field.visible_when or _fulfilled(field.visible_when, values)


def is_required(field: FieldView, values: Mapping[str, Value]) -> bool:
    """Tell whether a field must be known: always, or while its condition holds."""
    if not field.typed or not is_visible(field, values):
        return False
    return field.required or (bool(field.required_when) and _fulfilled(field.required_when, values))


def missing(views: Sequence[FeatureView]) -> list[FieldView]:
    """Return the required fields that nothing is known of."""
    values = values_by_key(views)
    return [one.field for one in views if not one.shown and is_required(one.field, values)]


@dataclass(frozen=True, slots=True)
class Talk:
    """What to talk about now, and the field whose answer says so."""

    field: FieldView
    talk: TalkView


def talks_for(fields: Sequence[FieldView], values: Mapping[str, Value]) -> list[Talk]:
    """Return what to talk about, weightiest fields first: if the pain is X, then Y."""
    found = [
        Talk(field, one)
        for field in fields
        for one in field.talks
        if (_fulfilled(one.condition, values) if one.condition else values.get(field.key))
    ]
    return sorted(found, key=lambda one: -one.field.importance)
