"""The worked tables of product.md 2.2 to 2.5, to the digit."""

from datetime import date

import pytest

from app.models.values.growth import Case
from app.models.values.periods import By
from app.services.kpi import KpiQuery

MONTHS = KpiQuery("2026-08", "2026-11")


def table(office, metric, query=MONTHS):
    report = office.kpi.macro(query)
    return {one.period.label: one.metrics[metric] for one in report.periods}


def test_conversion_by_cohort(office, worked):
    found = table(office, "conversion")
    assert [(f.counts["signed"], f.n) for f in found.values()] == [(2, 3), (3, 4), (1, 2), (0, 1)]
    assert [f.value for f in found.values()] == [2 / 3, 0.75, 0.5, 0.0]


def test_repurchase_of_the_signed(office, worked):
    found = table(office, "repurchase")
    assert [(f.counts["again"], f.n) for f in found.values()] == [(1, 2), (1, 3), (0, 1), (0, 0)]
    assert [f.value for f in found.values()] == [0.5, 1 / 3, 0.0, None]


def test_conversion_within_thirty_days(office, worked):
    query = KpiQuery("2026-08", "2026-11", metrics=("conversion_30",))
    found = table(office, "conversion_30", query)
    assert [(f.counts["signed"], f.n) for f in found.values()] == [(2, 3), (3, 4), (1, 2), (0, 0)]
    assert [f.value for f in found.values()] == [2 / 3, 0.75, 0.5, None]


def test_conversion_within_ninety_days_waits_for_the_young(office, worked):
    found = table(office, "conversion_90")
    assert [(f.counts["signed"], f.n) for f in found.values()] == [(2, 3), (0, 0), (0, 0), (0, 0)]


def test_first_deal_value(office, worked):
    found = table(office, "first_deal_fen")
    assert [f.n for f in found.values()] == [1, 2, 3, 0]
    assert [f.value for f in found.values()] == [5_000_000, 5_100_000, 3_100_000, None]
    assert [f.median for f in found.values()] == [5_000_000, 5_100_000, 2_400_000, None]
    august, september, october, november = found.values()
    assert august.mom.case is Case.no_base
    assert september.mom.growth == pytest.approx(0.02)
    assert round(october.mom.growth * 100, 1) == -39.2
    assert (november.mom.case, november.mom.base) == (Case.no_value, 3_450_000)  # E and H by 10-23


def test_cycle_in_days(office, worked):
    found = table(office, "cycle_days")
    assert [f.value for f in found.values()] == [21, 20, 20, None]
    assert [f.n for f in found.values()] == [1, 2, 3, 0]
    assert found["2026-10"].median == 30


def test_touches_up_to_the_signing(office, worked):
    found = table(office, "touches")
    assert [f.value for f in found.values()] == [4.0, 3.5, 8 / 3, None]


def test_points_between_rates(office, worked):
    september = table(office, "conversion")["2026-09"]
    assert september.mom.change == pytest.approx(0.75 - 2 / 3)
    assert september.mom.growth is None
    assert september.mom.case is Case.normal
    assert september.yoy.case is Case.no_base


def test_an_unfinished_month_is_aligned(office, worked):
    report = office.kpi.macro(MONTHS)
    assert [one.complete for one in report.periods] == [True, True, True, False]
    november = report.periods[-1].metrics["conversion"]
    assert november.mom.aligned
    assert november.mom.base == 0.5  # H and I came in by 10-23
    whole = office.kpi.macro(KpiQuery("2026-11", "2026-11", align=False)).periods[0]
    assert not whole.metrics["conversion"].mom.aligned


def test_as_of_hides_what_came_later(office, worked):
    query = KpiQuery("2026-08", "2026-10", as_of=date(2026, 9, 30))
    conversion = table(office, "conversion", query)
    assert [(f.counts["signed"], f.n) for f in conversion.values()] == [(2, 3), (1, 4), (0, 0)]
    again = table(office, "repurchase", query)
    assert [(f.counts["again"], f.n) for f in again.values()] == [(0, 2), (0, 1), (0, 0)]
    within = KpiQuery("2026-08", "2026-10", as_of=date(2026, 9, 30), metrics=("conversion_30",))
    assert [f.n for f in table(office, "conversion_30", within).values()] == [3, 0, 0]
    deals = table(office, "first_deal_fen", query)
    assert [f.n for f in deals.values()] == [1, 2, 0]


@pytest.mark.parametrize(
    ("by", "label", "n"),
    [
        (By.week, "2026-W37", 1),
        (By.quarter, "2026-Q3", 7),
        (By.half, "2026-H2", 10),
        (By.year, "2026", 10),
    ],
)
def test_every_kind_of_period(office, worked, by, label, n):
    found = table(office, "conversion", KpiQuery(label, label, by=by))
    assert [f.n for f in found.values()] == [n]


def test_a_range_of_ones_own(office, worked):
    query = KpiQuery(from_on=date(2026, 8, 10), to_on=date(2026, 9, 7))
    found = table(office, "conversion", query)["2026-08-10..2026-09-07"]
    assert (found.counts["signed"], found.n) == (3, 4)


def test_the_facts_are_sound(worked):
    assert worked.sound()
