"""What a person's leak suggests to change in a sequence, to be tried as a version (product.md 6.3).

Each rule takes the steps that hold and returns them changed; None where nothing helps or it
is so already.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace

from app.i18n import N_
from app.models.values.sequences import CONTACTS, Deed, Exit, StepRule
from app.services.sequences.drafts import VersionDraft

Steps = tuple[StepRule, ...]
Rule = Callable[[Steps, Collection[int]], Steps]
_LONG_DAYS = 7


def propose(draft: VersionDraft, leak: str, features: Collection[int]) -> VersionDraft | None:
    """Return the wording that a leak suggests, None when there is nothing to propose.

    ``features`` are the ids of the features that must be known. The note is a message id.
    """
    found = RULES.get(leak)
    if found is None or not draft.steps:
        return None
    rule, note = found
    steps = rule(draft.steps, features)
    return None if steps == draft.steps else replace(draft, steps=steps, note=note)


def _first_at_once(steps: Steps, _features: Collection[int]) -> Steps:
    return (replace(steps[0], offset=0, limit=0, anchor="start"), *steps[1:])


def _closer(steps: Steps, _features: Collection[int]) -> Steps:
    """Halve the time of contacts that take more than a week."""
    return tuple(
        replace(one, offset=one.offset // 2, limit=max(1, one.limit // 2))
        if one.deed in CONTACTS and one.standard > _LONG_DAYS
        else one
        for one in steps
    )


def _judged(steps: Steps, _features: Collection[int]) -> Steps:
    """Calibrate after the first step, and end with those of no value."""
    judged = any(one.deed == Deed.calibrate for one in steps)
    step = StepRule("价值标定", Deed.calibrate.value, "find_opportunity", offset=0, limit=1)
    held = steps if judged else (steps[0], step, *steps[1:])
    return tuple(
        replace(
            one,
            must=one.must or one.deed == Deed.calibrate,
            exits=one.exits if Exit.worthless in one.exits else (*one.exits, Exit.worthless.value),
        )
        for one in held
    )


def _asked(steps: Steps, features: Collection[int]) -> Steps:
    """Ask for the features that must be known at the first visit, else at the first contact."""
    wanted = tuple(sorted(features))
    at = next((n for n, one in enumerate(steps) if one.deed == Deed.visit), -1)
    if at < 0:
        at = next((n for n, one in enumerate(steps) if one.deed in CONTACTS), -1)
    if at < 0 or not wanted:
        return steps
    asked = tuple(dict.fromkeys((*steps[at].features, *wanted)))
    return (*steps[:at], replace(steps[at], features=asked), *steps[at + 1 :])


def _decider(steps: Steps, _features: Collection[int]) -> Steps:
    """Meet who decides before the quote, else before the last step."""
    name = "见到决策人"
    if any(one.name == name for one in steps):
        return steps
    at = next((n for n, one in enumerate(steps) if one.deed == Deed.quote), len(steps) - 1)
    step = StepRule(name, Deed.visit.value, "build_rapport", offset=3, limit=4)
    return (*steps[:at], step, *steps[at:])


def _in_between(steps: Steps, _features: Collection[int]) -> Steps:
    """Put a call before each step that lets more than a week pass."""
    found: list[StepRule] = []
    for at, one in enumerate(steps):
        before = found[-1] if found else None
        called = before is not None and before.name == _CALL.name
        if at and one.standard > _LONG_DAYS and not called:
            found.append(_CALL)
        found.append(one)
    return tuple(found)


_CALL = StepRule("中间联系一次", Deed.phone.value, offset=3, limit=2)


def _connected(steps: Steps, _features: Collection[int]) -> Steps:
    """Let a call count only when it was answered."""
    return tuple(
        replace(one, outcome="connected") if one.deed == Deed.phone else one for one in steps
    )


def _visited(steps: Steps, _features: Collection[int]) -> Steps:
    """Let every visit and meeting be one that must be made."""
    return tuple(
        replace(one, must=True) if one.deed in (Deed.visit, Deed.meeting) else one for one in steps
    )


RULES: Mapping[str, tuple[Rule, str]] = {
    "broken_chain": (_in_between, N_("间隔长的两步之间加一次联系，链不断")),
    "worthless_effort": (_judged, N_("先标定，判为无价值就退出")),
    "unsure_effort": (_judged, N_("先标定，判为无价值就退出")),
    "recalibrated": (_judged, N_("把价值标定设为必做")),
    "feature_fill": (_asked, N_("第一次拜访问清必填特征")),
    "decision_maker": (_decider, N_("报价前先见到决策人")),
    "first_response": (_first_at_once, N_("首次联系改为当天")),
    "interval": (_closer, N_("联系的间隔缩短一半")),
    "mean_talk": (_connected, N_("电话接通才算做完")),
    "short_calls": (_connected, N_("电话接通才算做完")),
    "stuck": (_visited, N_("拜访和演示设为必做")),
}
"""The rule of each leak by name, and what it changes in one line."""
