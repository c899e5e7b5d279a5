"""Read a dossier: the present value of every item, its history, its score (product.md 1.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.tables.radar import RadarItem
from app.models.tables.staff import Staff
from app.models.values.dossier import Finding, is_stale, standing
from app.services.admin import read_settings
from app.services.radar.citizens import masked
from app.services.radar.drafts import NEWS, Dossier, RadarView


def _values(customer_id: int) -> Any:
    return (
        select(
            RadarItem.id,
            RadarItem.section,
            RadarItem.label,
            RadarItem.value,
            RadarItem.source,
            RadarItem.found_on,
            func.coalesce(Staff.name, ""),
            RadarItem.mark,
            RadarItem.tag,
            RadarItem.expires_on,
            RadarItem.confidence,
        )
        .outerjoin(Staff, Staff.id == RadarItem.staff_id)
        .where(RadarItem.customer_id == customer_id, RadarItem.deleted_at == 0)
        .order_by(RadarItem.position, RadarItem.id)
    )


def read_dossier(reader: Reader, customer_id: int, today: date) -> Dossier:
    """Return the dossier of a customer as it stands today."""
    settings = read_settings(reader)
    days, weights = settings.radar_stale_days, settings.radar_weights
    every = _views(reader, customer_id)
    items = tuple(_present(values, today, days) for values in _by_item(every))
    findings = [Finding(one.label, one.found_on, one.expires_on) for one in every if one.value]
    known = {one.label for one in findings}
    return Dossier(
        items,
        standing(findings, weights, today, days),
        tuple(label for label, weight in weights.items() if weight > 0 and label not in known),
        max((one.found_on for one in every if one.found_on), default=None),
    )


def read_history(reader: Reader, customer_id: int, label: str) -> list[RadarView]:
    """Return every value an item has had, the newest first."""
    found = _views(reader, customer_id)
    return newest_first([one for one in found if one.label == label and one.section != NEWS])


def _views(reader: Reader, customer_id: int) -> list[RadarView]:
    found = [RadarView(*row) for row in reader.rows(_values(customer_id))]
    return [replace(one, value=masked(one.value)) for one in found]


def newest_first(values: Sequence[RadarView]) -> list[RadarView]:
    """Bring values of one item into the order of the days they were found."""
    return sorted(values, key=lambda one: (one.found_on or date.min, one.id), reverse=True)


def _by_item(values: Sequence[RadarView]) -> list[list[RadarView]]:
    """Gather the values of each item, in the order items appeared; news stand alone."""
    found: dict[object, list[RadarView]] = {}
    for one in values:
        found.setdefault(one.id if one.section == NEWS else one.label, []).append(one)
    return list(found.values())


def _present(values: Sequence[RadarView], today: date, stale_days: int) -> RadarView:
    """Return the newest value; unchecked against another verified one it is in conflict."""
    newest, *former = newest_first(values)
    verified = next((one.value for one in former if one.mark == "verified"), newest.value)
    differs = newest.mark == "unchecked" and verified != newest.value
    return replace(
        newest,
        mark="conflicting" if differs else newest.mark,
        differs_from=verified if differs else "",
        stale=is_stale(
            Finding(newest.label, newest.found_on, newest.expires_on), today, stale_days
        ),
        former=len(former),
    )
