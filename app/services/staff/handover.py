"""交接: what a leaver owns goes to one or several colleagues, by a rule, as one act."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.base import NO_DAY
from app.models.tables.customers import Customer
from app.models.tables.deals import Opportunity
from app.models.tables.followups import NextStep
from app.models.values.ids import new_id
from app.services.customers.writing import give_to
from app.services.staff.writing import change_staff

if TYPE_CHECKING:
    from app.models.store.unit import Unit
    from app.services.context import Context
    from app.services.jobs import Progress

_CHUNK = 500
_GRADES = ("big", "normal", "small")


class Rule(StrEnum):
    """How customers are shared out."""

    one = "one"
    even = "even"
    region = "region"
    grade = "grade"


@dataclass(frozen=True, slots=True)
class OwnedCustomer:
    """A customer of the leaver, by what rules go by."""

    id: int
    region: str
    grade: str


@dataclass(frozen=True, slots=True)
class Estate:
    """What a person owns: customers, and (id, customer) of open next steps and deals."""

    staff_id: int = 0
    customers: tuple[OwnedCustomer, ...] = ()
    steps: tuple[tuple[int, int], ...] = ()
    deals: tuple[tuple[int, int], ...] = ()

    @property
    def count(self) -> int:
        """Return how many records change hands."""
        return len(self.customers) + len(self.steps) + len(self.deals)

    def values(self, rule: Rule) -> list[tuple[str, int]]:
        """Return the regions or grades of the customers with their counts, most first."""
        counts = Counter(_value(one, rule) for one in self.customers)
        return sorted(counts.items(), key=lambda one: (-one[1], one[0]))


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who gets what: the people of a rule in order, or a person for each region or grade.

    The first of ``people`` gets what no value of ``by_value`` names.
    """

    rule: Rule
    people: tuple[int, ...]
    by_value: Mapping[str, int] = field(default_factory=dict)
    left_on: date | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What one colleague gets."""

    staff_id: int
    customers: int
    steps: int
    deals: int


def _value(customer: OwnedCustomer, rule: Rule) -> str:
    return customer.grade if rule is Rule.grade else customer.region


def shared_out(estate: Estate, sharing: Sharing) -> dict[int, int]:
    """Return the new owner of each customer.

    An even split deals the grades out in turn, so that each gets as many big ones.
    """
    if sharing.rule is Rule.even:
        order = {grade: at for at, grade in enumerate(_GRADES)}
        dealt = sorted(estate.customers, key=lambda one: (order.get(one.grade, 9), one.id))
        people = sharing.people
        return {one.id: people[at % len(people)] for at, one in enumerate(dealt)}
    first = sharing.people[0]
    if sharing.rule is Rule.one:
        return {one.id: first for one in estate.customers}
    by_value = sharing.by_value
    return {one.id: by_value.get(_value(one, sharing.rule), first) for one in estate.customers}


def portions(estate: Estate, sharing: Sharing) -> list[Portion]:
    """Return what each colleague would get, those who get most first."""
    owners = shared_out(estate, sharing)
    first = sharing.people[0]
    customers = Counter(owners.values())
    steps = Counter(owners.get(customer_id, first) for _id, customer_id in estate.steps)
    deals = Counter(owners.get(customer_id, first) for _id, customer_id in estate.deals)
    people = {*customers, *steps, *deals}
    found = [Portion(one, customers[one], steps[one], deals[one]) for one in people]
    return sorted(found, key=lambda one: (-one.customers, -one.steps, one.staff_id))


class Handover:
    """Count what a leaver owns, and hand it over."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def estate(self, staff_id: int, progress: Progress | None = None) -> Estate:
        """Return the customers, open next steps and open deals of a person."""
        customers = select(Customer.id, Customer.region, Customer.grade).where(
            Customer.owner_id == staff_id, Customer.deleted_at == 0
        )
        steps = (
            select(NextStep.id, NextStep.customer_id)
            .join(Customer, Customer.id == NextStep.customer_id)
            .where(
                NextStep.staff_id == staff_id,
                NextStep.state == "open",
                NextStep.deleted_at == 0,
                Customer.deleted_at == 0,
            )
        )
        deals = (
            select(Opportunity.id, Opportunity.customer_id)
            .join(Customer, Customer.id == Opportunity.customer_id)
            .where(
                Opportunity.owner_id == staff_id,
                Opportunity.closed_on == NO_DAY,
                Opportunity.deleted_at == 0,
                Customer.deleted_at == 0,
            )
        )
        with self._context.read() as reader:
            found: list[list[Any]] = []
            for number, wanted in enumerate((customers, steps, deals)):
                if progress is not None:
                    progress.step(number, 3)
                found.append([tuple(row) for row in reader.rows(wanted.order_by("id"))])
        own, open_steps, open_deals = found
        return Estate(
            staff_id, tuple(OwnedCustomer(*row) for row in own), tuple(open_steps),
            tuple(open_deals),
        )  # fmt: skip

    def run(self, estate: Estate, sharing: Sharing, progress: Progress) -> int:
        """Hand over as one act, from today on; history and figures stay.

        Return the batch, which can be taken back, 0 when nothing changed hands. What was
        given to somebody else since the estate was read stays there. A stop leaves the rest.
        Raises ``UserError`` not_allowed, no_receiver or last_manager.
        """
        self._context.require("manage")
        self._check(estate.staff_id, sharing)
        batch_id, written, done = new_id(), 0, 0
        owners = shared_out(estate, sharing)
        total = estate.count
        for number, part in enumerate(_parts(estate)):
            progress.step(done, total)
            with self._context.write(N_("交接"), batch_id=batch_id) as unit:
                if number == 0 and sharing.left_on is not None:
                    change_staff(unit, estate.staff_id, None, None, {"left_on": sharing.left_on})
                for entity, row_id, customer_id in part:
                    receiver = owners.get(customer_id, sharing.people[0])
                    _hand(unit, entity, row_id, estate.staff_id, receiver)
                written = batch_id if unit.noted else written
            done += len(part)
        progress.step(total, total)
        return written

    def _check(self, leaver: int, sharing: Sharing) -> None:
        receivers = {*sharing.people, *sharing.by_value.values()}
        if not sharing.people or leaver in receivers:
            raise UserError(
                "no_receiver",
                N_("还没选好交给谁"),
                advice=N_("选一位或几位在职的同事，不能是离职的人自己；没有改动"),
            )


def _parts(estate: Estate) -> Iterator[list[tuple[Any, int, int]]]:
    """Yield (table, row, customer) of all that changes hands, 500 at a time."""
    every: list[tuple[Any, int, int]] = [(Customer, one.id, one.id) for one in estate.customers]
    every += [(NextStep, *one) for one in estate.steps]
    every += [(Opportunity, *one) for one in estate.deals]
    for start in range(0, max(1, len(every)), _CHUNK):
        yield every[start : start + _CHUNK]


def _hand(unit: Unit, entity: Any, row_id: int, leaver: int, receiver: int) -> None:
    """Give one record to a colleague, unless it is somebody else's by now."""
    column = "staff_id" if entity is NextStep else "owner_id"
    row = unit.stored(entity, row_id)
    if row is None or row["deleted_at"] or row[column] != leaver:
        return
    if entity is Customer:
        give_to(unit, row_id, receiver)
    elif row.get("state") == "open" or entity is Opportunity:
        unit.change(entity, row_id, **{column: receiver})


def people_of(estate: Estate, everybody: Sequence[Any]) -> list[Any]:
    """Return the colleagues who may receive: those who work here, but not the leaver."""
    return [one for one in everybody if one.left_on is None and one.id != estate.staff_id]
