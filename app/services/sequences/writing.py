"""Write sequences: each edit is a new version, what was saved stays as it was (1.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.sequences import ActionSequence, SequenceStep, SequenceVersion
from app.models.values.sequences import Anchor, DayUnit, Deed, StepRule
from app.services.sequences.reading import applies_text, sequence_of, step_values

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.sequences.drafts import SequenceDraft, VersionDraft

MOST_STEPS, MOST_DAYS = 30, 3650


def add_sequence(unit: Unit, draft: SequenceDraft) -> int:
    """Insert a sequence with its first version; return its id."""
    name = _checked_name(unit, draft.name)
    check(draft.version)
    last = unit.scalar(select(func.max(ActionSequence.position)))
    sequence_id = unit.add(
        ActionSequence,
        name=name,
        auto_from=unit.today if draft.auto else None,
        position=0 if last is None else last + 1,
    )
    version_id = _add_version(unit, sequence_id, draft.version)
    unit.change(ActionSequence, sequence_id, current_version_id=version_id)
    return sequence_id


def save_version(unit: Unit, sequence_id: int, draft: VersionDraft) -> int:
    """Let a new wording hold from now on, unless it is the one that holds; return its id."""
    check(draft)
    here = sequence_of(unit, sequence_id).current
    if _same(here.draft(), draft):
        return here.id
    version_id = _add_version(unit, sequence_id, draft)
    unit.change(ActionSequence, sequence_id, current_version_id=version_id)
    return version_id


def try_version(unit: Unit, sequence_id: int, draft: VersionDraft) -> int:
    """Put a wording on trial beside the one that holds; an earlier trial ends. Return its id."""
    check(draft)
    if _same(sequence_of(unit, sequence_id).current.draft(), draft):
        raise UserError(
            "same_version",
            N_("和现行版本一样，没有什么可试的"),
            advice=N_("改动至少一处再试行；没有改动"),
        )
    version_id = _add_version(unit, sequence_id, draft)
    unit.change(ActionSequence, sequence_id, trial_version_id=version_id)
    return version_id


def end_trial(unit: Unit, sequence_id: int, *, adopt: bool) -> None:
    """End the trial: its wording holds from now on, or the present one goes on."""
    here = sequence_of(unit, sequence_id)
    if here.trial is None:
        raise UserError("no_trial", N_("现在没有在试行的版本"), advice=N_("刷新再看，没有改动"))
    fresh = {"current_version_id": here.trial.id} if adopt else {}
    unit.change(ActionSequence, sequence_id, trial_version_id=0, **fresh)


def rename(unit: Unit, sequence_id: int, name: str) -> None:
    """Change the name of a sequence."""
    sequence_of(unit, sequence_id)
    unit.change(ActionSequence, sequence_id, name=_checked_name(unit, name, sequence_id))


def set_auto(unit: Unit, sequence_id: int, *, auto: bool) -> None:
    """Enrol customers that fit by rule from today on, or no longer; the same again is nothing."""
    if auto != sequence_of(unit, sequence_id).auto:
        unit.change(ActionSequence, sequence_id, auto_from=unit.today if auto else None)


def _add_version(unit: Unit, sequence_id: int, draft: VersionDraft) -> int:
    mine = SequenceVersion.sequence_id == sequence_id
    last = unit.scalar(select(func.max(SequenceVersion.number)).where(mine))
    version_id = unit.add(
        SequenceVersion,
        sequence_id=sequence_id,
        number=int(last or 0) + 1,
        note=draft.note.strip(),
        applies=applies_text(draft.applies),
        window_days=draft.window_days,
    )
    for place, rule in enumerate(draft.steps):
        unit.add(SequenceStep, version_id=version_id, position=place, **step_values(rule))
    return version_id


def _same(one: VersionDraft, other: VersionDraft) -> bool:
    """Tell whether two wordings say the same; the note is about them, not of them."""
    return (
        [step_values(rule) for rule in one.steps] == [step_values(rule) for rule in other.steps]
        and one.applies == other.applies
        and one.window_days == other.window_days
    )


def _checked_name(unit: Unit, name: str, but: int = 0) -> str:
    wanted = name.strip()
    if not wanted:
        raise UserError(
            "sequence_unnamed", N_("动作序列要有名称"), advice=N_("写一个名称再存；还没有存")
        )
    taken = select(ActionSequence.id).where(
        ActionSequence.name == wanted,
        ActionSequence.id != but,
        ActionSequence.deleted_at == 0,
        ActionSequence.archived.is_(False),
    )
    if unit.one(taken) is not None:
        raise UserError(
            "sequence_taken",
            N_("已经有一个叫「{name}」的动作序列"),
            advice=N_("换一个名称，或去改那一个；还没有存"),
            name=wanted,
        )
    return wanted


def check(draft: VersionDraft) -> None:
    """Raise ``UserError`` sequence_empty, bad_step or bad_window for what cannot be done."""
    if not 1 <= len(draft.steps) <= MOST_STEPS:
        raise UserError(
            "sequence_empty",
            N_("动作序列要有 1 到 {most} 步"),
            advice=N_("加上步骤或删掉多余的再存；还没有存"),
            most=MOST_STEPS,
        )
    if not 1 <= draft.window_days <= MOST_DAYS:
        raise UserError(
            "bad_window",
            N_("成交窗口要在 1 到 {most} 天之间"),
            advice=N_("改好再存；还没有存"),
            most=MOST_DAYS,
        )
    for place, rule in enumerate(draft.steps, 1):
        _check_step(place, rule)


def _check_step(place: int, rule: StepRule) -> None:
    problem = ""
    if not rule.name.strip():
        problem = N_("第 {place} 步要有名称")
    elif rule.deed not in set(Deed):
        problem = N_("第 {place} 步的动作不认识")
    elif rule.unit not in set(DayUnit) or rule.anchor not in set(Anchor):
        problem = N_("第 {place} 步的时间不认识")
    elif not (0 <= rule.offset <= MOST_DAYS and 0 <= rule.limit <= MOST_DAYS):
        problem = N_("第 {place} 步的天数要在 0 到 3650 之间")
    elif not 0 <= rule.attempts <= 99:
        problem = N_("第 {place} 步最多试的次数要在 0 到 99 之间")
    if problem:
        raise UserError("bad_step", problem, advice=N_("改好再存；还没有存"), place=place)
