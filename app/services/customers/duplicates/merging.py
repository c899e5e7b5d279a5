"""Customers become one, in one act that can be taken back (product.md 2.10).

Everything that happened goes to the one that stays; it was created when the first of
them was. The others stay as rows that point to it, in no list and no figure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from app.models.store.unit import Unit
from app.models.tables.customers import Customer
from app.models.tables.features import FeatureValue
from app.services.customers import writing
from app.services.customers.duplicates import apart, moving, people
from app.services.customers.duplicates.comparing import (
    BOTH,
    CONTACT,
    EXPECTED,
    FEATURE,
    NOTE,
    OWNER,
    PLAIN,
    STAGE,
    VALUE,
    Take,
    compare,
)

_GROUPS = {
    VALUE: ("quality", "grade"),
    EXPECTED: ("expected_fen", "expected_from", "expected_to", "expected_label"),
    STAGE: ("stage_position",),
}
_WITH = {"region": ("region", "region_code")}


def merge(unit: Unit, ids: Sequence[int], chosen: Mapping[str, int]) -> None:
    """Let the other customers become part of the first one.

    ``chosen`` says whose value to take by field, ``BOTH`` for all together; the rest is as
    ``compare`` proposes. Raises ``UserError`` same_customer, customer_gone or bad_choice,
    with nothing written.
    """
    takes = compare(unit, ids).takes(chosen)
    for other_id in ids[1:]:
        asked = {key: _side_of(take, other_id) for key, take in takes.items()}
        _merge_one(unit, ids[0], other_id, asked)


def _side_of(take: int, other_id: int) -> Take:
    """Return what one step takes of a field: a value that comes later replaces it then."""
    return Take.both if take == BOTH else Take.other if take == other_id else Take.kept


def _merge_one(unit: Unit, kept_id: int, other_id: int, takes: Mapping[str, Take]) -> None:
    kept, other = (unit.stored(Customer, one) or {} for one in (kept_id, other_id))
    answers, others = _features(unit, kept_id), _features(unit, other_id)
    staff = [people.read_people(unit, one) for one in (kept_id, other_id)]
    moving.move_owners(unit, other_id, kept_id)
    moving.move_lives(unit, other_id, kept_id)
    moving.move_rows(unit, other_id, kept_id)
    apart.move_pairs(unit, other_id, kept_id)
    same = people.same_people(*staff)
    contacts = people.join_people(unit, kept_id, same)
    moving.move_followups(unit, other_id, kept_id, contacts)
    moving.drop_repeats(unit, kept_id)
    for key in (one for one in takes if one.startswith(FEATURE)):
        field_id = int(key.removeprefix(FEATURE))
        moving.choose_feature(unit, field_id, answers, others, takes[key])
    main = _main(staff[takes[CONTACT] is Take.other], same)
    people.choose_main(unit, [*staff[0], *staff[1]], main)
    _write(unit, kept, other, takes)


def _features(unit: Unit, customer_id: int) -> list[int]:
    mine = select(FeatureValue.id).where(FeatureValue.customer_id == customer_id)
    return [row[0] for row in unit.rows(mine)]


def _main(staff: list[people.Person], same: Mapping[people.Person, people.Person]) -> int:
    """Return the employment that becomes the main one, 0 without anybody."""
    first = next(iter(staff), None)
    return same.get(first, first).employment_id if first is not None else 0


def _write(
    unit: Unit, kept: Mapping[str, Any], other: Mapping[str, Any], takes: Mapping[str, Take]
) -> None:
    """Write the customer that stays, and where the other one went."""
    sides = {Take.kept: kept, Take.other: other}
    fresh: dict[str, Any] = {}
    for key in PLAIN:
        names = _WITH.get(key, (key,))
        fresh |= {name: sides[takes[key]][name] for name in names}
    if takes["name"] is Take.other:
        fresh |= {name: other[name] for name in ("name_key", "sort_key")}
    both = takes[NOTE] is Take.both
    fresh["note"] = _together(kept["note"], other["note"]) if both else sides[takes[NOTE]]["note"]
    first = min((kept, other), key=_first_day)
    fresh |= {"created_on": first["created_on"], "historic": first["historic"]}
    fresh["trial"] = kept["trial"] and other["trial"]
    fresh["parent_id"] = moving.move_relations(unit, kept, other)
    unit.change(Customer, kept["id"], **fresh)
    if takes[OWNER] is Take.other:
        writing.give_to(unit, kept["id"], other["owner_id"])
    unit.change(Customer, other["id"], merged_into_id=kept["id"])
    moving.say_anew(
        unit,
        kept["id"],
        {name: sides[takes[key]][name] for key, names in _GROUPS.items() for name in names},
    )


def _together(one: str, other: str) -> str:
    """Return two notes below each other, what stands in the first one not again."""
    return one if other in one else "\n".join(filter(None, (one, other)))


def _first_day(row: Mapping[str, Any]) -> tuple[bool, Any]:
    """Order customers by their first day, those without one last."""
    return (row["created_on"] is None, row["created_on"])
