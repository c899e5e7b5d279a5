"""人员汇总: one row a person, and totals that are no sums of rates (product.md 2.6, 2.7)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache

from sqlalchemy import func, select

from app.models.store.reader import Reader
from app.models.store.statements import Compiled, prepared
from app.models.tables.staff import Staff, Team
from app.services.kpi.grid import ALL
from app.services.kpi.measures import measure_named
from app.services.kpi.panels import figures_by_owner
from app.services.kpi.queries import Days
from app.services.kpi.shapes import STAFF_SUMS, Credit
from app.services.staff import distinct, verdicts
from app.services.staff.sums import ByStaff, staff_sums


@dataclass(frozen=True, slots=True)
class SummaryQuery:
    """The days from first to last, both inside, of everybody or of one team.

    ``by_present_owner`` gives what customers brought to those who have them now, a lens over
    the attribution at the time of the event (2.0.7); what people did stays theirs.
    """

    first: date
    last: date
    team_id: int | None = None
    today: date | None = None
    by_present_owner: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """The columns of the summary; money in fen, ``talk_seconds`` in seconds."""

    signed_fen: int = 0
    received_fen: int = 0
    contracts: int = 0
    signed_customers: int = 0
    calls: int = 0
    connected: int = 0
    talk_seconds: int = 0
    sms: int = 0
    emails: int = 0
    chats: int = 0
    visits: int = 0
    followups: int = 0
    customers_touched: int = 0
    opportunities: int = 0
    opportunities_fen: int = 0
    projects: int = 0
    projects_fen: int = 0
    new_customers: int = 0
    new_customers_fen: int = 0
    won_customers: int = 0
    won_fen: int = 0
    lost_customers: int = 0
    lost_fen: int = 0


COLUMNS = tuple(one.name for one in fields(Totals))


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One person's row; ``conversion`` is that within 90 days of the customers created.

    ``effort`` and ``result`` are mean percentile ranks from 0 to 100, None below four
    peers; ``quadrant`` is None for who was here too short.
    """

    staff_id: int
    staff: str
    team_id: int
    team: str
    post: str
    left: bool
    worked_days: int
    totals: Totals
    conversion: float | None = None
    effort: float | None = None
    result: float | None = None
    quadrant: str | None = None


@dataclass(frozen=True, slots=True)
class StaffSummary:
    """The rows of everybody with any value or employed in the days, and the true totals.

    ``working_days`` are those of the days up to today: who has fewer was here in part.
    """

    first: date
    last: date
    rows: tuple[StaffRow, ...]
    total: Totals
    working_days: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """A member of staff as the summary needs one."""

    id: int
    name: str
    team_id: int
    team: str
    post: str
    joined_on: date | None
    left_on: date | None
    deleted: bool

    def employed(self, first: date, last: date) -> bool:
        """Tell whether the person worked here on any of the days."""
        here = self.left_on is None or self.left_on >= first
        return here and (self.joined_on is None or self.joined_on <= last) and not self.deleted


def read_people(reader: Reader, team_id: int | None) -> list[Person]:
    """Return staff by team and name, of one team or all; those in the bin too."""
    rows = reader.prepared_rows(_people(), {})
    return [
        Person(row[0], row[1], row[2], row[3], row[4], _day(row[5]), _day(row[6]), bool(row[7]))
        for row in rows
        if team_id is None or row[2] == team_id
    ]


@cache
def _people() -> Compiled:
    chosen = (
        select(
            Staff.id,
            Staff.name,
            Staff.team_id,
            func.coalesce(Team.name, ""),
            Staff.post,
            Staff.joined_on,
            Staff.left_on,
            Staff.deleted_at,
        )
        .outerjoin(Team, Team.id == Staff.team_id)
        .order_by(Staff.team_id, Staff.sort_key, Staff.id)
    )
    return prepared(Staff.__table__, chosen)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def read_summary(reader: Reader, query: SummaryQuery, today: date) -> StaffSummary:
    """Return the summary of some days in one snapshot."""
    people = read_people(reader, query.team_id)
    columns = read_columns(reader, query.first, query.last, today, present=query.by_present_owner)
    wanted = [
        one for one in people if one.employed(query.first, query.last) or columns.has_any(one.id)
    ]
    conversion = _conversion(reader, query, today)
    days = verdicts.WorkingDays(query.first, min(query.last, today))
    rows = [
        StaffRow(
            staff_id=one.id,
            staff=one.name,
            team_id=one.team_id,
            team=one.team,
            post=one.post,
            left=one.left_on is not None and one.left_on <= today,
            worked_days=days.worked(one.joined_on, one.left_on),
            totals=columns.of(one.id),
            conversion=conversion.get(one.id),
        )
        for one in wanted
    ]
    team = None if query.team_id is None else {one.id for one in people}
    total = total_of(reader, query, columns, team)
    if not query.by_present_owner:  # an index over both would mix two attributions
        rows = list(verdicts.judged(reader, query, rows, today))
    working = days.worked(None, None)
    return StaffSummary(query.first, query.last, tuple(rows), total, working)


def _conversion(reader: Reader, query: SummaryQuery, today: date) -> dict[int, float | None]:
    measure = measure_named("conversion_90")
    found = figures_by_owner(reader, measure, Days(query.first, query.last), today)
    return {staff_id: measure.value(sums) for staff_id, sums in found.items()}


@dataclass(frozen=True, slots=True)
class ByPerson:
    """Every column by staff id: sums, and numbers that do not add up over days.

    The latter are also those of everybody together, under ``ALL``.
    """

    sums: Mapping[int, Mapping[str, int]]
    numbers: distinct.Numbers

    def has_any(self, staff_id: int) -> bool:
        """Tell whether a member of staff has any value."""
        return staff_id in self.sums

    def of(self, staff_id: int) -> Totals:
        """Return the columns of one member of staff."""
        found = dict(self.sums.get(staff_id, {}))
        for name, numbers in self.numbers.items():
            if name != "contracts":  # a person's own are a sum of credits
                found[name] = numbers.get(staff_id, 0)
        return Totals(**found)

    def together(self, staff: Collection[int] | None) -> Totals:
        """Return the columns of several people, or of all, nobody's too.

        Distinct customers are only true of all.
        """
        values: defaultdict[str, int] = defaultdict(int)
        for staff_id, mine in self.sums.items():
            if staff is None or staff_id in staff:
                for name, value in mine.items():
                    values[name] += value
        for name, numbers in self.numbers.items():
            if name in _EXPECTED:
                values[name] = sum(
                    fen for one, fen in numbers.items() if staff is None or one in staff
                )
            else:
                values[name] = numbers.get(ALL, 0)
        return Totals(**values)


_EXPECTED = ("new_customers_fen", "projects_fen", "opportunities_fen")


def read_columns(
    reader: Reader, first: date, last: date, today: date, *, present: bool = False
) -> ByPerson:
    """Return every column of some days by staff id, by the present owner if so wanted."""
    sums = staff_sums(reader, first, last)
    if not present:
        return ByPerson(sums, distinct.numbers_of(reader, first, last, today))
    sums = _by_present_owner(sums, distinct.credits_of_owners(reader, first, last))
    return ByPerson(sums, distinct.numbers_of_owners(reader, first, last, today))


def _by_present_owner(sums: ByStaff, given: ByStaff) -> ByStaff:
    """Return what people did, with what customers brought given to their present owners."""
    none = dict.fromkeys(Credit._fields[3:], 0)
    found = {staff_id: mine | none for staff_id, mine in sums.items()}
    for staff_id, mine in given.items():
        found[staff_id] = found.get(staff_id, dict.fromkeys(STAFF_SUMS, 0)) | mine
    return {staff_id: mine for staff_id, mine in found.items() if any(mine.values())}


def total_of(
    reader: Reader, query: SummaryQuery, columns: ByPerson, team: set[int] | None
) -> Totals:
    """Return the true totals: of everything in the office, nobody's too, or of a team."""
    found = columns.together(team)
    if team is None:
        return found
    days = query.first, query.last
    active = [one for one, mine in columns.sums.items() if mine["followups"] and one in team]
    customers = {
        name: sum(columns.numbers[name].get(one, 0) for one in team)
        if query.by_present_owner
        else distinct.customers_of_team(reader, column, *days, team)
        for name, column in (
            ("signed_customers", "contracts"),
            ("lost_customers", "lost_customers"),
        )
    }
    return replace(
        found,
        **customers,
        contracts=distinct.contracts_signed(reader, *days, team),
        customers_touched=distinct.touched_together(reader, active, *days),
    )
