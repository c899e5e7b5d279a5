"""链式跟单: follow-ups, next steps, Today and the timeline."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import N_
from app.models.store import first_page
from app.services.followups import agenda
from app.services.followups.draftbox import Draftbox
from app.services.followups.moment import OfficeTime
from app.services.followups.today import AT_FIRST, AT_ONCE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, time
    from pathlib import Path

    from app.models.store.unit import Unit
    from app.models.values.nextstep import Bucket, OfficeHours
    from app.services.context import Context
    from app.services.customers.bulk import Bulk, Chosen, Done
    from app.services.followups.calendar import PlannedStep
    from app.services.followups.chains import BestNext, ChainHealth
    from app.services.followups.clocking import ClockDoubt
    from app.services.followups.drafts import (
        FollowupDraft,
        NextStepDraft,
        SavedFollowup,
        StepRecord,
        StepView,
        TimelineEntry,
    )
    from app.services.followups.icsread import CalendarTaken
    from app.services.followups.reminding import Call
    from app.services.followups.today import Agenda
    from app.services.jobs import Progress

FORM = "followup"
"""Name of the 写跟单 form in the draft box."""
QUICK_FORM = "quick_line"
"""Name of 一行快记 in the draft box, kept by the customer it was opened at (0 is none)."""

EVERYTHING = 1_000_000


class FollowUps:
    """Write follow-ups with their next step, and read what is to be done."""

    def __init__(self, context: Context, hours: OfficeHours) -> None:
        self._context = context
        self._office = OfficeTime(context.zone, hours)
        self.drafts = Draftbox(context)
        self._ahead: dict[int, Agenda] = {}
        self._trusts_clock = False

    @property
    def office_time(self) -> OfficeTime:
        """Return the office's time zone and working hours."""
        return self._office

    def use_hours(self, hours: OfficeHours) -> None:
        """Let later next steps be resolved with other working hours."""
        self._office = OfficeTime(self._context.zone, hours)

    def save(
        self, draft: FollowupDraft, *, form: str = FORM, subject_id: int | None = None
    ) -> SavedFollowup:
        """Keep a follow-up with all it carries, and forget its draft.

        ``form`` and ``subject_id`` (None is the customer) name the draft in the draft box.
        Raises ``UserError``: customer_gone, bad_feature, disk_full and the like;
        nothing is kept then and the draft stays.
        """
        from app.services.followups import draftbox, saving

        self._context.require("write")
        with self._context.write(N_("写跟单")) as unit:
            saved = saving.save_followup(unit, draft, self._office)
            draftbox.discard(unit, form, draft.customer_id if subject_id is None else subject_id)
            return saved

    def chain_breaks(self, draft: FollowupDraft) -> bool:
        """Tell whether saving this would leave a live customer without a next step."""
        if draft.next_step is not None:
            return False
        from app.services.followups import steps

        with self._context.read() as reader:
            return steps.breaks_chain(reader, draft)

    def clock_doubt(self) -> ClockDoubt | None:
        """Return why the computer's clock may be wrong, None once a person has trusted it."""
        if self._trusts_clock or self._context.clock.given:
            return None
        from app.services.followups import clocking
        from app.services.followups.moment import Moment

        there = self._office
        with self._context.read() as reader:
            return clocking.doubt(reader, Moment(self._context.now(), there.zone, there.hours))

    def trust_clock(self) -> None:
        """Take the computer's clock for right until the book is closed."""
        self._trusts_clock = True

    def schedule(self, customer_id: int, draft: NextStepDraft) -> SavedFollowup:
        """Open a next step without a follow-up."""
        from app.services.followups import saving

        self._context.require("write")
        with self._context.write(N_("安排下步")) as unit:
            return saving.open_step(unit, customer_id, draft, self._office)

    def schedule_many(
        self, bulk: Bulk, chosen: Chosen, draft: NextStepDraft, progress: Progress
    ) -> Done:
        """Open the same next step at many customers, each for its owner."""
        from app.services.followups import saving

        def act(unit: Unit, customer_id: int) -> None:
            saving.open_owners_step(unit, customer_id, draft, self._office)

        return bulk.write(N_("安排下步"), chosen, act, progress)

    def postpone(
        self,
        step_id: int,
        bucket: Bucket,
        *,
        day: date | None = None,
        clock: time | None = None,
        reason: str = "",
    ) -> SavedFollowup:
        """Put an open step off; the chain and the count of postponements stay."""
        from app.services.followups import steps

        self._context.require("write")
        with self._context.write(N_("顺延")) as unit:
            return steps.postpone(
                unit, step_id, bucket, self._office, day=day, clock=clock, reason=reason
            )

    def postpone_all(
        self,
        step_ids: Sequence[int],
        bucket: Bucket,
        *,
        clock: time | None = None,
        reason: str = "",
    ) -> list[SavedFollowup]:
        """Put several open steps off as one act."""
        from app.services.followups import steps

        self._context.require("write")
        with self._context.write(N_("顺延")) as unit:
            return [
                steps.postpone(unit, step_id, bucket, self._office, clock=clock, reason=reason)
                for step_id in step_ids
            ]

    def cancel(self, step_id: int, reason: str) -> None:
        """Close an open step that will not be done."""
        from app.services.followups import steps

        self._context.require("write")
        with self._context.write(N_("取消下步")) as unit:
            steps.cancel(unit, step_id, reason)

    def give(self, step_ids: Sequence[int], staff_id: int) -> int:
        """Hand open steps over to another person as one act; return how many changed hands."""
        from app.services.followups import steps

        self._context.require("write")
        with self._context.write(N_("转交下步")) as unit:
            return steps.give(unit, step_ids, staff_id)

    def remove(self, followup_id: int) -> None:
        """Put a follow-up into the recycle bin."""
        from app.models.tables.followups import FollowUp

        self._context.require("write")
        with self._context.write(N_("删除跟单")) as unit:
            unit.remove(FollowUp, followup_id)

    def agenda(self, staff_id: int = 0) -> Agenda:
        """Return Today for one person, or for all with 0."""
        return self._read_agenda(staff_id)

    def first_steps(self, staff_id: int = 0) -> Agenda | None:
        """Return Today with its first steps alone, None when even they take long to find."""
        ahead, self._ahead = self._ahead, {}
        if staff_id in ahead:
            return ahead[staff_id]
        with self._context.read() as reader:
            if first_page.open_count(reader, staff_id) > AT_ONCE:
                return None
        return self._read_agenda(staff_id, AT_FIRST)

    def read_ahead(self) -> None:
        """Read the first steps of the person who acts before the window asks for them, once.

        For the start alone, on another thread, while nobody can write yet.
        """
        staff_id = self._context.actor.staff_id
        self._ahead = {staff_id: self._read_agenda(staff_id, AT_FIRST)}

    def _read_agenda(self, staff_id: int, limit: int = 0) -> Agenda:
        with self._context.read() as reader:
            return agenda.read_agenda(reader, staff_id, self._context.now(), self._office, limit)

    def called_today(self, staff_id: int = 0) -> tuple[int, ...]:
        """Return the customers somebody (0 is anybody) talked to on the phone today."""
        with self._context.read() as reader:
            return first_page.called(reader, staff_id, self._context.today().isoformat())

    def step(self, step_id: int) -> StepView | None:
        """Return one next step."""
        from app.services.followups import steps

        with self._context.read() as reader:
            return steps.read_step(reader, step_id)

    def record(self, customer_id: int) -> StepRecord:
        """Return a customer's open steps and how punctual the closed ones were."""
        from app.services.followups import steps

        with self._context.read() as reader:
            return steps.read_record(reader, customer_id)

    def days(self, staff_id: int, first: date, last: date) -> tuple[PlannedStep, ...]:
        """Return the open steps of a person (0 is all) that end on days of a range."""
        from app.services.followups import calendar

        with self._context.read() as reader:
            return calendar.read_days(reader, staff_id, first, last, self._office)

    def move(self, step_id: int, day: date) -> SavedFollowup:
        """Put an open step on another day, an appointment at its time of day."""
        from app.services.followups import steps

        self._context.require("write")
        with self._context.write(N_("改下步的日子")) as unit:
            return steps.move(unit, step_id, day, self._office)

    def write_calendar(self, path: Path, staff_id: int = 0) -> int:
        """Write the open and newly closed steps of a person as RFC 5545; return how many.

        Raises ``UserError`` export_failed; a file of before stays then.
        """
        from app.services.followups import icsfile
        from app.services.transfer.outgoing.whole import written_whole

        with self._context.read() as reader:
            content, count = icsfile.written(reader, staff_id, self._context.now())
        with written_whole(path) as draft:
            draft.write_bytes(content)
        return count

    def read_calendar(self, path: Path) -> CalendarTaken:
        """Take the appointments and to-dos of a calendar file as one act.

        Raises ``UserError`` bad_calendar; nothing is kept then.
        """
        from app.services.followups import icsread

        items = icsread.read_file(path, self._office)
        self._context.require("write")
        with self._context.write(N_("导入日历")) as unit:
            return icsread.take(unit, items, self._office)

    def calls(self, staff_id: int) -> tuple[Call, ...]:
        """Return the steps of a person whose reminder has come and was not seen."""
        from app.services.followups import reminding

        with self._context.read() as reader:
            return reminding.read_calls(reader, staff_id, self._context.now())

    def saw_calls(self, step_ids: Sequence[int]) -> None:
        """Note that the person has seen the reminders of these steps."""
        from app.services.followups import reminding

        with self._context.write() as unit:
            reminding.seen(unit, step_ids)

    def snooze(self, step_ids: Sequence[int], until: int) -> None:
        """Let the reminders of these steps come again at an instant (ms)."""
        from app.services.followups import reminding

        with self._context.write() as unit:
            reminding.snooze(unit, step_ids, until)

    def chain_health(self, staff_id: int = 0) -> ChainHealth:
        """Return how many live customers have an open step that is not overdue."""
        from app.services.followups import chains

        with self._context.read() as reader:
            return chains.read_health(reader, staff_id, self._context.now())

    def best_next(self, staff_id: int, skipped: Sequence[int] = ()) -> BestNext | None:
        """Return the customer of a person that presses most, with the reasons."""
        from app.services.followups import chains

        with self._context.read() as reader:
            return chains.read_best(reader, staff_id, self._context.now(), self._office, skipped)

    def timeline(
        self, customer_id: int, *, limit: int = EVERYTHING, before: int | None = None
    ) -> list[TimelineEntry]:
        """Return a customer's history, newest first."""
        from app.services.followups import timeline

        with self._context.read() as reader:
            return timeline.read_timeline(
                reader, customer_id, self._office, limit=limit, before=before
            )

    def count(self, customer_id: int) -> int:
        """Return the number of follow-ups of a customer."""
        from app.services.followups import timeline

        with self._context.read() as reader:
            return timeline.count_followups(reader, customer_id)
