"""Write the entries of a chunk, kind by kind, with what an import knows so far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from sqlalchemy import select

from app.models.store.reader import Reader
from app.models.tables.staff import Staff
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import Outcome, RowIssue, RowPlan
from app.services.transfer.read import SheetResult
from app.services.transfer.writing.carried import (
    DefinitionWriter,
    MoveWriter,
    RadarWriter,
    ValueWriter,
)
from app.services.transfer.writing.contracts import ContractBook, ContractWriter
from app.services.transfer.writing.customers import CustomerWriter
from app.services.transfer.writing.deals import OpportunityWriter, PaymentWriter
from app.services.transfer.writing.defined import DefinedFeatures
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError, Writer, entries_of
from app.services.transfer.writing.features import FeatureBook
from app.services.transfer.writing.followups import FollowupBook, FollowupWriter
from app.services.transfer.writing.lookup import Customers
from app.services.transfer.writing.people import ContactBook, ContactWriter
from app.services.transfer.writing.staff import ProductWriter, StaffWriter
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.steps import StepBook, StepWriter
from app.services.transfer.writing.tags import TagBook


class Scribe:
    """The writers of one import over one desk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.issues: list[RowIssue] = []
        self._customers = Customers()
        self._contacts = ContactBook(desk)
        self._stages = Stages(desk)
        self._features = FeatureBook(desk)
        self._tags = TagBook(desk)
        self._followups = FollowupBook(desk, self._customers, self._contacts, self._stages)
        contracts, defined = ContractBook(), DefinedFeatures()
        known = self._customers
        self._writers: dict[Kind, Writer] = {
            Kind.staff: StaffWriter(desk),
            Kind.products: ProductWriter(desk),
            Kind.customers: CustomerWriter(
                desk,
                known,
                self._contacts,
                self._followups,
                self._stages,
                self._features,
                self._tags,
                StepBook(desk),
            ),
            Kind.contacts: ContactWriter(desk, known, self._contacts),
            Kind.opportunities: OpportunityWriter(desk, known),
            Kind.contracts: ContractWriter(desk, known, contracts, self._stages),
            Kind.payments: PaymentWriter(desk, known, contracts),
            Kind.followups: FollowupWriter(
                desk, known, self._contacts, self._followups, self._stages
            ),
            Kind.next_steps: StepWriter(desk, known),
            Kind.features: DefinitionWriter(desk, defined),
            Kind.feature_values: ValueWriter(desk, known, defined),
            Kind.radar: RadarWriter(desk, known),
            Kind.stage_moves: MoveWriter(desk, known, self._stages),
        }

    def begin(self, reader: Reader) -> None:
        """Read what every chunk needs: the staff, the stages and the features."""
        alive = select(Staff.name, Staff.id).where(Staff.deleted_at == 0).order_by(Staff.id)
        for name, staff_id in reader.rows(alive):
            self.desk.staff.setdefault(name, staff_id)
        self._stages.load_path(reader)
        self._features.load_fields(reader)
        self._tags.load_list(reader)

    def take(self, reader: Reader, entries: Sequence[Entry]) -> Iterator[RowPlan]:
        """Put the rows of a chunk on the pile, telling what becomes of each."""
        for kind, group in groupby(entries, key=lambda entry: entry.key.kind):
            writer, listed = self._writers[kind], list(group)
            writer.prepare(reader, listed)
            for entry in listed:
                yield self._taken(writer, entry)

    def _taken(self, writer: Writer, entry: Entry) -> RowPlan:
        self.desk.contact_count = self.desk.followup_count = 0
        try:
            taken = writer.take(entry)
        except RowRefusedError as refused:
            issue = entry.issue(refused.field_key, refused.value, refused.reason, fatal=True)
            self.issues.append(issue)
            return RowPlan(entry.key, refused.value, Outcome.error)
        if entry.key.kind is not Kind.customers:
            return taken
        return replace(taken, contacts=self.desk.contact_count, followups=self.desk.followup_count)

    def forget(self) -> None:
        """Drop the rows that the book holds now; keys stay."""
        self._customers.forget_rows()
        self._contacts.known.forget()
        self._stages.forget()
        self._features.forget()
        self._tags.forget()


def in_order(sheets: Iterable[SheetResult]) -> list[Entry]:
    """Return all entries kind by kind, contracts and follow-ups in the order of their days."""
    entries = [entry for sheet in sheets for entry in entries_of(sheet)]
    order = list(Kind)
    return sorted(entries, key=lambda entry: (order.index(entry.key.kind), _moment(entry)))


def _moment(entry: Entry) -> tuple[bool, int]:
    """Return what rows of a kind are sorted by; contracts without a code come last."""
    if entry.key.kind is Kind.followups:
        return (False, int(entry.draft.at))
    if entry.key.kind is not Kind.contracts:
        return (False, 0)
    signed_on = entry.draft.signed_on
    return (not entry.draft.code, signed_on.toordinal() if signed_on else 0)
