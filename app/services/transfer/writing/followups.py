"""Write follow-ups with the author and the day they tell, each only once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, TypeAlias

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import actions
from app.models.values.dates import business_day
from app.models.values.nextstep.typed import parse_when
from app.models.values.text import fold
from app.services.customers.stages import FIRST_VISIT
from app.services.transfer.drafts import ImportedFollowup
from app.services.transfer.outcomes import Outcome, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, Writer
from app.services.transfer.writing.lookup import Customers, Seen, in_parts
from app.services.transfer.writing.people import ContactBook
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.steps import plan_word, window_of
from app.services.transfer.writing.wanted import decide, key_of_row, require_customer

_Content: TypeAlias = tuple[int, int, str, str]
"""Customer, instant, channel and words: what makes two follow-ups the same record."""


def _content(customer_id: int, draft: ImportedFollowup) -> _Content:
    return (customer_id, draft.at, str(draft.channel), draft.content.strip())


class FollowupBook:
    """Find and write follow-ups."""

    def __init__(
        self, desk: Desk, customers: Customers, contacts: ContactBook, stages: Stages
    ) -> None:
        self.desk = desk
        self._customers = customers
        self._contacts = contacts
        self._stages = stages
        self._seen = Seen()
        self._folds: set[str] = set()

    def prepare(self, reader: Reader, written: Iterable[tuple[int, ImportedFollowup]]) -> None:
        """Look up which of these follow-ups the book has, and which days count already."""
        listed = [(customer_id, draft) for customer_id, draft in written if customer_id]
        missing = self._seen.missing(_content(*one) for one in listed)
        self._count_known(reader, missing)
        folds = {key for one in listed if (key := self._fold_key(*one))}
        chosen = select(FollowUp.fold_key).where(FollowUp.counts, FollowUp.deleted_at == 0)
        for part in in_parts(sorted(folds - self._folds)):
            found = reader.rows(chosen.where(FollowUp.fold_key.in_(part)))
            self._folds.update(row[0] for row in found)

    def _count_known(self, reader: Reader, missing: Sequence[_Content]) -> None:
        chosen = select(FollowUp.customer_id, FollowUp.at, FollowUp.channel, FollowUp.content)
        ids = {key[0] for key in missing}
        instants = [key[1] for key in missing]
        if not instants:
            return
        between = FollowUp.at.between(min(instants), max(instants))
        for part in in_parts(sorted(ids)):
            mine = (FollowUp.customer_id.in_(part), FollowUp.deleted_at == 0, between)
            for row in reader.rows(chosen.where(*mine)):
                self._seen.add(tuple(row))

    def _fold_key(self, customer_id: int, draft: ImportedFollowup) -> str:
        day = business_day(draft.at, self.desk.office.zone)
        contact_id = self._contact(customer_id, draft)
        return actions.collapse_key(draft.channel, customer_id, contact_id, day) or ""

    def _contact(self, customer_id: int, draft: ImportedFollowup) -> int:
        if not draft.contact:
            return 0
        name = fold(draft.contact)
        found = (one.id for one in self._contacts.known.at(customer_id) if one.name == name)
        return next(found, 0)

    def is_known(self, customer_id: int, draft: ImportedFollowup) -> bool:
        """Tell whether the book, or this import, holds the record already."""
        return self._seen.count(_content(customer_id, draft)) > draft.number

    def take(self, entry: Entry, customer_id: int, draft: ImportedFollowup) -> bool:
        """Write a follow-up unless it is known; tell whether it was new."""
        content = _content(customer_id, draft)
        self._seen.missing([content])
        if self.is_known(customer_id, draft):
            return False
        self._seen.add(content)
        followup_id = self.add(entry, customer_id, draft)
        if draft.next_when:
            self._open_step(entry, customer_id, draft, followup_id)
        return True

    def add(self, entry: Entry, customer_id: int, draft: ImportedFollowup) -> int:
        """Put a follow-up on the pile; the first one moves the stage at its own day."""
        office = self.desk.office
        on = business_day(draft.at, office.zone)
        fold_key = self._fold_key(customer_id, draft)
        counts = actions.counts_for_kpi(
            draft.channel, draft.outcome, draft.duration_s, draft.direction
        ) and not (fold_key and fold_key in self._folds)
        if counts and fold_key:
            self._folds.add(fold_key)
        followup_id = self.desk.pile.add(
            FollowUp,
            customer_id=customer_id,
            at=draft.at,
            on=on,
            staff_id=self.author(entry, customer_id, draft.staff),
            channel=str(draft.channel),
            direction=str(draft.direction),
            outcome=str(draft.outcome),
            duration_s=draft.duration_s,
            content=draft.content.strip(),
            plan_kind=plan_word(draft.plan_kind),
            counts=counts,
            fold_key=fold_key,
            source="import",
            contact_id=self._contact(customer_id, draft),
        )
        self.desk.followup_count += 1
        self._stages.advance(customer_id, FIRST_VISIT, draft.at, on, followup_id)
        return followup_id

    def author(self, entry: Entry, customer_id: int, name: str) -> int:
        """Return who wrote it: as named, else the import's owner, else the customer's."""
        found = self.desk.staff_named(name)
        if found:
            return found
        if name:
            reason = N_("员工名单里没有这个人，记在了客户负责人名下")
            self.desk.warn(entry, _STAFF_FIELD.get(entry.key.kind, "followups"), name, reason)
        given = self.desk.owner_id if self.desk.options.owner else 0
        row = self._customers.rows.get(customer_id, {})
        return given or int(row.get("owner_id") or 0) or self.desk.owner_id

    def _open_step(
        self, entry: Entry, customer_id: int, draft: ImportedFollowup, followup_id: int
    ) -> None:
        found = parse_when(
            draft.next_when, draft.at, self.desk.office.zone, self.desk.office.hours
        ) or window_of(self.desk, draft.next_when, draft.at)
        if found is None:
            self.desk.warn(entry, "next_when", draft.next_when, N_("看不懂的时间，下步没有记"))
            return
        bucket, window = found
        self.desk.pile.add(
            NextStep,
            customer_id=customer_id,
            staff_id=self.author(entry, customer_id, draft.staff),
            bucket=str(bucket),
            anchor_at=draft.at,
            window_start=window.start,
            window_end=window.end,
            has_clock=window.has_clock,
            plan_kind=plan_word(draft.next_plan),
            what=draft.next_what.strip(),
            parent_followup_id=followup_id,
        )


_STAFF_FIELD = {"followups": "staff"}


class FollowupWriter(Writer):
    """Write rows of follow-ups."""

    def __init__(
        self,
        desk: Desk,
        customers: Customers,
        contacts: ContactBook,
        book: FollowupBook,
        stages: Stages,
    ) -> None:
        super().__init__(desk)
        self._customers = customers
        self._contacts = contacts
        self._book = book
        self._stages = stages

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk and what they have."""
        keys = [key_of_row(entry.draft) for entry in entries]
        self._customers.load(reader, (key for some in keys for key in some))
        ids = [self._customers.find(some)[0] for some in keys]
        named = {one for one, entry in zip(ids, entries, strict=True) if entry.draft.contact}
        self._contacts.known.load(reader, named)
        self._stages.load(reader, set(ids) - {0})
        drafts: list[Any] = [entry.draft for entry in entries]
        self._book.prepare(reader, zip(ids, drafts, strict=True))

    def take(self, entry: Entry) -> RowPlan:
        """Write one follow-up unless it is known."""
        draft: ImportedFollowup = entry.draft
        customer_id = require_customer(self._customers, draft)
        known = self._book.is_known(customer_id, draft)
        outcome = decide(self.desk.choice(entry).policy, known=known)
        if outcome is Outcome.create:
            self._book.take(entry, customer_id, draft)
        name = str(self._customers.rows[customer_id]["name"])
        return RowPlan(
            entry.key, name, outcome, 0, name if known else "", "content" if known else ""
        )
