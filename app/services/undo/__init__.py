"""Undo from the audit trail: acts of this or an earlier session, alone or in batches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.errors import UserError
from app.i18n import N_
from app.models.store.unit import Unit
from app.models.tables.transfer import ImportBatch
from app.models.values.ids import new_id
from app.services.context import RIGHTS, Context
from app.services.jobs import Progress
from app.services.undo import acts, foreign, names, trail
from app.services.undo.acts import Act
from app.services.undo.inverse import Conflict, Inversion
from app.services.undo.names import ConflictView
from app.services.undo.trail import Entry, Scope

__all__ = ["UNDONE", "Act", "Conflict", "ConflictView", "Undo", "Undone"]

UNDONE = "undone"
"""State of an import batch that was taken back."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was turned, how many rows went back, and which did not."""

    act: Act | None
    restored_count: int
    conflicts: tuple[Conflict, ...] = ()


class Undo:
    """Take acts back, and do them again; after a restart as well as at once."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- which act -------------------------------------------------------------------------

    def last(self) -> Act | None:
        """Return the newest of this person's last 100 acts that is not taken back."""
        with self._context.read() as reader:
            mine = acts.of_person(reader, self._context.actor.staff_id)
            return next((act for act in mine if not act.taken_back), None)

    def next_again(self) -> Act | None:
        """Return the act this person took back last, None once something else was done."""
        with self._context.read() as reader:
            mine = list(acts.of_person(reader, self._context.actor.staff_id))
        back = max((act for act in mine if act.taken_back), key=lambda act: act.head, default=None)
        newest = mine[0].unit_id if mine else 0
        return back if back is not None and newest < back.head else None

    def act(self, act_id: int) -> Act:
        """Return an act by the id of its unit or batch; raise ``UserError`` no_such_batch."""
        with self._context.read() as reader:
            scope = trail.scope_of(reader, act_id)
            found = acts.act_of(reader, scope) if scope is not None else None
        if found is None:
            raise UserError(
                "no_such_batch",
                N_("没有这次操作：{batch}"),
                advice=N_("在导入历史或操作记录里看编号"),
                batch=act_id,
            )
        return found

    def import_name(self, act: Act) -> str:
        """Return the files of the import that an act is, empty for any other act."""
        with self._context.read() as reader:
            return str((reader.stored(ImportBatch, act.id) or {}).get("name", ""))

    def describe(self, conflicts: Sequence[Conflict]) -> list[ConflictView]:
        """Return conflicts as people read them."""
        with self._context.read() as reader:
            return names.describe(reader, conflicts)

    # -- turning it ------------------------------------------------------------------------

    def take_back(self, act_id: int, progress: Progress | None = None) -> Undone:
        """Undo an act; rows changed since are left alone and listed.

        A batch goes back unit by unit; after a stop or a kill the same call does
        the rest. Raises ``UserError`` no_such_batch, batch_undone or not_allowed.
        """
        act = self.act(act_id)
        if act.taken_back:
            raise UserError(
                "batch_undone",
                N_("这次操作已经撤销过了"),
                advice=N_("没有改动；要恢复它，用“重做”"),
            )
        return self._turn(act, progress or Progress())

    def do_again(self, act_id: int, progress: Progress | None = None) -> Undone:
        """Do an act again that was taken back.

        Raises ``UserError`` no_such_batch, not_undone or not_allowed.
        """
        act = self.act(act_id)
        if not act.taken_back:
            raise UserError(
                "not_undone", N_("这次操作没有撤销过"), advice=N_("没有改动；看看操作记录")
            )
        return self._turn(act, progress or Progress())

    def _turn(self, act: Act, progress: Progress) -> Undone:
        self._require(act)
        with self._context.read() as reader:
            # back go the rows of the act itself; again come those that went back the last time
            scope, kept = act.scope, frozenset[int]()
            if act.taken_back:
                scope = trail.scope_of(reader, act.head) or scope
            else:
                kept = foreign.worked_with(reader, act)
        if scope.is_batch:
            return self._turn_batch(act, scope, kept, progress)
        with self._context.write() as unit:
            inversion = Inversion(unit, act, kept)
            inversion.take(trail.entries(unit, scope))
            _sign(unit, act)
        return Undone(act, inversion.restored_count, tuple(inversion.conflicts))

    def _require(self, act: Act) -> None:
        """Let a person take back what is his own; that of others only who manages.

        What was done before the office had people is everybody's.
        """
        actor = self._context.actor
        writes = RIGHTS.get(actor.role, frozenset()) & {"write", "money"}
        if act.staff_id not in (0, actor.staff_id) or not writes:
            self._context.require("manage")

    def _turn_batch(
        self, act: Act, scope: Scope, kept: frozenset[int], progress: Progress
    ) -> Undone:
        restored, conflicts, done = 0, dict[Conflict, None](), 0
        with self._context.read() as reader:
            batch_id = acts.begun(reader, act.head) or new_id()
            total = trail.count(reader, scope)
        for part, is_last in _units(trail.pages(self._context.read, scope)):
            progress.step(done, total)
            with self._context.write(batch_id=batch_id) as unit:
                if not done:
                    unit.note(acts.BEGUN, acts.TURNED, act.head, {}, {})
                inversion = Inversion(unit, act, kept)
                inversion.take(part)
                if is_last:
                    _sign(unit, act)
            done += len(part)
            restored += inversion.restored_count
            conflicts |= dict.fromkeys(inversion.conflicts)
        progress.step(total, total)
        return Undone(act, restored, tuple(conflicts))


def _sign(unit: Unit, act: Act) -> None:
    """Note that an act was turned; an import shows it in its own history too."""
    if unit.stored(ImportBatch, act.id) is not None and not act.taken_back:
        unit.change(ImportBatch, act.id, state=UNDONE)
    unit.note(acts.DONE, acts.TURNED, act.head, {}, {})


def _units(entries: Iterable[Entry]) -> Iterator[tuple[list[Entry], bool]]:
    """Yield the entries of one unit after the other, with whether it is the last one."""
    held: list[Entry] = []
    for _unit_id, found in groupby(entries, key=lambda entry: entry.unit_id):
        part = list(found)
        if held:
            yield held, False
        held = part
    if held:
        yield held, True
