"""Make the facts and credits of customers from their raw rows (product.md 2.0, 2.4, 2.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.models.store.reader import Reader
from app.models.tables.kpi import NEVER_DAYS
from app.models.values.deals import FirstDeal, SignedContract, first_deal
from app.models.values.money import Fen, split_by_weights
from app.services.kpi.grid import ALL, Pair, number_of
from app.services.kpi.raw import (
    Deal,
    Estimate,
    Lost,
    Person,
    Raw,
    Scope,
    Teams,
    read_raw,
    read_touches,
)
from app.services.kpi.shapes import NO_OWNER, Credit, Fact, Part


@dataclass(frozen=True, slots=True)
class Derived:
    """The facts, credits and parts of a scope's counted customers, by customer."""

    facts: dict[int, Fact]
    credits: dict[int, list[Credit]]
    parts: dict[int, list[Part]]


def derive(reader: Reader, scope: Scope, teams: Teams) -> Derived:
    """Compute facts and credits of the customers of a scope from the raw rows."""
    raw = read_raw(reader, scope)
    deals = {person.id: _first_deal(raw.deals.get(person.id, ())) for person in raw.people}
    signers = [customer_id for customer_id, deal in deals.items() if deal.first_on is not None]
    touches = read_touches(reader, signers)
    facts = {
        person.id: _fact(person, deals[person.id], raw, touches.get(person.id, ()), teams)
        for person in raw.people
    }
    return Derived(
        facts,
        {fact.customer_id: _credits(fact, raw) for fact in facts.values()},
        {person.id: _parts(person, facts[person.id], raw) for person in raw.people},
    )


def _first_deal(deals: Sequence[Deal]) -> FirstDeal:
    if not deals:
        return FirstDeal()
    return first_deal(
        SignedContract(
            date.fromisoformat(one.signed_on), one.amount_fen, one.status, one.kind, one.as_new
        )
        for one in deals
    )


def _fact(
    person: Person, deal: FirstDeal, raw: Raw, touches: Sequence[tuple[str, int]], teams: Teams
) -> Fact:
    first = deal.first_on.isoformat() if deal.first_on else ""
    start = min((day for day in (person.created_on, person.first_touch_on) if day), default="")
    spells = raw.owners.get(person.id, ())
    first_owner = owner_on(spells, person.created_on, person.owner_id)
    sign_owner = owner_on(spells, first, person.owner_id) if first else NO_OWNER
    length = days_between(start, first)
    return Fact(
        customer_id=person.id,
        created_on=person.created_on,
        historic=bool(person.historic),
        first_touch_on=person.first_touch_on,
        first_sign_on=first,
        second_sign_on=deal.second_on.isoformat() if deal.second_on else "",
        sign_month=first[:7],
        lag_days=_lag(person.created_on, first),
        first_deal_fen=deal.amount_fen or 0,
        priced=deal.amount_fen is not None,
        cycle_days=-1 if length is None else max(0, length),
        touches=sum(number for day, number in touches if start <= day <= first),
        backdated=length is not None and length < 0,
        first_owner_id=first_owner,
        first_team_id=teams.on(first_owner, person.created_on),
        sign_owner_id=sign_owner,
        sign_team_id=teams.on(sign_owner, first) if first else 0,
        owner_id=person.owner_id,
        source=person.source,
        region=person.region,
        industry=person.industry,
        grade=person.grade,
        kind=person.kind,
        valued_on=raw.valued.get(person.id, ""),
    )


def days_between(first: str, last: str) -> int | None:
    """Return the calendar days from one ISO day to another, None if either is not known."""
    if not first or not last:
        return None
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def _lag(created_on: str, first_sign_on: str) -> int:
    lag = days_between(created_on, first_sign_on)
    return NEVER_DAYS if lag is None else lag


def owner_on(spells: Sequence[tuple[str, int]], day: str, otherwise: int) -> int:
    """Return who owned a customer on a day: before the first spell, its owner."""
    found = None
    for from_on, staff_id in spells:
        if found is None or from_on <= day:
            found = staff_id
    return otherwise if found is None else found


def shared(fen: int, shares: Sequence[tuple[int, int]], otherwise: int) -> list[tuple[int, int]]:
    """Split money by (staff id, weight); without any weight it is one person's."""
    weights = [weight for _, weight in shares]
    if not weights or sum(weights) <= 0 or min(weights) < 0:
        return [(otherwise, fen)]
    parts = split_by_weights(Fen(fen), weights)
    return [(staff_id, part) for (staff_id, _), part in zip(shares, parts, strict=True)]


class _Book:
    """Collect the credits of one customer by member of staff and day."""

    def __init__(self, customer_id: int) -> None:
        self._customer_id = customer_id
        self._sums: dict[tuple[int, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))

    def add(self, staff_id: int, on: str, **amounts: int) -> None:
        """Add amounts to a day; nothing is added without a day."""
        if on:
            sums = self._sums[staff_id, on]
            for name, amount in amounts.items():
                sums[name] += amount

    def mark(self, staff_id: int, on: str, **flags: int) -> None:
        """Set counts of a day that do not add up."""
        if on:
            self._sums[staff_id, on].update(flags)

    def credits(self) -> list[Credit]:
        """Return the rows that say anything."""
        rows = (
            Credit(self._customer_id, staff_id, on, **sums)
            for (staff_id, on), sums in sorted(self._sums.items())
        )
        return [row for row in rows if any(row[3:])]


def _credits(fact: Fact, raw: Raw) -> list[Credit]:
    customer_id = fact.customer_id
    book = _Book(customer_id)
    book.mark(fact.first_owner_id, fact.created_on, new_customers=1)
    if fact.first_sign_on:
        book.mark(
            fact.sign_owner_id, fact.first_sign_on, won_customers=1, won_fen=fact.first_deal_fen
        )
    _credit_money(book, customer_id, raw)
    person = _Owned(fact, raw)
    if fact.valued_on:
        book.mark(person.owner_on(fact.valued_on), fact.valued_on, projects=1)
    _credit_losses(book, person, raw)
    return book.credits()


def _credit_money(book: _Book, customer_id: int, raw: Raw) -> None:
    for deal in raw.deals.get(customer_id, ()):
        parts = shared(deal.amount_fen or 0, raw.shares.get(deal.id, ()), deal.signer_id)
        for staff_id in dict.fromkeys(staff_id for staff_id, _ in parts):
            book.add(staff_id, deal.signed_on, contracts=1)
        for staff_id, fen in parts:
            book.add(staff_id, deal.signed_on, signed_fen=fen)
    for paid in raw.paid.get(customer_id, ()):
        shares = raw.shares.get(paid.contract_id, ()) if paid.contract_id else ()
        for staff_id, fen in shared(paid.amount_fen, shares, paid.staff_id):
            book.add(staff_id, paid.paid_on, received_fen=fen)


@dataclass(frozen=True, slots=True)
class _Owned:
    """A customer with its owners and its estimates over time."""

    fact: Fact
    raw: Raw

    def owner_on(self, day: str) -> int:
        """Return who owned the customer on a day."""
        spells = self.raw.owners.get(self.fact.customer_id, ())
        return owner_on(spells, day, self.fact.owner_id)

    def estimate_on(self, day: str) -> int:
        """Return the newest expected amount on a day, 0 for none."""
        found = 0
        for one in self.raw.estimates.get(self.fact.customer_id, ()):
            if one.on <= day:
                found = one.fen
        return max(found, 0)


def _credit_losses(book: _Book, person: _Owned, raw: Raw) -> None:
    customer_id = person.fact.customer_id
    spell: Lost
    for spell in raw.lost.get(customer_id, ()):
        owner = person.owner_on(spell.from_on)
        fen = spell.lost_fen if spell.lost_fen >= 0 else person.estimate_on(spell.from_on)
        book.mark(owner, spell.from_on, lost_customers=1)
        book.add(owner, spell.from_on, lost_fen=fen)
    for chance in raw.chances.get(customer_id, ()):
        book.add(chance.owner_id, chance.created_on, opportunities=1)
        if chance.state == "lost":
            owner = person.owner_on(chance.closed_on)
            book.mark(owner, chance.closed_on, lost_customers=1)
            book.add(owner, chance.closed_on, lost_fen=max(chance.expected_fen, 0))


# -- parts of sums over two days -------------------------------------------------------------


class _Parts:
    """Collect what one customer adds to sums over two days."""

    def __init__(self) -> None:
        self._sums: dict[tuple[int, int, int, int], int] = defaultdict(int)

    def add(self, what: Pair, staff_id: int, on: str, before: str, amount: int) -> None:
        """Add an amount at two days."""
        self._sums[what, staff_id, number_of(on), number_of(before)] += amount

    def of(self, customer_id: int) -> list[Part]:
        """Return the rows that say anything."""
        return [Part(customer_id, *key, sum_) for key, sum_ in sorted(self._sums.items()) if sum_]


def _parts(person: Person, fact: Fact, raw: Raw) -> list[Part]:
    """Return what was expected of a customer, by the day it came, and its contracts."""
    found, mine = _Parts(), raw.estimates.get(person.id, ())
    owners = _Owned(fact, raw)
    ways = (
        (Pair.new_fen, Pair.new_fen_now, fact.created_on, fact.first_owner_id),
        (Pair.projects_fen, Pair.projects_fen_now, fact.valued_on, None),
    )
    for then, now, day, owner in ways:
        if day:
            staff_id = owners.owner_on(day) if owner is None else owner
            found.add(now, staff_id, day, "", max(person.expected_fen, 0))
            for on, fen in _steps(mine, 0):
                found.add(then, staff_id, day, on, fen)
    for chance in raw.chances.get(person.id, ()):
        if chance.created_on:
            own = [one for one in mine if one.opportunity_id == chance.id]
            for on, fen in _steps(own, max(chance.expected_fen, 0)):
                found.add(Pair.opportunities_fen, chance.owner_id, chance.created_on, on, fen)
    for deal in raw.deals.get(person.id, ()):
        found.add(Pair.contracts, ALL, deal.signed_on, "", 1)
    return found.of(person.id)


def _steps(estimates: Sequence[Estimate], base: int) -> list[tuple[str, int]]:
    """Return by how much the newest estimate known on a day differs from that of the day before.

    ``base`` is what holds before the first one.
    """
    found, value, newest = [("", base)], base, -1
    for on, place in sorted((one.on, place) for place, one in enumerate(estimates)):
        if place > newest:
            newest, fen = place, max(estimates[place].fen, 0)
            found.append((on, fen - value))
            value = fen
    return found
