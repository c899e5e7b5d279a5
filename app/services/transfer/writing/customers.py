"""Write customers: new ones with owner, calibration and contacts, known ones by policy."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from app.i18n import N_
from app.models.store.reader import Reader
from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.values import money
from app.models.values.text import fold
from app.services.customers.lives import CHURNED
from app.services.customers.writing import PLAIN_FIELDS, names_of
from app.services.transfer.drafts import ImportedCustomer
from app.services.transfer.outcomes import FieldChange, Match, Outcome, Policy, RowKey, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, Writer
from app.services.transfer.writing.features import FeatureBook
from app.services.transfer.writing.followups import FollowupBook
from app.services.transfer.writing.lookup import Customers, Key, keys_of, name_key
from app.services.transfer.writing.people import ContactBook, normals_of
from app.services.transfer.writing.stages import Stages
from app.services.transfer.writing.steps import StepBook
from app.services.transfer.writing.tags import TagBook
from app.services.transfer.writing.wanted import decide

_CALIBRATED = ("quality", "grade", "expected_fen", "expected_from", "expected_to")
_UNKNOWN = {"expected_fen": -1}


class CustomerWriter(Writer):
    """Write rows of customers."""

    def __init__(
        self,
        desk: Desk,
        customers: Customers,
        contacts: ContactBook,
        followups: FollowupBook,
        stages: Stages,
        features: FeatureBook,
        tags: TagBook,
        steps: StepBook,
    ) -> None:
        super().__init__(desk)
        self._customers = customers
        self._contacts = contacts
        self._followups = followups
        self._stages = stages
        self._features = features
        self._tags = tags
        self._steps = steps
        self._keys_of: dict[RowKey, list[Key]] = {}

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up the customers of a chunk, and the contacts and follow-ups of known ones."""
        keys = [self._keys(entry.draft) for entry in entries]
        self._keys_of = {entry.key: some for entry, some in zip(entries, keys, strict=True)}
        parents = [name_key(entry.draft.parent) for entry in entries if entry.draft.parent]
        self._customers.load(reader, [*(key for some in keys for key in some), *parents])
        met = [
            (customer_id, entry.draft.followups)
            for some, entry in zip(keys, entries, strict=True)
            if (customer_id := self._customers.find(some)[0])
        ]
        self._contacts.known.load(reader, {customer_id for customer_id, _ in met})
        written = [(one, made) for one, drafts in met for made in drafts]
        self._followups.prepare(reader, written)
        self._stages.load(reader, {customer_id for customer_id, _ in met})
        if any(entry.draft.next_when for entry in entries):
            self._steps.load(reader, {customer_id for customer_id, _ in met})
        if any(entry.draft.tags for entry in entries):
            self._tags.load(reader, {customer_id for customer_id, _ in met})
        if any(entry.draft.features for entry in entries):
            self._features.load(reader, {customer_id for customer_id, _ in met})

    def _keys(self, draft: ImportedCustomer) -> list[Key]:
        match = self.desk.options.match
        phones = []
        if match is Match.phone:
            phones = sorted(
                {normal for one in draft.contacts for normal in normals_of(one.channels)}
            )
        keys = keys_of(match, draft.name, draft.code, draft.uscc, phones)
        former = draft.former_name and match in (Match.auto, Match.name)
        return [*keys, name_key(draft.former_name)] if former else keys

    def take(self, entry: Entry) -> RowPlan:
        """Write one customer with what stands beside it."""
        entry = replace(entry, draft=replace(entry.draft, features=self._features.readable(entry)))
        draft: ImportedCustomer = entry.draft
        choice = self.desk.choice(entry)
        customer_id, found_by = self._customers.find(self._keys_of[entry.key])
        outcome = decide(choice.policy, known=customer_id > 0)
        matched = dict(self._customers.rows[customer_id]) if customer_id else {}
        changes: tuple[FieldChange, ...] = ()
        if outcome is Outcome.create:
            here = self._create(entry)
        else:
            here = customer_id
            changes = (
                *self._changes(entry, matched, choice.policy, choice.taken),
                *self._features.changes(here, draft.features, choice.policy, choice.taken),
                *self._tags.changes(here, draft.tags),
            )
        if outcome is Outcome.update:
            self._update(entry, customer_id, changes)
        if outcome is not Outcome.skip:
            self._tags.write(here, draft.tags)
            policy = choice.policy if outcome is Outcome.update else Policy.fill
            self._contacts.take_beside(here, draft.contacts, policy)
            for followup in draft.followups:
                self._followups.take(entry, here, followup)
            if draft.next_when:
                owner_id = int(self._customers.rows[here]["owner_id"] or 0)
                self._steps.open(entry, here, owner_id or self.desk.owner_id)
        name = str(matched.get("name", ""))
        return RowPlan(entry.key, draft.name, outcome, customer_id, name, found_by, changes)

    # -- new ones ------------------------------------------------------------------------

    def _create(self, entry: Entry) -> int:
        draft: ImportedCustomer = entry.draft
        pile = self.desk.pile
        row = self._plain(draft) | names_of(draft.name)
        owner_id = self._owner(entry) or self.desk.owner_id
        created_on = draft.created_on
        if created_on is None and not entry.has("created_on"):
            created_on = self.desk.today
        historic = draft.historic or self.desk.options.historic
        row |= {"created_on": created_on, "parent_id": self._parent(entry)}
        customer_id = pile.add(
            Customer, **row, owner_id=owner_id, stage_since_on=created_on, historic=historic
        )
        pile.add(OwnerSpell, customer_id=customer_id, staff_id=owner_id, from_on=created_on)
        known = dict.fromkeys(_CALIBRATED) | _UNKNOWN
        known |= {"life": "prospect", "stage_position": 0, "owner_id": owner_id}
        self._customers.learn(
            customer_id, self._all_keys(draft, row["name_key"]), {"id": customer_id, **known, **row}
        )
        fresh = self._calibration(draft)
        self._calibrate(customer_id, known, fresh, created_on or self.desk.today)
        self._churn(customer_id, draft)
        self._reach(entry, customer_id, draft.created_on)
        self._features.meet(draft.name, customer_id)
        self._features.write(customer_id, draft.features)
        return customer_id

    def _all_keys(self, draft: ImportedCustomer, key: str) -> list[Key]:
        keys = [("code", draft.code), ("uscc", draft.uscc), ("name", key)]
        if self.desk.options.match is Match.phone:
            for contact in draft.contacts:
                keys += [("phone", normal) for normal in sorted(normals_of(contact.channels))]
        return [one for one in keys if one[1]]

    def _plain(self, draft: ImportedCustomer) -> dict[str, Any]:
        written = ((name, getattr(draft, name)) for name in PLAIN_FIELDS if name != "note")
        row = {name: fold(value) if value else "" for name, value in written}
        former = [f"曾用名：{draft.former_name}"] if draft.former_name else []
        row["note"] = "\n".join(filter(None, (draft.note, *former)))
        return row

    def _owner(self, entry: Entry) -> int:
        draft: ImportedCustomer = entry.draft
        if draft.owner:
            found = self.desk.staff_named(draft.owner)
            if not found:
                reason = N_("员工名单里没有这个人，归给了导入的负责人")
                self.desk.warn(entry, "owner", draft.owner, reason)
            return found
        return self.desk.staff_named(draft.owner_guess)

    def _parent(self, entry: Entry) -> int:
        parent = entry.draft.parent
        if not parent:
            return 0
        found, _ = self._customers.find([name_key(parent)])
        if not found:
            self.desk.warn(entry, "parent", parent, N_("没有这家客户，上级先空着"))
        return found

    @staticmethod
    def _calibration(draft: ImportedCustomer) -> dict[str, str]:
        """Return the calibrated fields that a row tells, as events write them."""
        day = draft.expected_on.isoformat() if draft.expected_on else ""
        amount = "" if draft.expected_fen is None else str(draft.expected_fen)
        values = (str(draft.quality), str(draft.grade), amount, day, day)
        return {name: value for name, value in zip(_CALIBRATED, values, strict=True) if value}

    def _calibrate(
        self, customer_id: int, known: Mapping[str, Any], fresh: Mapping[str, str], day: date
    ) -> None:
        for name, value in fresh.items():
            old = known.get(name)
            self.desk.pile.add(
                CalibrationEvent,
                customer_id=customer_id,
                at=self.desk.begin_of(day),
                on=day,
                staff_id=self._customers.rows[customer_id]["owner_id"],
                field=name,
                old="" if old in (None, _UNKNOWN.get(name)) else str(old),
                new=value,
                source="import",
            )
            self._customers.rows[customer_id][name] = _as_known(name, value)

    def _churn(self, customer_id: int, draft: ImportedCustomer) -> None:
        if draft.life == CHURNED and self._customers.rows[customer_id]["life"] != CHURNED:
            self.desk.pile.add(
                LifeSpell,
                customer_id=customer_id,
                state=CHURNED,
                from_on=draft.churned_on or self.desk.today,
                reason=draft.churn_reason,
            )
            self._customers.rows[customer_id]["life"] = CHURNED

    def _reach(self, entry: Entry, customer_id: int, created_on: date | None) -> None:
        draft: ImportedCustomer = entry.draft
        if not draft.stage:
            return
        position = self._stages.position_of(draft.stage)
        if position is None:
            self.desk.warn(entry, "stage", draft.stage, N_("没有这个阶段"))
            return
        stated = draft.stage_on is not None
        self._stages.set_to(customer_id, position, draft.stage_on or created_on, stated=stated)

    # -- known ones ----------------------------------------------------------------------

    def _changes(
        self,
        entry: Entry,
        known: Mapping[str, Any],
        policy: Policy,
        taken: frozenset[str] | None,
    ) -> tuple[FieldChange, ...]:
        """Compare a row with the customer it means, field by field."""
        draft: ImportedCustomer = entry.draft
        fresh: dict[str, Any] = {**self._plain(draft), **self._calibration(draft)}
        if fresh["kind"] == "company":
            del fresh["kind"]
        fresh |= {"name": fold(draft.name), "created_on": draft.created_on}
        found = []
        for name, value in fresh.items():
            old = known.get(name)
            empty = old in (None, "", 0, _UNKNOWN.get(name))
            if value in (None, "") or _text(name, old) == _text(name, value):
                continue
            wins = name in taken if taken is not None else policy is Policy.update or empty
            found.append(FieldChange(name, _text(name, old), _text(name, value), wins))
        return tuple(found)

    def _update(self, entry: Entry, customer_id: int, changes: Sequence[FieldChange]) -> None:
        draft: ImportedCustomer = entry.draft
        row = self._customers.rows[customer_id]
        taken = {change.field for change in changes if change.taken}
        plain = self._plain(draft)
        fields: dict[str, Any] = {name: plain[name] for name in taken & plain.keys()}
        if "name" in taken:
            fields |= names_of(draft.name)
        if "created_on" in taken:
            fields["created_on"] = draft.created_on
        if fields:
            self.desk.pile.change(Customer, customer_id, **fields)
            row |= fields
        fresh = {k: v for k, v in self._calibration(draft).items() if k in taken}
        self._calibrate(customer_id, row, fresh, self.desk.today)
        self._features.write(customer_id, draft.features, taken)
        policy = self.desk.choice(entry).policy
        owner_id = self._owner(entry)
        if (
            owner_id
            and owner_id != row["owner_id"]
            and (policy is Policy.update or not row["owner_id"])
        ):
            self.desk.pile.give(customer_id, owner_id)
            row["owner_id"] = owner_id
        if policy is Policy.update or row["life"] == "prospect":
            self._churn(customer_id, draft)
        if draft.stage and (policy is Policy.update or not row["stage_position"]):
            self._reach(entry, customer_id, None)


def _as_known(name: str, value: str) -> Any:
    if name == "expected_fen":
        return int(value)
    return date.fromisoformat(value) if name.startswith("expected_") else value


def _text(name: str, value: Any) -> str:
    """Return a value as people read it."""
    if value is None or value == _UNKNOWN.get(name):
        return ""
    return money.format_yuan(int(value)) if name.endswith("_fen") else str(value)
