"""The figures again, slowly and in plain Python, written from product.md section 2."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from fractions import Fraction
from statistics import median

from sqlalchemy import select

from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import Customer, LifeSpell, OwnerSpell
from app.models.tables.deals import Contract, ContractShare, Opportunity, Payment
from app.models.tables.followups import FollowUp
from app.models.tables.staff import Staff, TeamSpell
from app.models.values import periods

TABLES = (
    Customer, OwnerSpell, LifeSpell, Contract, ContractShare, Opportunity, Payment, FollowUp,
    CalibrationEvent, Staff, TeamSpell,
)  # fmt: skip


class Rows:
    """Every living row of a book as dictionaries, by table name."""

    def __init__(self, office):
        self.of = {}
        with office.context.read() as reader:
            for entity in TABLES:
                table = entity.__table__
                rows = [dict(row._mapping) for row in reader.rows(select(*table.c))]
                living = [row for row in rows if not row["deleted_at"]]
                self.of[entity] = sorted(living, key=lambda row: row["id"])

    def at(self, entity, customer_id):
        """Return a customer's rows of a table."""
        return [row for row in self.of[entity] if row["customer_id"] == customer_id]


class Member:
    """One counted customer."""

    def __init__(self, row, rows: Rows):
        self.row = row
        self.id = row["id"]
        self.created = row["created_on"]
        self.effective = [
            one for one in rows.at(Contract, self.id)
            if one["status"] in ("active", "done", "ended") and one["signed_on"]
        ]  # fmt: skip
        signing = [one for one in self.effective if one["kind"] != "supplement" or one["as_new"]]
        self.signing_days = sorted({one["signed_on"] for one in signing})
        self.first = self.signing_days[0] if self.signing_days else None
        on_first = [one["amount_fen"] for one in signing if one["signed_on"] == self.first]
        priced = [fen for fen in on_first if fen is not None]
        self.deal_fen = sum(priced) if priced else None
        touches = [one["on"] for one in rows.at(FollowUp, self.id) if one["counts"]]
        known = [day for day in (self.created, *touches) if day]
        self.start = min(known) if known else None
        self.cycle = self.touches = None
        self.backdated = bool(self.first and self.start and self.first < self.start)
        if self.first:
            if self.start:
                self.cycle = max(0, (self.first - self.start).days)
            self.touches = sum(1 for day in touches if (self.start or day) <= day <= self.first)
        self.spells = sorted(
            rows.at(OwnerSpell, self.id), key=lambda one: (one["from_on"] or date.min, one["id"])
        )

    def owner(self, day):
        """Return who owned the customer on a day."""
        if not self.spells:
            return self.row["owner_id"]
        before = [one for one in self.spells if (one["from_on"] or date.min) <= (day or date.min)]
        return (before[-1] if before else self.spells[0])["staff_id"]


def population(rows):
    """Return the counted customers (2.0.3)."""
    return [
        Member(row, rows)
        for row in rows.of[Customer]
        if not row["trial"] and not row["merged_into_id"]
    ]


def team_of(rows, staff_id, day):
    """Return the team of a member of staff on a day (2.10)."""
    past = [
        one for one in rows.of[TeamSpell]
        if one["staff_id"] == staff_id and (day or date.min) < one["until_on"]
    ]  # fmt: skip
    if past:
        return min(past, key=lambda one: (one["until_on"], one["id"]))["team_id"]
    return next((one["team_id"] for one in rows.of[Staff] if one["id"] == staff_id), 0)


def matches(rows, member, where, day, by=None):
    """Tell whether a filter takes what ``by`` (the owner of that day) did with a customer."""
    owner, team = member.owner(day) if by is None else by, None
    if where.by_present_owner:
        owner = member.row["owner_id"]
        team = next((one["team_id"] for one in rows.of[Staff] if one["id"] == owner), 0)
    regions = (member.row["region_code"], member.row["region"])
    return all(
        (
            where.staff_id in (None, owner),
            where.team_id is None
            or where.team_id == (team_of(rows, owner, day) if team is None else team),
            where.kind in (None, member.row["kind"]),
            where.source in (None, member.row["source"]),
            where.industry in (None, member.row["industry"]),
            where.grade in (None, member.row["grade"]),
            where.region is None
            or where.region in regions
            or (len(where.region) in (2, 4) and regions[0].startswith(where.region)),
        )
    )


def figure(rows, members, metric, where, days, as_of):
    """Return (value, n, values behind it) of a KPI for days (first, last), both inside."""
    first, last = days
    last = min(last, as_of)
    if metric in ("first_deal_fen", "cycle_days", "touches"):
        name = {"first_deal_fen": "deal_fen", "cycle_days": "cycle", "touches": "touches"}[metric]
        signed = [one for one in members if one.first and first <= one.first <= last]
        signed = [one for one in signed if matches(rows, one, where, one.first)]
        values = [getattr(one, name) for one in signed if getattr(one, name) is not None]
        return (Fraction(sum(values), len(values)) if values else None), len(values), values
    if metric == "cycle_days_dated":
        dated = [one for one in members if one.first and first <= one.first <= last]
        dated = [one for one in dated if matches(rows, one, where, one.first)]
        days = [one.cycle for one in dated if one.cycle is not None and not one.backdated]
        return ratio(sum(days), len(days))
    cohort = [
        one for one in members
        if one.created and first <= one.created <= last and not one.row["historic"]
        and matches(rows, one, where, one.created)
    ]  # fmt: skip
    signed = [one for one in cohort if one.first and one.first <= as_of]
    if metric == "conversion":
        return ratio(len(signed), len(cohort))
    if metric == "repurchase":
        again = [one for one in signed if any(one.first < day <= as_of for day in one.signing_days)]
        return ratio(len(again), len(signed))
    within = timedelta(int(metric.removeprefix("conversion_")))
    mature = [one for one in cohort if one.created + within <= as_of]
    return ratio(
        sum(1 for one in mature if one.first and one.first <= one.created + within), len(mature)
    )


FESTIVALS = {2025: date(2025, 1, 29), 2026: date(2026, 2, 17), 2027: date(2027, 2, 6)}


def year_before(period, query):
    """Return what a period is compared with a year earlier (2.5), None for no such period."""
    year = period.end.year
    festive = query.festival and (period.start.year, year in FESTIVALS) == (year, True)
    if festive and period.end <= date(year, 3, 31) and year - 1 in FESTIVALS:
        return moved(period, (FESTIVALS[year] - FESTIVALS[year - 1]).days)
    same = periods.year_ago(period)
    return moved(period, 364) if same is None and query.shift else same


def moved(period, days):
    """Return the days so many earlier."""
    return periods.custom(period.start - timedelta(days), period.end - timedelta(days))


def ratio(part, whole):
    """Return (value, n, nothing behind it)."""
    return (Fraction(part, whole) if whole else None), whole, []


def middle(values):
    """Return the median of values, None for none."""
    return median(values) if values else None


def summary(rows, members, first, last):
    """Return the columns of the staff summary by staff id."""
    found = defaultdict(lambda: defaultdict(int))
    sets = defaultdict(lambda: defaultdict(set))
    for member in members:
        _customer(rows, member, (first, last), found, sets)
    by_staff = {staff: dict(sums) for staff, sums in found.items()}
    for staff, named in sets.items():
        for name, ids in named.items():
            by_staff.setdefault(staff, {})[name] = len(ids)
    return by_staff


def _customer(rows, member, days, found, sets):
    def inside(day):
        return day is not None and days[0] <= day <= days[1]

    if inside(member.created):
        found[member.owner(member.created)]["new_customers"] += 1
    if inside(member.first):
        owner = found[member.owner(member.first)]
        owner["won_customers"] += 1
        owner["won_fen"] += member.deal_fen or 0
    for contract in member.effective:
        if inside(contract["signed_on"]):
            for staff, fen in split(rows, contract, contract["amount_fen"] or 0):
                found[staff]["signed_fen"] += fen
                sets[staff]["contracts"].add(contract["id"])
                sets[staff]["signed_customers"].add(member.id)
    for payment in rows.at(Payment, member.id):
        if inside(payment["paid_on"]):
            shared = {"id": payment["contract_id"], "signer_id": payment["staff_id"]}
            for staff, fen in split(rows, shared, payment["amount_fen"]):
                found[staff]["received_fen"] += fen
    for one in rows.at(FollowUp, member.id):
        if inside(one["on"]):
            _action(one, found[one["staff_id"]], sets[one["staff_id"]])
    for spell in rows.at(LifeSpell, member.id):
        if spell["state"] == "churned" and inside(spell["from_on"]):
            sets[member.owner(spell["from_on"])]["lost_customers"].add(member.id)
    _project(rows, member, inside, found)


def _project(rows, member, inside, found):
    valued = [
        one["on"] for one in rows.at(CalibrationEvent, member.id)
        if one["field"] == "quality" and one["new"] == "valuable"
    ]  # fmt: skip
    if valued and inside(min(valued)):
        found[member.owner(min(valued))]["projects"] += 1


def _action(one, sums, sets):
    channel, outcome, seconds = one["channel"], one["outcome"], one["duration_s"]
    incoming = one["direction"] == "in"
    if channel == "phone":
        unanswered = outcome in ("missed", "rejected") or seconds == 0
        sums["calls"] += 0 if incoming and unanswered else 1
        sums["connected"] += seconds >= 1 or (seconds < 0 and outcome == "connected")
        sums["talk_seconds"] += max(0, seconds)
    if channel == "sms" and not incoming:
        sums["sms"] += 1
    if one["counts"]:
        sums["followups"] += 1
        sums["emails"] += channel == "mail"
        sums["chats"] += channel in ("wechat", "qq")
        sums["visits"] += channel == "visit"
        sets["customers_touched"].add(one["customer_id"])


def split(rows, contract, fen):
    """Split money by the shares of a contract, largest remainder first (2.0.8)."""
    shares = [
        (one["staff_id"], one["weight"])
        for one in rows.of[ContractShare]
        if contract["id"] and one["contract_id"] == contract["id"]
    ]
    whole = sum(weight for _, weight in shares)
    if not whole:
        return [(contract["signer_id"], fen)]
    sign, size = (1 if fen >= 0 else -1), abs(fen)
    exact = [Fraction(size * weight, whole) for _, weight in shares]
    parts = [int(one) for one in exact]
    order = sorted(range(len(parts)), key=lambda at: -(exact[at] - parts[at]))
    for at in order[: size - sum(parts)]:
        parts[at] += 1
    return [(staff, sign * part) for (staff, _), part in zip(shares, parts, strict=True)]
