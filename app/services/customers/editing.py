"""Write one field of a customer, told as text: from a cell of a list, for one or for many."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.base import NO_DAY
from app.models.tables.customers import ContactChannel, Employment
from app.models.tables.features import FeatureField
from app.models.values.features import CHOSEN, FieldType
from app.models.values.money import Fen, format_yuan
from app.models.values.text import fold
from app.services.calibration import CalibrationDraft, calibrate
from app.services.customers import stages, writing
from app.services.customers.drafts import ChannelDraft, ContactDraft
from app.services.customers.fields import FEATURE
from app.services.features import FeatureDraft, learn

Write = Callable[[Unit, int, str], None]
_PLAIN = (
    "name", "code", "short_name", "kind", "uscc", "source", "industry", "size", "region",
    "address", "website", "note",
)  # fmt: skip
_PHONES = ("mobile", "phone")


def is_editable(field: str) -> bool:
    """Tell whether a field of the list can be written; the others follow from other records."""
    return field in _WRITERS or field == "stage" or field.startswith(FEATURE)


def write(unit: Unit, customer_id: int, field: str, value: str, reason: str = "") -> None:
    """Bring a field of a customer to a value: text, code, id, ISO day, fen; empty for unknown.

    A feature takes a number or yes/no as typed, or the ids of its options joined by commas.
    ``reason`` is for a stage that goes back. Raises ``UserError`` bad_value, and what the
    field refuses.
    """
    if field == "stage":
        stages.move_stage(unit, customer_id, _number(field, value), reason=reason)
    elif field.startswith(FEATURE):
        _feature(unit, customer_id, field, value)
    elif field in _WRITERS:
        _WRITERS[field](unit, customer_id, value)
    else:
        raise _bad(field, value)


def _bad(field: str, value: str) -> UserError:
    return UserError(
        "bad_value",
        N_("「{value}」填不进这一列"),
        advice=N_("改好再存，原来的内容没有动"),
        field=field,
        value=value,
    )


def _number(field: str, value: str) -> int:
    try:
        return int(value)
    except ValueError as error:
        raise _bad(field, value) from error


def _plain(field: str) -> Write:
    def put(unit: Unit, customer_id: int, value: str) -> None:
        writing.change_customer(unit, customer_id, {field: fold(value)})

    return put


def _owner(unit: Unit, customer_id: int, value: str) -> None:
    writing.give_to(unit, customer_id, _number("owner", value))


def _quality(unit: Unit, customer_id: int, value: str) -> None:
    calibrate(unit, customer_id, CalibrationDraft(quality=value))


def _grade(unit: Unit, customer_id: int, value: str) -> None:
    calibrate(unit, customer_id, CalibrationDraft(grade=value))


def _expected(unit: Unit, customer_id: int, value: str) -> None:
    fen = _number("expected", value) if value else -1
    calibrate(unit, customer_id, CalibrationDraft(expected_fen=fen))


def _expected_on(unit: Unit, customer_id: int, value: str) -> None:
    try:
        day = date.fromisoformat(value) if value else None
    except ValueError as error:
        raise _bad("expected_on", value) from error
    draft = CalibrationDraft(expected_on=day, forget_day=day is None)
    calibrate(unit, customer_id, draft)


def _contact(unit: Unit, customer_id: int, value: str) -> None:
    """Rename the main contact, or make the first one."""
    name, contact_id = fold(value), _main_contact(unit, customer_id)
    if not name:
        raise _bad("contact", value)
    if contact_id:
        writing.rename_contact(unit, contact_id, name)
    else:
        writing.add_contact(unit, customer_id, ContactDraft(name), main=True)


def _phone(unit: Unit, customer_id: int, value: str) -> None:
    """Replace the phone that the list shows, or add one to the main contact."""
    contact_id, shown = _main_contact(unit, customer_id), _shown_phone(unit, customer_id)
    if not contact_id:
        raise UserError(
            "no_contact", N_("这家客户还没有联系人"), advice=N_("先填联系人的姓名，再填电话")
        )
    owner_id = shown[1] if shown else contact_id
    if shown:
        unit.remove(ContactChannel, shown[0])
    if value.strip():
        writing.add_channel(unit, customer_id, owner_id, ChannelDraft("mobile", value))


def _main_contact(unit: Unit, customer_id: int) -> int:
    chosen = select(Employment.contact_id).where(
        Employment.customer_id == customer_id,
        Employment.to_on == NO_DAY,
        Employment.deleted_at == 0,
    )
    ordered = chosen.order_by(Employment.main.desc(), Employment.id).limit(1)
    return int(unit.scalar(ordered) or 0)


def _shown_phone(unit: Unit, customer_id: int) -> tuple[int, int] | None:
    """Return the channel and contact of the number in ``main_phone`` (heads.py)."""
    chosen = (
        select(ContactChannel.id, ContactChannel.contact_id)
        .join(Employment, Employment.contact_id == ContactChannel.contact_id)
        .where(
            ContactChannel.customer_id == customer_id,
            ContactChannel.deleted_at == 0,
            ContactChannel.kind.in_(_PHONES),
            ContactChannel.invalid.is_(False),
        )
        .order_by(Employment.main.desc(), ContactChannel.kind, ContactChannel.id)
    )
    found = unit.one(chosen.limit(1))
    return (int(found[0]), int(found[1])) if found else None


def _feature(unit: Unit, customer_id: int, field: str, value: str) -> None:
    field_id = _number(field, field[len(FEATURE) :])
    known = unit.stored(FeatureField, field_id)
    if known is None or known["deleted_at"]:
        raise _bad(field, value)
    kind = FieldType(known["type"])
    ids: tuple[int, ...] = ()
    if kind in CHOSEN:
        ids = tuple(_number(field, one) for one in value.split(",") if one)
    elif kind is FieldType.money and value:
        value = format_yuan(Fen(_number(field, value)))
    learn(unit, customer_id, FeatureDraft(field_id, "" if ids else value, ids))


_WRITERS: Mapping[str, Write] = {
    **{field: _plain(field) for field in _PLAIN},
    "owner": _owner,
    "quality": _quality,
    "grade": _grade,
    "expected": _expected,
    "expected_on": _expected_on,
    "contact": _contact,
    "phone": _phone,
}
