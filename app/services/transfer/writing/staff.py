"""Write the office's own people and what it sells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.tables.deals import Product
from app.models.tables.staff import Staff, StaffAddress, Team
from app.models.values import money, pinyin
from app.models.values.text import fold
from app.services.customers.writing import normal_channel
from app.services.transfer.drafts import ImportedProduct, ImportedStaff
from app.services.transfer.outcomes import FieldChange, Outcome, Policy, RowPlan
from app.services.transfer.writing.desk import Desk, Entry, Writer
from app.services.transfer.writing.wanted import decide

_STAFF_FIELDS = ("post", "role", "joined_on", "left_on")
_PRODUCT_FIELDS = ("code", "name", "category", "spec", "unit", "price_fen", "cost_fen", "note")


def compare(
    known: dict[str, Any], fresh: dict[str, Any], policy: Policy, taken: frozenset[str] | None
) -> tuple[FieldChange, ...]:
    """Return the fields in which a row differs from what is known."""
    found = []
    for name, value in fresh.items():
        old = known.get(name)
        if value in (None, "", -1) or old == value:
            continue
        empty = old in (None, "", 0, -1)
        wins = name in taken if taken is not None else policy is Policy.update or empty
        shown = "" if empty else _shown(name, old)
        found.append(FieldChange(name, shown, _shown(name, value), wins))
    return tuple(found)


def _shown(name: str, value: Any) -> str:
    return money.format_yuan(int(value)) if name.endswith("_fen") else str(value)


class StaffWriter(Writer):
    """Write rows of staff; people are found again by their names."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, dict[str, Any]] = {}
        self._teams: dict[str, int] = {}
        self._addresses: dict[int, set[str]] = {}
        self._last_position = 0

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Read all staff, teams and addresses once: they are few."""
        if self._rows or self._teams:
            return
        columns = ("id", "name", "team_id", *_STAFF_FIELDS)
        chosen = select(*(getattr(Staff, name) for name in columns)).where(Staff.deleted_at == 0)
        self._rows = {row[0]: dict(zip(columns, row, strict=True)) for row in reader.rows(chosen)}
        teams = select(Team.name, Team.id).where(Team.deleted_at == 0)
        self._teams = {row[0]: row[1] for row in reader.rows(teams)}
        self._last_position = int(reader.scalar(select(func.max(Team.position))) or 0)
        known = select(StaffAddress.staff_id, StaffAddress.normal)
        for staff_id, normal in reader.rows(known.where(StaffAddress.deleted_at == 0)):
            self._addresses.setdefault(staff_id, set()).add(normal)

    def take(self, entry: Entry) -> RowPlan:
        """Write one person with team and own addresses."""
        draft: ImportedStaff = entry.draft
        choice = self.desk.choice(entry)
        staff_id = self.desk.staff_named(draft.name)
        outcome = decide(choice.policy, known=staff_id > 0)
        fresh: dict[str, Any] = {name: getattr(draft, name) for name in _STAFF_FIELDS}
        fresh["post"] = fold(draft.post)
        fresh["team_id"] = self._team(draft.department) if outcome is not Outcome.skip else 0
        changes: tuple[FieldChange, ...] = ()
        if outcome is Outcome.create:
            here = self._add(draft, fresh)
        else:
            here = staff_id
            if not fresh["team_id"]:
                del fresh["team_id"]
            changes = compare(self._rows[staff_id], fresh, choice.policy, choice.taken)
        if outcome is Outcome.update:
            taken = {change.field: fresh[change.field] for change in changes if change.taken}
            if taken:
                self.desk.pile.change(Staff, here, **taken)
                self._rows[here] |= taken
        if outcome is not Outcome.skip:
            self._add_addresses(here, draft)
        name = draft.name if staff_id else ""
        return RowPlan(
            entry.key, draft.name, outcome, staff_id, name, "name" if staff_id else "", changes
        )

    def _add(self, draft: ImportedStaff, fresh: dict[str, Any]) -> int:
        values = fresh | {"role": draft.role or "sales"}
        staff_id = self.desk.pile.add(
            Staff, name=draft.name, sort_key=pinyin.sort_key(draft.name), **values
        )
        self._rows[staff_id] = {"id": staff_id, "name": draft.name, **values}
        self.desk.staff[draft.name] = staff_id
        return staff_id

    def _team(self, name: str) -> int:
        wanted = fold(name)
        if wanted and wanted not in self._teams:
            self._last_position += 1
            self._teams[wanted] = self.desk.pile.add(
                Team, name=wanted, position=self._last_position
            )
        return self._teams.get(wanted, 0)

    def _add_addresses(self, staff_id: int, draft: ImportedStaff) -> None:
        known = self._addresses.setdefault(staff_id, set())
        for channel in draft.channels:
            kind, normal = normal_channel(channel.kind, channel.raw)
            if normal and normal not in known:
                known.add(normal)
                self.desk.pile.add(
                    StaffAddress,
                    staff_id=staff_id,
                    kind=kind,
                    raw=channel.raw.strip(),
                    normal=normal,
                )


class ProductWriter(Writer):
    """Write rows of products; they are found again by code, else by name and model."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._rows: dict[int, dict[str, Any]] | None = None
        self._ids: dict[tuple[str, ...], int] = {}

    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Read all products once: they are few."""
        if self._rows is not None:
            return
        self._rows = {}
        columns = ("id", *_PRODUCT_FIELDS)
        chosen = select(*(getattr(Product, name) for name in columns))
        for row in reader.rows(chosen.where(Product.deleted_at == 0).order_by(Product.id)):
            self._learn(dict(zip(columns, row, strict=True)))

    def _learn(self, row: dict[str, Any]) -> None:
        assert self._rows is not None
        self._rows[row["id"]] = row
        for key in _product_keys(row["code"], row["name"], row["spec"]):
            self._ids.setdefault(key, row["id"])

    def take(self, entry: Entry) -> RowPlan:
        """Write one product."""
        draft: ImportedProduct = entry.draft
        assert self._rows is not None
        choice = self.desk.choice(entry)
        fresh: dict[str, Any] = {name: getattr(draft, name) for name in _PRODUCT_FIELDS}
        fresh |= {name: -1 for name in ("price_fen", "cost_fen") if fresh[name] is None}
        keys = _product_keys(draft.code, draft.name, draft.spec)
        known = next((self._ids[key] for key in keys if key in self._ids), 0)
        outcome = decide(choice.policy, known=known > 0)
        changes: tuple[FieldChange, ...] = ()
        if outcome is Outcome.create:
            self._learn({"id": self.desk.pile.add(Product, **fresh), **fresh})
        else:
            changes = compare(self._rows[known], fresh, choice.policy, choice.taken)
        taken = {change.field: fresh[change.field] for change in changes if change.taken}
        if outcome is Outcome.update and taken:
            self.desk.pile.change(Product, known, **taken)
            self._rows[known] |= taken
        found_by = "" if not known else "code" if draft.code else "name"
        return RowPlan(
            entry.key, draft.name, outcome, known, draft.name if known else "", found_by, changes
        )


def _product_keys(code: str, name: str, spec: str) -> list[tuple[str, ...]]:
    return [("code", code)] if code else [("name", fold(name), fold(spec))]
