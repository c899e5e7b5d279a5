"""Staff and teams: who works here, since when, and who acts now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from app.errors import UserError
from app.i18n import N_
from app.models.store import first_page
from app.models.values import text
from app.services.context import Actor, Context

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.services.jobs import Progress
    from app.services.staff.leaking import LeakRow
    from app.services.staff.leaks import LeakLine
    from app.services.staff.quality import Quality
    from app.services.staff.summary import StaffSummary, SummaryQuery


@dataclass(frozen=True, slots=True)
class StaffDraft:
    """A member of staff as typed; addresses are (kind, raw) pairs of their own."""

    name: str
    team: str = ""
    post: str = ""
    role: str = "sales"
    joined_on: date | None = None
    left_on: date | None = None
    addresses: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class StaffView:
    """A member of staff as shown."""

    id: int
    name: str
    team_id: int
    team: str
    post: str
    role: str
    joined_on: date | None
    left_on: date | None


@dataclass(frozen=True, slots=True)
class TeamView:
    """A team as shown."""

    id: int
    name: str


def read_staff(reader: Reader) -> list[StaffView]:
    """Return everybody who is not in the bin, by team and name."""
    return [_view(row) for row in first_page.staff(reader)]


def _view(row: Sequence[Any]) -> StaffView:
    values: tuple[Any, ...] = (*row[:6], _day(row[6]), _day(row[7]))
    return StaffView(*values)


def _day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


class Staff:
    """Read and write staff, and choose who acts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, *, with_left: bool = True) -> list[StaffView]:
        """Return staff by team and name; those who left on request only."""
        with self._context.read() as reader:
            found = read_staff(reader)
        return [one for one in found if with_left or one.left_on is None]

    def teams(self) -> list[TeamView]:
        """Return the teams in order."""
        from app.services.staff import writing

        with self._context.read() as reader:
            return writing.read_teams(reader)

    def named(self, name: str) -> StaffView:
        """Return the member of staff of a name; raise ``UserError`` no_such_staff."""
        wanted = text.fold(name)
        found = next((one for one in self.all() if one.name == wanted), None)
        if found is None:
            raise UserError(
                "no_such_staff",
                N_("没有这位员工：{name}"),
                advice=N_("对照员工名单里的姓名再试"),
                name=name,
            )
        return found

    def summary(self, query: SummaryQuery) -> StaffSummary:
        """Return 人员汇总 of some days with effort, result and verdict (product.md 2.6, 2.7).

        Raises ``UserError`` bad_period for days in the wrong order or beyond 1900-2199.
        """
        from app.services.kpi.spans import own_range
        from app.services.staff.summary import read_summary

        own_range(query.first, query.last)
        with self._context.read() as reader:
            return read_summary(reader, query, query.today or self._context.today())

    def leaks(
        self, query: SummaryQuery, staff_id: int, progress: Progress | None = None
    ) -> tuple[LeakLine, ...]:
        """Return where one person's effort leaks away, beside the peers (product.md 2.8)."""
        from app.services.staff import leaking

        days = leaking.days_of(query, self._context.today(), self._context.zone)
        with self._context.read() as reader:
            return leaking.read_leaks(reader, days, staff_id, progress)

    def quality(self, query: SummaryQuery, progress: Progress | None = None) -> dict[int, Quality]:
        """Return the quality columns of everybody by staff id, 0 for all together (2.6)."""
        from app.services.staff import leaking, quality

        days = leaking.days_of(query, self._context.today(), self._context.zone)
        with self._context.read() as reader:
            return quality.read_quality(reader, days, progress)

    def leak_rows(self, query: SummaryQuery, staff_id: int, name: str) -> tuple[LeakRow, ...]:
        """Return the cases behind one of the figures; raise ``UserError`` no_such_leak."""
        from app.services.staff import leaking

        days = leaking.days_of(query, self._context.today(), self._context.zone)
        with self._context.read() as reader:
            return leaking.read_leak_rows(reader, days, staff_id, name)

    def add(self, draft: StaffDraft) -> int:
        """Keep a new member of staff and return the id."""
        from app.services.staff import writing

        self._context.require("manage")
        with self._context.write(N_("新增员工")) as unit:
            return writing.add_staff(unit, draft)

    def change(
        self,
        staff_id: int,
        team: str | None = None,
        addresses: Sequence[tuple[str, str]] | None = None,
        **fields: Any,
    ) -> None:
        """Change a member of staff; ``left_on`` ends the employment.

        ``addresses`` replace the person's own. Raises ``UserError`` last_manager.
        """
        from app.services.staff import writing

        self._context.require("manage")
        with self._context.write(N_("修改员工")) as unit:
            writing.change_staff(unit, staff_id, team, addresses, fields)

    def addresses(self, staff_id: int) -> list[tuple[str, str]]:
        """Return the person's own addresses as (kind, as typed)."""
        return self.all_addresses().get(staff_id, [])

    def all_addresses(self) -> dict[int, list[tuple[str, str]]]:
        """Return the own addresses of everybody by staff id."""
        from app.services.staff import writing

        with self._context.read() as reader:
            return writing.read_addresses(reader)

    def act_as(self, name: str) -> Actor:
        """Let later writes be signed by the named member of staff."""
        found = self.named(name)
        actor = Actor(found.id, found.name, found.role)
        self._context.act_as(actor)
        return actor

    def act_as_first(self) -> Actor:
        """Let the first manager act, or anybody there is, or nobody in an empty book."""
        rank = {"boss": 0, "lead": 1}
        found = sorted(self.all(with_left=False), key=lambda one: (rank.get(one.role, 2), one.id))
        if found:
            self._context.act_as(Actor(found[0].id, found[0].name, found[0].role))
        return self._context.actor
