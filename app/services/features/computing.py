"""Formulas, roll-ups and automatic numbers: computed in the unit that changes what they rest on.

Their values stand in the table of all values, so that lists, filters, exports and charts find
them like any other; nobody types them, and they leave no trace in the record of changes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, func, insert, select

from app.models.store.idlist import among
from app.models.store.statements import prepared
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, Opportunity, Payment
from app.models.tables.features import FeatureField, FeatureValue
from app.models.tables.followups import FollowUp
from app.models.values.changes import Kind
from app.models.values.expressions import Value, evaluate, names_of
from app.models.values.expressions.evaluating import as_text
from app.models.values.features import COMPUTED, MILLIONTHS, FieldType
from app.models.values.money import round_half_up
from app.services.features.asking import tree_of, value_for
from app.services.features.drafts import FeatureView, FieldView
from app.services.features.lines import column_values
from app.services.features.reading import read_fields, values_of_many, view_of

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

CHUNK = 500
SOURCES: Mapping[str, tuple[type[Any], Mapping[str, str]]] = {
    "followups": (FollowUp, {}),
    "contracts": (Contract, {"amount": "amount_fen", "signed_on": "signed_on"}),
    "payments": (Payment, {"amount": "amount_fen", "paid_on": "paid_on"}),
    "opportunities": (Opportunity, {"amount": "expected_fen"}),
}
"""What a roll-up gathers at a customer beside the lines of a sub-table."""

HOW = ("count", "sum", "min", "max")
_ROLLUP = re.compile(r"(count|sum|min|max):(?:\[(\w+)\]|(\w+))(?:\.(.+))?")
_PATTERN = re.compile(r"\{(0+)\}")
_FED_BY = frozenset({FeatureValue, Customer, *(entity for entity, _ in SOURCES.values())})


@dataclass(frozen=True, slots=True)
class Rollup:
    """How a roll-up gathers: of a table of the book or of a sub-table, one column of it."""

    how: str
    source: str = ""
    lines_key: str = ""
    column: str = ""


def read_rollup(text: str) -> Rollup | None:
    """Return what a kept roll-up says, None when it says nothing known."""
    found = _ROLLUP.fullmatch(text)
    if found is None or (found[3] and found[3] not in SOURCES):
        return None
    return Rollup(found[1], found[3] or "", found[2] or "", found[4] or "")


def rests_on(field: FieldView) -> tuple[str, ...]:
    """Return the keys of the fields that a computed one uses."""
    if field.type is FieldType.formula:
        tree = tree_of(field.expression)
        return names_of(tree) if tree is not None else ()
    rollup = read_rollup(field.expression) if field.type is FieldType.rollup else None
    return (rollup.lines_key,) if rollup is not None and rollup.lines_key else ()


def in_order(fields: Sequence[FieldView]) -> list[FieldView]:
    """Return computed fields so that each comes after those it uses; circles are left out."""
    left = {one.key: one for one in fields if one.type in COMPUTED}
    found: list[FieldView] = []
    while left:
        ready = [one for one in left.values() if not set(rests_on(one)) & set(left)]
        if not ready:
            break
        found += ready
        for one in ready:
            del left[one.key]
    return found


_COMPUTING = prepared(
    FeatureField.__table__,
    select(FeatureField.id)
    .where(
        FeatureField.type.in_(sorted(COMPUTED)),
        FeatureField.deleted_at == 0,
        FeatureField.archived.is_(False),
    )
    .limit(1),
)


def keep_features(unit: Unit) -> None:
    """Compute the fields that rest on what this unit wrote (a rule before commit)."""
    changed = [one for one in unit.trail if one.entity in _FED_BY]
    if not changed:
        return
    if unit.prepared_rows(_COMPUTING, {}):
        compute(unit, {customer for one in changed for customer in one.customer_ids})


def compute(unit: Unit, customer_ids: Collection[int]) -> int:
    """Compute every computed field of some customers; return how many values are new."""
    fields = read_fields(unit)
    return sum(_compute(unit, fields, part) for part in _parts(sorted(customer_ids)))


def _parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _compute(unit: Unit, fields: Sequence[FieldView], ids: Sequence[int]) -> int:
    computed = in_order(fields)
    if not computed or not ids:
        return 0
    by_id = {one.id: one for one in fields}
    rows = values_of_many(unit, ids, list(by_id))
    views = {place: view_of(by_id[place[1]], found) for place, found in rows.items()}
    gathered = _gathered(unit, computed, ids)
    values = {customer_id: _known(fields, views, customer_id) for customer_id in ids}
    wanted: dict[tuple[int, int], dict[str, Any]] = {}
    for field in computed:
        if field.type is FieldType.serial:
            continue
        for customer_id in ids:
            known = values[customer_id]
            found = _figure_of(field, known, gathered, customer_id, fields, views)
            known[field.key] = found
            wanted[customer_id, field.id] = _stored(found)
    stored = {place: _as_stored(found) for place, found in rows.items()}
    changes = {
        place: row for place, row in wanted.items() if row != stored.get(place, _stored(None))
    }
    _write(unit, changes)
    serials = [one for one in computed if one.type is FieldType.serial]
    return len(changes) + sum(_number(unit, one, ids, rows) for one in serials)


def _known(
    fields: Sequence[FieldView], views: Mapping[tuple[int, int], FeatureView], customer_id: int
) -> dict[str, Value]:
    found: dict[str, Value] = {}
    for field in fields:
        view = views.get((customer_id, field.id))
        if view is not None and field.type not in COMPUTED:
            found[field.key] = value_for(field, view.value, view.option_ids)
    return found


def _figure_of(
    field: FieldView,
    known: Mapping[str, Value],
    gathered: Mapping[tuple[int, str], Value],
    customer_id: int,
    fields: Sequence[FieldView],
    views: Mapping[tuple[int, int], FeatureView],
) -> Value:
    if field.type is FieldType.formula:
        tree = tree_of(field.expression)
        return evaluate(tree, known) if tree is not None else None
    rollup = read_rollup(field.expression)
    if rollup is None:
        return None
    if rollup.source:
        return gathered.get((customer_id, field.expression), Decimal(0) if rollup.how in
                            ("count", "sum") else None)  # fmt: skip
    lines = next((one for one in fields if one.key == rollup.lines_key), None)
    view = views.get((customer_id, lines.id)) if lines is not None else None
    if lines is None or view is None:
        return Decimal(0) if rollup.how == "count" else None
    return _of_lines(rollup, column_values(lines, view.value, rollup.column))


def _of_lines(rollup: Rollup, cells: Sequence[Decimal | None]) -> Value:
    if rollup.how == "count":
        return Decimal(len(cells))
    found = [one for one in cells if one is not None]
    if not found:
        return None
    return sum(found, Decimal(0)) if rollup.how == "sum" else (
        min(found) if rollup.how == "min" else max(found)
    )  # fmt: skip


_GATHER: Mapping[str, Callable[[Any], Any]] = {
    "count": func.count,
    "sum": func.sum,
    "min": func.min,
    "max": func.max,
}


def _gathered(
    unit: Reader, computed: Sequence[FieldView], ids: Sequence[int]
) -> dict[tuple[int, str], Value]:
    """Return what the roll-ups over tables of the book come to, by customer and roll-up."""
    found: dict[tuple[int, str], Value] = {}
    for field in computed:
        rollup = read_rollup(field.expression) if field.type is FieldType.rollup else None
        if rollup is None or not rollup.source:
            continue
        entity, columns = SOURCES[rollup.source]
        name = columns.get(rollup.column, "id")
        chosen = select(entity.customer_id, _GATHER[rollup.how](getattr(entity, name))).where(
            among(entity.customer_id, ids), entity.deleted_at == 0
        )
        if name.endswith("_fen"):
            chosen = chosen.where(getattr(entity, name).is_not(None))
        for customer_id, figure in unit.rows(chosen.group_by(entity.customer_id)):
            found[customer_id, field.expression] = _figure(rollup, name, figure)
    return found


def _figure(rollup: Rollup, name: str, figure: Any) -> Value:
    if figure is None or rollup.how == "count":
        return None if figure is None else Decimal(figure)
    if name.endswith("_fen"):
        return Decimal(figure) / 100
    if isinstance(figure, date):
        return figure
    return date.fromisoformat(str(figure)) if str(figure) else None


# -- writing ------------------------------------------------------------------------------------


def _stored(value: Value) -> dict[str, Any]:
    empty: dict[str, Any] = {"text": "", "number": 0, "day": None}
    if value is None or value in ((), ""):
        return {}
    if isinstance(value, Decimal):
        return {**empty, "number": round_half_up(value * MILLIONTHS)}
    if isinstance(value, date):
        return {**empty, "day": value}
    return {**empty, "text": as_text(value)}


def _as_stored(rows: Sequence[Any]) -> dict[str, Any]:
    _field, text, number, day, *_rest = rows[0]
    return {"text": text, "number": number, "day": day}


def _write(unit: Unit, changes: Mapping[tuple[int, int], dict[str, Any]]) -> None:
    by_field: dict[int, list[int]] = {}
    for customer_id, field_id in changes:
        by_field.setdefault(field_id, []).append(customer_id)
    for field_id, ids in by_field.items():
        # nothing is lost: the value is computed anew from what it rests on
        unit.run(delete(FeatureValue).where(
            FeatureValue.field_id == field_id, among(FeatureValue.customer_id, ids)
        ))  # fmt: skip
    rows = [
        {
            **row,
            "id": unit.stamp.make_id(),
            "customer_id": customer_id,
            "field_id": field_id,
            "option_id": 0,
            "learnt_on": unit.today,
            "staff_id": 0,
            "followup_id": 0,
            **dict.fromkeys(("created_at", "updated_at"), unit.now),
        }
        for (customer_id, field_id), row in changes.items()
        if row
    ]
    if rows:
        unit.run(insert(FeatureValue.__table__), rows)
    if changes:
        unit.touch(Kind.feature)


def _number(
    unit: Unit, field: FieldView, ids: Sequence[int], rows: Mapping[tuple[int, int], Any]
) -> int:
    """Give the customers without one the next numbers of a pattern such as KH-{0000}."""
    fresh = [one for one in ids if (one, field.id) not in rows]
    if not fresh:
        return 0
    last = unit.scalar(
        select(func.max(FeatureValue.number)).where(FeatureValue.field_id == field.id)
    )
    wanted = {}
    for at, customer_id in enumerate(fresh, int(last or 0) + 1):
        wanted[customer_id, field.id] = {"text": numbered(field.expression, at), "number": at,
                                         "day": None}  # fmt: skip
    _write(unit, wanted)
    return len(wanted)


def numbered(pattern: str, number: int) -> str:
    """Return a number in its pattern: KH-{0000} and 7 give KH-0007."""
    if not _PATTERN.search(pattern):
        pattern += "{0000}"
    return _PATTERN.sub(lambda found: str(number).zfill(len(found[1])), pattern, count=1)
