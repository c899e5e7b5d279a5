"""The look through the whole book: groups of customers that may be one, with the reasons."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.i18n import N_, translate
from app.models.store.idlist import among
from app.models.store.reader import Reader
from app.models.store.visible import counted_customer
from app.models.tables.customers import ContactChannel, Customer
from app.models.tables.staff import Staff
from app.models.values import people
from app.models.values.people import ChannelKind
from app.services.customers.duplicates import apart, likeness
from app.services.customers.duplicates.blocks import CROWD, Names, Pair, pairs_of
from app.services.customers.duplicates.likeness import LEAST, Party, Reason, Why, party
from app.services.jobs import Progress

_MOST_MEMBERS = 8
"""A group grows no further: what is left comes when it has been merged."""
_STEP = 500

Found = dict[Pair, dict[Why, Reason]]


@dataclass(frozen=True, slots=True)
class Member:
    """A customer of a group, as far as a person needs it to tell it from the others."""

    id: int
    name: str
    region: str
    owner: str
    contact: str
    phone: str
    created_on: date | None


@dataclass(frozen=True, slots=True)
class Group:
    """Customers that may be one: how sure that is (per cent) and the reasons, the best first.

    ``certainty`` is that of the weakest of the links that hold the group together.
    """

    members: tuple[Member, ...]
    certainty: int
    reasons: tuple[Reason, ...]

    @property
    def ids(self) -> tuple[int, ...]:
        """Return the customers."""
        return tuple(one.id for one in self.members)


@dataclass(frozen=True, slots=True)
class Scan:
    """What was found among how many customers, the surest group first."""

    groups: tuple[Group, ...]
    customers: int


def scan(reader: Reader, progress: Progress) -> Scan:
    """Look through all customers; raise ``Cancelled`` once somebody asked to stop."""
    found: Found = {}
    total = int(reader.scalar(select(func.count(Customer.id)).where(counted_customer())) or 0)
    names, codes = _read_names(reader, total, progress)
    for at, (pair, reason) in enumerate(_evidence(reader, names, codes, progress)):
        if at % _STEP == 0:
            progress.step(0, 0, translate(N_("正在比较")))
        known = found.setdefault(pair, {})
        if reason.why not in known or known[reason.why].percent < reason.percent:
            known[reason.why] = reason
    return Scan(_groups(reader, found, progress), total)


def _read_names(
    reader: Reader, total: int, progress: Progress
) -> tuple[Names, Mapping[str, list[int]]]:
    """Return the names and the credit codes of the whole book."""
    names, codes = Names(), dict[str, list[int]]()
    chosen = select(
        Customer.id, Customer.name, Customer.short_name, Customer.uscc, Customer.kind
    ).where(counted_customer())
    for at, (customer_id, name, short_name, uscc, kind) in enumerate(reader.rows(chosen)):
        if at % _STEP == 0:
            progress.step(at, total, translate(N_("正在读客户名称")))
        found = party(name, short_name, "", kind)
        if found.is_firm:
            names.add_firm(customer_id, found.firms)
        else:
            names.add_person(customer_id, found.firms[0])
        code = people.check_uscc(uscc).code if uscc else ""
        if code:
            codes.setdefault(code, []).append(customer_id)
    return names, codes


def _evidence(
    reader: Reader, names: Names, codes: Mapping[str, list[int]], progress: Progress
) -> Iterator[tuple[Pair, Reason]]:
    """Yield two customers and one reason why they may be one, over and over."""
    for code, ids in codes.items():
        yield from ((two, likeness.same_code(code)) for two in pairs_of(ids))
    yield from _by_address(reader, ("mobile", "phone"), likeness.by_phone)
    yield from _by_address(reader, (ChannelKind.email,), likeness.by_mail)
    words = translate(N_("正在比较名称"))
    yield from names.alike(lambda done, total: progress.step(done, total, words))


def _by_address(
    reader: Reader, kinds: Collection[str], reason: Callable[[str], Reason]
) -> Iterator[tuple[Pair, Reason]]:
    """Yield the customers that share a number or address; one of a crowd is nobody's own."""
    mine = (
        ContactChannel.kind.in_(kinds),
        ContactChannel.normal != "",
        ContactChannel.deleted_at == 0,
        ContactChannel.customer_id != 0,
    )
    shared = (
        select(ContactChannel.normal)
        .where(*mine)
        .group_by(ContactChannel.normal)
        .having(func.count(ContactChannel.customer_id.distinct()).between(2, CROWD))
    )
    chosen = (
        select(ContactChannel.normal, ContactChannel.customer_id)
        .distinct()
        .join(Customer, Customer.id == ContactChannel.customer_id)
        .where(*mine, ContactChannel.normal.in_(shared), counted_customer())
    )
    owners: dict[str, list[int]] = {}
    for normal, customer_id in reader.rows(chosen):
        owners.setdefault(normal, []).append(customer_id)
    for normal, ids in owners.items():
        yield from ((two, reason(normal)) for two in pairs_of(ids))


def _groups(reader: Reader, found: Found, progress: Progress) -> tuple[Group, ...]:
    progress.step(0, 0, translate(N_("正在整理结果")))
    short = _short_forms(found)
    apart_pairs = apart.read_pairs(reader)
    parties = _parties(reader, {one for pair in found for one in pair})
    links = list[tuple[int, Pair, tuple[Reason, ...]]]()
    for pair, known in found.items():
        if pair in apart_pairs:
            continue
        reasons = sorted(known.values(), key=lambda one: -one.percent)
        rivals = max(short.get(one, 0) for one in pair)
        sure = likeness.certainty(parties[pair[0]], parties[pair[1]], reasons)
        if sure >= LEAST and not likeness.too_short(reasons, rivals):
            links.append((sure, pair, tuple(reasons)))
    links.sort(key=lambda link: (-link[0], link[1]))
    joined = _joined(links, apart_pairs)
    members = _members(reader, {one for ids, _links in joined for one in ids})
    groups = [_group([members[one] for one in sorted(ids)], held) for ids, held in joined]
    return tuple(sorted(groups, key=lambda one: (-one.certainty, one.members[0].name)))


def _short_forms(found: Found) -> dict[int, int]:
    """Return for how many others each customer's name may be the short form, or the long one."""
    count: dict[int, int] = {}
    for pair, known in found.items():
        if Why.short in known:
            for one in pair:
                count[one] = count.get(one, 0) + 1
    return count


Link = tuple[int, Pair, tuple[Reason, ...]]


def _joined(
    links: Iterable[Link], told_apart: Collection[Pair]
) -> list[tuple[set[int], list[Link]]]:
    """Return the groups that links make, the surest links first, and what holds each together.

    Nobody is put beside somebody he was told apart from, by way of a third one either.
    """
    group_of: dict[int, tuple[set[int], list[Link]]] = {}
    for link in links:
        one, other = (group_of.get(at, ({at}, [])) for at in link[1])
        if one is other:
            continue
        ids = one[0] | other[0]
        clash = any((min(a, b), max(a, b)) in told_apart for a in one[0] for b in other[0])
        if clash or len(ids) > _MOST_MEMBERS:
            continue
        both = (ids, [*one[1], *other[1], link])
        group_of.update((at, both) for at in ids)
    return list({id(one): one for one in group_of.values()}.values())


def _group(members: list[Member], held: list[Link]) -> Group:
    best: dict[Why, Reason] = {}
    for _sure, _pair, reasons in held:
        for reason in reasons:
            if reason.why not in best or best[reason.why].percent < reason.percent:
                best[reason.why] = reason
    certainty = min(sure for sure, _pair, _reasons in held)
    ordered = sorted(best.values(), key=lambda one: -one.percent)
    return Group(tuple(members), certainty, tuple(ordered))


def _parties(reader: Reader, ids: Collection[int]) -> dict[int, Party]:
    chosen = select(
        Customer.id, Customer.name, Customer.short_name, Customer.uscc, Customer.kind
    ).where(among(Customer.id, ids))
    return {row[0]: party(*row[1:]) for row in reader.rows(chosen)}


def _members(reader: Reader, ids: Collection[int]) -> dict[int, Member]:
    chosen = (
        select(
            Customer.id,
            Customer.name,
            Customer.region,
            func.coalesce(Staff.name, ""),
            Customer.main_contact,
            Customer.main_phone,
            Customer.created_on,
        )
        .select_from(Customer)
        .outerjoin(Staff, Staff.id == Customer.owner_id)
        .where(among(Customer.id, ids))
    )
    return {row[0]: Member(*row) for row in reader.rows(chosen)}


def still_open(reader: Reader, groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups whose customers all live and that nobody has told apart since."""
    listed = tuple(groups)
    ids: set[Any] = {one for group in listed for one in group.ids}
    chosen = select(Customer.id).where(among(Customer.id, ids), counted_customer())
    alive = {row[0] for row in reader.rows(chosen)}
    told_apart = apart.read_pairs(reader)
    return tuple(
        group
        for group in listed
        if alive.issuperset(group.ids) and not told_apart.intersection(pairs_of(group.ids))
    )
