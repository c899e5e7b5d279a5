"""The features of the office and what is known of them, as files write it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.features import FeatureValue
from app.models.values import features as rules
from app.models.values.features import CHOSEN
from app.services.features import FieldView
from app.services.features.drafts import option_words
from app.services.transfer.fields.custom import CustomField


def custom_fields(fields: Iterable[FieldView]) -> tuple[CustomField, ...]:
    """Return the features of the office as fields of customers."""
    return tuple(
        CustomField(
            one.label,
            one.type,
            tuple(option_words(own, one.every_option) for own in one.options),
            one.unit,
            one.limits,
            one.expression,
        )
        for one in fields
        if one.holds_value
    )


def shown(field: FieldView, values: Iterable[tuple[Any, ...]]) -> str:
    """Return stored values (text, number, day, option) of one feature as a cell writes them."""
    every = field.every_option
    options = {one.id: option_words(one, every) for one in every}
    told = []
    for text, number, day, option_id in values:
        if field.type in CHOSEN:
            told.append(options.get(option_id, ""))
        else:
            told.append(rules.format_value(field.type, text, number, day))
    return "、".join(filter(None, told))


def learnt(
    reader: Reader, customer_ids: Sequence[int], fields: Sequence[FieldView]
) -> dict[int, dict[int, str]]:
    """Return what is known of features at customers: cells by field id, by customer."""
    if not fields or not customer_ids:
        return {}
    chosen = select(
        FeatureValue.customer_id,
        FeatureValue.field_id,
        FeatureValue.text,
        FeatureValue.number,
        FeatureValue.day,
        FeatureValue.option_id,
    ).where(FeatureValue.customer_id.in_(customer_ids), FeatureValue.deleted_at == 0)
    found: dict[int, dict[int, list[tuple[Any, ...]]]] = {}
    for row in reader.rows(chosen.order_by(FeatureValue.id)):
        found.setdefault(row[0], {}).setdefault(row[1], []).append(tuple(row[2:]))
    by_id = {one.id: one for one in fields}
    return {
        customer_id: {key: shown(by_id[key], rows) for key, rows in own.items() if key in by_id}
        for customer_id, own in found.items()
    }
