"""What the customer list can be narrowed and ordered by, the book's own features included."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Integer, and_, case, func, literal_column, or_, select
from sqlalchemy.sql import Select

from app.models.store.reader import Reader
from app.models.tables.base import NEVER_AT, NO_DAY
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import (
    Contact,
    ContactChannel,
    Customer,
    CustomerTag,
    Employment,
)
from app.models.tables.features import FeatureField, FeatureOption, FeatureValue
from app.models.tables.staff import Staff
from app.models.values.features import CHOSEN, FIGURES, MILLIONTHS, FieldType
from app.services.lists.clauses import ALWAYS, Clause, ListField
from app.services.lists.conditions import (
    AMOUNT,
    CHOICE,
    COMING,
    DAY,
    FEN,
    ID,
    PAST,
    REGION,
    STEP,
    TAG,
    TEXT,
    YES_NO,
    Condition,
)
from app.services.lists.groups import GroupColumn
from app.services.lists.spec import SortColumn

FEATURE = "feature_"
"""How the fields of features begin; the id of the field follows."""


def _team(condition: Condition) -> Clause:
    teams = [int(value or 0) for value in condition.values]
    found: Clause = Customer.owner_id.in_(select(Staff.id).where(Staff.team_id.in_(teams)))
    return ~found if condition.operator == "is_not" else found


def _step(condition: Condition) -> Clause:
    *states, now = condition.values
    choices: dict[str, Clause] = {
        "none": Customer.next_due_at == NEVER_AT,
        "open": Customer.next_due_at < NEVER_AT,
        "overdue": Customer.next_due_at < int(now),
    }
    return or_(*(choices[state] for state in states))


def _touched(condition: Condition) -> Clause | None:
    """Answer "not for so long": nobody has called yet counts from the day of creation.

    See product.md 1.8, forgotten customers.
    """
    if condition.operator != "before":
        return None
    day = condition.values[0]
    never = Customer.last_touch_on == NO_DAY
    return or_(and_(Customer.last_touch_on < day, ~never), and_(never, Customer.created_on < day))


def _calibrated(condition: Condition) -> Clause:
    """Answer when a customer was last rated, by the day of the newest event (待复标)."""
    if condition.operator == "unknown":
        return Customer.calibrated_at == 0
    since, *rest = condition.values
    newer = _rated(CalibrationEvent.on >= since)
    known = Customer.calibrated_at > 0
    if condition.operator == "before":
        return and_(known, ~newer)
    if condition.operator == "until":
        return and_(known, ~_rated(CalibrationEvent.on > since))
    return and_(newer, *(~_rated(CalibrationEvent.on > last) for last in rest[:1]))


def _rated(when: Clause) -> Clause:
    events = select(CalibrationEvent.customer_id).where(CalibrationEvent.deleted_at == 0, when)
    found: Clause = Customer.id.in_(events)
    return found


def _digits(text: str) -> str:
    return "".join(char for char in text if char.isdigit())


_PEOPLE: Select[Any] = (
    select(Employment.customer_id)
    .join(Contact, Contact.id == Employment.contact_id)
    .where(Employment.deleted_at == 0, Employment.to_on == NO_DAY, Contact.deleted_at == 0)
)
_NUMBERS: Select[Any] = select(ContactChannel.customer_id).where(
    ContactChannel.deleted_at == 0, ContactChannel.kind.in_(("mobile", "phone"))
)
_TAGGED: Select[Any] = select(CustomerTag.customer_id).where(CustomerTag.deleted_at == 0)

FIELDS: Mapping[str, ListField] = {
    "name": ListField(TEXT, Customer.name),
    "life": ListField(CHOICE, Customer.life),
    "quality": ListField(CHOICE, Customer.quality),
    "grade": ListField(CHOICE, Customer.grade),
    "stage": ListField(ID, Customer.stage_position, ALWAYS),
    "region": ListField(REGION, Customer.region),
    "source": ListField(CHOICE, Customer.source),
    "industry": ListField(CHOICE, Customer.industry),
    "size": ListField(CHOICE, Customer.size),
    "kind": ListField(CHOICE, Customer.kind),
    "plan": ListField(CHOICE, Customer.next_plan),
    "owner": ListField(ID, Customer.owner_id, 0),
    "team": ListField(ID, own=_team),
    "touched": ListField(PAST, Customer.last_touch_on, NO_DAY, own=_touched),
    "calibrated": ListField(PAST, own=_calibrated),
    "created": ListField(PAST, Customer.created_on, NO_DAY),
    "expected_on": ListField(COMING, Customer.expected_to, NO_DAY),
    "expected": ListField(FEN, Customer.expected_fen, -1),
    "next": ListField(STEP, own=_step),
    "radar": ListField(AMOUNT, Customer.radar_score * MILLIONTHS, ALWAYS),
    "contact": ListField(TEXT, Contact.name, rows=_PEOPLE, row_id=Customer.id),
    "phone": ListField(
        TEXT, ContactChannel.normal, rows=_NUMBERS, row_id=Customer.id, typed=_digits
    ),
    "code": ListField(TEXT, Customer.code),
    "short_name": ListField(TEXT, Customer.short_name),
    "uscc": ListField(TEXT, Customer.uscc),
    "address": ListField(TEXT, Customer.address),
    "website": ListField(TEXT, Customer.website),
    "note": ListField(TEXT, Customer.note),
    "tag": ListField(TAG, CustomerTag.tag_id, rows=_TAGGED, row_id=Customer.id),
}
"""The fields every book has."""

_RANK = {"valuable": 3, "unsure": 2, "worthless": 1}
_SIZE = {"big": 3, "normal": 2, "small": 1}
_VALUE = case(_RANK, value=Customer.quality, else_=0) * 10 + case(
    _SIZE, value=Customer.grade, else_=0
)

SORTS: Mapping[str, SortColumn] = {
    "name": SortColumn(Customer.sort_key, indexed=True),
    "created_on": SortColumn(Customer.created_on, indexed=True),
    "last_touch_on": SortColumn(Customer.last_touch_on, indexed=True),
    "next_due_at": SortColumn(Customer.next_due_at, indexed=True),
    "expected_fen": SortColumn(Customer.expected_fen, indexed=True),
    "stage": SortColumn(Customer.stage_position, indexed=True),
    "region": SortColumn(Customer.region, indexed=True),
    "owner": SortColumn(Customer.owner_id, indexed=True),
    "radar": SortColumn(Customer.radar_score, indexed=True),
    "contact": SortColumn(Customer.main_contact),
    "phone": SortColumn(Customer.main_phone),
    "value": SortColumn(_VALUE),
    "life": SortColumn(Customer.life),
    "plan": SortColumn(Customer.next_plan),
    "code": SortColumn(Customer.code),
    "expected_on": SortColumn(Customer.expected_to),
    "source": SortColumn(Customer.source),
    "industry": SortColumn(Customer.industry),
    "size": SortColumn(Customer.size),
}
"""The columns a list can be ordered by; those with an index are read by key, others in a job."""


def _month(column: Any) -> GroupColumn:
    return GroupColumn(func.substr(column, 1, 7))


_TEAM = select(Staff.team_id).where(Staff.id == Customer.owner_id).scalar_subquery()
_PLAIN = ("region", "source", "industry", "size", "kind", "life", "quality", "grade", "owner",
          "stage", "plan", "expected")  # fmt: skip

GROUPS: Mapping[str, GroupColumn] = {
    **{key: GroupColumn(FIELDS[key].column) for key in _PLAIN},
    "team": GroupColumn(func.coalesce(_TEAM, 0)),
    "created": _month(Customer.created_on),
    "touched": _month(Customer.last_touch_on),
    "expected_on": _month(Customer.expected_to),
    "expected_day": GroupColumn(func.substr(Customer.expected_to, 1, 10)),
}
"""What customers can be grouped by; days are grouped by month (YYYY-MM)."""

SUMS: Mapping[str, Any] = {
    "expected": func.sum(case((Customer.expected_fen >= 0, Customer.expected_fen), else_=0))
}
"""The amounts of a group in fen."""

# -- features -----------------------------------------------------------------------------------

KINDS: Mapping[FieldType, str] = {
    **dict.fromkeys(FieldType, TEXT),
    **dict.fromkeys(FIGURES, AMOUNT),
    **dict.fromkeys(CHOSEN, ID),
    FieldType.money: FEN,
    FieldType.date: DAY,
    FieldType.moment: DAY,
    FieldType.span: DAY,
    FieldType.window: DAY,
    FieldType.yes_no: YES_NO,
    FieldType.formula: AMOUNT,
    FieldType.rollup: AMOUNT,
}
"""The kind of each type; a row elsewhere is asked for by its name."""

_NOUGHT: ColumnElement[int] = literal_column("0", Integer)
_BLANK: ColumnElement[str] = literal_column("''")
_OF_ITS_INDEX: Mapping[str, tuple[ColumnElement[bool], ...]] = {
    TEXT: (FeatureValue.text != _BLANK,),
    DAY: (FeatureValue.day != _BLANK,),
    ID: (FeatureValue.option_id != _NOUGHT,),
}
_OF_A_NUMBER = (FeatureValue.option_id == _NOUGHT,)
"""What a statement must say so that the planner takes the index of the kind, and no other."""


def feature_kinds(reader: Reader, fields: set[str]) -> Mapping[str, str]:
    """Return the kinds of those fields that are features of this book."""
    ids = {
        int(one[len(FEATURE) :]): one
        for one in fields
        if one.startswith(FEATURE) and one[len(FEATURE) :].isdecimal()
    }
    chosen = select(FeatureField.id, FeatureField.type).where(
        FeatureField.id.in_(ids), FeatureField.deleted_at == 0
    )
    found = {ids[row_id]: FieldType(kind) for row_id, kind in reader.rows(chosen)} if ids else {}
    return {key: KINDS[kind] for key, kind in found.items()}


def _stored(kind: str) -> tuple[ColumnElement[Any], tuple[ColumnElement[bool], ...]]:
    """Return the column that holds values of a kind, and what its index wants to hear."""
    columns: Mapping[str, ColumnElement[Any]]
    columns = {TEXT: FeatureValue.text, DAY: FeatureValue.day, ID: FeatureValue.option_id}
    return columns.get(kind, FeatureValue.number), _OF_ITS_INDEX.get(kind, _OF_A_NUMBER)


def feature_field(key: str, kind: str) -> ListField:
    """Return a feature as a field of the customer list."""
    column, of_its_index = _stored(kind)
    rows: Select[Any] = select(FeatureValue.customer_id).where(
        FeatureValue.field_id == int(key[len(FEATURE) :]),
        FeatureValue.deleted_at == _NOUGHT,
        *of_its_index,
    )
    return ListField(kind, column, rows=rows, row_id=Customer.id)


def _mine(key: str, of_its_index: tuple[ColumnElement[bool], ...]) -> tuple[Any, ...]:
    """Return what the values of a feature at the customer of the row fulfil."""
    return (
        FeatureValue.customer_id == Customer.id,
        FeatureValue.field_id == int(key[len(FEATURE) :]),
        FeatureValue.deleted_at == _NOUGHT,
        *of_its_index,
    )


def feature_group(key: str, kind: str) -> GroupColumn:
    """Return a feature as what customers are grouped by; of several options the first counts."""
    column, of_its_index = _stored(kind)
    chosen = select(func.min(column)).where(*_mine(key, of_its_index))
    return GroupColumn(func.coalesce(chosen.correlate(Customer).scalar_subquery(), ""))


def feature_sort(key: str, kind: str) -> SortColumn:
    """Return a feature as a column to order by; customers without it come first."""
    column, of_its_index = _stored(kind)
    mine = _mine(key, of_its_index)
    if kind == ID:
        chosen = (
            select(func.min(FeatureOption.position))
            .select_from(FeatureValue)
            .join(FeatureOption, FeatureOption.id == FeatureValue.option_id)
        )
    else:
        chosen = select(func.min(column))
    unknown: Any = "" if kind in (TEXT, DAY) else -(2**62)
    found = chosen.where(*mine).correlate(Customer).scalar_subquery()
    return SortColumn(func.coalesce(found, unknown))
