"""The recycle bin: what was deleted, by whom, by which act; bring it back or erase it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, func, literal, literal_column, or_, select, union_all

from app.errors import UserError
from app.i18n import N_
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.unit import Unit
from app.models.tables.admin import AuditEntry
from app.models.tables.base import Base
from app.models.tables.customers import Contact, Customer, Employment
from app.models.tables.deals import Contract, Opportunity, Payment, Product
from app.models.tables.followups import FollowUp, NextStep
from app.models.tables.radar import RadarItem
from app.models.values import text
from app.models.values.ids import new_id
from app.services.context import Context
from app.services.jobs import Progress
from app.services.staff.writing import names_of as staff_names
from app.services.undo import families
from app.services.undo.names import Named, names_of
from app.services.undo.origins import Origin, deletions_of, named, span_of
from app.services.undo.words import NOUNS

KEPT_DAYS = 90
"""How long the bin keeps what was put there (reliability.md 8.6)."""

MOST = 5_000
"""How many rows a list of the bin shows, newest first; a search finds the others."""

_DAY_MS = 86_400_000
_CHUNK = 100
_MONEY = frozenset({"contract", "payment"})

_ENTITIES: Mapping[str, Any] = {
    "customer": Customer,
    "contact": Employment,
    "followup": FollowUp,
    "next_step": NextStep,
    "opportunity": Opportunity,
    "contract": Contract,
    "payment": Payment,
    "radar_item": RadarItem,
    "product": Product,
}
_LOOSE = ((Payment, "contract_id", Contract), (Customer, "parent_id", Customer))
"""Rows that may stay without what they point to: 0 is none."""

KINDS: Mapping[str, str] = {kind: NOUNS[kind] for kind in _ENTITIES}
"""The word of each kind of record in the bin, as message ids."""

_SAYS: Mapping[str, tuple[Any, ...]] = {
    "customer": (Customer.name, Customer.short_name, Customer.code),
    "contact": (Contact.name, Customer.name),
    "followup": (FollowUp.content, Customer.name),
    "next_step": (NextStep.what, Customer.name),
    "opportunity": (Opportunity.name, Customer.name),
    "contract": (Contract.code, Contract.name, Customer.name),
    "payment": (Payment.code, Payment.note, Customer.name),
    "radar_item": (RadarItem.label, RadarItem.value, Customer.name),
    "product": (Product.name, Product.code),
}

Picked = tuple[str, int]
"""A record of the bin: its kind and its row."""


@dataclass(frozen=True, slots=True)
class BinRow:
    """One deleted record: what it is, whose, when it was deleted, by whom, by which act."""

    kind: str
    id: int
    named: Named
    deleted_at: int
    staff: str
    deletion: Origin

    @property
    def picked(self) -> Picked:
        """Return what names it to the bin."""
        return self.kind, self.id


@dataclass(frozen=True, slots=True)
class BinList:
    """The newest rows of the bin and how many there are."""

    rows: tuple[BinRow, ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True)
class Carried:
    """How many records of a kind go or come with others; the noun is a message id."""

    kind: str
    noun: str
    count: int


class Bin:
    """List what was deleted, bring it back with what hangs on it, or erase it."""

    def __init__(self, context: Context) -> None:
        self._context = context

    # -- reading -------------------------------------------------------------------------

    def rows(self, words: str = "", kind: str = "", progress: Progress | None = None) -> BinList:
        """Return what is in the bin, newest first; words are looked for in names and texts.

        What went with a customer is not listed beside the customer, nor what was merged away.
        """
        steps = progress or Progress()
        kinds = (kind,) if kind else tuple(_ENTITIES)
        found = union_all(*(_chosen(one, text.fold(words)) for one in kinds)).subquery()
        with self._context.read() as reader:
            total = int(reader.scalar(select(func.count()).select_from(found)) or 0)
            steps.step(0, total)
            newest = select(found).order_by(found.c.deleted_at.desc(), found.c.id.desc())
            rows = [tuple(row) for row in reader.rows(newest.limit(MOST))]
            steps.step(len(rows), total)
            return BinList(tuple(_told(reader, rows)), total)

    def going(self, kind: str, ids: Collection[int]) -> tuple[Carried, ...]:
        """Return how many living records of each kind go with some when they are deleted."""
        if kind != "customer":
            return ()
        found = []
        with self._context.read() as reader:
            for one in _ENTITIES:
                entity: Any = _ENTITIES[one]
                if one in ("customer", "product"):
                    continue
                wanted = select(func.count(entity.id)).where(
                    among(entity.customer_id, ids), entity.deleted_at == 0
                )
                if entity is NextStep:
                    wanted = wanted.where(NextStep.state == "open")
                found.append(Carried(one, KINDS[one], int(reader.scalar(wanted) or 0)))
        return tuple(one for one in found if one.count)

    def coming(self, picked: Picked) -> tuple[Carried, ...]:
        """Return how many other records come back with one of the bin."""
        kind, row_id = picked
        with self._context.read() as reader:
            family = _returning(reader, _ENTITIES[kind], row_id)
        with_it = self.going(kind, (row_id,))
        return _summed(with_it, _counted(family, _ENTITIES[kind]))

    # -- bringing back ----------------------------------------------------------------------

    def restore(self, picked: Sequence[Picked], progress: Progress | None = None) -> int:
        """Bring records back with what went with them and what they hang on.

        Return the act, which can be taken back. Raises ``UserError`` not_allowed or not_found.
        """
        self._require(picked)
        act_id = 0
        batch_id = new_id() if len(picked) > _CHUNK else 0
        for done, part in _parts(picked):
            (progress or Progress()).step(done, len(picked))
            with self._context.write(N_("从回收站恢复"), batch_id=batch_id) as unit:
                for kind, row_id in part:
                    _bring_back(unit, _ENTITIES[kind], row_id)
                act_id = batch_id or unit.unit_id
        (progress or Progress()).step(len(picked), len(picked))
        return act_id

    # -- for good -------------------------------------------------------------------------

    def purge(self, picked: Sequence[Picked], progress: Progress | None = None) -> int:
        """Erase records of the bin with all that hangs on them; return how many rows went.

        It cannot be taken back. Raises ``UserError`` not_allowed.
        """
        self._context.require("manage")
        return self._purge(picked, progress or Progress())

    def purge_old(self, progress: Progress | None = None) -> int:
        """Erase what has been in the bin for 90 days; return how many rows went.

        The days end with the last writing: a clock set wrong must not empty the bin.
        """
        found = union_all(*(_chosen(one, "") for one in _ENTITIES)).subquery()
        newest = select(AuditEntry.at).order_by(AuditEntry.id.desc()).limit(1)
        with self._context.read() as reader:
            last = int(reader.scalar(newest) or 0)
            before = min(self._context.now(), last) - KEPT_DAYS * _DAY_MS
            old = select(found.c.kind, found.c.id).where(found.c.deleted_at < before)
            picked = [(row[0], row[1]) for row in reader.rows(old)]
        return self._purge(picked, progress or Progress()) if picked else 0

    def _purge(self, picked: Sequence[Picked], progress: Progress) -> int:
        count = 0
        for done, part in _parts(picked):
            progress.step(done, len(picked))
            with self._context.write() as unit:
                for kind, ids in _by_kind(part).items():
                    count += _erase(unit, _ENTITIES[kind], ids)
        progress.step(len(picked), len(picked))
        return count

    def _require(self, picked: Iterable[Picked]) -> None:
        kinds = {kind for kind, _row_id in picked}
        for right, wanted in (("money", kinds & _MONEY), ("write", kinds - _MONEY)):
            if wanted:
                self._context.require(right)


# -- what is in the bin ---------------------------------------------------------------------


def _chosen(kind: str, words: str) -> Any:
    """Select (kind, id, deleted_at, deleted_by) of the records of one kind in the bin."""
    entity = _ENTITIES[kind]
    wanted = select(
        literal(kind).label("kind"),
        entity.id.label("id"),
        entity.deleted_at.label("deleted_at"),
        entity.updated_by.label("deleted_by"),
    ).where(entity.deleted_at != literal_column("0"))
    if entity is Customer:
        wanted = wanted.where(Customer.merged_into_id == 0)
    elif entity is not Product:
        wanted = wanted.join(Customer, Customer.id == entity.customer_id).where(
            Customer.deleted_at == 0
        )
    if entity is Employment:
        wanted = wanted.join(Contact, Contact.id == Employment.contact_id)
    return wanted.where(_says(kind, words)) if words else wanted


def _says(kind: str, words: str) -> ColumnElement[bool]:
    return or_(*(column.icontains(words, autoescape=True) for column in _SAYS[kind]))


def _told(reader: Reader, rows: Sequence[tuple[Any, ...]]) -> Iterator[BinRow]:
    deleted: dict[str, dict[int, int]] = {}
    for kind, row_id, deleted_at, _by in rows:
        deleted.setdefault(kind, {})[row_id] = deleted_at
    names, acts = {}, {}
    for kind, moments in deleted.items():
        table = _ENTITIES[kind].__tablename__
        names[kind] = names_of(reader, table, moments)
        acts[kind] = deletions_of(reader, table, moments)
    labelled = named(reader, {one for found in acts.values() for one in found.values()})
    people = staff_names(reader)
    for kind, row_id, deleted_at, deleted_by in rows:
        act = acts[kind].get(row_id, Origin(staff_id=deleted_by))
        said = replace(names[kind][row_id], noun=KINDS[kind])
        staff = people.get(act.staff_id, "")
        yield BinRow(kind, row_id, said, deleted_at, staff, labelled.get(act, act))


# -- acting on it ---------------------------------------------------------------------------


def _returning(reader: Reader, entity: Any, row_id: int) -> families.Family:
    row = reader.stored(entity, row_id)
    if row is None or not row["deleted_at"]:
        raise UserError(
            "not_found", N_("这条记录已经不在回收站里"), advice=N_("刷新列表再看，别的内容都还在")
        )
    at = row["deleted_at"]
    act = deletions_of(reader, entity.__tablename__, {row_id: at}).get(row_id)
    span = span_of(reader, act, at) if act is not None else (at, at)
    return families.coming_back(reader, entity, row_id, span)


def _bring_back(unit: Unit, entity: Any, row_id: int) -> None:
    row = unit.stored(entity, row_id)
    if row is not None and not row["deleted_at"]:
        return  # it came back with another one
    family = _returning(unit, entity, row_id)
    for table in families.parents_first(family):
        kept: Any = table
        for one in sorted(family[table]):
            unit.bring_back(kept, one)


def _erase(unit: Unit, entity: Any, ids: Collection[int]) -> int:
    """Erase rows that are in the bin, and all that hangs on them, children first."""
    binned = select(entity.id).where(among(entity.id, ids), entity.deleted_at != 0)
    roots = {row[0] for row in unit.rows(binned)}
    family = families.going(unit, entity, roots)
    _let_go(unit, family)
    for table in reversed(families.parents_first(family)):
        unit.erase(table, sorted(family[table]))
    return sum(len(found) for found in family.values())


def _let_go(unit: Unit, family: families.Family) -> None:
    """Take rows that go for good off rows that stay."""
    for entity, name, parent in (
        (Payment, "contract_id", Contract),
        (Customer, "parent_id", Customer),
    ):
        table: Any = entity
        gone = family.get(parent, set())
        held = select(table.id).where(among(getattr(table, name), gone)) if gone else None
        rows = {row[0] for row in unit.rows(held)} if held is not None else set()
        for row_id in rows - family.get(entity, set()):
            unit.change(table, row_id, **{name: 0})


def _parts(picked: Sequence[Picked]) -> Iterator[tuple[int, list[Picked]]]:
    rest, done = iter(picked), 0
    while part := list(islice(rest, _CHUNK)):
        yield done, part
        done += len(part)


def _by_kind(picked: Iterable[Picked]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for kind, row_id in picked:
        found.setdefault(kind, []).append(row_id)
    return found


def _counted(family: families.Family, root: type[Base]) -> tuple[Carried, ...]:
    counts = {kind: len(family.get(entity, ())) for kind, entity in _ENTITIES.items()}
    return tuple(
        Carried(kind, KINDS[kind], count - (_ENTITIES[kind] is root))
        for kind, count in counts.items()
        if count > (_ENTITIES[kind] is root)
    )


def _summed(*parts: Sequence[Carried]) -> tuple[Carried, ...]:
    sums: dict[str, int] = {}
    for part in parts:
        for one in part:
            sums[one.kind] = sums.get(one.kind, 0) + one.count
    return tuple(Carried(kind, KINDS[kind], sums[kind]) for kind in _ENTITIES if kind in sums)
