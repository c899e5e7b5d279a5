"""Period snapshots: the figures as reported, frozen against restated (product.md 2.0.6)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.kpi import PeriodSnapshot
from app.models.tables.staff import Staff
from app.models.values.periods import Period
from app.services.kpi.macro import read_macro
from app.services.kpi.queries import KpiQuery
from app.services.kpi.registry import AnyMetric, all_metrics


@dataclass(frozen=True, slots=True)
class Kept:
    """A snapshot: who froze which period when (instant in ms)."""

    id: int
    label: str
    at: int
    staff: str


@dataclass(frozen=True, slots=True)
class Restated:
    """One figure as it was reported and as it is now; a metric of later is not ``reported``."""

    metric: AnyMetric
    frozen: float | None
    frozen_n: int
    now: float | None
    now_n: int
    reported: bool

    @property
    def difference(self) -> float | None:
        """Return now less frozen, None unless both are known."""
        if self.frozen is None or self.now is None:
            return None
        return self.now - self.frozen

    @property
    def moved(self) -> bool:
        """Tell whether the figure is another one now."""
        return self.reported and (self.frozen, self.frozen_n) != (self.now, self.now_n)


def _figures(reader: Reader, period: Period, as_of: date) -> dict[str, tuple[float | None, int]]:
    names = tuple(one.name for one in all_metrics())
    query = KpiQuery(medians=False, metrics=names)
    found = read_macro(reader, query, [period], as_of).periods[0].metrics
    return {name: (one.value, one.n) for name, one in found.items() if not one.missing}


def freeze(unit: Unit, period: Period, today: date) -> int:
    """Keep the figures of a period that is over; raise ``UserError`` not_over."""
    if period.end >= today:
        raise UserError(
            "not_over",
            N_("{label} 还没过完，先不留快照"),
            advice=N_("等这一期结束，或选一个已经结束的期间"),
            label=period.label,
        )
    body = json.dumps(_figures(unit, period, today), sort_keys=True)
    return unit.add(
        PeriodSnapshot, label=period.label, first_on=period.start, last_on=period.end, body=body
    )


def read_kept(reader: Reader, period: Period | None = None) -> list[Kept]:
    """Return the snapshots of a period or of all, newest first."""
    snap = PeriodSnapshot
    chosen = (
        select(snap.id, snap.label, snap.created_at, Staff.name)
        .outerjoin(Staff, Staff.id == snap.created_by)
        .where(snap.deleted_at == 0)
        .order_by(snap.created_at.desc(), snap.id.desc())
    )
    if period is not None:
        chosen = chosen.where(snap.first_on == period.start, snap.last_on == period.end)
    return [Kept(row[0], row[1], row[2], row[3] or "") for row in reader.rows(chosen)]


def restated(reader: Reader, snapshot_id: int, period: Period, today: date) -> list[Restated]:
    """Return every figure of a snapshot beside what it is now; raise no_such_snapshot."""
    body = reader.scalar(
        select(PeriodSnapshot.body).where(
            PeriodSnapshot.id == snapshot_id, PeriodSnapshot.deleted_at == 0
        )
    )
    if body is None:
        raise UserError("no_such_snapshot", N_("这份快照已经不在了"), advice=N_("刷新后再选一份"))
    frozen = json.loads(body)
    now = _figures(reader, period, today)
    found = []
    for metric in all_metrics():
        if metric.name in now:
            value, n = frozen.get(metric.name, (None, 0))
            found.append(
                Restated(metric, value, n, *now[metric.name], reported=metric.name in frozen)
            )
    return found
