"""What was done, act by act, and what was taken back since: all read from the audit trail.

An act is a unit of work with a label, or all units of a batch. The unit that takes an act
back leaves an entry that names the act; taking that unit back does the act again. So an
act is taken back when it was turned an odd number of times.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from app.models.store import statements
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.statements import Compiled
from app.models.tables.admin import AuditEntry
from app.services.undo.trail import NEWEST, Scope

TURNED = AuditEntry.__tablename__
"""What the entry that names a turned act has as its table; its row id is the act."""

BEGUN, DONE = "taking_back", "take_back"
REMEMBERED = 100
_LOOKED_AT = 5_000
_AT_ONCE = 20


@dataclass(frozen=True, slots=True)
class Act:
    """Something a person did that can be taken back.

    ``unit_id`` is its newest unit and says where it stands among the others. ``turns``
    are the acts that took it back and did it again, in order.
    """

    id: int
    label: str
    at: int
    staff_id: int
    is_batch: bool
    unit_id: int
    turns: tuple[int, ...] = ()

    @property
    def taken_back(self) -> bool:
        """Tell whether it is taken back now."""
        return len(self.turns) % 2 == 1

    @property
    def head(self) -> int:
        """Return the act that turned this one last, itself without any."""
        return self.turns[-1] if self.turns else self.id

    @property
    def scope(self) -> Scope:
        """Return where its own entries are."""
        return Scope(self.id, self.is_batch)


@cache
def _next_unit() -> Compiled:
    wanted = (
        select(
            AuditEntry.unit_id,
            AuditEntry.batch_id,
            AuditEntry.label,
            AuditEntry.at,
            AuditEntry.staff_id,
        )
        .where(AuditEntry.unit_id < bindparam("unit_id"))
        .order_by(AuditEntry.unit_id.desc())
        .limit(1)
    )
    return statements.prepared(AuditEntry.__table__, wanted)


def walk(reader: Reader, below: int = NEWEST) -> Iterator[Act]:
    """Yield the acts before a unit, newest first, without their turns; one hop for each unit."""
    batches: set[int] = set()
    while found := reader.prepared_rows(_next_unit(), {"unit_id": below}):
        below, batch_id, label, at, staff_id = found[0]
        if label and batch_id not in batches:
            batches |= {batch_id} - {0}
            yield Act(batch_id or below, label, at, staff_id, bool(batch_id), below)


def of_person(reader: Reader, staff_id: int) -> Iterator[Act]:
    """Yield the last 100 acts of a person with their turns, newest first."""
    looked_at = islice(walk(reader), _LOOKED_AT)
    mine = islice((act for act in looked_at if act.staff_id == staff_id), REMEMBERED)
    while part := list(islice(mine, _AT_ONCE)):
        yield from with_turns(reader, part)


def act_of(reader: Reader, scope: Scope) -> Act:
    """Return the act of a scope with its turns."""
    column = func.max(AuditEntry.unit_id)
    wanted = select(column, AuditEntry.label, func.min(AuditEntry.at), AuditEntry.staff_id)
    unit_id, label, at, staff_id = reader.rows(wanted.where(scope.condition()))[0]
    act = Act(scope.act_id, label, at, staff_id, scope.is_batch, unit_id)
    return with_turns(reader, [act])[0]


def with_turns(reader: Reader, acts: Collection[Act]) -> list[Act]:
    """Return acts with what took them back and did them again."""
    turns = turns_of(reader, {act.id for act in acts})
    return [replace(act, turns=turns[act.id]) for act in acts]


def turns_of(reader: Reader, act_ids: Collection[int]) -> dict[int, tuple[int, ...]]:
    """Return for each act what took it back, did it again and so on."""
    found: dict[int, tuple[int, ...]] = dict.fromkeys(act_ids, ())
    heads = {act_id: act_id for act_id in act_ids}
    while heads:
        turned = {row[0]: row[1] or row[2] for row in _turned(reader, heads, DONE)}
        heads = {turned[head]: root for head, root in heads.items() if head in turned}
        for head, root in heads.items():
            found[root] += (head,)
    return found


def _turned(reader: Reader, act_ids: Collection[int], action: str) -> Any:
    wanted = select(AuditEntry.row_id, AuditEntry.batch_id, AuditEntry.unit_id).where(
        AuditEntry.table_name == TURNED,
        among(AuditEntry.row_id, act_ids),
        AuditEntry.action == action,
    )
    return reader.rows(wanted.order_by(AuditEntry.id))


def begun(reader: Reader, act_id: int) -> int:
    """Return the batch that began to take a large act back and was cut off, 0 without."""
    return next((batch_id for _act, batch_id, _unit in _turned(reader, {act_id}, BEGUN)), 0)


def still_done(reader: Reader, act_ids: Collection[int]) -> set[int]:
    """Return which acts were neither taken back nor are themselves such turns."""
    turns = turns_of(reader, act_ids)
    done = {act_id for act_id in act_ids if len(turns[act_id]) % 2 == 0}
    wanted = select(AuditEntry.batch_id, AuditEntry.unit_id).where(
        AuditEntry.table_name == TURNED,
        or_(among(AuditEntry.unit_id, done), among(AuditEntry.batch_id, done)),
    )
    return done - {one for row in reader.rows(wanted) for one in row}
