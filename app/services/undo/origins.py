"""By which act rows were written or went into the bin: who, when, and what the act was."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import func, or_, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.admin import AuditEntry
from app.models.tables.transfer import ImportBatch
from app.services.undo.acts import TURNED
from app.services.undo.trail import Scope

_BY_HAND = ("remove", "change")
_DELETED = '%"deleted_at": %'


@dataclass(frozen=True, slots=True)
class Origin:
    """The act that wrote a row or put it into the bin.

    ``label`` is a message id. ``undoing`` tells that the act took another one back, whose
    label it then is, and ``file`` names the import that either of them was.
    """

    act_id: int = 0
    is_batch: bool = False
    staff_id: int = 0
    label: str = ""
    undoing: bool = False
    file: str = ""


_ENTRY = select(
    AuditEntry.row_id,
    AuditEntry.unit_id,
    AuditEntry.batch_id,
    AuditEntry.staff_id,
    AuditEntry.label,
    AuditEntry.after,
)


def deletions_of(reader: Reader, table: str, deleted: Mapping[int, int]) -> dict[int, Origin]:
    """Return the acts that put rows of a table into the bin; ``deleted`` is when, by row."""
    mine = _ENTRY.where(AuditEntry.table_name == table)
    alone = mine.where(
        among(AuditEntry.row_id, deleted),
        AuditEntry.action.in_(_BY_HAND),
        AuditEntry.after.like(_DELETED),
    )
    found: dict[int, Origin] = {}
    for row in reader.rows(alone.order_by(AuditEntry.id)):
        if json.loads(row[5])["deleted_at"] == deleted[row[0]]:
            found[row[0]] = _deletion(row)
    left = {row_id for row_id in deleted if row_id not in found}
    if left:
        moments = {deleted[row_id] for row_id in left}
        several = mine.where(AuditEntry.action == "remove_many", among(AuditEntry.at, moments))
        for row in reader.rows(several.order_by(AuditEntry.id)):
            found |= dict.fromkeys(left.intersection(json.loads(row[5])["ids"]), _deletion(row))
    return found


def _deletion(row: Sequence[Any]) -> Origin:
    _row_id, unit_id, batch_id, staff_id, label, _after = row
    return Origin(batch_id or unit_id, bool(batch_id), staff_id, label)


def named(reader: Reader, found: Iterable[Origin]) -> dict[Origin, Origin]:
    """Return acts with the files of imports, and with what they took back for a label."""
    every = {one for one in found if one.act_id}
    turned = _turned_by(reader, {one.act_id for one in every if not one.label})
    labels = _labels(reader, set(turned.values()))
    batches = {one.act_id for one in every if one.is_batch}
    files = _files(reader, batches | set(turned.values()))
    told = {}
    for one in every:
        act = turned.get(one.act_id, 0) if not one.label else one.act_id
        label = one.label or labels.get(act, "")
        file = files.get(act, "")
        told[one] = replace(one, label=label, undoing=not one.label, file=file)
    return told


def _turned_by(reader: Reader, act_ids: Collection[int]) -> dict[int, int]:
    notes = select(AuditEntry.unit_id, AuditEntry.batch_id, AuditEntry.row_id).where(
        AuditEntry.table_name == TURNED,
        or_(among(AuditEntry.unit_id, act_ids), among(AuditEntry.batch_id, act_ids)),
    )
    return {batch_id or unit_id: act for unit_id, batch_id, act in reader.rows(notes)}


def _labels(reader: Reader, act_ids: Collection[int]) -> dict[int, str]:
    act = func.coalesce(func.nullif(AuditEntry.batch_id, 0), AuditEntry.unit_id)
    wanted = select(act, func.max(AuditEntry.label)).where(
        or_(among(AuditEntry.unit_id, act_ids), among(AuditEntry.batch_id, act_ids))
    )
    return {row[0]: row[1] for row in reader.rows(wanted.group_by(act))}


def _files(reader: Reader, act_ids: Collection[int]) -> dict[int, str]:
    wanted = select(ImportBatch.id, ImportBatch.name).where(among(ImportBatch.id, act_ids))
    return {row[0]: row[1] for row in reader.rows(wanted)}


def span_of(reader: Reader, deletion: Origin, deleted_at: int) -> tuple[int, int]:
    """Return from when to when (UTC ms) a deletion put rows into the bin."""
    if not deletion.is_batch:
        return deleted_at, deleted_at
    scope = Scope(deletion.act_id, is_batch=True)
    first, last = func.min(AuditEntry.at), func.max(AuditEntry.at)
    row = reader.rows(select(first, last).where(scope.condition()))[0]
    return min(row[0], deleted_at), max(row[1], deleted_at)
