"""Facts and sums behind the figures: kept in each write, equal to a rebuild (architecture.md).

But for snapshots nothing here is typed by anybody, so that it is neither audited nor
announced. Days are ISO text and months ``YYYY-MM``; empty text is "no day". Sums only, never
averages.
"""

from __future__ import annotations

from sqlalchemy import Index, text

from app.models.tables.base import (
    Base,
    Row,
    bytes_column,
    count_column,
    day_column,
    flag_column,
    id_column,
    key_column,
    text_column,
)
from app.models.values.changes import Kind

_NO_ROWID = {"sqlite_with_rowid": False}

NEVER_DAYS = 999_999
"""A number of days that never passes: a customer not signed yet."""


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
        Index(
            "ix_customer_fact_again",
            "second_sign_on",
            sqlite_where=text("second_sign_on <> ''"),
        ),
    )

    customer_id = id_column()
    created_on = text_column()
    historic = flag_column()
    first_touch_on = text_column()
    first_sign_on = text_column()
    second_sign_on = text_column()
    sign_month = text_column()
    lag_days = count_column(NEVER_DAYS)
    first_deal_fen = count_column()
    priced = flag_column()
    cycle_days = count_column(-1)
    touches = count_column()
    backdated = flag_column()
    first_owner_id = count_column()
    first_team_id = count_column()
    sign_owner_id = count_column()
    sign_team_id = count_column()
    owner_id = count_column()
    source = text_column()
    region = text_column()
    industry = text_column()
    grade = text_column()
    kind = text_column()
    valued_on = text_column()


class _Credits:
    """What customers bring a member of staff (product.md 2.6)."""

    signed_fen = count_column()
    contracts = count_column()
    received_fen = count_column()
    opportunities = count_column()
    projects = count_column()
    new_customers = count_column()
    won_customers = count_column()
    won_fen = count_column()
    lost_customers = count_column()
    lost_fen = count_column()


class _Actions:
    """What a member of staff did (product.md 2.6)."""

    calls = count_column()
    connected = count_column()
    talk_seconds = count_column()
    sms = count_column()
    emails = count_column()
    chats = count_column()
    visits = count_column()
    followups = count_column()


class StaffCredit(_Credits, Base):
    """What one customer brought one member of staff on one day."""

    __tablename__ = "staff_credit"
    __table_args__ = (Index("ix_staff_credit_day", "on", "staff_id"),)
    __table_options__ = _NO_ROWID

    customer_id = id_column()
    staff_id = id_column()
    on = key_column()


class _KpiSums:
    """What customers add to the sums of some days.

    The first columns belong to customers created in them (historic ones left out), those
    from ``first_count`` on to customers first signed in them; ``signed_fen`` is all that
    was signed.
    """

    created_count = count_column()
    signed_count = count_column()
    again_count = count_column()
    within_30 = count_column()
    within_60 = count_column()
    within_90 = count_column()
    within_180 = count_column()
    within_365 = count_column()
    first_count = count_column()
    priced_count = count_column()
    first_deal_fen = count_column()
    cycle_count = count_column()
    cycle_days = count_column()
    touches = count_column()
    backdated_count = count_column()
    untouched_count = count_column()
    signed_fen = count_column()


class KpiMonth(_KpiSums, Base):
    """Sums of one month for one value of one dimension; ``all`` has the value ""."""

    __tablename__ = "kpi_month"
    __table_options__ = _NO_ROWID

    dimension = key_column()
    value = key_column()
    month = key_column()


class KpiDay(_KpiSums, Base):
    """The same sums of one day, for the ragged ends of periods."""

    __tablename__ = "kpi_day"
    __table_options__ = _NO_ROWID

    dimension = key_column()
    value = key_column()
    on = key_column()


class KpiSpread(Base):
    """The values behind a mean of one month for one value of one dimension, in order.

    ``figure`` is the column of facts they come from; ``amounts`` are numbers of 8 bytes
    each, the least significant byte first, so that a median is 16 bytes at a known place.
    """

    __tablename__ = "kpi_spread"
    __table_options__ = _NO_ROWID

    dimension = key_column()
    value = key_column()
    figure = key_column()
    month = key_column()
    amounts = bytes_column()


class StaffMonth(_Credits, _Actions, Base):
    """Sums of one member of staff in one month."""

    __tablename__ = "staff_month"
    __table_options__ = _NO_ROWID

    staff_id = id_column()
    month = key_column()


class StaffMtd(_Credits, _Actions, Base):
    """Running sums of one member of staff from the first of the month to a day."""

    __tablename__ = "staff_mtd"
    __table_options__ = _NO_ROWID

    staff_id = id_column()
    on = key_column()


class StaffGrid(Base):
    """Sums over two days at once: what somebody has between two days, seen from a third.

    ``what`` is a number of ``Pair`` (services/kpi/grid.py). ``on`` is a day as a number,
    20261023, or its month, 202610; ``before`` is the other day, its month or its year, or 0.
    An amount stands under each of these labels, so that any days are a few ranges of rows.
    """

    __tablename__ = "staff_grid"
    __table_options__ = _NO_ROWID

    what = id_column()
    on = id_column()
    before = id_column()
    staff_id = id_column()
    amount = count_column()


class StaffPart(Base):
    """What one customer adds to ``staff_grid`` beyond its credits and follow-ups.

    ``on`` and ``before`` are days as numbers, ``before`` 0 where there is no other day.
    """

    __tablename__ = "staff_part"
    __table_options__ = _NO_ROWID

    customer_id = id_column()
    what = id_column()
    staff_id = id_column()
    on = id_column()
    before = id_column()
    amount = count_column()


class PeriodSnapshot(Row):
    """The figures of a period as they were reported; who and when are in the stamps.

    ``label`` names the period from ``first_on`` to ``last_on``; ``body`` is JSON of value and
    n by metric.
    """

    __tablename__ = "period_snapshot"
    KIND = Kind.snapshot
    __table_args__ = (Index("ix_period_snapshot_days", "first_on", "last_on"),)

    label = text_column()
    first_on = day_column()
    last_on = day_column()
    body = text_column()
