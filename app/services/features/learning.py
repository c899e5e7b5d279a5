"""Write what was learnt of a field at a customer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.customers import Contact, Customer
from app.models.tables.deals import Product
from app.models.tables.features import FeatureField, FeatureValue
from app.models.tables.staff import Staff, Team
from app.models.values import features as rules
from app.models.values.features import CHOSEN, COMPUTED, REFERENCES, FieldType, Limits
from app.models.values.reasons import Unreadable
from app.services.features import lines
from app.services.features.drafts import FeatureDraft

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

ELSEWHERE: dict[FieldType, Any] = {
    FieldType.staff: Staff,
    FieldType.team: Team,
    FieldType.customer: Customer,
    FieldType.contact: Contact,
    FieldType.product: Product,
}
"""The tables whose rows a reference names."""

_NO_LIMITS = Limits()
_FIX = N_("改好再存，别的内容都还在")


def learn(unit: Unit, customer_id: int, draft: FeatureDraft, followup_id: int = 0) -> None:
    """Replace what is known of one field by what was learnt now; the old rows stay in the bin."""
    field = unit.stored(FeatureField, draft.field_id)
    if field is None:
        return
    kind = FieldType(field["type"])
    if kind in COMPUTED or kind in rules.SHOWN_ONLY:
        raise UserError("computed_feature", N_("「{label}」是算出来的，不能填"),
                        advice=N_("改它用到的那几项"), label=field["label"])  # fmt: skip
    if kind is FieldType.lines and draft.value.strip():
        draft = _checked_lines(field, draft)
    fresh = resolved(unit, kind, draft, _limits(field), unit.today)
    known = _known_rows(unit, customer_id, draft.field_id)
    if {tuple(row.values()) for row in fresh} == {tuple(row[1:]) for row in known}:
        return
    if field["single_use"] and fresh:
        _refuse_used(unit, customer_id, field, fresh[0])
    for row in known:
        unit.remove(FeatureValue, row[0])
    for values in fresh:
        unit.add(
            FeatureValue,
            customer_id=customer_id,
            field_id=draft.field_id,
            learnt_on=unit.today,
            staff_id=unit.staff_id,
            followup_id=followup_id,
            **values,
        )


def _checked_lines(field: Any, draft: FeatureDraft) -> FeatureDraft:
    try:
        kept = lines.checked(lines.read_columns(field["expression"]), draft.value)
    except Unreadable as error:
        raise UserError("bad_feature", N_("「{value}」填不进这一项：{reason}"), advice=_FIX,
                        value=error.text, reason=error.reason) from error  # fmt: skip
    return FeatureDraft(draft.field_id, kept)


def _limits(field: Any) -> Limits:
    return Limits(field["least"], field["most"], field["places"], field["with_target"])


def _known_rows(reader: Reader, customer_id: int, field_id: int) -> Sequence[Any]:
    chosen = select(
        FeatureValue.id,
        FeatureValue.text,
        FeatureValue.number,
        FeatureValue.day,
        FeatureValue.option_id,
    ).where(
        FeatureValue.customer_id == customer_id,
        FeatureValue.field_id == field_id,
        FeatureValue.deleted_at == 0,
    )
    return reader.rows(chosen)


def _refuse_used(unit: Unit, customer_id: int, field: Any, values: dict[str, Any]) -> None:
    """Refuse a value that another customer has already."""
    column = next(name for name in ("number", "day", "option_id", "text") if values[name])
    chosen = (
        select(Customer.name)
        .join(FeatureValue, FeatureValue.customer_id == Customer.id)
        .where(
            FeatureValue.field_id == field["id"],
            FeatureValue.deleted_at == 0,
            FeatureValue.customer_id != customer_id,
            Customer.deleted_at == 0,
            getattr(FeatureValue, column) == values[column],
        )
    )  # fmt: skip
    other = unit.scalar(chosen.limit(1))
    if other is not None:
        raise UserError("feature_not_unique", N_("「{label}」要求不重复，{name} 已经用了这个值"),
                        advice=_FIX, label=field["label"], name=other)  # fmt: skip


def value_rows(
    kind: FieldType,
    draft: FeatureDraft,
    limits: Limits = _NO_LIMITS,
    today: date | None = None,
) -> list[dict[str, Any]]:
    """Return what is stored of a draft; raise ``UserError`` bad_feature for what does not fit."""
    empty: dict[str, Any] = {"text": "", "number": 0, "day": None, "option_id": 0}
    if kind in CHOSEN:
        return [{**empty, "option_id": option_id} for option_id in draft.option_ids]
    if not draft.value.strip():
        return []
    try:
        known = rules.known_of(kind, draft.value, limits, today=today)
    except ValueError as error:
        raise UserError(
            "bad_feature",
            N_("「{value}」填不进这一项：{reason}"),
            advice=_FIX,
            value=draft.value,
            reason=error,
        ) from error
    return [{**empty, "text": known.text, "number": known.number, "day": known.day}]


def resolved(
    reader: Reader, kind: FieldType, draft: FeatureDraft, limits: Limits, today: date
) -> list[dict[str, Any]]:
    """Return what is stored of a draft, a row elsewhere found by its id or its one name."""
    if kind not in REFERENCES:
        return value_rows(kind, draft, limits, today)
    if not draft.option_ids and not draft.value.strip():
        return []
    row_id, name = _elsewhere(reader, kind, draft)
    return [{"text": name, "number": row_id, "day": None, "option_id": 0}]


def _elsewhere(reader: Reader, kind: FieldType, draft: FeatureDraft) -> tuple[int, str]:
    entity = ELSEWHERE[kind]
    living = select(entity.id, entity.name).where(entity.deleted_at == 0)
    if draft.option_ids:
        found = reader.rows(living.where(entity.id == draft.option_ids[0]))
    else:
        found = reader.rows(living.where(entity.name == draft.value.strip()).limit(2))
    if len(found) != 1:
        reason = N_("有几个同名的，选一个") if found else N_("没有叫这个名字的")
        raise UserError("bad_feature", N_("「{value}」填不进这一项：{reason}"), advice=_FIX,
                        value=draft.value, reason=reason)  # fmt: skip
    return int(found[0][0]), str(found[0][1])
