"""The rows of facts, and the sums they add up to."""

from __future__ import annotations

from typing import NamedTuple

from app.models.store.rollups import sum_names
from app.models.tables.kpi import (
    CustomerFact,
    KpiDay,
    KpiMonth,
    KpiSpread,
    StaffCredit,
    StaffGrid,
    StaffMonth,
    StaffMtd,
    StaffPart,
)

FACT = CustomerFact.__table__
CREDIT = StaffCredit.__table__
KPI_MONTH = KpiMonth.__table__
KPI_DAY = KpiDay.__table__
KPI_SPREAD = KpiSpread.__table__
STAFF_MONTH = StaffMonth.__table__
STAFF_MTD = StaffMtd.__table__
STAFF_GRID = StaffGrid.__table__
STAFF_PART = StaffPart.__table__

KPI_SUMS = sum_names(KPI_MONTH)
STAFF_SUMS = sum_names(STAFF_MONTH)
WINDOWS = (30, 60, 90, 180, 365)
"""Days after creation in which windowed conversion looks for a signing (product.md 2.2)."""

NO_OWNER = 0


class Fact(NamedTuple):
    """One row of ``customer_fact``, in column order."""

    customer_id: int
    created_on: str
    historic: bool
    first_touch_on: str
    first_sign_on: str
    second_sign_on: str
    sign_month: str
    lag_days: int
    first_deal_fen: int
    priced: bool
    cycle_days: int
    touches: int
    backdated: bool
    first_owner_id: int
    first_team_id: int
    sign_owner_id: int
    sign_team_id: int
    owner_id: int
    source: str
    region: str
    industry: str
    grade: str
    kind: str
    valued_on: str

    def signed_by(self, day: str) -> bool:
        """Tell whether the customer had signed by the end of a day."""
        return "" < self.first_sign_on <= day

    def again_by(self, day: str) -> bool:
        """Tell whether the customer had signed on a second day by the end of a day."""
        return "" < self.second_sign_on <= day


class Credit(NamedTuple):
    """One row of ``staff_credit``, in column order."""

    customer_id: int
    staff_id: int
    on: str
    signed_fen: int = 0
    contracts: int = 0
    received_fen: int = 0
    opportunities: int = 0
    projects: int = 0
    new_customers: int = 0
    won_customers: int = 0
    won_fen: int = 0
    lost_customers: int = 0
    lost_fen: int = 0


class Part(NamedTuple):
    """One row of ``staff_part``, in column order."""

    customer_id: int
    what: int
    staff_id: int
    on: int
    before: int
    amount: int


class Sums(NamedTuple):
    """The sums of ``kpi_month`` over any days, in column order."""

    created_count: int = 0
    signed_count: int = 0
    again_count: int = 0
    within_30: int = 0
    within_60: int = 0
    within_90: int = 0
    within_180: int = 0
    within_365: int = 0
    first_count: int = 0
    priced_count: int = 0
    first_deal_fen: int = 0
    cycle_count: int = 0
    cycle_days: int = 0
    touches: int = 0
    backdated_count: int = 0
    untouched_count: int = 0
    signed_fen: int = 0


class Signing(NamedTuple):
    """What figures spread over: a customer on its first signing day."""

    first_sign_on: str
    priced: bool
    first_deal_fen: int
    cycle_days: int
    touches: int
    backdated: bool
