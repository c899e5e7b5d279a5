"""Write opportunities, contracts with their shares, and payments."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.unit import Reader
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.values.deals import is_signing
from app.services.customers.stages import SIGNED
from app.services.transfer.drafts import (
    ImportedContract,
    ImportedOpportunity,
    ImportedPayment,
)
from app.services.transfer.outcomes import FieldChange, Outcome, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError, Writer
from app.services.transfer.writing.lookup import Customers, Seen, in_parts
from app.services.transfer.writing.staff import compare
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.wanted import decide, key_of_row, require_customer

_CONTRACT = (
    "id",
    "customer_id",
    "code",
    "name",
    "kind",
    "as_new",
    "status",
    "signed_on",
    "amount_fen",
    "signer_id",
    "void_on",
    "void_reason",
    "note",
)
_COMPARED = ("name", "status", "signed_on", "amount_fen", "void_on", "void_reason", "note")


class _Owned(Writer):
    """What rows at customers share: finding the customer, and the person in charge."""

    def __init__(self, desk: Desk, customers: Customers) -> None:
        super().__init__(desk)
        self._customers = customers

    def load_customers(self, reader: Reader, entries: Sequence[Entry]) -> list[int]:
        """Look up the customers of a chunk; 0 stands for one not known."""
        keys = [key_of_row(entry.draft) for entry in entries]
        self._customers.load(reader, (key for some in keys for key in some))
        return [self._customers.find(some)[0] for some in keys]

    def person(self, entry: Entry, field_key: str, name: str, customer_id: int) -> int:
        """Return the person named, else the import's owner, else the customer's."""
        found = self.desk.staff_named(name)
        if name and not found:
            reason = N_("员工名单里没有这个人，记在了客户负责人名下")
            self.desk.warn(entry, field_key, name, reason)
        given = self.desk.owner_id if self.desk.options.owner else 0
        owner = int(self._customers.rows.get(customer_id, {}).get("owner_id") or 0)
        return found or given or owner or self.desk.owner_id

    def name_of(self, customer_id: int) -> str:
        """Return a customer's name."""
        return str(self._customers.rows.get(customer_id, {}).get("name", ""))


class OpportunityWriter(_Owned):
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


class ContractBook:
    """The contracts of the book and of this import, by code and by content."""

    def __init__(self) -> None:
        self.by_code: dict[str, dict[str, Any]] = {}
        self.by_content: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
        self._loaded: set[int] = set()
        self._last: dict[str, int] = {}

    def load_prefixes(self, reader: Reader, days: Iterable[date]) -> None:
        """Look up the last numbers of contracts of some months."""
        for prefix in {_prefix(day) for day in days} - self._last.keys():
            chosen = select(Contract.code).where(
                Contract.code >= prefix, Contract.code < prefix + "~"
            )
            codes = [*(row[0] for row in reader.rows(chosen)), *self.by_code]
            tails = [code[len(prefix) :] for code in codes if code.startswith(prefix)]
            self._last[prefix] = max((int(tail) for tail in tails if tail.isdecimal()), default=0)

    def next_code(self, day: date) -> str:
        """Return a code for a contract that has none."""
        prefix = _prefix(day)
        self._last[prefix] = self._last.get(prefix, 0) + 1
        return f"{prefix}{self._last[prefix]:03d}"

    def load_codes(self, reader: Reader, codes: Iterable[str]) -> None:
        """Look up contracts by code."""
        fresh = [code for code in codes if code and code not in self.by_code]
        for part in in_parts(fresh):
            for row in reader.rows(_contracts().where(Contract.code.in_(part))):
                known = dict(zip(_CONTRACT, row, strict=True))
                self.by_code.setdefault(known["code"], known)

    def load_contents(self, reader: Reader, customer_ids: Iterable[int]) -> None:
        """Look up the contracts of customers."""
        for part in in_parts(one for one in customer_ids if one not in self._loaded):
            self._loaded.update(part)
            for row in reader.rows(_contracts().where(Contract.customer_id.in_(part))):
                known = dict(zip(_CONTRACT, row, strict=True))
                self.by_content.setdefault(content_of(known), []).append(known)

    def learn(self, row: dict[str, Any], *, coded: bool) -> None:
        """Remember a contract of this import, by the code its file gives or by content."""
        self.by_code.setdefault(row["code"], row)
        if not coded:
            self.by_content.setdefault(content_of(row), []).append(row)


def _prefix(day: date) -> str:
    return f"HT-{day:%y%m}-"


def content_of(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what makes two contracts without a code the same."""
    names = ("customer_id", "name", "signed_on", "amount_fen", "kind")
    return tuple(row[name] for name in names)


def _contracts() -> Any:
    columns = [getattr(Contract, name) for name in _CONTRACT]
    return select(*columns).where(Contract.deleted_at == 0).order_by(Contract.id)


class ContractWriter(_Owned):
    """Write rows of contracts; the first signing moves the stage at its own day."""

    def __init__(
        self, desk: Desk, customers: Customers, book: ContractBook, stages: Stages
    ) -> None:
        super().__init__(desk, customers)
        self._book = book
        self._stages = stages
        self._met: dict[tuple[Any, ...], int] = {}

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk, contracts by code, and by content without one."""
        ids = self.load_customers(reader, entries)
        drafts: list[ImportedContract] = [entry.draft for entry in entries]
        replaced = [draft.replaces for draft in drafts]
        self._book.load_codes(reader, [*(draft.code for draft in drafts), *replaced])
        pairs = zip(ids, drafts, strict=True)
        self._book.load_contents(reader, {one for one, draft in pairs if one and not draft.code})
        uncoded = [draft for draft in drafts if not draft.code]
        self._book.load_prefixes(reader, (draft.signed_on or self.desk.today for draft in uncoded))
        self._stages.load(reader, set(ids) - {0})

    def take(self, entry: Entry) -> RowPlan:
        """Write one contract."""
        draft: ImportedContract = entry.draft
        choice = self.desk.choice(entry)
        customer_id = require_customer(self._customers, draft)
        fresh = self._values(entry, customer_id)
        known = self._known(draft, fresh)
        if known and known["customer_id"] != customer_id:
            raise RowRefusedError("code", draft.code, N_("这个合同编号已经是另一家客户的"))
        outcome = decide(choice.policy, known=known is not None)
        changes: tuple[FieldChange, ...] = ()
        if outcome is Outcome.create:
            self._add(entry, fresh)
        elif known is not None:
            compared = {name: fresh[name] for name in _COMPARED}
            changes = compare(known, compared, choice.policy, choice.taken)
            taken = {change.field: fresh[change.field] for change in changes if change.taken}
            if outcome is Outcome.update and taken:
                self.desk.pile.change(Contract, known["id"], **taken)
                known |= taken
                self._advance(known)
        found_by = "" if known is None else "code" if draft.code else "content"
        matched_id, name = (known["id"], known["code"] or known["name"]) if known else (0, "")
        subject = draft.code or draft.name or self.name_of(customer_id)
        return RowPlan(entry.key, subject, outcome, matched_id, name, found_by, changes)

    def _known(self, draft: ImportedContract, fresh: dict[str, Any]) -> dict[str, Any] | None:
        """Return the same contract; the n-th equal row without a code means the n-th equal one."""
        if draft.code:
            return self._book.by_code.get(draft.code)
        content = content_of(fresh)
        number = self._met.get(content, 0)
        self._met[content] = number + 1
        equal = self._book.by_content.get(content, ())
        return equal[number] if number < len(equal) else None

    def _values(self, entry: Entry, customer_id: int) -> dict[str, Any]:
        draft: ImportedContract = entry.draft
        replaced = self._book.by_code.get(draft.replaces) if draft.replaces else None
        if draft.replaces and replaced is None:
            self.desk.warn(entry, "replaces", draft.replaces, N_("没有这个编号的合同"))
        return {
            "customer_id": customer_id,
            "code": draft.code,
            "name": draft.name.strip(),
            "kind": str(draft.kind),
            "as_new": draft.as_new,
            "status": str(draft.status),
            "signed_on": draft.signed_on,
            "amount_fen": draft.amount_fen,
            "replaces_id": replaced["id"] if replaced else 0,
            "void_on": draft.void_on,
            "void_reason": draft.void_reason,
            "note": draft.note,
        }

    def _add(self, entry: Entry, fresh: dict[str, Any]) -> None:
        draft: ImportedContract = entry.draft
        signer_id = self.person(entry, "signer", draft.signer, fresh["customer_id"])
        code = draft.code or self._book.next_code(draft.signed_on or self.desk.today)
        row = fresh | {"signer_id": signer_id, "code": code}
        row["id"] = self.desk.pile.add(Contract, **row)
        shares = [
            (self.person(entry, "shares", one.staff, fresh["customer_id"]), one.weight)
            for one in draft.shares
        ]
        for staff_id, weight in shares or [(signer_id, 100)]:
            self.desk.pile.add(
                ContractShare, contract_id=row["id"], staff_id=staff_id, weight=weight
            )
        self._book.learn(row, coded=bool(draft.code))
        self._advance(row)

    def _advance(self, row: dict[str, Any]) -> None:
        signed_on = row["signed_on"]
        if signed_on is not None and is_signing(row["status"], row["kind"], row["as_new"]):
            at = self.desk.end_of(signed_on)
            self._stages.advance(row["customer_id"], SIGNED, at, signed_on)


class PaymentWriter(_Owned):
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
