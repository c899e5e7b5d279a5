"""Write contacts: those beside customers, and those of files and cards of their own."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import Any

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.customers import Contact, ContactChannel, Employment
from app.models.values.text import fold
from app.services.customers.drafts import ChannelDraft
from app.services.customers.writing import normal_channel as plain_normal_channel
from app.services.transfer.drafts import ImportedContact
from app.services.transfer.outcomes import FieldChange, Outcome, Policy, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, Writer
from app.services.transfer.writing.lookup import Contacts, Customers, Person
from app.services.transfer.writing.wanted import decide, key_of_row

_POLITE = ("总", "工", "经理", "老师", "先生", "女士", "小姐")
_KEPT = ("gender", "birthday", "note")


normal_channel = lru_cache(maxsize=4_096)(plain_normal_channel)


def normals_of(channels: Collection[ChannelDraft]) -> set[str]:
    """Return the normal forms of addresses."""
    return {normal for one in channels if (normal := normal_channel(one.kind, one.raw)[1])}


class ContactBook:
    """Find and write the contacts of customers."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.known = Contacts()

    def meet(self, customer_id: int, draft: ImportedContact) -> Person | None:
        """Return the contact of a customer that a draft means: same address, or same name.

        A person without a customer must agree in both.
        """
        name, normals = fold(draft.name), normals_of(draft.channels)
        found = self.known.at(customer_id)
        if not customer_id:
            same = (one for one in found if one.name == name and one.normals & normals)
            return next(same, None)
        by_address = (one for one in found if one.normals & normals and _fits(one.name, name))
        by_name = (one for one in found if name and one.name == name)
        return next(by_address, None) or next(by_name, None)

    def add(self, customer_id: int, draft: ImportedContact, *, main: bool = False) -> Person:
        """Put a new contact on the pile; without a customer it is employed nowhere."""
        pile, name = self.desk.pile, fold(draft.name)
        values: dict[str, Any] = {name: getattr(draft, name) for name in _KEPT}
        person = Person(pile.add(Contact, name=name, **values), name, main=main, **values)
        person.title, person.part = fold(f"{draft.department} {draft.title}"), draft.part
        if customer_id:
            person.employment_id = pile.add(
                Employment,
                contact_id=person.id,
                customer_id=customer_id,
                title=person.title,
                part=person.part,
                main=main,
            )
        self._add_channels(customer_id, person, draft)
        self.known.at(customer_id).append(person)
        return person

    def fill(self, customer_id: int, person: Person, draft: ImportedContact, policy: Policy) -> int:
        """Add what a draft knows more about a contact; return the number of new values."""
        fresh = self._values(person, draft, policy)
        kept = {name: value for name, value in fresh.items() if name in _KEPT or name == "name"}
        if kept:
            self.desk.pile.change(Contact, person.id, **kept)
        held = {name: fresh[name] for name in fresh.keys() - kept.keys()}
        if held and person.employment_id:
            self.desk.pile.change(Employment, person.employment_id, **held)
        for name, value in fresh.items():
            setattr(person, name, value)
        return len(fresh) + self._add_channels(customer_id, person, draft)

    @staticmethod
    def _values(person: Person, draft: ImportedContact, policy: Policy) -> dict[str, Any]:
        wanted = {
            "name": fold(draft.name),
            "title": fold(f"{draft.department} {draft.title}"),
            "part": draft.part,
            "gender": draft.gender,
            "birthday": draft.birthday,
            "note": draft.note,
        }
        return {
            name: value
            for name, value in wanted.items()
            if value
            and value != getattr(person, name)
            and (policy is Policy.update or not getattr(person, name))
        }

    def _add_channels(self, customer_id: int, person: Person, draft: ImportedContact) -> int:
        count = 0
        for channel in draft.channels:
            kind, normal = normal_channel(channel.kind, channel.raw)
            if not normal or normal in person.normals:
                continue
            self.desk.pile.add(
                ContactChannel,
                customer_id=customer_id,
                contact_id=person.id,
                kind=kind,
                raw=channel.raw.strip(),
                normal=normal,
                preferred=channel.preferred and not person.normals,
            )
            person.normals.add(normal)
            count += 1
        return count

    def take_beside(
        self, customer_id: int, drafts: Sequence[ImportedContact], policy: Policy
    ) -> None:
        """Write the contacts of a customer's row; known ones learn what is new."""
        for draft in drafts:
            known = self.meet(customer_id, draft)
            if known is not None:
                self.fill(customer_id, known, draft, policy)
                continue
            first = not any(one.main for one in self.known.at(customer_id))
            self.add(customer_id, draft, main=first)
            self.desk.contact_count += 1


def _fits(known: str, name: str) -> bool:
    """Tell whether two names may be one person's: equal, one empty, or one a 张总 of the other."""
    if not known or not name or known == name:
        return True
    short = known if len(known) < len(name) else name
    return known[0] == name[0] and (len(short) == 1 or short.endswith(_POLITE))


class ContactWriter(Writer):
    """Write rows of contacts."""

    def __init__(self, desk: Desk, customers: Customers, book: ContactBook) -> None:
        super().__init__(desk)
        self._customers = customers
        self._book = book

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk, their contacts, and free contacts by address."""
        keys = {entry.key: key_of_row(entry.draft) for entry in entries}
        self._customers.load(reader, (key for some in keys.values() for key in some))
        ids = {self._customers.find(some)[0] for some in keys.values()}
        self._book.known.load(reader, ids)
        free: set[str] = set()
        for entry in entries:
            free |= normals_of(entry.draft.channels)
        self._book.known.load_free(reader, free)

    def take(self, entry: Entry) -> RowPlan:
        """Write one contact; an unknown firm leaves it without a customer."""
        draft: ImportedContact = entry.draft
        customer_id, _ = self._customers.find(key_of_row(draft))
        if not customer_id and (draft.customer or draft.customer_code):
            reason = N_("没有这家客户，联系人先不归到客户")
            self.desk.warn(entry, "customer", draft.customer or draft.customer_code, reason)
        known = self._book.meet(customer_id, draft)
        outcome = decide(self.desk.choice(entry).policy, known=known is not None)
        if outcome is Outcome.create:
            others = self._book.known.at(customer_id) if customer_id else ()
            first = not entry.has("main") and not any(one.main for one in others)
            self._book.add(customer_id, draft, main=customer_id > 0 and (draft.main or first))
            self.desk.contact_count += 1
        elif outcome is Outcome.update and known is not None:
            self._book.fill(customer_id, known, draft, self.desk.choice(entry).policy)
        return RowPlan(
            entry.key,
            draft.name,
            outcome,
            known.id if known else 0,
            known.name if known else "",
            "name" if known else "",
            _changes(known, draft, self.desk.choice(entry).policy),
        )


def _changes(
    known: Person | None, draft: ImportedContact, policy: Policy
) -> tuple[FieldChange, ...]:
    if known is None:
        return ()
    return tuple(
        FieldChange(name, old, new, policy is Policy.update or not old)
        for name in ("title", "part", "gender", "birthday", "note")
        if (new := str(getattr(draft, name))) and new != (old := str(getattr(known, name)))
    )
