"""Values behind means: kept in order through additions and takings, read at two places."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.values.periods import By
from app.services.kpi import KpiFilter, KpiQuery
from app.services.kpi.ordered import _changed, bytes_of, values_in

values = st.lists(st.integers(-(2**40), 2**40), max_size=30)


def values_of(amounts):
    return _changed(values_in(b""), Counter(amounts))


@given(values, values, st.randoms(use_true_random=False))
def test_values_stay_in_order(kept, added, dice):
    taken = [one for one in kept if dice.random() < 0.5]
    change = Counter(added)
    change.subtract(taken)
    found = _changed(values_in(bytes_of(values_of(kept))), change)
    left = Counter(kept)
    left.update(added)
    left.subtract(taken)
    assert list(found) == sorted(left.elements())


def spread(office, where, *asked, **days):
    query = KpiQuery(*asked, where=KpiFilter(**where), **days)
    found = office.kpi.macro(query).periods[0].metrics["first_deal_fen"]
    return found.median, found.p90


@pytest.mark.parametrize("where", [{}, {"kind": "company"}, {"region": "32"}])
def test_medians_of_months_quarters_and_days_agree(worked, where):
    office = worked.office
    for one in worked.ids.values():
        office.customers.change(one, region_code="320500")
    # B 90,000 and D 12,000 were first signed in September, A 50,000 in August
    assert spread(office, where, "2026-09", "2026-09", By.month)[0] == 5_100_000
    quarter = spread(office, where, "2026-Q3", "2026-Q3", By.quarter)
    assert quarter[0] == 5_000_000
    days = {"from_on": date(2026, 7, 2), "to_on": date(2026, 9, 29)}
    assert spread(office, where, **days) == quarter


def test_a_spread_that_is_not_kept_is_read_from_rows(worked, monkeypatch):
    office = worked.office
    kept = spread(office, {}, "2026-09", "2026-09", By.month)
    monkeypatch.setattr("app.services.kpi.spread.FIGURES", {})
    assert spread(office, {}, "2026-09", "2026-09", By.month) == kept
