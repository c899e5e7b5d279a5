"""Write contracts with their shares, found again by code or content."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.deals import Contract, ContractShare
from app.models.values.deals import is_signing
from app.services.customers.stages import SIGNED
from app.services.transfer.drafts import ImportedContract
from app.services.transfer.outcomes import FieldChange, Outcome, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, RowRefusedError
from app.services.transfer.writing.lookup import Customers, in_parts
from app.services.transfer.writing.owned import OwnedWriter
from app.services.transfer.writing.staff import compare
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.wanted import decide, require_customer

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
            mine = (Contract.code >= prefix, Contract.code < prefix + "~")
            tails = (
                row[0][len(prefix) :] for row in reader.rows(select(Contract.code).where(*mine))
            )
            self._last[prefix] = max((int(tail) for tail in tails if tail.isdecimal()), default=0)

    def next_code(self, day: date) -> str:
        """Return a code for a contract that has none."""
        prefix = _prefix(day)
        while True:
            self._last[prefix] = self._last.get(prefix, 0) + 1
            code = f"{prefix}{self._last[prefix]:03d}"
            if code not in self.by_code:
                return code

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


class ContractWriter(OwnedWriter):
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
