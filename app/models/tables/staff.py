"""Teams, the people in them, and their own addresses."""

from __future__ import annotations

from sqlalchemy import Index

from app.models.tables.base import Row, count_column, day_column, reference_column, text_column
from app.models.values.changes import Kind


class Team(Row):
    """A team (部门)."""

    __tablename__ = "team"
    KIND = Kind.staff

    name = text_column()
    position = count_column()


class Staff(Row):
    """A person of the office; ``left_on`` ends the employment."""

    __tablename__ = "staff"
    KIND = Kind.staff

    name = text_column()
    sort_key = text_column()
    team_id = count_column()
    post = text_column()
    role = text_column("sales")
    joined_on = day_column()
    left_on = day_column()


class StaffAddress(Row):
    """A phone, mail, QQ or WeChat address of one's own staff."""

    __tablename__ = "staff_address"
    KIND = Kind.staff
    __table_args__ = (Index("ix_staff_address_normal", "kind", "normal"),)

    staff_id = reference_column("staff.id", index=True)
    kind = text_column()
    raw = text_column()
    normal = text_column()


class TeamSpell(Row):
    """A team somebody was in until a day, which is the first one elsewhere.

    The team of a day is that of the earliest spell ending after it, else the present one.
    """

    __tablename__ = "team_spell"
    KIND = Kind.staff

    staff_id = reference_column("staff.id", index=True)
    team_id = count_column()
    until_on = day_column()


class Target(Row):
    """What somebody or a team wants to reach in a month; one of ``staff_id`` and ``team_id``.

    ``month`` is ``YYYY-MM``. ``amount`` is in fen or a number of things; of rates, days and
    means it is ten thousand times the figure.
    """

    __tablename__ = "target"
    KIND = Kind.target
    __table_args__ = (Index("ix_target_month", "month", "staff_id", "team_id", "metric"),)

    month = text_column()
    staff_id = count_column()
    team_id = count_column()
    metric = text_column()
    amount = count_column()
