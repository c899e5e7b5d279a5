"""Filters on custom fields: 40 fields filled at every customer, against the same SQL by hand."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from app.models.store import engine
from app.models.values.pages import Sort
from app.services.admin import OfficeDraft
from app.services.features import FieldDraft
from app.services.lists import Condition, ListFilter
from app.services.office import Office
from app.services.staff import StaffDraft
from bench.harness import Measured, side_by_side

KINDS = ("single", "number", "money", "date", "text", "yes_no", "single", "number")
FIELDS = 40
GOAL = "< 150 ms, ratio <= 1.5"
_FIRST_ID = 10**15
_CUSTOMERS = """
INSERT INTO customer (id, name, sort_key, created_on, last_touch_on, owner_id)
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count})
SELECT i, '客户' || i, 'kehu' || printf('%07d', i * 7919 % {count}), '2026-01-05',
 date('2025-01-01', '+' || (i * 31 % 690) || ' days'), {owner} FROM n
"""
_FILL = """
INSERT INTO feature_value (id, customer_id, field_id, text, number, day, option_id, learnt_on)
SELECT {first} + row_number() OVER (), id, {field}, {text}, {number}, {day}, {option}, '2026-11-01'
FROM customer WHERE deleted_at = 0
"""
_MIX = "abs((id * {factor} + {shift}) % {most})"
_PAGE = """
SELECT c.id, c.name, c.region, c.main_contact, c.main_phone, c.quality, c.grade,
 c.stage_position, c.life, c.expected_fen, c.last_touch_on, c.next_step_id, c.next_start_at,
 c.next_due_at, c.owner_id, coalesce(s.name, ''), c.created_on
FROM customer c LEFT JOIN staff s ON s.id = c.owner_id
WHERE c.deleted_at = 0 AND c.merged_into_id = 0 AND c.trial = 0 AND {where}
ORDER BY c.last_touch_on DESC, c.id DESC LIMIT 201
"""
_HAS = ("c.id IN (SELECT customer_id FROM feature_value WHERE field_id = {field} "
        "AND deleted_at = 0 AND {which})")  # fmt: skip


def filled_office(place: Path, customers: int) -> Office:
    """Open a plain book of customers with 40 fields filled at each, made when it is not there."""
    from app.bootstrap import new_office, open_office

    folder = place / f"bench-features-{customers}-plain.gendan"
    if folder.exists():
        return open_office(folder)
    made = folder.with_name(f"part-of-{folder.name}")
    shutil.rmtree(made, ignore_errors=True)
    draft = OfficeDraft("苏南自动化", (StaffDraft("周敏", role="boss"),))
    office, _code = new_office(made, draft, passphrase=None)
    office.features.define([
        FieldDraft(f"字段{at}", KINDS[at % len(KINDS)],
                   options=("甲", "乙", "丙", "丁", "戊") if KINDS[at % 8] == "single" else ())
        for at in range(FIELDS)
    ])  # fmt: skip
    fields = office.features.fields()
    owner = office.context.actor.staff_id
    office.close()
    raw: Any = engine.connect(made / "book.db", None)
    raw.execute(_CUSTOMERS.format(count=customers, owner=owner))
    for at, field in enumerate(fields):
        raw.execute(_fill_of(at, field, customers))
    raw.execute("ANALYZE")
    raw.commit()
    raw.close()
    made.rename(folder)
    return open_office(folder)


def _fill_of(at: int, field: Any, customers: int) -> str:
    kind = str(field.type)
    mixed = _MIX.format(factor=2_654_435_761 % (at + 7919), shift=at * 31, most=1000)
    values = {"text": "''", "number": "0", "day": "''", "option": "0"}
    if kind == "single":
        cases = " ".join(f"WHEN {n} THEN {one.id}" for n, one in enumerate(field.options))
        values["option"] = f"CASE {mixed} % 5 {cases} END"
    elif kind == "date":
        values["day"] = f"date('2024-01-01', '+' || {mixed} || ' days')"
    elif kind == "text":
        values["text"] = f"'说明' || {mixed}"
    else:
        values["number"] = f"{mixed} % 2" if kind == "yes_no" else f"{mixed} * 1000000"
        values["text"] = "'x'"
    return _FILL.format(first=_FIRST_ID + at * customers * 10, field=field.id, **values)


def measure(place: Path, customers: int) -> list[Measured]:
    """Return the rows of the table for a filter of each kind, three together, and a sort."""
    office = filled_office(place, customers)
    raw: Any = engine.connect(office.book.folder / "book.db", None)
    fields = {one.label: one for one in office.features.fields()}
    single, number, date_, text = (fields[f"字段{at}"] for at in (8, 9, 11, 12))
    option = single.options[2].id
    asked: dict[str, list[Any]] = {
        "one option": [(single, "is", (str(option),), f"option_id = {option}")],
        "a range of numbers": [
            (number, "between", ("200000000", "250000000"),
             "option_id = 0 AND number BETWEEN 200000000 AND 250000000"),
        ],
        "days since": [(date_, "since", ("2026-06-01",), "day <> '' AND day >= '2026-06-01'")],
        "a piece of text": [(text, "contains", ("77",), "text <> '' AND text LIKE '%77%'")],
    }  # fmt: skip
    asked["three fields"] = [asked[name][0] for name in ("one option", "a range of numbers",
                                                         "days since")]  # fmt: skip
    found = [_measured(office, raw, name, parts) for name, parts in asked.items()]
    raw.close()
    office.close()
    return found


def _measured(office: Office, raw: Any, name: str, parts: list[Any]) -> Measured:
    wanted = ListFilter(
        tuple(Condition(f"feature_{one.id}", how, values) for one, how, values, _sql in parts)
    )
    where = " AND ".join(
        _HAS.format(field=field.id, which=sql) for field, _how, _values, sql in parts
    )
    page = _PAGE.format(where=where)
    sort = Sort("last_touch_on", True)

    def ours() -> object:
        return office.customers.page(wanted, sort)

    def peer() -> object:
        return raw.execute(page).fetchall()

    return side_by_side(
        f"filter on a custom field: {name}", ours, peer,
        against="raw driver, same query", goal=GOAL, rounds=7,
    )  # fmt: skip
