"""A customer's history as one stream, newest first (product.md 1.8)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.tables.admin import Choice
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import LifeSpell, OwnerSpell, StageMove
from app.models.tables.deals import Contract, Payment
from app.models.tables.followups import FollowUp
from app.models.tables.staff import Staff
from app.models.values import dates
from app.services.followups.drafts import TimelineEntry

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.followups.moment import OfficeTime

_NAME = func.coalesce(Staff.name, "")


def read_timeline(
    reader: Reader, customer_id: int, office: OfficeTime, *, limit: int, before: int | None
) -> list[TimelineEntry]:
    """Return up to ``limit`` entries older than the instant ``before`` (None is all)."""
    until = before if before is not None else 1 << 62
    streams: tuple[Callable[..., Iterable[TimelineEntry]], ...] = (
        _followups,
        _calibrations,
        _stages,
        _contracts,
        _payments,
        _owners,
        _lives,
    )
    found = [
        entry for stream in streams for entry in stream(reader, customer_id, office, until, limit)
    ]
    found.sort(key=lambda entry: (entry.at, entry.id), reverse=True)
    return found[:limit]


def count_followups(reader: Reader, customer_id: int) -> int:
    """Return the number of follow-ups of a customer."""
    mine = (FollowUp.customer_id == customer_id, FollowUp.deleted_at == 0)
    return int(reader.scalar(select(func.count(FollowUp.id)).where(*mine)) or 0)


def _followups(
    reader: Reader, customer_id: int, _office: OfficeTime, until: int, limit: int
) -> Iterable[TimelineEntry]:
    chosen = (
        select(
            FollowUp.id,
            FollowUp.at,
            FollowUp.on,
            _NAME,
            FollowUp.content,
            FollowUp.channel,
            FollowUp.direction,
            FollowUp.outcome,
            FollowUp.duration_s,
        )
        .outerjoin(Staff, Staff.id == FollowUp.staff_id)
        .where(FollowUp.customer_id == customer_id, FollowUp.deleted_at == 0, FollowUp.at < until)
        .order_by(FollowUp.at.desc())
        .limit(limit)
    )
    for row in reader.rows(chosen):
        yield TimelineEntry(
            "followup",
            *row[:4],
            content=row[4],
            channel=row[5],
            direction=row[6],
            outcome=row[7],
            duration_s=row[8],
        )


def _calibrations(
    reader: Reader, customer_id: int, _office: OfficeTime, until: int, limit: int
) -> Iterable[TimelineEntry]:
    event = CalibrationEvent
    chosen = (
        select(event.id, event.at, event.on, _NAME, event.field, event.old, event.new, event.reason)
        .outerjoin(Staff, Staff.id == event.staff_id)
        .where(event.customer_id == customer_id, event.deleted_at == 0, event.at < until)
        .order_by(event.at.desc(), event.id.desc())
        .limit(limit)
    )
    joined: dict[Any, list[Any]] = {}
    for row in reader.rows(chosen):
        kind = "node" if row[4] == "key_node" else "calibration"
        key = (kind, row[1], row[6] if kind == "node" else "")
        joined.setdefault(key, []).append(row)
    for (kind, _, _), rows in joined.items():
        first = rows[0]
        yield TimelineEntry(
            kind,
            id=first[0],
            at=first[1],
            on=first[2],
            staff=first[3],
            title=first[6] if kind == "node" else "",
            content=first[7],
            details=tuple((row[4], f"{row[5]}→{row[6]}") for row in rows),
        )


def _stages(
    reader: Reader, customer_id: int, _office: OfficeTime, until: int, limit: int
) -> Iterable[TimelineEntry]:
    words = select(Choice.position, Choice.label).where(Choice.list_name == "stage")
    names: dict[int, str] = {row[0]: row[1] for row in reader.rows(words)}
    chosen = (
        select(
            StageMove.id,
            StageMove.at,
            StageMove.on,
            _NAME,
            StageMove.from_position,
            StageMove.to_position,
            StageMove.reason,
        )
        .outerjoin(Staff, Staff.id == StageMove.staff_id)
        .where(
            StageMove.customer_id == customer_id, StageMove.deleted_at == 0, StageMove.at < until
        )
        .order_by(StageMove.at.desc())
        .limit(limit)
    )
    for row in reader.rows(chosen):
        yield TimelineEntry(
            "stage",
            *row[:4],
            content=row[6],
            old=names.get(row[4], ""),
            new=names.get(row[5], ""),
        )


def _of_days(
    kind: str, chosen: Any, reader: Reader, office: OfficeTime, until: int
) -> Iterable[TimelineEntry]:
    """Yield entries of rows (id, day, staff, title, content, fen) that have no clock time."""
    for row_id, day, staff, title, content, fen in reader.rows(chosen):
        if day is None:
            continue
        noon = dates.day_window(day, office.zone)[0] + 12 * 3_600_000
        if noon < until:
            yield TimelineEntry(kind, row_id, noon, day, staff, title, content, amount_fen=fen)


def _contracts(
    reader: Reader, customer_id: int, office: OfficeTime, until: int, _limit: int
) -> Iterable[TimelineEntry]:
    title = Contract.code + " " + Contract.name
    chosen = (
        select(Contract.id, Contract.signed_on, _NAME, title, Contract.status, Contract.amount_fen)
        .outerjoin(Staff, Staff.id == Contract.signer_id)
        .where(Contract.customer_id == customer_id, Contract.deleted_at == 0)
    )
    return _of_days("contract", chosen, reader, office, until)


def _payments(
    reader: Reader, customer_id: int, office: OfficeTime, until: int, _limit: int
) -> Iterable[TimelineEntry]:
    chosen = (
        select(Payment.id, Payment.paid_on, _NAME, Payment.code, Payment.note, Payment.amount_fen)
        .outerjoin(Staff, Staff.id == Payment.staff_id)
        .where(Payment.customer_id == customer_id, Payment.deleted_at == 0)
    )
    return _of_days("payment", chosen, reader, office, until)


def _owners(
    reader: Reader, customer_id: int, office: OfficeTime, until: int, _limit: int
) -> Iterable[TimelineEntry]:
    first = select(func.min(OwnerSpell.id)).where(
        OwnerSpell.customer_id == customer_id, OwnerSpell.deleted_at == 0
    )
    chosen = (
        select(OwnerSpell.id, OwnerSpell.from_on, _NAME, _NAME, OwnerSpell.id * 0, OwnerSpell.id)
        .outerjoin(Staff, Staff.id == OwnerSpell.staff_id)
        .where(
            OwnerSpell.customer_id == customer_id,
            OwnerSpell.deleted_at == 0,
            OwnerSpell.id != first.scalar_subquery(),
        )
    )
    for entry in _of_days("owner", chosen, reader, office, until):
        yield TimelineEntry("owner", entry.id, entry.at, entry.on, entry.staff, entry.title)


def _lives(
    reader: Reader, customer_id: int, office: OfficeTime, until: int, _limit: int
) -> Iterable[TimelineEntry]:
    nobody = func.substr(LifeSpell.state, 1, 0)
    chosen = select(
        LifeSpell.id,
        LifeSpell.from_on,
        nobody,
        LifeSpell.state,
        LifeSpell.reason,
        LifeSpell.lost_fen,
    ).where(LifeSpell.customer_id == customer_id, LifeSpell.deleted_at == 0)
    return _of_days("life", chosen, reader, office, until)
