"""The further indicators again, slowly and in plain Python, written from product.md 2.9."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction

from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import LifeSpell
from app.models.tables.deals import Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.values import periods
from tests.services.kpi import oracle

DAY = timedelta(days=1)
CENTURY = date(1900, 1, 1)
MET = ("visit", "meeting", "expo", "phone")
HOLIDAYS = {
    **{date(2025, 1, day): True for day in (1, 28, 29, 30, 31)},
    **{date(2025, 2, day): True for day in (3, 4)},
    date(2025, 1, 26): False, date(2025, 2, 8): False,
    date(2025, 4, 4): True, date(2025, 4, 27): False,
    **{date(2025, 5, day): True for day in (1, 2, 5)},
    date(2025, 6, 2): True, date(2025, 9, 28): False, date(2025, 10, 11): False,
    **{date(2025, 10, day): True for day in (1, 2, 3, 6, 7, 8)},
    **{date(2026, 1, day): True for day in (1, 2)}, date(2026, 1, 4): False,
    **{date(2026, 2, day): True for day in (16, 17, 18, 19, 20, 23)},
    date(2026, 2, 14): False, date(2026, 2, 28): False,
    date(2026, 4, 6): True, date(2026, 5, 9): False,
    **{date(2026, 5, day): True for day in (1, 4, 5)},
    date(2026, 6, 19): True, date(2026, 9, 20): False, date(2026, 10, 10): False,
    date(2026, 9, 25): True,
    **{date(2026, 10, day): True for day in (1, 2, 5, 6, 7)},
}  # fmt: skip
"""Days off on a weekday (True) and weekends worked (False), as the State Council announced."""


def works(day):
    """Tell whether people work on a day."""
    return not HOLIDAYS[day] if day in HOLIDAYS else day.weekday() < 5


def working(after, to):
    """Return the working days after one day up to another."""
    return sum(works(after + DAY * at) for at in range(1, (to - after).days + 1))


class Asked:
    """What is asked: the days, the whole period before them, the last day that is known."""

    def __init__(self, rows, members, where, period, last, as_of):
        self.rows, self.members, self.where = rows, members, where
        self.first, self.last, self.as_of = period.start, min(last, as_of), as_of
        before = periods.previous(period)
        self.before = (before.start, min(before.end, as_of))

    def inside(self, day):
        """Tell whether a day is one of the days asked for."""
        return day is not None and self.first <= day <= self.last

    def takes(self, member, staff, day):
        """Tell whether the filter takes what a member of staff did on a day."""
        return oracle.matches(self.rows, member, self.where, day, by=staff)

    def signings(self, first, last, *, anybody=False):
        """Return (member, day, amount, signing, priced) of the days somebody signed on."""
        for member in self.members:
            owned = defaultdict(list)
            for one in member.effective:
                if first <= one["signed_on"] <= last:
                    owned[one["signed_on"]].append(one)
            for day, signed in sorted(owned.items()):
                if not anybody and not self.takes(member, member.owner(day), day):
                    continue
                amount = sum(one["amount_fen"] or 0 for one in signed)
                signing = [one for one in signed if one["kind"] != "supplement" or one["as_new"]]
                priced = [one for one in signing if one["amount_fen"] is not None]
                yield member, day, amount, bool(signing), bool(priced)

    def known(self, member, field, day):
        """Return a calibrated value as it stood at the end of a day, empty for none."""
        events = [
            one for one in self.rows.at(CalibrationEvent, member.id)
            if one["field"] == field and one["on"] and one["on"] <= day
        ]  # fmt: skip
        return max(events, key=lambda one: (one["at"], one["id"]))["new"] if events else ""

    def churns(self, member):
        """Return when a customer was 失效."""
        return [one for one in self.rows.at(LifeSpell, member.id) if one["state"] == "churned"]

    def chances(self):
        """Return (member, opportunity, staff) of every opportunity."""
        for member in self.members:
            for one in self.rows.at(Opportunity, member.id):
                yield member, one


def total(values, members):
    """Return a sum with the customers behind it."""
    return sum(values), len(members), []


def mean(values):
    """Return a mean with the values behind it."""
    value = Fraction(sum(values)) / len(values) if values else None
    return value, len(values), values


def ratio(part, whole):
    """Return a part of a whole."""
    return oracle.ratio(part, whole)


# -- money and new customers -------------------------------------------------------------------


def shared(asked, member, on, contract, fen):
    """Return the shares of an amount that the filter takes, by day and staff."""
    found = defaultdict(int)
    if asked.inside(on):
        for staff, part in oracle.split(asked.rows, contract, fen):
            if asked.takes(member, staff, on):
                found[on, staff] += part
    return found


def credits_of(asked, amounts):
    """Return the sum of shares and the customers that have any."""
    whole, customers = 0, set()
    for member in asked.members:
        mine = defaultdict(int)
        for on, contract, fen in amounts(member):
            for key, part in shared(asked, member, on, contract, fen).items():
                mine[key] += part
        whole += sum(mine.values())
        if any(mine.values()):
            customers.add(member.id)
    return whole, len(customers), []


def signed_fen(asked):
    """Σ share of effective contracts with their signing day in P (2.6)."""
    return credits_of(
        asked,
        lambda member: [
            (one["signed_on"], one, one["amount_fen"] or 0) for one in member.effective
        ],
    )


def received_fen(asked):
    """Σ payments less refunds dated in P, by the shares of the contract (2.6)."""
    return credits_of(
        asked,
        lambda member: [
            (
                one["paid_on"],
                {"id": one["contract_id"], "signer_id": one["staff_id"]},
                one["amount_fen"],
            )
            for one in asked.rows.at(Payment, member.id)
        ],
    )


def created(asked):
    """Return the customers created in P, without those of before the book."""
    return [
        one for one in asked.members
        if asked.inside(one.created) and not one.row["historic"]
        and asked.takes(one, one.owner(one.created), one.created)
    ]  # fmt: skip


def first_signers(asked):
    """Return the customers with F(c) in P."""
    return [
        one for one in asked.members
        if asked.inside(one.first) and asked.takes(one, one.owner(one.first), one.first)
    ]  # fmt: skip


def new_customers(asked):
    """Return customers created in P."""
    found = created(asked)
    return len(found), len(found), []


def first_signed(asked):
    """Return customers with F(c) in P."""
    found = first_signers(asked)
    return len(found), len(found), []


def flow_ratio(asked):
    """First-signed in P / created in P."""
    return ratio(len(first_signers(asked)), len(created(asked)))


def cycle_workdays(asked):
    """Return the mean of working days from start(c) to F(c)."""
    return mean(
        [
            working(one.start, one.first) if one.start < one.first else 0
            for one in first_signers(asked)
            if one.start
        ]
    )


# -- signings ----------------------------------------------------------------------------------


def order_value_fen(asked):
    """Σ effective amount in P / distinct customers signing in P."""
    found = list(asked.signings(asked.first, asked.last))
    signers = {member.id for member, _, _, _, priced in found if priced}
    amount = sum(one[2] for one in found)
    return ratio(amount, len(signers))


def repurchase_gap_days(asked):
    """Return the median of days between consecutive signing days, the later one in P."""
    gaps = []
    for member, day, _, signing, _ in asked.signings(asked.first, asked.last):
        earlier = [one for one in member.signing_days if one < day]
        if signing and earlier:
            gaps.append((day - max(earlier)).days)
    return oracle.middle(gaps), len(gaps), gaps


def kept(asked, before, now):
    """Return the part of the signers of the days before that signed again now."""
    first = {one[0].id for one in asked.signings(*before) if one[3]}
    again = {one[0].id for one in asked.signings(*now, anybody=True) if one[3]}
    return ratio(len(first & again), len(first))


def retention(asked):
    """Customers signing in both P-1 and P / customers signing in P-1."""
    return kept(asked, asked.before, (asked.first, asked.last))


def retention_year(asked):
    """Return the same over 365 days and the 365 before."""
    begin = asked.last - 364 * DAY
    return kept(asked, (begin - 365 * DAY, begin - DAY), (begin, asked.last))


def forecast_error(asked):
    """Return the mean of |estimate 30 days before - amount| / amount."""
    off = []
    for member, day, amount, signing, _ in asked.signings(asked.first, asked.last):
        estimate = asked.known(member, "expected_fen", day - 30 * DAY)
        if signing and estimate not in ("", "-1") and amount > 0:
            off.append(Fraction(abs(int(estimate) - amount), amount))
    return mean(off)


def forecast_days(asked):
    """Return the mean of signing day - expected day."""
    late = []
    for member, day, _, signing, _ in asked.signings(asked.first, asked.last):
        expected = asked.known(member, "expected_to", day - 30 * DAY)
        if signing and expected:
            late.append((day - date.fromisoformat(expected)).days)
    return mean(late)


# -- states and events -------------------------------------------------------------------------


def active(asked):
    """Customers with a two-way contact within 90 days / living customers, on the last day."""
    talked, living = 0, 0
    for member in asked.members:
        lost = any(
            one["from_on"] <= asked.last and (not one["to_on"] or one["to_on"] > asked.last)
            for one in asked.churns(member)
        )
        there = (member.created or CENTURY) <= asked.last and not lost
        if not there or not asked.takes(member, member.owner(asked.last), asked.last):
            continue
        living += 1
        talked += any(
            asked.last - 89 * DAY <= one["on"] <= asked.last and two_way(one)
            for one in asked.rows.at(FollowUp, member.id)
        )
    return ratio(talked, living)


def two_way(one):
    """Tell whether a follow-up was talked in both directions."""
    if one["channel"] in MET:
        return bool(one["counts"])
    return one["direction"] in ("in", "both") or (one["counts"] and one["direction"] == "")


def rating_hit(asked):
    """Return the share signed within 180 days of those first rated 有价值 in P."""
    hits = whole = 0
    for member in asked.members:
        rated = [
            one for one in asked.rows.at(CalibrationEvent, member.id)
            if one["field"] == "quality" and one["new"] == "valuable" and asked.inside(one["on"])
        ]  # fmt: skip
        if not rated:
            continue
        one = min(rated, key=lambda one: (one["at"], one["id"]))
        on, due = one["on"], one["on"] + 180 * DAY
        before = member.first is not None and member.first < on
        if before or due > asked.as_of or not asked.takes(member, one["staff_id"], on):
            continue
        whole += 1
        hits += member.first is not None and member.first <= due
    return ratio(hits, whole)


def losses(asked):
    """Count what was lost in P: customers and opportunities."""
    found = 0
    for member in asked.members:
        for one in asked.churns(member):
            on = one["from_on"]
            found += asked.inside(on) and asked.takes(member, member.owner(on), on)
    for member, one in asked.chances():
        found += one["state"] == "lost" and closed(asked, member, one)
    return found, found, []


def closed(asked, member, one):
    """Tell whether an opportunity was closed in P by those asked for."""
    on = one["closed_on"]
    return asked.inside(on) and asked.takes(member, one["owner_id"] or member.owner(on), on)


def win_rate(asked):
    """Won / (won + lost) among the opportunities closed in P."""
    states = [one["state"] for member, one in asked.chances() if closed(asked, member, one)]
    return ratio(states.count("won"), states.count("won") + states.count("lost"))


def win_rate_amount(asked):
    """Return the same by amount, n being the opportunities with one."""
    won, fen = 0, []
    for member, one in asked.chances():
        if closed(asked, member, one) and one["expected_fen"] > 0:
            fen.append(one["expected_fen"])
            won += one["expected_fen"] * (one["state"] == "won")
    return (Fraction(won, sum(fen)) if fen else None), len(fen), []


def funnel_fen(asked):
    """Σ amount of the opportunities open on the last day."""
    fen, customers = 0, set()
    for member, one in asked.chances():
        begun, done = one["created_on"], one["closed_on"]
        is_open = begun and begun <= asked.last and (not done or done > asked.last)
        owner = one["owner_id"] or member.owner(asked.last)
        if is_open and asked.takes(member, owner, begun):
            fen += max(one["expected_fen"], 0)
            customers.add(member.id)
    return fen, len(customers), []


def rfm(asked):
    """Return the share of those in the two best fifths of R, F and M."""
    bought = {}
    for member in asked.members:
        days = [day for day in member.signing_days if day <= asked.last]
        late = asked.last - 730 * DAY
        if days:
            fen = [
                one["amount_fen"] or 0
                for one in member.effective
                if late < one["signed_on"] <= asked.last
            ]
            often = len([day for day in days if day > late])
            bought[member] = ((asked.last - max(days)).days, often, sum(fen))
    marks = [fifths([one[at] for one in bought.values()]) for at in range(3)]
    best = whole = 0
    for member, (recency, often, fen) in bought.items():
        if asked.takes(member, member.owner(asked.last), max(
            day for day in member.signing_days if day <= asked.last
        )):  # fmt: skip
            whole += 1
            lately = 5 - sum(recency > one for one in marks[0])
            much = [1 + sum(value > one for one in mark) for value, mark in
                    ((often, marks[1]), (fen, marks[2]))]  # fmt: skip
            best += min(lately, *much) >= 4
    return ratio(best, whole)


def fifths(values):
    """Return the upper bound of each of the four lower fifths."""
    ordered = sorted(values)
    return [ordered[(len(ordered) * part + 4) // 5 - 1] for part in range(1, 5)] if ordered else []


ORACLES = (
    signed_fen, received_fen, new_customers, first_signed, flow_ratio, cycle_workdays,
    order_value_fen, repurchase_gap_days, retention, retention_year, active, win_rate,
    win_rate_amount, funnel_fen, forecast_error, forecast_days, rating_hit, losses, rfm,
)  # fmt: skip
BY_NAME = {one.__name__: one for one in ORACLES} | {"losses_to": losses}


def figure(rows, members, metric, where, period, last, as_of):
    """Return (value, n, values behind it) of an indicator for a period up to a day."""
    if period.start > min(last, as_of):
        return None, 0, []
    return BY_NAME[metric](Asked(rows, members, where, period, last, as_of))
