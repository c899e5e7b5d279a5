"""The action sequence of the sample office: two versions, and who goes through them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sqlalchemy import select

from app.models.tables.customers import Customer
from app.models.tables.kpi import CustomerFact
from app.models.tables.sequences import (
    ActionSequence,
    EnrolledStep,
    SequenceEnrolment,
    SequenceStep,
    SequenceVersion,
)
from app.models.values.sequences import Applies, StepRule, due_on, furthest, planned_on, reach
from app.services.admin.demo.scene import Scene
from app.services.admin.demo.steps import MORNING
from app.services.context import Context
from app.services.jobs import Progress
from app.services.sequences.chains import Chain, read_chains
from app.services.sequences.enrolling import (
    DONE,
    FINISHED,
    LEFT,
    OPEN,
    RUNNING,
    SKIPPED,
    STOPPED,
    WAITING,
)
from app.services.sequences.reading import step_values
from app.services.sequences.shapes import LOST, WON, ReportQuery
from app.services.sequences.templates import templates
from app.services.sequences.working import add_workdays

_MOST, _SHARE = 1_500, 0.75
_SINCE, _CHANGED = 270, 110
"""How many days ago the sequence began, and its second version."""

_NOTE = "需求拜访提前"


class Courses:
    """Write the sequence once everything that happened is there."""

    def __init__(self, context: Context, scene: Scene) -> None:
        self._context, self._scene = context, scene
        self._by = scene.players[0].id

    def write(self, progress: Progress) -> None:
        """Write the sequence with its versions, and the newest customers that were enrolled."""
        scene, today = self._scene, self._scene.days.today
        first, changed = max(0, today - _SINCE), max(0, today - _CHANGED)
        steps = tuple(
            replace(rule, must=rule.must and rule.deed != "radar")
            for rule in templates()[0].version.steps
        )
        rules = (steps, _earlier(steps))
        versions = self._sequence((first, changed), rules)
        open_steps, chains = self._read(scene.days.iso[first], progress)
        for chain in sorted(chains, key=lambda one: one.customer_id):
            if scene.dice.happens(_SHARE):
                at = int(chain.start_on >= scene.days.dates[changed])
                here = open_steps.get(chain.customer_id, 0)
                self._enrol(chain, versions[at], rules[at], here)
        with self._context.write() as unit:
            scene.piles.write(unit)

    def _read(self, first: str, progress: Progress) -> tuple[dict[int, int], list[Chain]]:
        """Return the open step of each customer, and what was done at the newest ones."""
        scene = self._scene
        waiting = select(Customer.id, Customer.next_step_id).where(Customer.next_step_id != 0)
        newest = select(CustomerFact.created_on).order_by(CustomerFact.created_on.desc())
        with self._context.read() as reader:
            begun = max(first, str(reader.scalar(newest.offset(_MOST).limit(1)) or ""))
            query = ReportQuery(date.fromisoformat(begun), scene.days.dates[scene.days.today])
            chains = read_chains(reader, query, Applies(), scene.zone, progress)
            return {row[0]: row[1] for row in reader.rows(waiting)}, chains

    def _sequence(
        self, days: tuple[int, int], rules: tuple[tuple[StepRule, ...], tuple[StepRule, ...]]
    ) -> tuple[tuple[int, list[int]], tuple[int, list[int]]]:
        """Write the sequence with both versions; return each version's id with its steps' ids."""
        piles = self._scene.piles
        sequence_id, one, two = (piles.make_id() for _ in range(3))
        at = [self._scene.days.at(day, MORNING) for day in days]
        piles.add(
            ActionSequence, at[0], self._by, sequence_id, name=templates()[0].name, position=0,
            archived=False, auto_from="", current_version_id=two, trial_version_id=0,
        )  # fmt: skip
        for number, version_id in enumerate((one, two), 1):
            piles.add(
                SequenceVersion, at[number - 1], self._by, version_id, sequence_id=sequence_id,
                number=number, note="" if number == 1 else _NOTE, applies="", window_days=90,
            )  # fmt: skip
        return (one, self._steps(one, rules[0], at[0])), (two, self._steps(two, rules[1], at[1]))

    def _steps(self, version_id: int, rules: tuple[StepRule, ...], at: int) -> list[int]:
        return [
            self._scene.piles.add(
                SequenceStep, at, self._by, version_id=version_id, position=place,
                **step_values(rule),
            )
            for place, rule in enumerate(rules)
        ]  # fmt: skip

    def _enrol(
        self,
        chain: Chain,
        version: tuple[int, list[int]],
        rules: tuple[StepRule, ...],
        next_step_id: int,
    ) -> None:
        piles = self._scene.piles
        state, reason, ended = _ending(chain, next_step_id)
        enrolment_id = piles.add(
            SequenceEnrolment, chain.start_at, chain.owner_id, customer_id=chain.customer_id,
            version_id=version[0], staff_id=chain.owner_id, started_on=chain.start_on.isoformat(),
            state=state, ended_on=ended.isoformat() if ended else "", reason=reason, by_rule=True,
        )  # fmt: skip
        done = reach(rules, chain.marks)
        last, previous, is_open = furthest(done), chain.start_on, False
        for place, (rule, mark) in enumerate(zip(rules, done, strict=True)):
            planned = planned_on(rule, chain.start_on, previous, add_workdays) or chain.start_on
            due = due_on(rule, planned, add_workdays)
            stands = DONE if mark else SKIPPED if place < last else WAITING
            closed = mark.on if mark else due if stands == SKIPPED else None
            here = stands == WAITING and state == RUNNING and not is_open
            is_open = is_open or here
            known = stands != WAITING or here
            piles.add(
                EnrolledStep, chain.start_at, chain.owner_id, enrolment_id=enrolment_id,
                step_id=version[1][place], position=place, state=OPEN if here else stands,
                planned_on=planned.isoformat() if known else "",
                due_on=due.isoformat() if known else "",
                done_on=closed.isoformat() if closed else "", attempts=int(mark is not None),
                next_step_id=next_step_id if here else 0, followup_id=0,
            )  # fmt: skip
            previous = closed or previous


def _ending(chain: Chain, next_step_id: int) -> tuple[str, str, date | None]:
    """Return state, reason and last day of an enrolment."""
    if chain.outcome == WON:
        return FINISHED, "", chain.ended_on
    if chain.outcome == LOST:
        return LEFT, "worthless", chain.ended_on
    if next_step_id:
        return RUNNING, "", None
    last = chain.marks[-1].on if chain.marks else chain.start_on
    return LEFT, STOPPED, last


def _earlier(steps: tuple[StepRule, ...]) -> tuple[StepRule, ...]:
    """Return the steps with the visit brought forward."""
    return tuple(replace(rule, limit=4) if rule.deed == "visit" else rule for rule in steps)
