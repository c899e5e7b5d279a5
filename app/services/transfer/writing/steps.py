"""Write next steps: due as written, or in the window of an earlier export."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from typing import TypeAlias

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.followups import NextStep
from app.models.values import nextstep
from app.models.values.clock import Instant
from app.models.values.dates import parse_day
from app.models.values.nextstep import Bucket, Window
from app.models.values.nextstep.typed import parse_when
from app.models.values.reasons import Unreadable
from app.services.transfer import words
from app.services.transfer.drafts import ImportedCustomer, ImportedStep
from app.services.transfer.outcomes import Outcome, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError, Writer
from app.services.transfer.writing.lookup import Customers, Seen, in_parts
from app.services.transfer.writing.wanted import decide, key_of_row, require_customer

_Content: TypeAlias = tuple[int, int, int, str, str, str]
_Resolved: TypeAlias = tuple[str, Window]


def plan_word(written: str) -> str:
    """Return the code of a plan kind, or the word itself if the office made it."""
    found = nextstep.plan_of(written) if written else None
    return str(found) if found else written


def window_of(desk: Desk, written: str, at: Instant) -> tuple[Bucket, Window] | None:
    """Read a next step's day as files write it (2026/12/1), None if it is no day."""
    try:
        day = parse_day(written, today=desk.today)
    except Unreadable:
        return None
    if day is None:
        return None
    return nextstep.resolve(Bucket.date, at, desk.office.zone, desk.office.hours, day=day)


class StepBook:
    """Open the next steps that stand in rows of customers, each once."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._known: set[tuple[int, int, str]] = set()

    def load(self, reader: Reader, customer_ids: Collection[int]) -> None:
        """Read the next steps of customers."""
        chosen = select(NextStep.customer_id, NextStep.window_end, NextStep.what).where(
            NextStep.deleted_at == 0
        )
        for part in in_parts(customer_ids):
            rows = reader.rows(chosen.where(NextStep.customer_id.in_(part)))
            self._known.update((row[0], row[1], row[2]) for row in rows)

    def open(self, entry: Entry, customer_id: int, staff_id: int) -> None:
        """Put a customer's next step on the pile unless it has it, or was met since."""
        draft: ImportedCustomer = entry.draft
        desk, written = self.desk, draft.next_when
        found = parse_when(written, desk.now, desk.office.zone, desk.office.hours)
        found = found or window_of(desk, written, desk.now)
        if found is None:
            desk.warn(entry, "next_when", written, N_("看不懂的时间，下步没有记"))
            return
        bucket, window = found
        what = draft.next_what.strip()
        content = (customer_id, window.end, what)
        if content in self._known or any(one.at >= window.end for one in draft.followups):
            return
        self._known.add(content)
        desk.pile.add(
            NextStep,
            customer_id=customer_id,
            staff_id=staff_id,
            bucket=str(bucket),
            anchor_at=desk.now,
            window_start=window.start,
            window_end=window.end,
            has_clock=window.has_clock,
            what=what,
        )


class StepWriter(Writer):
    """Write rows of next steps."""

    def __init__(self, desk: Desk, customers: Customers) -> None:
        super().__init__(desk)
        self._customers = customers
        self._seen = Seen()
        self._met: Counter[_Content] = Counter()

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk and their next steps."""
        keys = [key_of_row(entry.draft) for entry in entries]
        self._customers.load(reader, (key for some in keys for key in some))
        contents = [
            self._content(customer_id, entry.draft, found)
            for entry, some in zip(entries, keys, strict=True)
            if (customer_id := self._customers.find(some)[0])
            and (found := self._resolve(entry.draft))
        ]
        missing = self._seen.missing(contents)
        chosen = select(
            NextStep.customer_id,
            NextStep.window_start,
            NextStep.window_end,
            NextStep.plan_kind,
            NextStep.what,
            NextStep.state,
        ).where(NextStep.deleted_at == 0)
        for part in in_parts(sorted({one[0] for one in missing})):
            for row in reader.rows(chosen.where(NextStep.customer_id.in_(part))):
                self._seen.add(tuple(row))

    @staticmethod
    def _content(customer_id: int, draft: ImportedStep, found: _Resolved) -> _Content:
        window = found[1]
        plan = plan_word(draft.plan_kind)
        return (customer_id, window.start, window.end, plan, draft.what.strip(), draft.state)

    def _resolve(self, draft: ImportedStep) -> _Resolved | None:
        desk, entered = self.desk, draft.entered_at or self.desk.now
        if draft.window_start is not None and draft.window_end is not None:
            bucket = words.code_of(words.BUCKETS, draft.when) or str(Bucket.date)
            return bucket, Window(draft.window_start, draft.window_end, draft.has_clock)
        found = parse_when(draft.when, entered, desk.office.zone, desk.office.hours)
        found = found or window_of(desk, draft.when, entered)
        return (str(found[0]), found[1]) if found else None

    def take(self, entry: Entry) -> RowPlan:
        """Write one next step unless the customer has it."""
        draft: ImportedStep = entry.draft
        customer_id = require_customer(self._customers, draft)
        found = self._resolve(draft)
        if found is None:
            raise RowRefusedError("when", draft.when, N_("看不懂的时间"))
        content = self._content(customer_id, draft, found)
        known = self._seen.count(content) > self._met[content]
        self._met[content] += 1
        outcome = decide(self.desk.choice(entry).policy, known=known)
        if outcome is Outcome.create:
            self._seen.add(content)
            self._add(entry, customer_id, found)
        name = str(self._customers.rows[customer_id]["name"])
        return RowPlan(
            entry.key, name, outcome, 0, name if known else "", "content" if known else ""
        )

    def _add(self, entry: Entry, customer_id: int, found: _Resolved) -> None:
        draft: ImportedStep = entry.draft
        bucket, window = found
        self.desk.pile.add(
            NextStep,
            customer_id=customer_id,
            staff_id=self._person(entry, customer_id),
            bucket=bucket,
            anchor_at=draft.entered_at or self.desk.now,
            window_start=window.start,
            window_end=window.end,
            has_clock=window.has_clock,
            plan_kind=plan_word(draft.plan_kind),
            what=draft.what.strip(),
            state=draft.state,
            done_at=(draft.done_at or window.end) if draft.state != "open" else 0,
        )

    def _person(self, entry: Entry, customer_id: int) -> int:
        name = entry.draft.staff
        found = self.desk.staff_named(name)
        if name and not found:
            self.desk.warn(entry, "staff", name, N_("员工名单里没有这个人，归给了客户负责人"))
        given = self.desk.owner_id if self.desk.options.owner else 0
        owner = int(self._customers.rows[customer_id].get("owner_id") or 0)
        return found or given or owner or self.desk.owner_id
