"""Changes that are rows of their own: owners, stages, calibration; and what values name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.idlist import among
from app.models.tables.admin import AuditEntry
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Contact, Customer, LifeSpell, OwnerSpell, StageMove
from app.models.tables.deals import Contract
from app.models.tables.staff import Staff, Team
from app.services import calibration
from app.services.customers import writing
from app.services.undo.changes import Change, plain
from app.services.undo.origins import Origin

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

_CALIBRATED: Mapping[str, str] = {
    "quality": N_("价值判断"),
    "grade": N_("等级"),
    "expected_fen": N_("预计金额"),
    "expected_from": N_("预计签约日期"),
    "key_node": N_("关键节点"),
}
_NAMED: Mapping[str, Any] = {
    "staff_id": Staff.name,
    "owner_id": Staff.name,
    "signer_id": Staff.name,
    "team_id": Team.name,
    "customer_id": Customer.name,
    "parent_id": Customer.name,
    "merged_into_id": Customer.name,
    "contract_id": Contract.code,
    "contact_id": Contact.name,
}
"""The columns that hold the id of a row, and what that row is called."""


def at_customer(reader: Reader, customer_id: int) -> Iterator[tuple[Change, Origin]]:
    """Yield the changes of owner, stage, life cycle and calibration of a customer."""
    for entity, told in ((OwnerSpell, _owners), (StageMove, _stages), (LifeSpell, _lives),
                         (CalibrationEvent, _calibrated)):  # fmt: skip
        table: Any = entity
        rows = reader.stored_many(entity, _ids(reader, table, customer_id))
        acts = acts_that_added(reader, entity.__tablename__, [row["id"] for row in rows])
        for row, change in told(rows):
            yield change, acts.get(row["id"]) or by_import(row["batch_id"], row["created_by"])


def by_import(batch_id: int, staff_id: int) -> Origin:
    """Return the act that wrote many rows at once, as imports do."""
    return Origin(batch_id, bool(batch_id), staff_id, N_("导入") if batch_id else "")


def _ids(reader: Reader, table: Any, customer_id: int) -> list[int]:
    mine = select(table.id).where(table.customer_id == customer_id, table.deleted_at == 0)
    return [row[0] for row in reader.rows(mine)]


Told = Iterator[tuple[Mapping[str, Any], Change]]


def _event(
    row: Mapping[str, Any], table: str, word: str, column: str, old: Any, new: Any
) -> Change:
    return Change(row["created_at"], table, row["id"], word, column, plain(old), plain(new))


def _owners(rows: Sequence[Mapping[str, Any]]) -> Told:
    before: Any = ""
    for row in sorted(rows, key=lambda one: (str(one["from_on"] or ""), one["id"])):
        yield row, _event(row, "owner_spell", N_("负责人"), "staff_id", before, row["staff_id"])
        before = row["staff_id"]


def _stages(rows: Sequence[Mapping[str, Any]]) -> Told:
    for row in rows:
        old, new = row["from_position"], row["to_position"]
        yield row, _event(row, "stage_move", N_("阶段"), "to_position", old, new)


def _lives(rows: Sequence[Mapping[str, Any]]) -> Told:
    before = ""
    for row in sorted(rows, key=lambda one: (str(one["from_on"] or ""), one["id"])):
        if before:
            yield row, _event(row, "life_spell", N_("生命周期"), "state", before, row["state"])
        before = row["state"]


def _calibrated(rows: Sequence[Mapping[str, Any]]) -> Told:
    for row in rows:
        word = _CALIBRATED.get(row["field"])
        if word:
            table = "calibration_event"
            yield row, _event(row, table, word, row["field"], row["old"], row["new"])


def acts_that_added(reader: Reader, table: str, ids: Collection[int]) -> dict[int, Origin]:
    """Return the acts that added rows one by one."""
    wanted = select(
        AuditEntry.row_id,
        AuditEntry.unit_id,
        AuditEntry.batch_id,
        AuditEntry.staff_id,
        AuditEntry.label,
    ).where(
        AuditEntry.table_name == table, among(AuditEntry.row_id, ids), AuditEntry.action == "add"
    )
    return {
        row_id: Origin(batch_id or unit_id, bool(batch_id), staff_id, label)
        for row_id, unit_id, batch_id, staff_id, label in reader.rows(wanted)
    }


def put_back(unit: Unit, table: str, row_id: int) -> None:
    """Bring owner or calibration back to what they were before an event."""
    if table == "owner_spell":
        row = unit.stored(OwnerSpell, row_id) or {}
        spells = unit.stored_many(OwnerSpell, _ids(unit, OwnerSpell, row["customer_id"]))
        before = {one["id"]: change.old for one, change in _owners(spells)}
        writing.give_to(unit, row["customer_id"], int(before[row_id] or 0))
        return
    row = unit.stored(CalibrationEvent, row_id) or {}
    calibration.calibrate(unit, row["customer_id"], _draft(row["field"], row["old"]))


def _draft(field: str, old: str) -> calibration.CalibrationDraft:
    if field == "expected_fen":
        return calibration.CalibrationDraft(expected_fen=int(old or -1))
    if field == "expected_from":
        day = date.fromisoformat(old) if old else None
        return calibration.CalibrationDraft(expected_on=day, forget_day=day is None)
    if field == "grade":
        return calibration.CalibrationDraft(grade=old)
    return calibration.CalibrationDraft(quality=old)


class Values:
    """Say the ids among values by the names of their rows, read at once."""

    def __init__(self, reader: Reader, changes: Iterable[Change]) -> None:
        wanted: dict[Any, set[int]] = {}
        for change in changes:
            named = _NAMED.get(change.column)
            if named is not None:
                ids = {int(one) for one in (change.old, change.new) if one not in ("", "0")}
                wanted.setdefault(named, set()).update(ids)
        self._names = {named: _names(reader, named, ids) for named, ids in wanted.items()}

    def said(self, table: str, column: str, value: str) -> str:
        """Return the name of the row an id means; any other value as it is."""
        named = _NAMED.get(column)
        if named is None:
            return value
        return self._names[named].get(int(value), value) if value not in ("", "0") else ""


def _names(reader: Reader, named: Any, ids: Collection[int]) -> dict[int, str]:
    entity = named.table
    return {
        row[0]: row[1]
        for row in reader.rows(select(entity.c.id, named).where(among(entity.c.id, ids)))
    }
