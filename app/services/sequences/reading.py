"""Sequences, their versions and steps as they are kept."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.idlist import among
from app.models.tables.sequences import (
    ActionSequence,
    SequenceEnrolment,
    SequenceStep,
    SequenceVersion,
)
from app.models.tables.staff import Staff
from app.models.values.sequences import Applies, StepRule
from app.services.sequences.drafts import CURRENT, FORMER, TRIAL, SequenceView, VersionView

if TYPE_CHECKING:
    from app.models.store.reader import Reader

_STEP = (
    SequenceStep.id,
    SequenceStep.version_id,
    SequenceStep.name,
    SequenceStep.deed,
    SequenceStep.plan_kind,
    SequenceStep.offset_days,
    SequenceStep.unit,
    SequenceStep.anchor,
    SequenceStep.limit_days,
    SequenceStep.must,
    SequenceStep.talk,
    SequenceStep.features,
    SequenceStep.outcome,
    SequenceStep.exits,
    SequenceStep.attempts,
)


def applies_text(applies: Applies) -> str:
    """Return which customers are meant, as it is kept; empty when all are."""
    wanted = {name: value for name, value in asdict(applies).items() if value}
    return json.dumps(wanted, ensure_ascii=False) if wanted else ""


def applies_of(kept: str) -> Applies:
    """Return which customers are meant; words of newer programs are left out."""
    stored = json.loads(kept) if kept else {}
    known = set(asdict(Applies()))
    return Applies(**{name: tuple(value) for name, value in stored.items() if name in known})


def step_values(rule: StepRule) -> dict[str, Any]:
    """Return the columns of a step."""
    return {
        "name": rule.name.strip(),
        "deed": str(rule.deed),
        "plan_kind": rule.plan_kind,
        "offset_days": rule.offset,
        "unit": str(rule.unit),
        "anchor": str(rule.anchor),
        "limit_days": rule.limit,
        "must": rule.must,
        "talk": rule.talk.strip(),
        "features": json.dumps(list(rule.features)),
        "outcome": rule.outcome,
        "exits": json.dumps([str(one) for one in rule.exits]),
        "attempts": rule.attempts,
    }


def _rule(row: Any) -> StepRule:
    (_id, _version, name, deed, plan, offset, unit, anchor, limit, must, talk, features, outcome,
     exits, attempts) = row  # fmt: skip
    return StepRule(
        name=name,
        deed=deed,
        plan_kind=plan,
        offset=offset,
        unit=unit,
        anchor=anchor,
        limit=limit,
        must=bool(must),
        talk=talk,
        features=tuple(json.loads(features or "[]")),
        outcome=outcome,
        exits=tuple(json.loads(exits or "[]")),
        attempts=attempts,
    )


def rules_of(
    reader: Reader, version_ids: Collection[int]
) -> dict[int, tuple[tuple[int, StepRule], ...]]:
    """Return the steps (id, rule) of versions in order."""
    chosen = (
        select(*_STEP)
        .where(among(SequenceStep.version_id, version_ids), SequenceStep.deleted_at == 0)
        .order_by(SequenceStep.version_id, SequenceStep.position)
    )
    found: dict[int, list[tuple[int, StepRule]]] = {}
    for row in reader.rows(chosen):
        found.setdefault(row[1], []).append((row[0], _rule(row)))
    return {version_id: tuple(steps) for version_id, steps in found.items()}


def read_sequences(reader: Reader, *, with_archived: bool = False) -> list[SequenceView]:
    """Return the sequences in order with the wordings that hold."""
    chosen = select(
        ActionSequence.id,
        ActionSequence.name,
        ActionSequence.auto_from,
        ActionSequence.archived,
        ActionSequence.current_version_id,
        ActionSequence.trial_version_id,
    ).where(ActionSequence.deleted_at == 0)
    if not with_archived:
        chosen = chosen.where(ActionSequence.archived.is_(False))
    rows = reader.rows(chosen.order_by(ActionSequence.position, ActionSequence.id))
    roles = {row[4]: CURRENT for row in rows} | {row[5]: TRIAL for row in rows if row[5]}
    versions = _versions(reader, SequenceVersion.id, roles, roles)
    running = _running(reader)
    return [
        SequenceView(
            id=row[0],
            name=row[1],
            auto_from=row[2],
            archived=bool(row[3]),
            current=versions[row[4]],
            trial=versions.get(row[5]),
            running=running.get(row[0], 0),
        )
        for row in rows
        if row[4] in versions
    ]


def sequence_of(reader: Reader, sequence_id: int) -> SequenceView:
    """Return one sequence; raise ``UserError`` no_such_sequence."""
    for one in read_sequences(reader, with_archived=True):
        if one.id == sequence_id:
            return one
    raise UserError(
        "no_such_sequence",
        N_("没有这个动作序列"),
        advice=N_("刷新再看，别的内容都还在"),
    )


def read_versions(reader: Reader, sequence_id: int) -> list[VersionView]:
    """Return every wording of a sequence, the newest first."""
    here = sequence_of(reader, sequence_id)
    roles = {here.current.id: CURRENT}
    if here.trial is not None:
        roles[here.trial.id] = TRIAL
    found = _versions(reader, SequenceVersion.sequence_id, (sequence_id,), roles)
    return sorted(found.values(), key=lambda one: -one.number)


def _versions(
    reader: Reader, column: Any, ids: Collection[int], roles: Mapping[int, str]
) -> dict[int, VersionView]:
    chosen = (
        select(
            SequenceVersion.id,
            SequenceVersion.sequence_id,
            SequenceVersion.number,
            SequenceVersion.note,
            SequenceVersion.applies,
            SequenceVersion.window_days,
            SequenceVersion.created_at,
            func.coalesce(Staff.name, ""),
        )
        .outerjoin(Staff, Staff.id == SequenceVersion.created_by)
        .where(among(column, ids), SequenceVersion.deleted_at == 0)
    )
    rows = reader.rows(chosen)
    steps = rules_of(reader, [row[0] for row in rows])
    return {
        row[0]: VersionView(
            id=row[0],
            sequence_id=row[1],
            number=row[2],
            note=row[3],
            applies=applies_of(row[4]),
            window_days=row[5],
            made_at=row[6],
            made_by=row[7],
            role=roles.get(row[0], FORMER),
            steps=tuple(rule for _id, rule in steps.get(row[0], ())),
            step_ids=tuple(step_id for step_id, _rule in steps.get(row[0], ())),
        )
        for row in rows
    }


def _running(reader: Reader) -> dict[int, int]:
    chosen = (
        select(SequenceVersion.sequence_id, func.count())
        .join(SequenceEnrolment, SequenceEnrolment.version_id == SequenceVersion.id)
        .where(SequenceEnrolment.state == "running", SequenceEnrolment.deleted_at == 0)
        .group_by(SequenceVersion.sequence_id)
    )
    return {row[0]: row[1] for row in reader.rows(chosen)}
