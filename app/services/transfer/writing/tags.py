"""Put the tags of rows on customers; the office's list learns those it lacks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import func, select

from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.tables.admin import Choice
from app.models.tables.customers import CustomerTag
from app.services.customers.tags import LONGEST, TAG_LIST
from app.services.transfer.outcomes import FieldChange
from app.services.transfer.writing.desk import Desk


class TagBook:
    """The tags of the office, and those of the customers of a chunk."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._ids: dict[str, int] = {}
        self._labels: dict[int, str] = {}
        self._last = 0
        self._of: dict[int, set[int]] = {}

    def load_list(self, reader: Reader) -> None:
        """Read the tags of the office."""
        chosen = select(Choice.label, Choice.id).where(
            Choice.list_name == TAG_LIST, Choice.deleted_at == 0
        )
        for label, tag_id in reader.rows(chosen.order_by(Choice.position.desc())):
            self._learn(label, tag_id)
        last = select(func.max(Choice.position)).where(Choice.list_name == TAG_LIST)
        self._last = int(reader.scalar(last) or 0)

    def _learn(self, label: str, tag_id: int) -> None:
        self._ids[label.casefold()] = tag_id
        self._labels[tag_id] = label

    def load(self, reader: Reader, customer_ids: Collection[int]) -> None:
        """Read the tags of customers unless they are here."""
        fresh = [one for one in customer_ids if one not in self._of]
        self._of.update({customer_id: set() for customer_id in fresh})
        chosen = select(CustomerTag.customer_id, CustomerTag.tag_id).where(
            CustomerTag.deleted_at == 0, among(CustomerTag.customer_id, fresh)
        )
        for customer_id, tag_id in reader.rows(chosen):
            self._of[customer_id].add(tag_id)

    def changes(self, customer_id: int, tags: Sequence[str]) -> list[FieldChange]:
        """Tell which tags a known customer gets beside those it has."""
        old = [self._labels.get(one, "") for one in sorted(self._of.get(customer_id, ()))]
        known = {one.casefold() for one in old}
        fresh = [one for one in tags if one.casefold() not in known]
        if not fresh:
            return []
        return [FieldChange("tags", "、".join(old), "、".join([*old, *fresh]), True)]

    def write(self, customer_id: int, tags: Sequence[str]) -> None:
        """Put tags on a customer; those it has stay."""
        present = self._of.setdefault(customer_id, set())
        for label in tags:
            tag_id = self._ids.get(label.casefold()) or self._new(label)
            if tag_id not in present:
                present.add(tag_id)
                self.desk.pile.add(CustomerTag, customer_id=customer_id, tag_id=tag_id)

    def _new(self, label: str) -> int:
        self._last += 1
        code = f"c{self.desk.pile.make_id():x}"
        kept = label[:LONGEST]
        tag_id = self.desk.pile.add(
            Choice, list_name=TAG_LIST, code=code, label=kept, position=self._last
        )
        self._learn(kept, tag_id)
        self._ids[label.casefold()] = tag_id
        return tag_id

    def forget(self) -> None:
        """Drop the customers that the book holds now."""
        self._of.clear()
