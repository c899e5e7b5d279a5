"""Let everything that hangs on one customer hang on another (product.md 2.10)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import or_, select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.base import NO_DAY, Base, Row
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, CustomerTag, LifeSpell, OwnerSpell, StageMove
from app.models.tables.features import FeatureValue
from app.models.tables.followups import FollowUp, FollowUpContact
from app.models.tables.radar import RadarItem
from app.models.values import actions
from app.services.customers import heads, lives
from app.services.customers.duplicates.comparing import Take

_BY_THEMSELVES = (OwnerSpell, LifeSpell, FollowUp)
_CALIBRATED = ("quality", "grade", "expected_fen", "expected_from", "expected_to", "expected_label")
MERGED = "merge"
"""Source of an event that says anew what a merge has chosen."""


@cache
def _movable() -> tuple[type[Row], ...]:
    """Return the tables whose rows go along as they are."""
    return tuple(
        entity
        for entity in Base.entities.values()
        if issubclass(entity, Row)
        and entity.KIND is not None
        and entity not in _BY_THEMSELVES
        and "customer_id" in entity.__table__.c
    )


def _ids(reader: Reader, entity: Any, customer_id: int) -> list[int]:
    mine = select(entity.id).where(entity.customer_id == customer_id).order_by(entity.id)
    return [row[0] for row in reader.rows(mine)]


def move_rows(unit: Unit, from_id: int, to_id: int) -> None:
    """Move the rows of every table but those with rules of their own; the bin's rows too."""
    for entity in _movable():
        for row_id in _ids(unit, entity, from_id):
            unit.change(entity, row_id, customer_id=to_id)


def move_followups(unit: Unit, from_id: int, to_id: int, contacts: Mapping[int, int]) -> None:
    """Move follow-ups, with the contacts that are others now; a day's conversation stays one."""
    moved = _ids(unit, FollowUp, from_id)
    for row in unit.stored_many(FollowUp, moved):
        contact_id = contacts.get(row["contact_id"], row["contact_id"])
        key = actions.moved_key(row["fold_key"], to_id, contact_id)
        unit.change(FollowUp, row["id"], customer_id=to_id, contact_id=contact_id, fold_key=key)
    took_part = select(FollowUpContact.id, FollowUpContact.contact_id).where(
        among(FollowUpContact.followup_id, moved), among(FollowUpContact.contact_id, contacts)
    )
    for row_id, contact_id in unit.rows(took_part) if contacts else ():
        unit.change(FollowUpContact, row_id, contact_id=contacts[contact_id])


# -- spells --------------------------------------------------------------------------------------


def move_owners(unit: Unit, from_id: int, to_id: int) -> None:
    """Let the other's owners fill the time before the first one here: history stays."""
    first = min((row["from_on"] or date.min for row in _spells(unit, to_id)), default=date.max)
    for row in _spells(unit, from_id):
        begin, end = row["from_on"] or date.min, row["to_on"]
        if begin < first:
            until = end if first == date.max else min(end or first, first)
            unit.change(OwnerSpell, row["id"], customer_id=to_id, to_on=until)


def _spells(reader: Reader, customer_id: int) -> Iterator[dict[str, Any]]:
    rows = reader.stored_many(OwnerSpell, _ids(reader, OwnerSpell, customer_id))
    yield from (row for row in rows if not row["deleted_at"])


def move_lives(unit: Unit, from_id: int, to_id: int) -> None:
    """Move spells of 失效; the customer is lost only if both are."""
    lost_here, lost_there = (_open_churns(unit, one) for one in (to_id, from_id))
    for row_id in _ids(unit, LifeSpell, from_id):
        ended = {"to_on": unit.today} if row_id in lost_there else {}
        unit.change(LifeSpell, row_id, customer_id=to_id, **ended)
    if lost_here and not lost_there:
        lives.win_back(unit, to_id)


def _open_churns(reader: Reader, customer_id: int) -> list[int]:
    chosen = select(LifeSpell.id).where(
        LifeSpell.customer_id == customer_id,
        LifeSpell.state == lives.CHURNED,
        LifeSpell.to_on == NO_DAY,
        LifeSpell.deleted_at == 0,
    )
    return [row[0] for row in reader.rows(chosen)]


# -- what can stand only once -----------------------------------------------------------------


def drop_repeats(unit: Unit, customer_id: int) -> None:
    """Put tags and facts of the radar that stand there twice into the bin."""
    for entity, names in ((CustomerTag, ("tag_id",)), (RadarItem, ("section", "label", "value"))):
        seen = set[tuple[Any, ...]]()
        for row in unit.stored_many(entity, _ids(unit, entity, customer_id)):
            key = tuple(row[name] for name in names)
            if not row["deleted_at"] and key in seen:
                unit.remove(entity, row["id"])
            elif not row["deleted_at"]:
                seen.add(key)


def choose_feature(unit: Unit, field_id: int, kept: Collection[int], other: Collection[int],
                   take: Take) -> None:  # fmt: skip
    """Leave the chosen one of two answers, or every option once; ids are rows of both sides."""
    rows = unit.stored_many(FeatureValue, {*kept, *other})
    mine = [row for row in rows if row["field_id"] == field_id and not row["deleted_at"]]
    options = set[int]()
    for row in mine:
        lost = (take is Take.kept and row["id"] in other) or (
            take is Take.other and row["id"] in kept
        )
        if lost or (take is Take.both and row["option_id"] in options):
            unit.remove(FeatureValue, row["id"])
        options.add(row["option_id"])


# -- the newest word ------------------------------------------------------------------------


def say_anew(unit: Unit, customer_id: int, wanted: Mapping[str, Any]) -> None:
    """Write what was chosen as the newest event wherever the moved ones say otherwise."""
    heads.refresh(unit, [customer_id], frozenset({"calibration", "stage"}))
    now = unit.stored(Customer, customer_id) or {}
    for name in _CALIBRATED:
        if name in wanted and now[name] != wanted[name]:
            unit.add(
                CalibrationEvent,
                customer_id=customer_id,
                at=unit.now,
                on=unit.today,
                staff_id=unit.staff_id,
                field=name,
                old=_text(now[name]),
                new=_text(wanted[name]),
                source=MERGED,
            )
    here = now["stage_position"]
    if wanted["stage_position"] != here:
        unit.add(
            StageMove,
            customer_id=customer_id,
            from_position=here,
            to_position=wanted["stage_position"],
            at=unit.now,
            on=unit.today,
            staff_id=unit.staff_id,
            reason=N_("合并客户"),
            source=MERGED,
        )
    heads.refresh(unit, [customer_id], frozenset({"calibration", "stage"}))


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


# -- other customers --------------------------------------------------------------------------


def move_relations(unit: Unit, kept: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    """Let daughters and earlier merges of the other follow; return the parent of the kept one."""
    pointing = select(Customer.id, Customer.parent_id, Customer.merged_into_id).where(
        or_(Customer.parent_id == other["id"], Customer.merged_into_id == other["id"])
    )
    for row_id, parent_id, merged_into_id in unit.rows(pointing):
        fresh = {
            name: kept["id"]
            for name, at in (("parent_id", parent_id), ("merged_into_id", merged_into_id))
            if at == other["id"]
        }
        if row_id != kept["id"]:
            unit.change(Customer, row_id, **fresh)
    parents = (kept["parent_id"], other["parent_id"])
    return next((one for one in parents if one not in (0, kept["id"], other["id"])), 0)
