"""The report of a sequence as the command line prints it (cli.md)."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.services.sequences.shapes import (
    PathMeasure,
    PersonMeasure,
    SequenceReport,
    StepMeasure,
    VersionMeasure,
)


def report_json(found: SequenceReport) -> dict[str, Any]:
    """Return a report as the JSON of ``sequences report``: rates are fractions, money in fen."""
    here = found.sequence
    return {
        "sequence": here and {"id": here.id, "name": here.name, "version": here.current.number},
        "from": found.query.first.isoformat(),
        "to": found.query.last.isoformat(),
        "as_of": found.as_of.isoformat(),
        "customers": found.customers,
        "deeds": found.deeds,
        "won": found.won,
        "lost": found.lost,
        "enough": found.enough,
        "steps": [_step(one) for one in found.steps],
        "drop_off": _drop_off(found),
        "paths": {
            "won": [_path(one) for one in found.won_paths],
            "lost": [_path(one) for one in found.lost_paths],
            "first_times_only": found.coarse,
        },
        "gaps": [asdict(one) for one in found.gaps],
        "people": [_person(one, found) for one in found.people],
        "adherence": [{**asdict(one), "win_rate": one.win_rate} for one in found.bands],
        "observation": found.observation and asdict(found.observation),
        "versions": [_version(one) for one in found.versions],
    }


def _step(one: StepMeasure) -> dict[str, Any]:
    return {
        "place": one.place,
        "name": one.rule.name,
        "deed": one.rule.deed,
        "must": one.rule.must,
        "standard": one.rule.standard,
        "unit": one.rule.unit,
        "survivors": one.alive,
        "lost": one.lost,
        "pass_rate": one.pass_rate,
        "median_days": one.median_days,
        "n": one.n,
    }


def _drop_off(found: SequenceReport) -> dict[str, Any] | None:
    """Return the step with the largest fall in survivors from the one before it."""
    if found.drop_place is None:
        return None
    before, here = found.steps[found.drop_place - 2 : found.drop_place]
    return {
        "place": here.place,
        "step": here.rule.name,
        "after": before.rule.name,
        "lost": before.lost,
        "rate": before.lost / before.alive,
    }


def _path(one: PathMeasure) -> dict[str, Any]:
    return {
        "deeds": list(one.deeds),
        "won": len(one.won),
        "lost": len(one.lost),
        "win_rate": one.win_rate,
        "cycle_days": one.cycle_days,
        "first_deal_fen": one.deal_fen,
        "silent": one.silent,
    }


def _person(one: PersonMeasure, found: SequenceReport) -> dict[str, Any]:
    worst = None
    if one.worst:
        step = found.steps[one.worst - 1].rule.name
        worst = {"step": step, "missed": one.missed, "late_days": one.late_days}
    return {
        "staff": one.name,
        "due": one.due,
        "kept": one.kept,
        "adherence": one.adherence,
        "won": one.won,
        "lost": one.lost,
        "win_rate": one.win_rate,
        "worst": worst,
    }


def _version(one: VersionMeasure) -> dict[str, Any]:
    return {
        "number": one.number,
        "role": one.role,
        "note": one.note,
        "n": one.enrolled,
        "enough": one.enough,
        "due": one.due,
        "done": one.done,
        "completion": one.completion,
        "on_time": one.punctuality,
        "skip_rate": one.skip_rate,
        "window_days": one.window_days,
        "mature": one.mature,
        "converted": one.converted,
        "conversion": one.conversion,
    }
