"""The figures as the command line prints them (cli.md)."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import Any

from app.i18n import translate
from app.models.values.growth import Change
from app.models.values.money import round_half_up
from app.services.kpi.metric import Unit
from app.services.kpi.queries import Basis, Days, Figure, KpiRow, KpiRows, MacroReport, Part
from app.services.kpi.registry import metric_named


def macro_json(report: MacroReport) -> dict[str, Any]:
    """Return a report as the JSON of ``kpi``; fen are rounded to whole ones."""
    return {
        "as_of": report.as_of.isoformat(),
        "by": str(report.by or "range"),
        "filters": {
            name: value
            for name, value in asdict(report.where).items()
            if value is not None and value is not False
        },
        "align": "aligned" if report.align else "whole",
        "periods": [
            {
                "period": one.period.label,
                "from": one.period.start.isoformat(),
                "to": one.period.end.isoformat(),
                "complete": one.complete,
                "metrics": {
                    name: _figure(figure, metric_named(name).unit)
                    for name, figure in one.metrics.items()
                },
            }
            for one in report.periods
        ],
    }


def _figure(figure: Figure, unit: Unit) -> dict[str, Any]:
    found: dict[str, Any] = {"value": _number(figure.value, unit), "n": figure.n}
    if unit is not Unit.rate or figure.median is not None:
        found["median"] = _number(figure.median, unit)
        found["p90"] = _number(figure.p90, unit)
    found |= figure.counts
    if figure.missing:
        found["missing"] = translate(figure.missing)
    return found | {
        "mom": _against(figure.mom, figure.mom_days, unit),
        "yoy": _against(figure.yoy, figure.yoy_days, unit),
    }


def _against(change: Change, days: Days | None, unit: Unit) -> dict[str, Any]:
    """Return a comparison; other days than those of the same dates are told."""
    found = _change(change, unit)
    if days is not None and days.basis is not Basis.same:
        found |= {"basis": str(days.basis), "from": str(days.first), "to": str(days.last)}
    return found | {"short": True} if days is not None and days.short else found


def _number(value: float | None, unit: Unit) -> float | int | None:
    if value is None:
        return None
    return round_half_up(Decimal(value)) if unit is Unit.fen else value


def _change(change: Change, unit: Unit) -> dict[str, Any]:
    return {
        "base": _number(change.base, unit),
        "change": _number(change.change, unit),
        "growth": change.growth,
        "case": str(change.case),
        "aligned": change.aligned,
    }


def rows_json(found: KpiRows) -> dict[str, Any]:
    """Return the rows behind a figure as the JSON of ``kpi-rows``."""
    unit = metric_named(found.metric).unit
    return {
        "metric": found.metric,
        "formula": translate(found.formula),
        "period": found.period.label,
        "from": found.period.start.isoformat(),
        "to": found.period.end.isoformat(),
        "as_of": found.as_of.isoformat(),
        "value": _number(found.value, unit),
        "n": found.n,
        "rows": [_row(row) for row in found.rows],
        "excluded": [{**_row(row), "reason": translate(row.reason)} for row in found.excluded],
        **({"parts": [_part(part) for part in found.parts]} if found.parts else {}),
        **({"missing": translate(found.missing)} if found.missing else {}),
    }


def _part(part: Part) -> dict[str, Any]:
    return asdict(part) | {"name": translate(part.name)}


def _row(row: KpiRow) -> dict[str, Any]:
    return {
        "customer_id": row.customer_id,
        "customer": row.customer,
        "owner": row.owner,
        "source": row.source,
        "life": row.life,
        "created_on": row.created_on or None,
        "first_sign_on": row.first_sign_on or None,
        "second_sign_on": row.second_sign_on or None,
        "first_deal_fen": row.first_deal_fen,
        "cycle_days": row.cycle_days,
        "touches": row.touches,
        "backdated": row.backdated,
        "counted": row.counted,
        **(_case(row) if row.on else {}),
    }


def _case(row: KpiRow) -> dict[str, Any]:
    """Return what the row of an indicator says beyond its customer."""
    return {
        "on": row.on,
        "amount": row.amount,
        "divided_by": row.bottom,
        "part": row.part,
        "fen": row.fen,
        "details": [{"label": translate(one.label), "amount": one.amount} for one in row.details],
    }
