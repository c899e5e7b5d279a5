"""Write staff, their teams and their own addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.errors import UserError
from app.i18n import N_
from app.models.tables.staff import Staff, StaffAddress, Team
from app.models.values import pinyin, text
from app.services.staff import StaffDraft, TeamView, read_staff

if TYPE_CHECKING:
    from app.models.store.reader import Reader
    from app.models.store.unit import Unit


def add_staff(unit: Unit, draft: StaffDraft) -> int:
    """Insert a member of staff, making the team when it is new; return the id."""
    name = text.fold(draft.name)
    if not name:
        raise UserError("name_missing", N_("姓名还没填"), advice=N_("填上姓名再存"))
    staff_id = unit.add(
        Staff,
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


def change_staff(
    unit: Unit,
    staff_id: int,
    team: str | None,
    addresses: Sequence[tuple[str, str]] | None,
    fields: Mapping[str, Any],
) -> None:
    """Change a member of staff; raise ``UserError`` last_manager."""
    fresh = dict(fields)
    if team is not None:
        fresh["team_id"] = team_named(unit, team)
    if "name" in fresh:
        fresh["sort_key"] = pinyin.sort_key(fresh["name"])
    if addresses is not None:
        _set_addresses(unit, staff_id, addresses)
    managed = _is_managed(unit)
    unit.change(Staff, staff_id, **fresh)
    if managed and not _is_managed(unit):
        raise UserError(
            "last_manager",
            N_("至少要留一位在职的管理者"),
            advice=N_("先把另一位设为管理者，再改这一位；没有改动"),
        )


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


def read_addresses(reader: Reader) -> dict[int, list[tuple[str, str]]]:
    """Return the own addresses of everybody as (kind, as typed), by staff id."""
    chosen = select(StaffAddress.staff_id, StaffAddress.kind, StaffAddress.raw).where(
        StaffAddress.deleted_at == 0
    )
    found: dict[int, list[tuple[str, str]]] = {}
    for staff_id, kind, raw in reader.rows(chosen.order_by(StaffAddress.id)):
        found.setdefault(staff_id, []).append((kind, raw))
    return found


def read_teams(reader: Reader) -> list[TeamView]:
    """Return the teams in order."""
    chosen = select(Team.id, Team.name).where(Team.deleted_at == 0).order_by(Team.position)
    return [TeamView(*row) for row in reader.rows(chosen)]


def _is_managed(reader: Reader) -> bool:
    """Tell whether somebody who works here may manage the office."""
    return any(one.role in ("boss", "lead") and one.left_on is None for one in read_staff(reader))


def names_of(reader: Reader) -> dict[int, str]:
    """Return the name of every member of staff, those in the bin too."""
    return {row[0]: row[1] for row in reader.rows(select(Staff.id, Staff.name))}
