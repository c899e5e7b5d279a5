"""What was really done at the customers of some days: their chains up to the end."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, tzinfo
from functools import cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.store import statements
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import LifeSpell, StageMove
from app.models.tables.followups import FollowUp
from app.models.tables.kpi import CustomerFact
from app.models.tables.radar import RadarItem
from app.models.values import dates
from app.models.values.sequences import STAGE_DEEDS, Applies, Deed, Mark
from app.services.customers.lives import CHURNED
from app.services.sequences.shapes import GOING, LOST, WON, ReportQuery

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.jobs import Progress

DAY_MS = 86_400_000
_QUARTER_MS = 900_000
_MORNING = time(9)
_SIGN = str(Deed.sign)
_SHOWN = tuple(str(one) for one in (Deed.calibrate, Deed.radar, Deed.need, Deed.quote))


@dataclass(slots=True)
class Chain:
    """One customer: since when, what was done in order of time, and how it ended.

    ``deal_fen`` is the first deal of one won, None without an amount.
    """

    customer_id: int
    owner_id: int
    start_on: date
    start_at: int
    outcome: str = GOING
    ended_on: date | None = None
    deal_fen: int | None = None
    marks: list[Mark] = field(default_factory=list)

    def days_to(self, mark: Mark) -> float:
        """Return the days from the start to something that happened, 0 for before it."""
        return max(0.0, (mark.at - self.start_at) / DAY_MS)


def read_chains(
    reader: Reader, query: ReportQuery, applies: Applies, zone: tzinfo, progress: Progress
) -> list[Chain]:
    """Return the chains of the customers created on the days asked for (2.0.3, history left out).

    ``progress`` is told all the while and may stop it.
    """
    cohort = _conditions(query, applies)
    progress.step(0, 3)
    chains = list(_starts(reader, cohort, _Days(zone), progress))
    progress.step(1, 3)
    found = {chain.customer_id: chain.marks for chain in chains}
    day = cache(date.fromisoformat)
    for customer_id, at, deed, on in _followups(reader, cohort, progress):
        found[customer_id].append(Mark(at, deed, day(on)))
    progress.step(2, 3)
    for chain in chains:
        _finish(chain, zone)
    progress.step(3, 3)
    return chains


class _Days:
    """Know the business day of an instant and the morning of a day; most are asked for often."""

    def __init__(self, zone: tzinfo) -> None:
        self.of = cache(date.fromisoformat)
        self.morning = cache(lambda day: dates.at_local(day, _MORNING, zone))
        # no zone is off by less than a quarter of an hour
        self._quarter = cache(lambda quarter: dates.business_day(quarter * _QUARTER_MS, zone))

    def on(self, at: int) -> date:
        """Return the business day of an instant."""
        return self._quarter(at // _QUARTER_MS)


def _conditions(query: ReportQuery, applies: Applies) -> list[Any]:
    first, last = query.first.isoformat(), query.last.isoformat()
    found: list[Any] = [
        CustomerFact.created_on >= first,
        CustomerFact.created_on <= last,
        CustomerFact.historic.is_(False),
    ]
    pairs = (
        (CustomerFact.kind, applies.kinds),
        (CustomerFact.industry, applies.industries),
        (CustomerFact.grade, applies.grades),
        (CustomerFact.source, applies.sources),
    )
    found += [column.in_(wanted) for column, wanted in pairs if wanted]
    if query.staff_id:
        found.append(CustomerFact.owner_id == query.staff_id)
    if query.grade:
        found.append(CustomerFact.grade == query.grade)
    return found


def _earliest(entity: Any, column: Any, *where: Any) -> Any:
    chosen = select(func.min(column)).where(
        entity.customer_id == CustomerFact.customer_id, entity.deleted_at == 0, *where
    )
    return chosen.correlate(CustomerFact).scalar_subquery()


def _start_columns() -> tuple[Any, ...]:
    return (
        CustomerFact.customer_id,
        CustomerFact.owner_id,
        CustomerFact.created_on,
        CustomerFact.first_sign_on,
        CustomerFact.priced,
        CustomerFact.first_deal_fen,
        _earliest(LifeSpell, LifeSpell.from_on, LifeSpell.state == CHURNED),
        _earliest(CalibrationEvent, CalibrationEvent.at),
        _earliest(RadarItem, RadarItem.created_at),
        _earliest(StageMove, StageMove.at, StageMove.to_position >= STAGE_DEEDS[Deed.need]),
        _earliest(StageMove, StageMove.at, StageMove.to_position >= STAGE_DEEDS[Deed.quote]),
    )


def _starts(reader: Reader, cohort: list[Any], days: _Days, progress: Progress) -> Iterable[Chain]:
    compiled = statements.prepared(CustomerFact.__table__, select(*_start_columns()).where(*cohort))
    for batch in reader.streamed(compiled, {}, lambda: progress.step(0, 3)):
        for row in batch:
            yield _start(row, days)


def _start(row: Sequence[Any], days: _Days) -> Chain:
    customer_id, owner_id, created, signed, priced, fen, lost, *shown = row
    start = days.of(created)
    chain = Chain(customer_id, owner_id, start, days.morning(start))
    if signed and not (lost and lost < signed):
        chain.outcome, chain.ended_on = WON, days.of(signed)
        chain.deal_fen = fen if priced else None
    elif lost:
        chain.outcome, chain.ended_on = LOST, days.of(lost)
    for place, (deed, at) in enumerate(zip(_SHOWN, shown, strict=True)):
        if at is not None:  # what a talk shows comes after the talk
            chain.marks.append(Mark(at + 1 + place, deed, days.on(at)))
    return chain


def _followups(
    reader: Reader, cohort: list[Any], progress: Progress
) -> Iterable[tuple[int, int, str, str]]:
    chosen = (
        select(FollowUp.customer_id, FollowUp.at, FollowUp.channel, FollowUp.on)
        .join(CustomerFact, CustomerFact.customer_id == FollowUp.customer_id)
        .where(*cohort, FollowUp.counts, FollowUp.deleted_at == 0)
    )
    compiled = statements.prepared(FollowUp.__table__, chosen)
    for batch in reader.streamed(compiled, {}, lambda: progress.step(1, 3)):
        yield from batch


def _finish(chain: Chain, zone: tzinfo) -> None:
    """Bring what happened into order, up to the end; signing comes last on its day."""
    end = chain.ended_on
    if end is not None:
        chain.marks = [one for one in chain.marks if one.on <= end]
    chain.marks.sort()
    if chain.outcome == WON and end is not None:
        chain.marks.append(Mark(dates.day_window(end, zone)[1], _SIGN, end))
