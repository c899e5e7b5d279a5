"""Tags: words of the office's own list that people put on customers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.store.idlist import among
from app.models.tables.admin import Choice
from app.models.tables.customers import CustomerTag
from app.models.values.text import fold
from app.services.customers.drafts import TagView

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.customers.bulk import Bulk, Chosen, Done
    from app.services.jobs import Progress

TAG_LIST = "tag"
GAP = re.compile(r"[、,，;；/|\n]+")
"""What parts two tags that are written in one go."""
LONGEST = 30
"""Characters of a tag at most."""


@dataclass(frozen=True, slots=True)
class TagDraft:
    """Words to put on, which the list learns when it lacks them, and tags to take off."""

    add: tuple[str, ...] = ()
    remove: tuple[int, ...] = ()


class Tags:
    """Put tags on customers and take them off, one by one or for many."""

    def __init__(self, context: Context, bulk: Bulk) -> None:
        self._context = context
        self._bulk = bulk

    def all(self) -> tuple[TagView, ...]:
        """Return the tags to choose from, in order."""
        with self._context.read() as reader:
            rows = reader.rows(
                select(Choice.id, Choice.label)
                .where(
                    Choice.list_name == TAG_LIST,
                    Choice.deleted_at == 0,
                    Choice.archived.is_(False),
                )
                .order_by(Choice.position)
            )
        return tuple(TagView(*row) for row in rows)

    def of_customers(self, customer_ids: Sequence[int]) -> dict[int, tuple[TagView, ...]]:
        """Return the tags of each customer that has any, in the order of the list."""
        with self._context.read() as reader:
            return tags_of(reader, customer_ids)

    def change(self, customer_id: int, draft: TagDraft) -> None:
        """Put tags on a customer and take others off. Raises tag_missing, tag_too_long."""
        self._context.require("write")
        with self._context.write(N_("改标签")) as unit:
            _write(unit, customer_id, _known(unit, draft.add), draft.remove)

    def change_many(self, chosen: Chosen, draft: TagDraft, progress: Progress) -> Done:
        """Do the same at many customers, as one batch."""
        ids: list[int] = []

        def act(unit: Unit, customer_id: int) -> None:
            if draft.add and not ids:
                ids.extend(_known(unit, draft.add))
            _write(unit, customer_id, ids, draft.remove)

        return self._bulk.write(N_("改标签"), chosen, act, progress)


def tags_of(reader: Reader, customer_ids: Sequence[int]) -> dict[int, tuple[TagView, ...]]:
    """Return the tags of each of some customers that has any."""
    rows = reader.rows(
        select(CustomerTag.customer_id, Choice.id, Choice.label)
        .join(Choice, Choice.id == CustomerTag.tag_id)
        .where(CustomerTag.deleted_at == 0, among(CustomerTag.customer_id, customer_ids))
        .order_by(Choice.position)
    )
    found: dict[int, tuple[TagView, ...]] = {}
    for customer_id, tag_id, label in rows:
        found[customer_id] = (*found.get(customer_id, ()), TagView(tag_id, label))
    return found


def _known(unit: Unit, labels: Sequence[str]) -> list[int]:
    """Return the ids of some words; the list learns those it lacks, and shows hidden ones again."""
    rows = unit.rows(
        select(Choice.label, Choice.id, Choice.archived).where(
            Choice.list_name == TAG_LIST, Choice.deleted_at == 0
        )
    )
    known = {label.casefold(): (row_id, archived) for label, row_id, archived in rows}
    ids = []
    for label in dict.fromkeys(part for one in labels for part in _checked(one)):
        row_id, archived = known.get(label.casefold(), (0, False))
        if not row_id:
            row_id = _learn(unit, label)
        elif archived:
            unit.change(Choice, row_id, archived=False)
        ids.append(row_id)
    return ids


def _checked(written: str) -> Iterator[str]:
    """Yield the tags that are written in one go."""
    parts = [kept for part in GAP.split(written) if (kept := fold(part))]
    if not parts:
        raise UserError("tag_missing", N_("标签还没写"), advice=N_("写上标签再存，别的标签没有动"))
    for kept in parts:
        if len(kept) > LONGEST:
            raise UserError(
                "tag_too_long",
                N_("标签太长：「{label}」"),
                advice=N_("{most} 个字以内；长的话写在备注里。别的标签没有动"),
                label=kept[:LONGEST] + "…",
                most=LONGEST,
            )
        yield kept


def _learn(unit: Unit, label: str) -> int:
    last = select(func.max(Choice.position)).where(Choice.list_name == TAG_LIST)
    place = int(unit.scalar(last) or 0) + 1
    code = f"c{unit.stamp.make_id():x}"
    return unit.add(Choice, list_name=TAG_LIST, code=code, label=label, position=place)


def _write(unit: Unit, customer_id: int, add: Sequence[int], remove: Sequence[int]) -> None:
    rows = unit.rows(
        select(CustomerTag.tag_id, CustomerTag.id).where(
            CustomerTag.customer_id == customer_id, CustomerTag.deleted_at == 0
        )
    )
    present = {int(row[0]): int(row[1]) for row in rows}
    for tag_id in add:
        if tag_id not in present:
            unit.add(CustomerTag, customer_id=customer_id, tag_id=tag_id)
    for tag_id in remove:
        if tag_id in present and tag_id not in add:
            unit.remove(CustomerTag, present[tag_id])
