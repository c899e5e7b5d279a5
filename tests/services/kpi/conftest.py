"""Offices whose history is written day by day, and the worked data set of product.md 2.1."""

from __future__ import annotations

from datetime import date, time

import pytest

from app.models.values.dates import at_local, zone
from app.services.customers import CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft
from app.services.kpi.rebuilding import differences

SHANGHAI = zone("Asia/Shanghai")
YEAR = 2026


def day(text: str) -> date:
    """Return a day written as 08-03 of the worked year or as 2025-08-03."""
    return date.fromisoformat(text if len(text) == 10 else f"{YEAR}-{text}")


class Past:
    """Write an office's past through its services."""

    def __init__(self, office, clock):
        self.office = office
        self.clock = clock
        self.ids: dict[str, int] = {}
        self.staff = {one.name: one.id for one in office.staff.all()}

    def customer(self, name: str, created: str | None, owner: str = "周敏", **fields) -> int:
        draft = CustomerDraft(
            f"{name}有限公司",
            owner_id=self.staff[owner],
            created_on=day(created) if created else None,
            **fields,
        )
        self.ids[name] = self.office.customers.add(draft)
        return self.ids[name]

    def sign(self, name: str, signed: str, yuan: int | None, **fields) -> int:
        fen = None if yuan is None else yuan * 100
        return self.office.deals.add_contract(
            ContractDraft(self.ids[name], day(signed), fen, **fields)
        )

    def follow(self, name: str, on: str, **fields) -> int:
        at = at_local(day(on), time(10), SHANGHAI)
        given = {"channel": "visit", "content": "聊了近况", **fields}
        return self.office.followups.save(FollowupDraft(self.ids[name], at=at, **given)).followup_id

    def sound(self) -> bool:
        with self.office.context.read() as reader:
            return differences(reader) == []


@pytest.fixture
def past(office, clock):
    return Past(office, clock)


CREATED = {
    "A": "08-03", "B": "08-10", "C": "08-20", "D": "09-01", "E": "09-07",
    "F": "09-15", "G": "09-28", "H": "10-12", "I": "10-20", "J": "11-02",
}  # fmt: skip
CONTRACTS = (
    ("A", "08-24", 50_000, "active"),
    ("A", "10-15", 20_000, "active"),
    ("B", "09-09", 80_000, "active"),
    ("B", "09-09", 10_000, "active"),
    ("C", "09-30", 30_000, "void"),
    ("D", "09-11", 12_000, "done"),
    ("D", "11-05", 15_000, "active"),
    ("E", "10-07", 60_000, "ended"),
    ("G", "10-28", 24_000, "active"),
    ("H", "10-12", 9_000, "active"),
)
FOLLOWED = {
    "A": "08-03 08-07 08-15 08-24 09-02",
    "B": "08-12 08-20 09-01 09-08",
    "C": "08-20 09-01",
    "D": "09-01 09-05 09-11",
    "E": "09-07 09-14 09-21 09-28 10-05 10-09",
    "G": "09-30 10-12",
    "H": "10-12",
}


@pytest.fixture
def worked(past):
    """The worked data set of product.md 2.1, as of 2026-11-23."""
    for name, created in CREATED.items():
        past.customer(name, created)
    for name, signed, yuan, status in CONTRACTS:
        past.sign(name, signed, yuan, status=status)
    for name, days in FOLLOWED.items():
        for on in days.split():
            past.follow(name, on)
    return past
