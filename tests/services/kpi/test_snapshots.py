"""Frozen against restated: what was reported stays, what is true now stands beside it (2.0.6)."""

import pytest

from app.errors import UserError


def figures(office, snapshot_id, label="2026-10"):
    found = office.kpi.restated(snapshot_id, office.kpi.period(label))
    return {one.metric.name: one for one in found}


def test_first_contract_voided_later_keeps_the_old_figure(office, worked, clock):
    """2.10: F(c) is recomputed; the snapshot keeps what was reported."""
    october = office.kpi.period("2026-10")
    snapshot = office.kpi.freeze(october)
    before = figures(office, snapshot)
    assert not any(one.moved for one in before.values())
    deal = next(
        row for row in office.deals.contracts(worked.ids["E"]).rows if row.signed_on.month == 10
    )
    clock.set("2026-11-24 09:00")
    office.deals.void_contract(deal.id, "客户取消")
    found = figures(office, snapshot)
    first = found["first_deal_fen"]
    assert (first.frozen, first.frozen_n, first.now, first.now_n) == (3_100_000, 3, 1_650_000, 2)
    assert (first.difference, first.moved) == (-1_450_000, True)
    assert not found["new_customers"].moved
    assert not found["retention_year"].moved or found["retention_year"].reported


def test_a_snapshot_says_who_and_when(office, worked, clock):
    october = office.kpi.period("2026-10")
    first = office.kpi.freeze(october)
    clock.set("2026-11-24 09:00")
    second = office.kpi.freeze(october)
    found = office.kpi.snapshots(october)
    assert [one.id for one in found] == [second, first]
    assert {one.staff for one in found} == {"林建国"}
    assert found[0].at - found[1].at == 23 * 3600 * 1000
    assert office.kpi.snapshots(office.kpi.period("2026-09")) == []


def test_a_period_that_runs_is_not_frozen(office, worked):
    for label in ("2026-11", "2026-11-23", "2026-12"):
        with pytest.raises(UserError, match="还没过完"):
            office.kpi.freeze(office.kpi.period(label))
    assert office.kpi.snapshots() == []


def test_a_snapshot_is_taken_back(office, worked):
    october = office.kpi.period("2026-10")
    snapshot = office.kpi.freeze(october)
    office.undo.take_back(office.undo.last().unit_id)
    assert office.kpi.snapshots(october) == []
    with pytest.raises(UserError, match="快照"):
        office.kpi.restated(snapshot, october)


def test_a_seller_freezes_nothing(office, worked):
    office.staff.act_as("周敏")
    with pytest.raises(UserError, match="权限"):
        office.kpi.freeze(office.kpi.period("2026-10"))
