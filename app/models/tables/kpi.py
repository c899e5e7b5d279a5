"""Facts and sums behind the figures: kept in each write, equal to a rebuild (architecture.md).

Nothing here is typed by anybody, so that nothing here is audited or announced. Days are
ISO text and months ``YYYY-MM``; empty text is "no day". Sums only, never averages.
"""

from __future__ import annotations

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.tables.base import Base, count_column, flag_column, text_column

NEVER_DAYS = 999_999
"""A number of days that never passes: a customer not signed yet."""


def _ranked(*columns: str) -> Index:
    """Index a month's first signings by size, so that a median is two rows."""
    name = f"ix_customer_fact_by_{columns[-1]}"
    return Index(name, "sign_month", *columns, sqlite_where=text("sign_month <> ''"))


class CustomerFact(Base):
    """What the figures need of one counted customer (product.md 2.0.3, 2.0.5, 2.4).

    ``lag_days`` runs from creation to the first signing, ``NEVER_DAYS`` without one;
    ``cycle_days`` is -1 when there is none; ``first_deal_fen`` is true only if ``priced``.
    ``backdated`` marks a cycle clipped to 0. First and sign owners and their teams are
    those of the day; ``owner_id`` is the present one.
    """

    __tablename__ = "customer_fact"
    __table_args__ = (
        Index(
            "ix_customer_fact_created",
            "created_on",
            "historic",
            "lag_days",
            "first_sign_on",
            "second_sign_on",
        ),
        Index(
            "ix_customer_fact_signed",
            "first_sign_on",
            "priced",
            "first_deal_fen",
            "cycle_days",
            "touches",
            "backdated",
            sqlite_where=text("first_sign_on <> ''"),
        ),
        _ranked("priced", "first_deal_fen"),
        _ranked("cycle_days"),
        _ranked("touches"),
        Index(
            "ix_customer_fact_again",
            "second_sign_on",
            sqlite_where=text("second_sign_on <> ''"),
        ),
    )

    customer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_on: Mapped[str] = text_column()
    historic: Mapped[bool] = flag_column()
    first_touch_on: Mapped[str] = text_column()
    first_sign_on: Mapped[str] = text_column()
    second_sign_on: Mapped[str] = text_column()
    sign_month: Mapped[str] = text_column()
    lag_days: Mapped[int] = count_column(NEVER_DAYS)
    first_deal_fen: Mapped[int] = count_column()
    priced: Mapped[bool] = flag_column()
    cycle_days: Mapped[int] = count_column(-1)
    touches: Mapped[int] = count_column()
    backdated: Mapped[bool] = flag_column()
    first_owner_id: Mapped[int] = count_column()
    first_team_id: Mapped[int] = count_column()
    sign_owner_id: Mapped[int] = count_column()
    sign_team_id: Mapped[int] = count_column()
    owner_id: Mapped[int] = count_column()
    source: Mapped[str] = text_column()
    region: Mapped[str] = text_column()
    industry: Mapped[str] = text_column()
    grade: Mapped[str] = text_column()
    kind: Mapped[str] = text_column()
    valued_on: Mapped[str] = text_column()


class _Credits:
    """What customers bring a member of staff (product.md 2.6)."""

    signed_fen: Mapped[int] = count_column()
    contracts: Mapped[int] = count_column()
    received_fen: Mapped[int] = count_column()
    opportunities: Mapped[int] = count_column()
    projects: Mapped[int] = count_column()
    new_customers: Mapped[int] = count_column()
    won_customers: Mapped[int] = count_column()
    won_fen: Mapped[int] = count_column()
    lost_customers: Mapped[int] = count_column()
    lost_fen: Mapped[int] = count_column()


class _Actions:
    """What a member of staff did (product.md 2.6)."""

    calls: Mapped[int] = count_column()
    connected: Mapped[int] = count_column()
    talk_seconds: Mapped[int] = count_column()
    sms: Mapped[int] = count_column()
    emails: Mapped[int] = count_column()
    chats: Mapped[int] = count_column()
    visits: Mapped[int] = count_column()
    followups: Mapped[int] = count_column()


class StaffCredit(_Credits, Base):
    """What one customer brought one member of staff on one day."""

    __tablename__ = "staff_credit"
    __table_args__ = (
        Index("ix_staff_credit_day", "on", "staff_id"),
        {"sqlite_with_rowid": False},
    )

    customer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[str] = mapped_column(primary_key=True)


class KpiMonth(Base):
    """Sums of one month for one value of one dimension; ``all`` has the value "".

    The first columns belong to customers created in the month (historic ones left out),
    those from ``first_count`` on to customers first signed in it; ``signed_fen`` is all
    that was signed in the month.
    """

    __tablename__ = "kpi_month"
    __table_args__ = ({"sqlite_with_rowid": False},)

    dimension: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str] = mapped_column(primary_key=True)
    month: Mapped[str] = mapped_column(primary_key=True)
    created_count: Mapped[int] = count_column()
    signed_count: Mapped[int] = count_column()
    again_count: Mapped[int] = count_column()
    within_30: Mapped[int] = count_column()
    within_60: Mapped[int] = count_column()
    within_90: Mapped[int] = count_column()
    within_180: Mapped[int] = count_column()
    within_365: Mapped[int] = count_column()
    first_count: Mapped[int] = count_column()
    priced_count: Mapped[int] = count_column()
    first_deal_fen: Mapped[int] = count_column()
    cycle_count: Mapped[int] = count_column()
    cycle_days: Mapped[int] = count_column()
    touches: Mapped[int] = count_column()
    backdated_count: Mapped[int] = count_column()
    untouched_count: Mapped[int] = count_column()
    signed_fen: Mapped[int] = count_column()


class StaffMonth(_Credits, _Actions, Base):
    """Sums of one member of staff in one month."""

    __tablename__ = "staff_month"
    __table_args__ = ({"sqlite_with_rowid": False},)

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    month: Mapped[str] = mapped_column(primary_key=True)


class StaffMtd(_Credits, _Actions, Base):
    """Running sums of one member of staff from the first of the month to a day."""

    __tablename__ = "staff_mtd"
    __table_args__ = ({"sqlite_with_rowid": False},)

    staff_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    on: Mapped[str] = mapped_column(primary_key=True)
