"""Rows that move from one customer to another leave both customers true."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from app.models.tables.calibration import CalibrationEvent
from app.models.tables.customers import ContactChannel, Employment, LifeSpell, StageMove
from app.models.tables.deals import Contract
from app.models.tables.followups import FollowUp, NextStep
from app.models.values.nextstep import Bucket
from app.services.calibration import CalibrationDraft
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft, NextStepDraft

MOVED = (
    Contract,
    FollowUp,
    NextStep,
    CalibrationEvent,
    StageMove,
    Employment,
    ContactChannel,
    LifeSpell,
)


@pytest.fixture
def twins(office):
    """Make two customers, the second one with a row of every kind."""
    person = ContactDraft("孙莉", channels=(ChannelDraft("mobile", "13800000001"),))
    kept = office.customers.add(CustomerDraft("启明"))
    other = office.customers.add(CustomerDraft("启明二", contacts=(person,)))
    office.followups.save(
        FollowupDraft(other, "谈过", next_step=NextStepDraft(Bucket.tomorrow, "keep_in_touch"))
    )
    office.calibration.save(other, CalibrationDraft("valuable", "big", 500_00))
    office.deals.add_contract(ContractDraft(other, date(2026, 11, 2), 100))
    office.customers.mark_churned(other, "价格")
    return kept, other


@pytest.mark.parametrize("moved", [MOVED, *((one,) for one in MOVED)])
def test_both_customers_are_brought_up_to_date(office, twins, moved):
    kept, other = twins
    with office.context.write() as unit:
        for entity in moved:
            for (row_id,) in unit.rows(select(entity.id).where(entity.customer_id == other)):
                unit.change(entity, row_id, customer_id=kept)
    assert [one.name for one in office.admin.check() if not one.ok] == []
