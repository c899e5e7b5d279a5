"""An office of the people of product.md 2.6 and 2.7."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.models.values.dates import at_local, zone
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft, PaymentDraft, ShareDraft
from app.services.followups.drafts import FollowupDraft
from app.services.staff import StaffDraft
from app.services.staff.summary import SummaryQuery

SHANGHAI = zone("Asia/Shanghai")


class Crew:
    """Write what named people did."""

    def __init__(self, office, clock):
        self.office = office
        self.clock = clock
        self.staff = {one.name: one.id for one in office.staff.all()}
        self.number = 0

    def hire(self, name, **fields):
        self.staff[name] = self.office.staff.add(StaffDraft(name, **fields))
        return self.staff[name]

    def customer(self, owner, created, **fields):
        self.number += 1
        return self.office.customers.add(
            CustomerDraft(
                f"第{self.number}号有限公司",
                owner_id=self.staff[owner],
                created_on=date.fromisoformat(created),
                **fields,
            )
        )

    def sign(self, customer, signed, yuan, *shares, **fields):
        split = tuple(ShareDraft(self.staff[name], weight) for name, weight in shares)
        return self.office.deals.add_contract(
            ContractDraft(customer, date.fromisoformat(signed), yuan * 100, shares=split, **fields)
        )

    def pay(self, customer, on, yuan, contract=0, **fields):
        return self.office.deals.add_payment(
            PaymentDraft(customer, date.fromisoformat(on), yuan * 100, contract, **fields)
        )

    def follow(self, customer, on, staff, **fields):
        at = at_local(date.fromisoformat(on), time(10), SHANGHAI)
        return self.office.followups.save(
            FollowupDraft(customer, at=at, staff_id=self.staff[staff], **fields)
        ).followup_id

    def summary(self, first, last, **fields):
        return self.office.staff.summary(
            SummaryQuery(date.fromisoformat(first), date.fromisoformat(last), **fields)
        )

    def of(self, name, first, last, **fields):
        rows = self.summary(first, last, **fields).rows
        return next(row for row in rows if row.staff == name)


@pytest.fixture
def crew(office, clock):
    return Crew(office, clock)
