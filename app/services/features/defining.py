"""Define fields: what a manager may write of each, checked before it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.features import FeatureField, FeatureOption, FeatureTalk, FeatureValue
from app.models.values.expressions import ExpressionError, check_cycles, renamed
from app.models.values.features import FieldType, parse_value
from app.models.values.reasons import Unreadable
from app.services.features.computing import SOURCES, read_rollup, rests_on
from app.services.features.drafts import FieldDraft, FieldView
from app.services.features.lines import read_columns
from app.services.features.reading import read_fields

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

_CONDITIONS = ("required_when", "visible_when")
_NOT_KEPT = N_("改好再存，原来的还在用")


def bad_expression(error: ExpressionError, label: str) -> UserError:
    """Return the refusal of an expression: where it goes wrong, and why."""
    return UserError(
        "bad_expression",
        N_("「{label}」第 {place} 个字：{reason}"),
        advice=_NOT_KEPT,
        label=label,
        place=error.place + 1,
        reason=error.reason,
    )


def add_field(unit: Unit, draft: FieldDraft, position: int) -> int:
    """Insert a field with its options; return its id."""
    fields = read_fields(unit, with_archived=True)
    kind = FieldType(draft.type)
    expression = _kept_expression(fields, draft.label, "", kind, draft.expression)
    field_id = unit.add(
        FeatureField,
        key=draft.key or f"f{unit.stamp.make_id():x}",
        label=draft.label.strip(),
        type=draft.type,
        unit=draft.unit,
        help=draft.help,
        required=draft.required,
        importance=draft.importance,
        position=position,
        section=draft.section,
        expression=expression,
    )
    for place, label in enumerate(draft.options):
        unit.add(FeatureOption, field_id=field_id, label=label, position=place)
    return field_id


def change_field(unit: Unit, field_id: int, fields: Mapping[str, Any]) -> None:
    """Change what a field asks, allows or computes.

    Raises ``UserError``: type_in_use, bad_expression, bad_limit, label_taken.
    """
    known = read_fields(unit, with_archived=True)
    field = next((one for one in known if one.id == field_id), None)
    if field is None:
        unit.change(FeatureField, field_id, **fields)  # tells that it is gone
        return
    if "type" in fields:
        require_unused(unit, field_id)
    kind = FieldType(fields.get("type", field.type))
    fresh = dict(fields)
    if "label" in fresh:
        _refuse_taken(known, field, str(fresh["label"]))
    for name in _CONDITIONS:
        if name in fresh:
            fresh[name] = _condition(known, field.label, str(fresh[name]))
    if "expression" in fresh:
        text = str(fresh["expression"])
        fresh["expression"] = _kept_expression(known, field.label, field.key, kind, text)
    for name in ("least", "most", "initial"):
        if fresh.get(name):
            _check_typed(kind, field.label, str(fresh[name]))
    unit.change(FeatureField, field_id, **fresh)


def _refuse_taken(known: Sequence[FieldView], field: FieldView, label: str) -> None:
    if any(one.label == label and one.id != field.id for one in known):
        raise UserError("label_taken", N_("已经有一项叫「{label}」"), advice=N_("换一个名称"),
                        label=label)  # fmt: skip


def _check_typed(kind: FieldType, label: str, text: str) -> None:
    try:
        parse_value(kind, text)
    except Unreadable as error:
        raise UserError("bad_limit", N_("「{label}」：{value} {reason}"), advice=_NOT_KEPT,
                        label=label, value=text, reason=error.reason) from error  # fmt: skip


def _keys(fields: Sequence[FieldView]) -> dict[str, str]:
    """Return the key of every name a field can be called by."""
    return {**{one.key: one.key for one in fields}, **{one.label: one.key for one in fields}}


def _condition(fields: Sequence[FieldView], label: str, text: str) -> str:
    if not text.strip():
        return ""
    try:
        return renamed(text.strip(), _keys(fields).get)
    except ExpressionError as error:
        raise bad_expression(error, label) from error


def _kept_expression(
    fields: Sequence[FieldView], label: str, key: str, kind: FieldType, text: str
) -> str:
    """Return what a field computes or shows as it is kept; raise ``UserError``."""
    if kind is FieldType.rollup and text:
        return _kept_rollup(fields, label, text)
    if kind is FieldType.lines and text:
        try:
            read_columns(text)
        except Unreadable as error:
            raise UserError("bad_expression", N_("「{label}」：{reason}"), advice=_NOT_KEPT,
                            label=label, reason=error.reason) from error  # fmt: skip
        return text
    if kind is not FieldType.formula or not text:
        return text
    try:
        kept = renamed(text.strip(), _keys(fields).get)
        graph = {one.key: rests_on(one) for one in fields}
        graph[key] = rests_on(FieldView(0, key, label, kind, expression=kept))
        check_cycles(graph, key, kept)
    except ExpressionError as error:
        raise bad_expression(error, label) from error
    return kept


def _kept_rollup(fields: Sequence[FieldView], label: str, text: str) -> str:
    """Keep a roll-up by the key of its sub-table: sum:[明细].数量, count:followups."""
    for one in fields:
        if one.type is FieldType.lines:
            text = text.replace(f"[{one.label}]", f"[{one.key}]")
    rollup = read_rollup(text)
    lines = {one.key: one for one in fields if one.type is FieldType.lines}
    sound = rollup is not None and (
        rollup.how == "count"
        or (rollup.source and rollup.column in SOURCES[rollup.source][1])
        or (rollup.lines_key in lines and rollup.column in _labels(lines[rollup.lines_key]))
    )
    if not sound:
        raise UserError("bad_expression", N_("「{label}」：{reason}"), advice=_NOT_KEPT,
                        label=label, reason=N_("没有这样的汇总"))  # fmt: skip
    return text


def _labels(field: FieldView) -> set[str]:
    try:
        return {one.label for one in read_columns(field.expression)}
    except Unreadable:
        return set()


def require_unused(reader: Reader, field_id: int) -> None:
    """Refuse another type for a field that something is known of."""
    used = select(FeatureValue.id).where(
        FeatureValue.field_id == field_id, FeatureValue.deleted_at == 0
    )
    if reader.one(used) is not None:
        raise UserError(
            "type_in_use",
            N_("已经有客户填过，类型不能改"),
            advice=N_("新建一项正确类型的特征，把这一项停用；填过的都留着"),
        )


# -- options ------------------------------------------------------------------------------------


def set_options(unit: Unit, field_id: int, labels: Sequence[str]) -> None:
    """Bring the choices of a field to these labels; missing ones are archived."""
    chosen = select(FeatureOption.id, FeatureOption.label).where(
        FeatureOption.field_id == field_id,
        FeatureOption.deleted_at == 0,
        FeatureOption.merged_into_id == 0,
    )
    known = {label: option_id for option_id, label in unit.rows(chosen)}
    for place, label in enumerate(labels):
        if label in known:
            unit.change(FeatureOption, known[label], position=place, archived=False)
        else:
            unit.add(FeatureOption, field_id=field_id, label=label, position=place)
    for label in set(known) - set(labels):
        unit.change(FeatureOption, known[label], archived=True)


def merge_options(unit: Unit, option_id: int, into_id: int) -> int:
    """Bring every value of one choice to another one, and archive it; return how many.

    A customer that had both keeps one. One act in the record of changes, with undo.
    """
    both = unit.stored_many(FeatureOption, {option_id, into_id})
    fields = {row["field_id"] for row in both}
    if len(both) != 2 or len(fields) != 1:
        raise UserError("bad_merge", N_("只能合并同一项特征的两个选项"), advice=N_("选项没有动"))
    values = select(FeatureValue.id, FeatureValue.customer_id, FeatureValue.option_id).where(
        FeatureValue.field_id == fields.pop(),
        FeatureValue.option_id.in_((option_id, into_id)),
        FeatureValue.deleted_at == 0,
    )
    rows = unit.rows(values)
    has = {customer_id for _id, customer_id, option in rows if option == into_id}
    moved = [(row_id, customer_id) for row_id, customer_id, one in rows if one == option_id]
    for row_id, customer_id in moved:
        if customer_id in has:
            unit.remove(FeatureValue, row_id)
        else:
            unit.change(FeatureValue, row_id, option_id=into_id)
    unit.change(FeatureOption, option_id, archived=True, merged_into_id=into_id)
    under = select(FeatureOption.id).where(
        FeatureOption.parent_id == option_id, FeatureOption.deleted_at == 0
    )
    for (child_id,) in unit.rows(under):
        unit.change(FeatureOption, child_id, parent_id=into_id)
    return len(moved)


def set_talks(unit: Unit, field_id: int, talks: Sequence[tuple[str, str, str]]) -> None:
    """Bring what to talk about to these (condition, words, example); raise ``UserError``."""
    fields = read_fields(unit, with_archived=True)
    label = next((one.label for one in fields if one.id == field_id), "")
    kept = [
        (_condition(fields, label, condition), words.strip(), example.strip())
        for condition, words, example in talks
        if words.strip()
    ]
    known = select(FeatureTalk.id, FeatureTalk.condition, FeatureTalk.words, FeatureTalk.example)
    known = known.where(FeatureTalk.field_id == field_id, FeatureTalk.deleted_at == 0)
    rows = unit.rows(known.order_by(FeatureTalk.position))
    if [tuple(row[1:]) for row in rows] == kept:
        return
    for row in rows:
        unit.remove(FeatureTalk, row[0])
    for place, (condition, words, example) in enumerate(kept):
        unit.add(FeatureTalk, field_id=field_id, position=place, condition=condition,
                 words=words, example=example)  # fmt: skip


def next_position(reader: Reader) -> int:
    """Return the place after the last field."""
    return int(reader.scalar(select(func.max(FeatureField.position))) or 0) + 1
