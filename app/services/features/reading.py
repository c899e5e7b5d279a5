"""Read fields and what is known of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.store.idlist import among
from app.models.tables.features import FeatureField, FeatureOption, FeatureTalk, FeatureValue
from app.models.tables.followups import FollowUp
from app.models.values import features as rules
from app.models.values.features import FieldType, Limits
from app.services.features.drafts import (
    FeatureView,
    FieldView,
    OptionView,
    TalkView,
    option_words,
    split,
)

if TYPE_CHECKING:
    from app.models.store.reader import Reader

_SAME = ("id", "key", "label", "unit", "help", "required", "importance", "archived", "section",
         "initial", "expression", "required_when", "visible_when", "single_use",
         "before_signing", "in_radar")  # fmt: skip
_OTHER = ("type", "least", "most", "places", "with_target", "kinds", "industries", "unasked",
          "unlisted", "unimported")  # fmt: skip


def read_fields(reader: Reader, *, with_archived: bool = False) -> list[FieldView]:
    """Return the living fields in order, with their living options; hidden ones on request."""
    fields = select(*(getattr(FeatureField, name) for name in (*_SAME, *_OTHER)))
    fields = fields.where(FeatureField.deleted_at == 0)
    if not with_archived:
        fields = fields.where(FeatureField.archived.is_(False))
    options, talks = _options(reader), _talks(reader)
    ordered = fields.order_by(FeatureField.position, FeatureField.id)
    return [_field(row, options, talks) for row in reader.rows(ordered)]


def _field(
    row: Any, options: dict[int, list[OptionView]], talks: dict[int, list[TalkView]]
) -> FieldView:
    same = {name: getattr(row, name) for name in _SAME}
    mine = options.get(row.id, ())
    return FieldView(
        **same,
        type=FieldType(row.type),
        limits=Limits(row.least, row.most, row.places, row.with_target),
        kinds=split(row.kinds),
        industries=split(row.industries),
        asked=not row.unasked,
        listed=not row.unlisted,
        imported=not row.unimported,
        options=tuple(one for one in mine if not one.archived),
        gone=tuple(one for one in mine if one.archived),
        talks=tuple(talks.get(row.id, ())),
    )


def _options(reader: Reader) -> dict[int, list[OptionView]]:
    chosen = (
        select(
            FeatureOption.field_id,
            FeatureOption.id,
            FeatureOption.label,
            FeatureOption.parent_id,
            FeatureOption.colour,
            FeatureOption.archived,
        )
        .where(FeatureOption.deleted_at == 0)
        .order_by(FeatureOption.position, FeatureOption.id)
    )
    found: dict[int, list[OptionView]] = {}
    for row in reader.rows(chosen):
        found.setdefault(row[0], []).append(OptionView(*row[1:]))
    return found


def _talks(reader: Reader) -> dict[int, list[TalkView]]:
    chosen = (
        select(
            FeatureTalk.field_id,
            FeatureTalk.id,
            FeatureTalk.condition,
            FeatureTalk.words,
            FeatureTalk.example,
        )
        .where(FeatureTalk.deleted_at == 0)
        .order_by(FeatureTalk.position, FeatureTalk.id)
    )
    found: dict[int, list[TalkView]] = {}
    for row in reader.rows(chosen):
        found.setdefault(row[0], []).append(TalkView(*row[1:]))
    return found


# -- values -------------------------------------------------------------------------------------

_VALUE = (
    FeatureValue.field_id,
    FeatureValue.text,
    FeatureValue.number,
    FeatureValue.day,
    FeatureValue.option_id,
    FeatureValue.learnt_on,
)


def values_of(reader: Reader, customer_id: int) -> dict[int, list[Any]]:
    """Return the stored values of a customer by field, with the channel they came by."""
    chosen = (
        select(*_VALUE, func.coalesce(FollowUp.channel, ""))
        .outerjoin(FollowUp, FollowUp.id == FeatureValue.followup_id)
        .where(FeatureValue.customer_id == customer_id, FeatureValue.deleted_at == 0)
        .order_by(FeatureValue.id)
    )
    found: dict[int, list[Any]] = {}
    for row in reader.rows(chosen):
        found.setdefault(row[0], []).append(row)
    return found


def values_of_many(
    reader: Reader, customer_ids: Sequence[int], field_ids: Sequence[int]
) -> dict[tuple[int, int], list[Any]]:
    """Return the stored values of some fields at many customers."""
    chosen = select(FeatureValue.customer_id, *_VALUE).where(
        among(FeatureValue.customer_id, customer_ids),
        FeatureValue.field_id.in_(field_ids),
        FeatureValue.deleted_at == 0,
    )
    found: dict[tuple[int, int], list[Any]] = {}
    for row in reader.rows(chosen.order_by(FeatureValue.id)):
        found.setdefault((row[0], row[1]), []).append((*row[1:], ""))
    return found


def view_of(field: FieldView, rows: Sequence[Any]) -> FeatureView:
    """Return what is known of a field, from its stored values."""
    if not rows:
        return FeatureView(field)
    first = rows[0]
    option_ids = tuple(row[4] for row in rows if row[4])
    if option_ids:
        every = field.every_option
        labels = [option_words(one, every) for one in every if one.id in option_ids]
        shown = value = "、".join(labels)
    else:
        value = rules.format_value(field.type, first[1], first[2], first[3])
        shown = shown_words(field, value)
    return FeatureView(field, value, shown, option_ids, first[5], first[6])


def shown_words(field: FieldView, value: str) -> str:
    """Return a value as it is read, with its unit."""
    if field.type is FieldType.rating and value.isdigit():
        return "★" * int(value)
    unit = "%" if field.type is FieldType.percent else field.unit
    if unit == "%" and " → " in value:
        return value.replace(" → ", "% → ") + "%"
    # a percent sign belongs to its figure, every other unit is a word of its own
    return f"{value}{'' if unit == '%' else ' '}{unit}".strip() if value else ""


def of_customers(
    reader: Reader, customer_ids: Sequence[int], field_ids: Sequence[int]
) -> dict[tuple[int, int], FeatureView]:
    """Return what is known of some fields at many customers."""
    fields = {field.id: field for field in read_fields(reader)}
    rows = values_of_many(reader, customer_ids, field_ids)
    return {
        place: view_of(fields[place[1]], found)
        for place, found in rows.items()
        if place[1] in fields
    }


def with_labels(text: str, fields: Sequence[FieldView]) -> str:
    """Return an expression with the labels of its fields in the place of their keys."""
    for one in fields:
        text = text.replace(f"[{one.key}]", f"[{one.label}]")
    return text


def as_shown(field: FieldView, fields: Sequence[FieldView]) -> FieldView:
    """Return a field with its expressions as people read them."""
    return replace(
        field,
        expression=with_labels(field.expression, fields),
        required_when=with_labels(field.required_when, fields),
        visible_when=with_labels(field.visible_when, fields),
        talks=tuple(
            replace(one, condition=with_labels(one.condition, fields)) for one in field.talks
        ),
    )
