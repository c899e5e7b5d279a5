"""Staff and teams: who works here, since when, and who acts now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.base import NO_DAY
from app.models.tables.staff import Staff as StaffRow
from app.models.tables.staff import StaffAddress, Team
from app.models.values import pinyin, text
from app.services.context import Actor, Context

if TYPE_CHECKING:
    from app.models.store.unit import Reader, Unit
    from app.services.jobs import Progress
    from app.services.staff.leaking import LeakRow
    from app.services.staff.leaks import LeakLine
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


_VIEW = (
    select(
        StaffRow.id,
        StaffRow.name,
        StaffRow.team_id,
        func.coalesce(Team.name, ""),
        StaffRow.post,
        StaffRow.role,
        StaffRow.joined_on,
        StaffRow.left_on,
    )
    .outerjoin(Team, Team.id == StaffRow.team_id)
    .where(StaffRow.deleted_at == 0)
    .order_by(StaffRow.team_id, StaffRow.sort_key, StaffRow.id)
)


def add_staff(unit: Unit, draft: StaffDraft) -> int:
    """Insert a member of staff, making the team when it is new; return the id."""
    name = text.fold(draft.name)
    if not name:
        raise UserError("name_missing", N_("姓名还没填"), advice=N_("填上姓名再存"))
    staff_id = unit.add(
        StaffRow,
        name=name,
        sort_key=pinyin.sort_key(name),
        team_id=team_named(unit, draft.team),
        post=text.fold(draft.post),
        role=draft.role,
        joined_on=draft.joined_on,
        left_on=draft.left_on,
    )
    for kind, raw in draft.addresses:
        add_address(unit, staff_id, kind, raw)
    return staff_id


def add_address(unit: Unit, staff_id: int, kind: str, raw: str) -> None:
    """Insert an address of one's own staff unless it is known already."""
    from app.services.customers.writing import normal_channel

    found, normal = normal_channel(kind, raw)
    known = select(StaffAddress.id).where(
        StaffAddress.staff_id == staff_id,
        StaffAddress.normal == normal,
        StaffAddress.deleted_at == 0,
    )
    if normal and unit.one(known) is None:
        unit.add(StaffAddress, staff_id=staff_id, kind=found, raw=raw.strip(), normal=normal)


def team_named(unit: Unit, name: str) -> int:
    """Return the id of a team by name, making it when it is new; 0 for no name."""
    wanted = text.fold(name)
    if not wanted:
        return 0
    known = unit.scalar(select(Team.id).where(Team.name == wanted, Team.deleted_at == 0))
    if known:
        return int(known)
    last = unit.scalar(select(func.max(Team.position))) or 0
    return unit.add(Team, name=wanted, position=last + 1)


class Staff:
    """Read and write staff, and choose who acts."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def all(self, *, with_left: bool = True) -> list[StaffView]:
        """Return staff by team and name; those who left on request only."""
        chosen = _VIEW if with_left else _VIEW.where(StaffRow.left_on == NO_DAY)
        with self._context.read() as reader:
            return [StaffView(*row) for row in reader.rows(chosen)]

    def teams(self) -> list[TeamView]:
        """Return the teams in order."""
        chosen = select(Team.id, Team.name).where(Team.deleted_at == 0).order_by(Team.position)
        with self._context.read() as reader:
            return [TeamView(*row) for row in reader.rows(chosen)]

    def named(self, name: str) -> StaffView:
        """Return the member of staff of a name; raise ``UserError`` no_such_staff."""
        with self._context.read() as reader:
            row = reader.one(_VIEW.where(StaffRow.name == text.fold(name)))
        if row is None:
            raise UserError(
                "no_such_staff",
                N_("没有这位员工：{name}"),
                advice=N_("对照员工名单里的姓名再试"),
                name=name,
            )
        return StaffView(*row)

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

    def leak_rows(self, query: SummaryQuery, staff_id: int, name: str) -> tuple[LeakRow, ...]:
        """Return the cases behind one of the figures; raise ``UserError`` no_such_leak."""
        from app.services.staff import leaking

        days = leaking.days_of(query, self._context.today(), self._context.zone)
        with self._context.read() as reader:
            return leaking.read_leak_rows(reader, days, staff_id, name)

    def add(self, draft: StaffDraft) -> int:
        """Keep a new member of staff and return the id."""
        self._context.require("manage")
        with self._context.write(N_("新增员工")) as unit:
            return add_staff(unit, draft)

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
        self._context.require("manage")
        with self._context.write(N_("修改员工")) as unit:
            if team is not None:
                fields["team_id"] = team_named(unit, team)
            if "name" in fields:
                fields["sort_key"] = pinyin.sort_key(fields["name"])
            if addresses is not None:
                _set_addresses(unit, staff_id, addresses)
            managed = _is_managed(unit)
            unit.change(StaffRow, staff_id, **fields)
            if managed and not _is_managed(unit):
                raise UserError(
                    "last_manager",
                    N_("至少要留一位在职的管理者"),
                    advice=N_("先把另一位设为管理者，再改这一位；没有改动"),
                )

    def addresses(self, staff_id: int) -> list[tuple[str, str]]:
        """Return the person's own addresses as (kind, as typed)."""
        with self._context.read() as reader:
            return [(row[1], row[2]) for row in _addresses(reader, staff_id)]

    def all_addresses(self) -> dict[int, list[tuple[str, str]]]:
        """Return the own addresses of everybody by staff id."""
        chosen = select(StaffAddress.staff_id, StaffAddress.kind, StaffAddress.raw).where(
            StaffAddress.deleted_at == 0
        )
        found: dict[int, list[tuple[str, str]]] = {}
        with self._context.read() as reader:
            for staff_id, kind, raw in reader.rows(chosen.order_by(StaffAddress.id)):
                found.setdefault(staff_id, []).append((kind, raw))
        return found

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


def _addresses(reader: Reader, staff_id: int) -> Sequence[Any]:
    chosen = select(StaffAddress.id, StaffAddress.kind, StaffAddress.raw, StaffAddress.normal)
    mine = chosen.where(StaffAddress.staff_id == staff_id, StaffAddress.deleted_at == 0)
    return reader.rows(mine.order_by(StaffAddress.id))


def _set_addresses(unit: Unit, staff_id: int, addresses: Sequence[tuple[str, str]]) -> None:
    from app.services.customers.writing import normal_channel

    wanted = {normal_channel(kind, raw)[1] for kind, raw in addresses}
    for address_id, _kind, _raw, normal in _addresses(unit, staff_id):
        if normal not in wanted:
            unit.remove(StaffAddress, address_id)
    for kind, raw in addresses:
        add_address(unit, staff_id, kind, raw)


def _is_managed(reader: Reader) -> bool:
    """Tell whether somebody who works here may manage the office."""
    managers = _VIEW.where(StaffRow.role.in_(("boss", "lead")), StaffRow.left_on == NO_DAY)
    return reader.one(managers) is not None


def names_of(reader: Reader) -> dict[int, str]:
    """Return the name of every member of staff, those in the bin too."""
    return {row[0]: row[1] for row in reader.rows(select(StaffRow.id, StaffRow.name))}
