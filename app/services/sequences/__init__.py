"""动作序列: standard steps with versions, who goes through them, and what they bring (1.7)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import N_
from app.services.sequences import reading, writing
from app.services.sequences.templates import SequenceTemplate, templates

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.customers.bulk import Bulk, Chosen, Done
    from app.services.jobs import Progress
    from app.services.sequences.drafts import (
        EnrolmentView,
        SequenceDraft,
        SequenceView,
        TalkTrack,
        VersionDraft,
        VersionView,
    )
    from app.services.sequences.shapes import ReportQuery, SequenceReport


class Sequences:
    """Define sequences, enrol customers and measure what comes of it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, *, with_archived: bool = False) -> list[SequenceView]:
        """Return the sequences in order; those put away on request only."""
        with self._context.read() as reader:
            return reading.read_sequences(reader, with_archived=with_archived)

    def one(self, sequence_id: int) -> SequenceView:
        """Return a sequence; raise ``UserError`` no_such_sequence."""
        with self._context.read() as reader:
            return reading.sequence_of(reader, sequence_id)

    def versions(self, sequence_id: int) -> list[VersionView]:
        """Return every wording of a sequence, the newest first."""
        with self._context.read() as reader:
            return reading.read_versions(reader, sequence_id)

    def templates(self) -> tuple[SequenceTemplate, ...]:
        """Return the shipped sequences."""
        return templates()

    def add(self, draft: SequenceDraft) -> int:
        """Keep a new sequence and return its id.

        Raises ``UserError`` sequence_unnamed, sequence_taken, sequence_empty, bad_step.
        """
        self._context.require("manage")
        with self._context.write(N_("新建动作序列")) as unit:
            return writing.add_sequence(unit, draft)

    def save(
        self, sequence_id: int, draft: VersionDraft, *, name: str = "", auto: bool | None = None
    ) -> int:
        """Let a new wording hold from now on and return its id; the earlier ones stay.

        Who runs through an earlier one goes on with it. Nothing is written when nothing
        differs.
        """
        self._context.require("manage")
        with self._context.write(N_("修改动作序列")) as unit:
            if name:
                writing.rename(unit, sequence_id, name)
            if auto is not None:
                writing.set_auto(unit, sequence_id, auto=auto)
            return writing.save_version(unit, sequence_id, draft)

    def try_version(self, sequence_id: int, draft: VersionDraft) -> int:
        """Put a wording on trial: every second customer that is enrolled from now on takes it."""
        self._context.require("manage")
        with self._context.write(N_("试行新版本")) as unit:
            return writing.try_version(unit, sequence_id, draft)

    def end_trial(self, sequence_id: int, *, adopt: bool) -> None:
        """End a trial: adopt its wording or go on with the present one."""
        self._context.require("manage")
        with self._context.write(N_("结束试行")) as unit:
            writing.end_trial(unit, sequence_id, adopt=adopt)

    def change(
        self, sequence_id: int, *, auto: bool | None = None, archived: bool | None = None
    ) -> None:
        """Let a sequence enrol customers by itself or not, put it away or take it out again."""
        from app.models.tables.sequences import ActionSequence

        self._context.require("manage")
        with self._context.write(N_("修改动作序列")) as unit:
            if auto is not None:
                writing.set_auto(unit, sequence_id, auto=auto)
            if archived is not None:
                unit.change(ActionSequence, sequence_id, archived=archived)

    def enrol(self, customer_id: int, sequence_id: int) -> int:
        """Begin a sequence at a customer; return the enrolment, 0 when it runs there already.

        Raises ``UserError`` customer_gone, no_such_sequence.
        """
        from app.services.sequences import enrolling

        self._context.require("write")
        with self._context.write(N_("加入动作序列")) as unit:
            return enrolling.enrol(unit, customer_id, reading.sequence_of(unit, sequence_id))

    def enrol_many(self, bulk: Bulk, chosen: Chosen, sequence_id: int, progress: Progress) -> Done:
        """Begin a sequence at many customers, at each for its owner."""
        from app.services.sequences import enrolling

        sequence = self.one(sequence_id)

        def act(unit: Unit, customer_id: int) -> None:
            enrolling.enrol(unit, customer_id, sequence)

        return bulk.write(N_("加入动作序列"), chosen, act, progress)

    def stop(self, enrolment_id: int) -> None:
        """Take a customer out of a sequence; raise ``UserError`` not_enrolled."""
        from app.services.sequences import enrolling

        self._context.require("write")
        with self._context.write(N_("退出动作序列")) as unit:
            enrolling.stop(unit, enrolment_id)

    def of_customer(self, customer_id: int) -> list[EnrolmentView]:
        """Return a customer's enrolments, the newest first."""
        from app.services.sequences import standing

        with self._context.read() as reader:
            return standing.read_enrolments(reader, customer_id)

    def talk_of(self, next_step_id: int) -> TalkTrack | None:
        """Return what a next step of a sequence asks for, None for one of no sequence."""
        from app.services.sequences import standing

        with self._context.read() as reader:
            return standing.read_talk(reader, next_step_id)

    def report(self, query: ReportQuery, progress: Progress | None = None) -> SequenceReport:
        """Return survivors, times, paths, adherence and versions (1.7, screen 07).

        Reads the whole chain of every customer asked for, so in a job. Raises ``UserError``
        no_such_sequence, bad_period.
        """
        from app.services.jobs import Progress as Told
        from app.services.kpi.spans import own_range
        from app.services.sequences.reporting import read_report

        own_range(query.first, query.last)
        with self._context.read() as reader:
            return read_report(
                reader, query, self._context.today(), self._context.zone, progress or Told()
            )

    def lost_at(
        self, query: ReportQuery, place: int, progress: Progress | None = None
    ) -> tuple[int, ...]:
        """Return the customers that came to a step (from 1) and no further."""
        from app.services.jobs import Progress as Told
        from app.services.sequences import reporting

        today, zone = self._context.today(), self._context.zone
        with self._context.read() as reader:
            return reporting.lost_at(reader, query, place, today, zone, progress or Told())

    def learn(self, query: ReportQuery, progress: Progress | None = None) -> VersionDraft:
        """Return a wording learnt from the most frequent winning path; raise too_few_wins."""
        from app.services.jobs import Progress as Told
        from app.services.sequences import learning

        today, zone = self._context.today(), self._context.zone
        with self._context.read() as reader:
            return learning.learn(reader, query, today, zone, progress or Told())

    def proposal(self, leak: str) -> tuple[SequenceView, VersionDraft] | None:
        """Return the first sequence with the wording that a leak suggests, None without one."""
        from app.services.features import read_fields
        from app.services.sequences.proposing import propose

        with self._context.read() as reader:
            asked = [one.id for one in read_fields(reader) if one.required]
            for sequence in reading.read_sequences(reader):
                draft = propose(sequence.current.draft(), leak, asked)
                if draft is not None:
                    return sequence, draft
        return None
