"""Teams, the people in them, and their own addresses."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Row, count_column, day_column, text_column
from app.models.values.changes import Kind


class Team(Row):
    """A team (部门)."""

    __tablename__ = "team"
    KIND = Kind.staff

    name: Mapped[str] = text_column()
    position: Mapped[int] = count_column()


class Staff(Row):
    """A person of the office; ``left_on`` ends the employment."""

    __tablename__ = "staff"
    KIND = Kind.staff

    name: Mapped[str] = text_column()
    sort_key: Mapped[str] = text_column()
    team_id: Mapped[int] = count_column()
    post: Mapped[str] = text_column()
    role: Mapped[str] = text_column("sales")
    joined_on: Mapped[date | None] = day_column()
    left_on: Mapped[date | None] = day_column()


class StaffAddress(Row):
    """A phone, mail, QQ or WeChat address of one's own staff."""

    __tablename__ = "staff_address"
    KIND = Kind.staff
    __table_args__ = (Index("ix_staff_address_normal", "kind", "normal"),)

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    kind: Mapped[str] = text_column()
    raw: Mapped[str] = text_column()
    normal: Mapped[str] = text_column()


class TeamSpell(Row):
    """A team somebody was in until a day, which is the first one elsewhere.

    The team of a day is that of the earliest spell ending after it, else the present one.
    """

    __tablename__ = "team_spell"
    KIND = Kind.staff

    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"), index=True)
    team_id: Mapped[int] = count_column()
    until_on: Mapped[date | None] = day_column()
