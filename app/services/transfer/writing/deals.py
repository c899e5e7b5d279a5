"""Write opportunities and payments."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.deals import Opportunity, Payment
from app.services.transfer.drafts import ImportedOpportunity, ImportedPayment
from app.services.transfer.outcomes import FieldChange, Outcome, RowPlan
from app.services.transfer.writing.contracts import ContractBook
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError
from app.services.transfer.writing.lookup import Customers, Seen, in_parts
from app.services.transfer.writing.owned import OwnedWriter
from app.services.transfer.writing.staff import compare
from app.services.transfer.writing.wanted import decide, require_customer


class OpportunityWriter(OwnedWriter):
    """Write rows of opportunities; they are found again by customer and name."""

    def __init__(self, desk: Desk, customers: Customers) -> None:
        super().__init__(desk, customers)
        self._known: dict[tuple[int, str], list[dict[str, Any]]] = {}
        self._loaded: set[int] = set()

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk and their opportunities."""
        ids = set(self.load_customers(reader, entries)) - {0}
        columns = ("id", "customer_id", "name", *_CHANCE)
        chosen = select(*(getattr(Opportunity, name) for name in columns))
        for part in in_parts(sorted(ids - self._loaded)):
            self._loaded.update(part)
            mine = (Opportunity.customer_id.in_(part), Opportunity.deleted_at == 0)
            for row in reader.rows(chosen.where(*mine).order_by(Opportunity.id)):
                known = dict(zip(columns, row, strict=True))
                self._known.setdefault((known["customer_id"], known["name"]), []).append(known)

    def take(self, entry: Entry) -> RowPlan:
        """Write one opportunity."""
        draft: ImportedOpportunity = entry.draft
        choice = self.desk.choice(entry)
        customer_id = require_customer(self._customers, draft)
        fresh: dict[str, Any] = {name: getattr(draft, name) for name in _CHANCE}
        fresh["expected_fen"] = -1 if draft.expected_fen is None else draft.expected_fen
        known = self._find(customer_id, draft)
        outcome = decide(choice.policy, known=known is not None)
        changes: tuple[FieldChange, ...] = ()
        if outcome is Outcome.create:
            fresh["created_on"] = draft.created_on or self.desk.today
            if draft.state != "open":
                fresh["closed_on"] = draft.closed_on or self.desk.today
            owner_id = self.person(entry, "owner", draft.owner, customer_id)
            values = {"customer_id": customer_id, "name": draft.name, **fresh}
            row_id = self.desk.pile.add(Opportunity, owner_id=owner_id, **values)
            self._known.setdefault((customer_id, draft.name), []).append({"id": row_id, **values})
        elif known is not None:
            changes = compare(known, fresh, choice.policy, choice.taken)
            taken = {change.field: fresh[change.field] for change in changes if change.taken}
            if outcome is Outcome.update and taken:
                self.desk.pile.change(Opportunity, known["id"], **taken)
                known |= taken
        matched_id, name = (known["id"], known["name"]) if known else (0, "")
        found_by = "name" if known else ""
        return RowPlan(entry.key, draft.name, outcome, matched_id, name, found_by, changes)

    def _find(self, customer_id: int, draft: ImportedOpportunity) -> dict[str, Any] | None:
        """Return the same opportunity: one of this name, and of this day if both tell one."""
        for known in self._known.get((customer_id, draft.name), ()):
            if draft.created_on in (None, known["created_on"]) or known["created_on"] is None:
                return known
        return None


_CHANCE = ("expected_fen", "expected_on", "created_on", "state", "closed_on", "reason", "note")


class PaymentWriter(OwnedWriter):
    """Write rows of payments; they are found again by code, else by content."""

    def __init__(self, desk: Desk, customers: Customers, contracts: ContractBook) -> None:
        super().__init__(desk, customers)
        self._contracts = contracts
        self._codes: dict[str, int] = {}
        self._seen = Seen()
        self._met: dict[tuple[Any, ...], int] = {}

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up customers, contracts and known payments of a chunk."""
        ids = self.load_customers(reader, entries)
        drafts: list[ImportedPayment] = [entry.draft for entry in entries]
        self._contracts.load_codes(reader, (draft.contract_code for draft in drafts))
        owners = {self._customer(draft, one) for draft, one in zip(drafts, ids, strict=True)}
        self._customers.load_rows(reader, owners - {0})
        alive = Payment.deleted_at == 0
        for part in in_parts(draft.code for draft in drafts if draft.code):
            rows = reader.rows(
                select(Payment.code, Payment.id).where(Payment.code.in_(part), alive)
            )
            self._codes.update({row[0]: row[1] for row in rows})
        contents = (self._content(draft, one) for draft, one in zip(drafts, ids, strict=True))
        missing = self._seen.missing(contents)
        chosen = select(
            Payment.customer_id, Payment.contract_id, Payment.paid_on, Payment.amount_fen
        ).where(alive)
        for part in in_parts(sorted({one[0] for one in missing})):
            for row in reader.rows(chosen.where(Payment.customer_id.in_(part))):
                self._seen.add(tuple(row))

    def _contract(self, draft: ImportedPayment) -> dict[str, Any] | None:
        return self._contracts.by_code.get(draft.contract_code) if draft.contract_code else None

    def _customer(self, draft: ImportedPayment, named: int) -> int:
        contract = self._contract(draft)
        return int(contract["customer_id"]) if contract else named

    def _content(self, draft: ImportedPayment, named: int) -> tuple[Any, ...]:
        contract = self._contract(draft)
        contract_id = contract["id"] if contract else 0
        return (self._customer(draft, named), contract_id, draft.paid_on, draft.amount_fen)

    def take(self, entry: Entry) -> RowPlan:
        """Write one payment; a refund without a note says 退款."""
        draft: ImportedPayment = entry.draft
        customer_id = self._require(entry)
        content = self._content(draft, customer_id)
        self._seen.missing([content])
        number = self._met.get(content, 0)
        self._met[content] = number + 1
        known_id = self._codes.get(draft.code, 0) if draft.code else 0
        known = known_id > 0 or (not draft.code and self._seen.count(content) > number)
        outcome = decide(self.desk.choice(entry).policy, known=known)
        if outcome is Outcome.create:
            self._add(entry, customer_id, content)
        found_by = "" if not known else "code" if draft.code else "content"
        subject = draft.code or draft.contract_code or self.name_of(customer_id)
        return RowPlan(entry.key, subject, outcome, known_id, draft.code, found_by)

    def _require(self, entry: Entry) -> int:
        draft: ImportedPayment = entry.draft
        if draft.contract_code and self._contract(draft) is None:
            if not (draft.customer or draft.customer_code):
                reason = N_("没有这个编号的合同，先导入合同")
                raise RowRefusedError("contract_code", draft.contract_code, reason)
            reason = N_("没有这个编号的合同，回款先记在客户名下")
            self.desk.warn(entry, "contract_code", draft.contract_code, reason)
        contract = self._contract(draft)
        return (
            int(contract["customer_id"]) if contract else require_customer(self._customers, draft)
        )

    def _add(self, entry: Entry, customer_id: int, content: tuple[Any, ...]) -> None:
        draft: ImportedPayment = entry.draft
        contract = self._contract(draft)
        signer = int(contract["signer_id"]) if contract else 0
        named = self.person(entry, "staff", draft.staff, customer_id)
        note = draft.note.strip()
        payment_id = self.desk.pile.add(
            Payment,
            customer_id=customer_id,
            contract_id=content[1],
            code=draft.code,
            paid_on=draft.paid_on,
            amount_fen=draft.amount_fen,
            method=draft.method,
            staff_id=named if draft.staff or not signer else signer,
            note=note or ("退款" if draft.amount_fen < 0 else ""),
        )
        self._seen.add(content)
        if draft.code:
            self._codes[draft.code] = payment_id
