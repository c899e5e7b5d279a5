"""Remember which team somebody was in, so that past figures stay with it (product.md 2.10)."""

from __future__ import annotations

from sqlalchemy import select

from app.models.store.unit import RowChange, Unit
from app.models.tables.staff import Staff, TeamSpell


def keep_team_spells(unit: Unit) -> None:
    """Note the team that somebody leaves today for another (a rule before commit).

    The first team of a person without one, and a second change on a day, leave no spell.
    """
    noted = {_staff_of(change) for change in unit.trail if change.entity is TeamSpell}
    for change in [one for one in unit.trail if one.entity is Staff]:
        before, after = change.before, change.after
        if before is None or after is None or change.row_id in noted:
            continue
        if before["team_id"] in (0, after["team_id"]) or _moved_today(unit, change.row_id):
            continue
        unit.add(TeamSpell, staff_id=change.row_id, team_id=before["team_id"], until_on=unit.today)


def _staff_of(change: RowChange) -> int:
    row = change.after or change.before or {}
    return int(row.get("staff_id", 0))


def _moved_today(unit: Unit, staff_id: int) -> bool:
    today = select(TeamSpell.id).where(
        TeamSpell.staff_id == staff_id,
        TeamSpell.until_on == unit.today,
        TeamSpell.deleted_at == 0,
    )
    return unit.one(today) is not None
