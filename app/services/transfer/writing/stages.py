"""Move customers along the stage path at the days on which the evidence says they moved."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.admin import Choice
from app.models.tables.customers import StageMove
from app.models.values.clock import Instant
from app.models.values.dates import business_day
from app.models.values.text import fold
from app.services.customers.stages import FIRST_VISIT, SIGNED
from app.services.transfer.drafts import ImportedMove
from app.services.transfer.writing.desk import Desk
from app.services.transfer.writing.lookup import in_parts

_REASONS = {FIRST_VISIT: N_("有了第一次跟单"), SIGNED: N_("签了合同")}


@dataclass(slots=True)
class _Move:
    id: int
    at: Instant
    to: int
    before: int
    source: str


@dataclass(frozen=True, slots=True)
class _Told:
    """A move to write."""

    at: Instant
    on: date
    position: int
    source: str
    staff_id: int
    followup_id: int = 0
    reason: str = ""


class Stages:
    """The stage moves of the customers of a chunk, in order of time.

    Where the files tell the moves themselves, none is inferred from other rows.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._moves: dict[int, list[_Move]] = {}
        self._positions: dict[str, int] = {}

    def load_path(self, reader: Reader) -> None:
        """Read the stages of the office in order."""
        wanted = (Choice.list_name == "stage", Choice.deleted_at == 0)
        rows = reader.rows(select(Choice.label).where(*wanted).order_by(Choice.position))
        self._positions = {fold(row[0]): at for at, row in enumerate(rows)}

    def position_of(self, word: str) -> int | None:
        """Return the position of a stage by its name or number, None if there is none."""
        plain = fold(word)
        if plain.isdecimal() and int(plain) < len(self._positions):
            return int(plain)
        return self._positions.get(plain)

    def load(self, reader: Reader, customer_ids: Collection[int]) -> None:
        """Read the moves of customers unless they are here."""
        chosen = select(
            StageMove.customer_id,
            StageMove.id,
            StageMove.at,
            StageMove.to_position,
            StageMove.from_position,
            StageMove.source,
        ).order_by(StageMove.at, StageMove.id)
        for part in in_parts(one for one in customer_ids if one not in self._moves):
            self._moves.update({customer_id: [] for customer_id in part})
            mine = (StageMove.customer_id.in_(part), StageMove.deleted_at == 0)
            for row in reader.rows(chosen.where(*mine)):
                self._moves[row[0]].append(_Move(*row[1:]))

    def set_to(self, customer_id: int, position: int, on: date | None, *, stated: bool) -> None:
        """Put a customer on the stage its row names, since a day or today.

        A ``stated`` day is the one on which it came there: what happened on that day
        came before. Otherwise the stage is as old as the customer.
        """
        if self.desk.moves_told:
            return
        moves = self._moves.setdefault(customer_id, [])
        at = self.desk.now
        if on:
            at = self.desk.end_of(on) if stated else self.desk.begin_of(on)
        before = [move for move in moves if move.at <= at]
        here = before[-1].to if before else 0
        if here != position or (stated and not position):
            told = _Told(at, on or self.desk.today, position, "import", self.desk.actor_id)
            self._insert(customer_id, len(before), told)

    def record(self, customer_id: int, move: ImportedMove, staff_id: int) -> bool:
        """Keep a move as an export tells it; tell whether it is a new one."""
        moves = self._moves.setdefault(customer_id, [])
        if any(one.at == move.at and one.to == move.position for one in moves):
            return False
        place = sum(one.at <= move.at for one in moves)
        on = move.on or business_day(move.at, self.desk.office.zone)
        told = _Told(move.at, on, move.position, move.source, staff_id, reason=move.reason)
        self._insert(customer_id, place, told)
        return True

    def advance(
        self, customer_id: int, position: int, at: Instant, on: date, followup_id: int = 0
    ) -> None:
        """Move forward at a past instant unless the customer was there by then.

        A later move of our own to the same stage is dated back instead, and later ones
        below it, which the new one makes needless, go.
        """
        if self.desk.moves_told:
            return
        moves = self._moves.setdefault(customer_id, [])
        before = [move for move in moves if move.at <= at]
        if any(move.to >= position for move in before):
            return
        for move in moves[len(before) :]:
            if move.source == "auto" and move.to <= position:
                self.desk.pile.remove(StageMove, move.id)
                moves.remove(move)
        reason = _REASONS.get(position, "")
        told = _Told(at, on, position, "auto", self.desk.actor_id, followup_id, reason)
        self._insert(customer_id, len(before), told)

    def _insert(self, customer_id: int, place: int, told: _Told) -> None:
        moves = self._moves[customer_id]
        here = moves[place - 1].to if place else 0
        move_id = self.desk.pile.add(
            StageMove,
            customer_id=customer_id,
            from_position=here,
            to_position=told.position,
            at=told.at,
            on=told.on,
            staff_id=told.staff_id,
            reason=told.reason,
            source=told.source,
            followup_id=told.followup_id,
        )
        moves.insert(place, _Move(move_id, told.at, told.position, here, told.source))
        if place + 1 < len(moves):
            following = moves[place + 1]
            following.before = told.position
            self.desk.pile.change(StageMove, following.id, from_position=told.position)

    def forget(self) -> None:
        """Drop what the book holds now."""
        self._moves.clear()
