"""Keep the score of every dossier beside the customer (product.md 1.3)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from sqlalchemy import func, select, update

from app.models.store import statements
from app.models.store.idlist import among
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.radar import RadarItem
from app.models.values.changes import Kind
from app.models.values.dossier import Finding, Standing, standing
from app.services.admin import read_settings

if TYPE_CHECKING:
    from datetime import date

    from app.models.store.reader import Reader
    from app.models.store.unit import Unit

NEEDS = frozenset({"radar_weights", "radar_stale_days"})
"""The settings that every score depends on."""


def keep_standing(unit: Unit) -> None:
    """Recompute the scores of customers whose facts this unit has written (before commit)."""
    written = [change for change in unit.trail if change.entity is RadarItem]
    ids = {one for change in written for one in change.customer_ids}
    if ids:
        _refresh(unit, ids)


def refresh_all(unit: Unit) -> None:
    """Recompute the score of every customer."""
    wrong = (Customer.radar_score != 0) | (Customer.radar_fades_on != NO_DAY)
    unit.run(update(Customer).where(wrong).values(radar_score=0, radar_fades_on=NO_DAY))
    _write(unit, _standings(unit, unit.today))
    unit.touch(Kind.customer)


def fade(unit: Unit) -> int:
    """Recompute the scores that have fallen by today because something went stale."""
    due = select(Customer.id).where(
        Customer.radar_fades_on != NO_DAY, Customer.radar_fades_on <= unit.today
    )
    ids = {int(row[0]) for row in unit.rows(due)}
    if ids:
        _refresh(unit, ids)
        unit.touch(Kind.customer, ids)
    return len(ids)


def differences(reader: Reader, today: date) -> list[int]:
    """Return the customers whose score is not what their facts say (``gendan check``).

    One whose score was due to fall by today is left out: it falls when the book is opened.
    """
    stored = select(Customer.id, Customer.radar_score, Customer.radar_fades_on).where(
        (Customer.radar_score != 0) | (Customer.radar_fades_on != NO_DAY)
    )
    kept = {int(row[0]): (row[1], row[2]) for row in reader.rows(stored)}
    due = {one for one, (_score, fades) in kept.items() if fades and fades <= today}
    wanted = {one: (found.score, found.fades_on) for one, found in _standings(reader, today)}
    return sorted(
        one
        for one in kept.keys() | wanted.keys()
        if one not in due and kept.get(one, (0, None)) != wanted.get(one, (0, None))
    )


def standing_of(reader: Reader, customer_id: int, today: date) -> Standing:
    """Return how the dossier of one customer stands."""
    return dict(_standings(reader, today, {customer_id})).get(customer_id, Standing())


def _refresh(unit: Unit, ids: Collection[int]) -> None:
    found = dict.fromkeys(ids, Standing()) | dict(_standings(unit, unit.today, ids))
    _write(unit, found.items())


def _standings(
    reader: Reader, today: date, ids: Collection[int] | None = None
) -> Iterator[tuple[int, Standing]]:
    settings = read_settings(reader)
    chosen = (
        select(RadarItem.customer_id, RadarItem.label, RadarItem.found_on, RadarItem.expires_on)
        .where(RadarItem.deleted_at == 0, func.trim(RadarItem.value) != "")
        .order_by(RadarItem.customer_id, RadarItem.id)
    )
    if ids is not None:
        chosen = chosen.where(among(RadarItem.customer_id, ids))
    for customer_id, rows in groupby(reader.rows(chosen), key=lambda row: int(row[0])):
        findings = [Finding(*row[1:]) for row in rows]
        yield (
            customer_id,
            standing(findings, settings.radar_weights, today, settings.radar_stale_days),
        )


def _write(unit: Unit, standings: Iterable[tuple[int, Standing]]) -> None:
    compiled = statements.update_row(Customer.__table__, ("radar_score", "radar_fades_on"))
    unit.run_each(
        compiled,
        [
            {
                "id": one,
                "radar_score": found.score,
                "radar_fades_on": found.fades_on.isoformat() if found.fades_on else NO_DAY,
            }
            for one, found in standings
        ],
    )
