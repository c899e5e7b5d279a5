"""The staff summary as the command line prints it (cli.md)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.services.staff.summary import StaffRow, StaffSummary


def summary_json(found: StaffSummary) -> dict[str, Any]:
    """Return a summary as the JSON of ``staff-summary``."""
    return {
        "from": found.first.isoformat(),
        "to": found.last.isoformat(),
        "rows": [_row(row) for row in found.rows],
        "total": asdict(found.total),
    }


def _row(row: StaffRow) -> dict[str, Any]:
    return {
        "staff": row.staff,
        "team": row.team,
        "left": row.left,
        **asdict(row.totals),
        "effort": row.effort,
        "result": row.result,
        "quadrant": row.quadrant,
    }
