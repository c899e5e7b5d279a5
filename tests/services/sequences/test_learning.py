"""A sequence learnt from what wins (screen 07: 从赢单里学一条)."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest

from app.errors import UserError
from app.models.values import dates
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.followups.drafts import FollowupDraft
from app.services.sequences.shapes import ReportQuery

JUNE = ReportQuery(date(2026, 6, 1), date(2026, 6, 30))


def won(office, number):
    start = date(2026, 6, 1)
    firm = office.customers.add(CustomerDraft(f"第{number}家", created_on=start))
    for channel, after in (("phone", 1), ("phone", 2), ("visit", 6)):
        at = dates.at_local(start + timedelta(days=after), time(9), office.context.zone)
        office.followups.save(FollowupDraft(firm, content="谈了", channel=channel, at=at))
    office.deals.add_contract(ContractDraft(firm, start + timedelta(days=20), 100))


def test_the_steps_and_times_of_the_most_frequent_winning_path(office):
    for number in range(30):
        won(office, number)
    draft = office.sequences.learn(JUNE)
    assert [one.deed for one in draft.steps] == ["phone", "visit", "sign"]
    assert [one.offset for one in draft.steps] == [1, 5, 15]
    assert [one.anchor for one in draft.steps] == ["start", "previous", "previous"]


def test_too_few_wins_teach_nothing(office):
    won(office, 1)
    with pytest.raises(UserError) as told:
        office.sequences.learn(JUNE)
    assert told.value.code == "too_few_wins"
