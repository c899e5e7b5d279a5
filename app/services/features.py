"""业务特征: fields the manager defines, and what was learnt at each customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.features import FeatureField, FeatureOption, FeatureValue
from app.models.tables.followups import FollowUp
from app.models.values import features as rules
from app.models.values.features import FieldType

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.context import Context


@dataclass(frozen=True, slots=True)
class FeatureDraft:
    """One feature learnt, as typed or as option ids."""

    field_id: int
    value: str = ""
    option_ids: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionView:
    """A choice of a field."""

    id: int
    label: str


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field the manager defined, with its choices."""

    id: int
    key: str
    label: str
    type: FieldType
    unit: str
    help: str
    required: bool
    importance: int
    options: tuple[OptionView, ...] = ()
    archived: bool = False


@dataclass(frozen=True, slots=True)
class FieldDraft:
    """A field as defined in settings; options are labels in order."""

    label: str
    type: str = "text"
    unit: str = ""
    help: str = ""
    required: bool = False
    importance: int = 1
    options: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class FeatureView:
    """What is known of one field at one customer; empty ``shown`` is unanswered."""

    field: FieldView
    value: str = ""
    shown: str = ""
    option_ids: tuple[int, ...] = ()
    learnt_on: date | None = None
    channel: str = ""


def read_fields(reader: Reader, *, with_archived: bool = False) -> list[FieldView]:
    """Return the living fields in order, with their living options; hidden ones on request."""
    options: dict[int, list[OptionView]] = {}
    chosen = select(FeatureOption.field_id, FeatureOption.id, FeatureOption.label).where(
        FeatureOption.deleted_at == 0, FeatureOption.archived.is_(False)
    )
    for field_id, option_id, label in reader.rows(chosen.order_by(FeatureOption.position)):
        options.setdefault(field_id, []).append(OptionView(option_id, label))
    fields = select(
        FeatureField.id,
        FeatureField.key,
        FeatureField.label,
        FeatureField.type,
        FeatureField.unit,
        FeatureField.help,
        FeatureField.required,
        FeatureField.importance,
        FeatureField.archived,
    ).where(FeatureField.deleted_at == 0)
    if not with_archived:
        fields = fields.where(FeatureField.archived.is_(False))
    ordered = fields.order_by(FeatureField.position, FeatureField.id)
    return [
        FieldView(
            id=row.id,
            key=row.key,
            label=row.label,
            type=FieldType(row.type),
            unit=row.unit,
            help=row.help,
            required=row.required,
            importance=row.importance,
            options=tuple(options.get(row.id, ())),
            archived=row.archived,
        )
        for row in reader.rows(ordered)
    ]


def learn(unit: Unit, customer_id: int, draft: FeatureDraft, followup_id: int = 0) -> None:
    """Replace what is known of one field by what was learnt now; the old rows stay in the bin."""
    field = unit.stored(FeatureField, draft.field_id)
    if field is None:
        return
    fresh = value_rows(FieldType(field["type"]), draft)
    known = _known_rows(unit, customer_id, draft.field_id)
    if {tuple(row.values()) for row in fresh} == {tuple(row[1:]) for row in known}:
        return
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


def value_rows(kind: FieldType, draft: FeatureDraft) -> list[dict[str, Any]]:
    """Return what is stored of a draft; raise ``UserError`` bad_feature for what does not fit."""
    empty: dict[str, Any] = {"text": "", "number": 0, "day": None, "option_id": 0}
    if kind in (FieldType.single, FieldType.multi):
        return [{**empty, "option_id": option_id} for option_id in draft.option_ids]
    if not draft.value.strip():
        return []
    try:
        parsed = rules.parse_value(kind, draft.value)
    except ValueError as error:
        raise UserError(
            "bad_feature",
            N_("「{value}」填不进这一项：{reason}"),
            advice=N_("改好再存，别的内容都还在"),
            value=draft.value,
            reason=error,
        ) from error
    if isinstance(parsed, date):
        return [{**empty, "day": parsed}]
    if isinstance(parsed, str):
        return [{**empty, "text": parsed}]
    return [{**empty, "number": int(parsed), "text": draft.value.strip()}]


class Features:
    """Define fields and read or write what is known at a customer."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def fields(self, *, with_archived: bool = False) -> list[FieldView]:
        """Return the living fields in order; hidden ones on request only."""
        with self._context.read() as reader:
            return read_fields(reader, with_archived=with_archived)

    def fill_counts(self) -> dict[int, int]:
        """Return at how many customers each field is known; reads every value, so in a job."""
        counted = func.count(FeatureValue.customer_id.distinct())
        chosen = select(FeatureValue.field_id, counted).where(FeatureValue.deleted_at == 0)
        with self._context.read() as reader:
            rows = reader.rows(chosen.group_by(FeatureValue.field_id))
        return {row[0]: row[1] for row in rows}

    def of_customer(self, customer_id: int) -> list[FeatureView]:
        """Return every field with what is known of it at a customer."""
        with self._context.read() as reader:
            fields = read_fields(reader)
            rows = _values_of(reader, customer_id)
        return [_view(field, rows.get(field.id, [])) for field in fields]

    def of_customers(
        self, customer_ids: Sequence[int], field_ids: Sequence[int]
    ) -> dict[tuple[int, int], str]:
        """Return what is known of some fields at many customers, as it is shown in lists."""
        if not customer_ids or not field_ids:
            return {}
        with self._context.read() as reader:
            fields = {field.id: field for field in read_fields(reader)}
            rows = _values_of_many(reader, customer_ids, field_ids)
        return {
            (customer_id, field_id): _view(fields[field_id], found).shown
            for (customer_id, field_id), found in rows.items()
            if field_id in fields
        }

    def learn(self, customer_id: int, drafts: Sequence[FeatureDraft]) -> None:
        """Write features of a customer."""
        self._context.require("write")
        with self._context.write(N_("填业务特征")) as unit:
            for draft in drafts:
                learn(unit, customer_id, draft)

    def define(self, drafts: Sequence[FieldDraft]) -> list[int]:
        """Add fields after the present ones; return their ids."""
        self._context.require("manage")
        with self._context.write(N_("新增业务特征")) as unit:
            last = unit.scalar(select(func.max(FeatureField.position))) or 0
            return [add_field(unit, draft, last + 1 + n) for n, draft in enumerate(drafts)]

    def change_field(self, field_id: int, **fields: Any) -> None:
        """Change label, help, unit, required, importance or position of a field.

        The type changes only while nothing is known of the field: raises ``UserError``
        type_in_use.
        """
        self._context.require("manage")
        with self._context.write(N_("修改业务特征")) as unit:
            if "type" in fields:
                _require_unused(unit, field_id)
            unit.change(FeatureField, field_id, **fields)

    def order_fields(self, ids: Sequence[int]) -> None:
        """Bring the fields into this order."""
        self._context.require("manage")
        with self._context.write(N_("调整次序")) as unit:
            for place, field_id in enumerate(ids):
                unit.change(FeatureField, field_id, position=place)

    def rename_option(self, option_id: int, label: str) -> None:
        """Change the words of a choice; what uses it stays (product.md 1.5)."""
        self._context.require("manage")
        with self._context.write(N_("改选项名")) as unit:
            unit.change(FeatureOption, option_id, label=label.strip())

    def archive_field(self, field_id: int) -> None:
        """Hide a field; what was learnt stays."""
        self.change_field(field_id, archived=True)

    def set_options(self, field_id: int, labels: Sequence[str]) -> None:
        """Bring the choices of a field to these labels; missing ones are archived."""
        self._context.require("manage")
        chosen = select(FeatureOption.id, FeatureOption.label).where(
            FeatureOption.field_id == field_id, FeatureOption.deleted_at == 0
        )
        with self._context.write(N_("修改选项")) as unit:
            known = {label: option_id for option_id, label in unit.rows(chosen)}
            for place, label in enumerate(labels):
                if label in known:
                    unit.change(FeatureOption, known[label], position=place, archived=False)
                else:
                    unit.add(FeatureOption, field_id=field_id, label=label, position=place)
            for label in set(known) - set(labels):
                unit.change(FeatureOption, known[label], archived=True)


def _require_unused(reader: Reader, field_id: int) -> None:
    used = select(FeatureValue.id).where(
        FeatureValue.field_id == field_id, FeatureValue.deleted_at == 0
    )
    if reader.one(used) is not None:
        raise UserError(
            "type_in_use",
            N_("已经有客户填过，类型不能改"),
            advice=N_("新建一项正确类型的特征，把这一项停用；填过的都留着"),
        )


def add_field(unit: Unit, draft: FieldDraft, position: int) -> int:
    """Insert a field with its options; return its id."""
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
    )
    for place, label in enumerate(draft.options):
        unit.add(FeatureOption, field_id=field_id, label=label, position=place)
    return field_id


def _values_of(reader: Reader, customer_id: int) -> dict[int, list[Any]]:
    chosen = (
        select(
            FeatureValue.field_id,
            FeatureValue.text,
            FeatureValue.number,
            FeatureValue.day,
            FeatureValue.option_id,
            FeatureValue.learnt_on,
            func.coalesce(FollowUp.channel, ""),
        )
        .outerjoin(FollowUp, FollowUp.id == FeatureValue.followup_id)
        .where(FeatureValue.customer_id == customer_id, FeatureValue.deleted_at == 0)
    )
    found: dict[int, list[Any]] = {}
    for row in reader.rows(chosen):
        found.setdefault(row[0], []).append(row)
    return found


def _values_of_many(
    reader: Reader, customer_ids: Sequence[int], field_ids: Sequence[int]
) -> dict[tuple[int, int], list[Any]]:
    chosen = select(
        FeatureValue.customer_id,
        FeatureValue.field_id,
        FeatureValue.text,
        FeatureValue.number,
        FeatureValue.day,
        FeatureValue.option_id,
        FeatureValue.learnt_on,
    ).where(
        FeatureValue.customer_id.in_(customer_ids),
        FeatureValue.field_id.in_(field_ids),
        FeatureValue.deleted_at == 0,
    )
    found: dict[tuple[int, int], list[Any]] = {}
    for row in reader.rows(chosen):
        found.setdefault((row[0], row[1]), []).append((*row[1:], ""))
    return found


def _view(field: FieldView, rows: Sequence[Any]) -> FeatureView:
    if not rows:
        return FeatureView(field)
    first = rows[0]
    option_ids = tuple(row[4] for row in rows if row[4])
    if option_ids:
        labels = [option.label for option in field.options if option.id in option_ids]
        shown = value = "、".join(labels)
    else:
        value = rules.format_value(field.type, first[1], first[2], first[3])
        # a percent sign belongs to its figure, every other unit is a word of its own
        shown = f"{value}{'' if field.unit == '%' else ' '}{field.unit}".strip()
    return FeatureView(field, value, shown, option_ids, first[5], first[6])
