"""What a customer, and what a follow-up, adds to the sums (product.md 2.2-2.4, 2.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from app.models.values.actions import Channel, Direction, Outcome, is_missed_incoming
from app.services.kpi.shapes import KPI_SUMS, STAFF_SUMS, WINDOWS, Credit, Fact

KpiKey = tuple[str, str, str]
DayKey = tuple[int, str]
_FIRST = KPI_SUMS.index("first_count")
_SIGNED_FEN = KPI_SUMS.index("signed_fen")
_CREDITS = len(Credit._fields) - 3


class KpiSums:
    """Sums by dimension, value and day, with differences added and taken."""

    def __init__(self) -> None:
        self.sums: defaultdict[KpiKey, list[int]] = defaultdict(lambda: [0] * len(KPI_SUMS))

    def add(self, fact: Fact, earned: Iterable[Credit], sign: int = 1) -> None:
        """Add all that one customer contributes, or take it with ``sign`` -1."""
        if fact.created_on and not fact.historic:
            dims = dimensions_of(fact, fact.first_owner_id, fact.first_team_id)
            self._put(dims, fact.created_on, 0, cohort_sums(fact), sign)
        days = signed_by_day(earned)
        if not fact.first_sign_on and not days:
            return
        dims = dimensions_of(fact, fact.sign_owner_id, fact.sign_team_id)
        if fact.first_sign_on:
            self._put(dims, fact.first_sign_on, _FIRST, signing_sums(fact), sign)
        for on, fen in days.items():
            self._put(dims, on, _SIGNED_FEN, (fen,), sign)

    def _put(
        self,
        dimensions: Sequence[tuple[str, str]],
        on: str,
        start: int,
        values: Sequence[int],
        sign: int,
    ) -> None:
        filled = [(start + at, sign * value) for at, value in enumerate(values) if value]
        for dimension, value in dimensions:
            row = self.sums[dimension, value, on]
            for at, amount in filled:
                row[at] += amount

    def months(self) -> Iterator[tuple[KpiKey, list[int]]]:
        """Return the sums by dimension, value and month."""
        found: defaultdict[KpiKey, list[int]] = defaultdict(lambda: [0] * len(KPI_SUMS))
        for (dimension, value, on), sums in self.sums.items():
            row = found[dimension, value, on[:7]]
            for at, amount in enumerate(sums):
                row[at] += amount
        return iter(found.items())


def dimensions_of(fact: Fact, owner_id: int, team_id: int) -> tuple[tuple[str, str], ...]:
    """Return each dimension with the customer's value of it."""
    return (
        ("all", ""),
        ("staff", str(owner_id)),
        ("team", str(team_id)),
        ("source", fact.source),
        ("region", fact.region),
        ("industry", fact.industry),
        ("grade", fact.grade),
        ("kind", fact.kind),
    )


def cohort_sums(fact: Fact) -> tuple[int, ...]:
    """Return what a customer adds to its month of creation, from ``created_count`` on."""
    return (
        1,
        1 if fact.first_sign_on else 0,
        1 if fact.second_sign_on else 0,
        *(1 if fact.lag_days <= days else 0 for days in WINDOWS),
    )


def signing_sums(fact: Fact) -> tuple[int, ...]:
    """Return what a customer adds to its month of first signing, from ``first_count`` on."""
    return (
        1,
        1 if fact.priced else 0,
        fact.first_deal_fen,
        1 if fact.cycle_days >= 0 else 0,
        max(fact.cycle_days, 0),
        fact.touches,
        1 if fact.backdated else 0,
        1 if fact.touches == 0 else 0,
    )


def signed_by_day(earned: Iterable[Credit]) -> dict[str, int]:
    """Return the amount signed on each day that has one."""
    found: defaultdict[str, int] = defaultdict(int)
    for credit in earned:
        if credit.signed_fen:
            found[credit.on] += credit.signed_fen
    return found


class Act(NamedTuple):
    """Follow-ups of one member of staff and day that are alike, with their number.

    ``duration_s`` is the sum of the known seconds and ``talked`` how many have any.
    """

    staff_id: int
    on: str
    channel: str
    direction: str
    outcome: str
    counts: bool
    known: int
    number: int
    talked: int
    duration_s: int


def action_sums(act: Act) -> tuple[int, ...]:
    """Return what follow-ups add to the actions of their day, in the order of the columns.

    Missed incoming calls are no calls; 接通 is 1 second or more, or 接通 said by hand of a
    call without seconds; SMS are the plain number sent; the rest is collapsed already.
    """
    channel, number = act.channel, act.number
    counting = number if act.counts else 0
    phone = channel == Channel.phone
    missed = is_missed_incoming(channel, act.outcome, 0 if act.known == 0 else None, act.direction)
    said = act.outcome == Outcome.connected and act.known < 0
    return (
        number if phone and not missed else 0,
        (number if said else act.talked) if phone else 0,
        act.duration_s if phone else 0,
        number if channel == Channel.sms and act.direction != Direction.incoming else 0,
        counting if channel == Channel.mail else 0,
        counting if channel in (Channel.wechat, Channel.qq) else 0,
        counting if channel == Channel.visit else 0,
        counting,
    )


class StaffSums:
    """Sums by member of staff and day, with differences added and taken."""

    def __init__(self) -> None:
        self.sums: defaultdict[DayKey, list[int]] = defaultdict(lambda: [0] * len(STAFF_SUMS))

    def add_credits(self, earned: Iterable[Credit], sign: int = 1) -> None:
        """Add what customers brought."""
        for credit in earned:
            row = self.sums[credit.staff_id, credit.on]
            for at, value in enumerate(credit[3:]):
                row[at] += sign * value

    def add_act(self, act: Act, sign: int = 1) -> None:
        """Add what was done."""
        if not act.on:
            return
        row = self.sums[act.staff_id, act.on]
        for at, value in enumerate(action_sums(act), start=_CREDITS):
            row[at] += sign * value

    def months(self) -> Iterator[tuple[tuple[int, str], list[int]]]:
        """Return the sums by member of staff and month."""
        found: defaultdict[DayKey, list[int]] = defaultdict(lambda: [0] * len(STAFF_SUMS))
        for (staff_id, on), sums in self.sums.items():
            row = found[staff_id, on[:7]]
            for at, value in enumerate(sums):
                row[at] += value
        return iter(found.items())

    def running(self) -> Iterator[tuple[tuple[int, str], tuple[int, ...]]]:
        """Return the running sums of each month up to each day with anything."""
        total: list[int] = []
        last: tuple[int, str] = (0, "")
        for (staff_id, on), sums in sorted(self.sums.items()):
            if last != (staff_id, on[:7]):
                last, total = (staff_id, on[:7]), [0] * len(STAFF_SUMS)
            total = [a + b for a, b in zip(total, sums, strict=True)]
            if any(sums):
                yield (staff_id, on), tuple(total)
