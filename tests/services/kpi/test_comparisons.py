"""The table of product.md 2.5, one test a row, named after the row; figures of a real office."""

from datetime import date

import pytest

from app.models.values.growth import Case
from app.models.values.periods import By
from app.services.deals import PaymentDraft
from app.services.kpi import KpiQuery
from app.services.kpi.queries import Basis
from app.views.kpi import figure_words

HALF_FEBRUARY = date(2028, 2, 29)


def asked(office, label, metric, by=By.month, **query):
    where = KpiQuery(label, label, by, metrics=(metric,), **query)
    return office.kpi.macro(where).periods[0].metrics[metric]


def shown(office, metric, change):
    known = (*office.kpi.measures(), *office.kpi.indicators())
    return figure_words.compared(next(one for one in known if one.name == metric), change)


def pay(past, name, on, yuan):
    past.office.deals.add_payment(
        PaymentDraft(past.ids[name], date.fromisoformat(on), yuan * 100, note="退" * (yuan < 0))
    )


@pytest.fixture
def paid(past):
    """A customer who pays by month: 8th 1000, 9th 800, 10th back 300, 11th 200."""
    past.customer("A", "08-01")
    for on, yuan in (
        ("2026-08-05", 1000),
        ("2026-09-05", 800),
        ("2026-10-05", -300),
        ("2026-11-05", 200),
    ):
        pay(past, "A", on, yuan)
    yield past
    assert past.sound()


def test_base_above_zero(office, paid):
    """Signed %, one decimal, with an arrow in the tone of what is better."""
    change = asked(office, "2026-09", "received_fen").mom
    assert (change.base, change.growth, change.case) == (100_000, pytest.approx(-0.2), Case.normal)
    told = shown(office, "received_fen", change)
    assert (told.text, told.tone) == ("▼ 20.0%", "warn")


def test_base_above_zero_where_less_is_better(office, worked):
    change = asked(office, "2026-09", "cycle_days").mom
    told = shown(office, "cycle_days", change)
    assert (change.change, told.tone) == (-1, "good")
    assert told.text == "▼ 1.0 天 变快"


def test_base_zero_and_a_value(office, paid):
    change = asked(office, "2026-08", "received_fen").mom
    assert (change.base, change.growth, change.case) == (0, None, Case.new)
    assert shown(office, "received_fen", change).text == "新增"


def test_base_zero_and_no_value(office, paid):
    change = asked(office, "2026-07", "received_fen").mom
    assert (change.base, change.change, change.case) == (0, 0, Case.flat)
    assert shown(office, "received_fen", change).text == "持平"


def test_a_value_fallen_to_zero(office, past):
    past.customer("A", "08-01")
    pay(past, "A", "2026-09-05", 800)
    change = asked(office, "2026-10", "received_fen").mom
    assert (change.growth, change.case) == (-1, Case.normal)
    assert shown(office, "received_fen", change).text == "▼ 100.0%"


def test_negative_base(office, paid):
    """Net refunds: the absolute change alone, and the tag says why."""
    change = asked(office, "2026-11", "received_fen").mom
    assert (change.base, change.change, change.growth) == (-30_000, 50_000, None)
    assert change.case is Case.negative_base
    told = shown(office, "received_fen", change)
    assert told.text == "▲ 500 基期为负"
    assert told.tone == "good"


def test_base_null(office, worked):
    """Before the first customer there is no n, and nothing to compare with."""
    change = asked(office, "2026-08", "conversion").mom
    assert (change.base, change.case) == (None, Case.no_base)
    assert shown(office, "conversion", change).text == "无基期"


def test_value_null(office, worked):
    change = asked(office, "2026-11", "first_deal_fen").mom
    assert (change.base, change.case) == (3_450_000, Case.no_value), "E and H signed by 10-23"
    assert shown(office, "first_deal_fen", change).text == "—"


def test_year_before_without_week_53(office, past):
    past.customer("A", "2026-12-30")
    past.customer("B", "2025-12-31")
    week = {"by": By.week, "as_of": date(2027, 1, 31)}
    plain = asked(office, "2026-W53", "conversion", **week).yoy
    assert plain.case is Case.no_period
    assert shown(office, "conversion", plain).text == "无同期"
    moved = asked(office, "2026-W53", "conversion", shift=True, **week)
    assert moved.yoy.base == 0.0
    assert (moved.yoy_days.first, moved.yoy_days.basis) == (date(2025, 12, 29), Basis.shifted)


def test_day_of_29_february(office, past):
    past.customer("A", "2028-02-29")
    past.customer("B", "2027-03-02")
    view = {"by": By.day, "as_of": date(2028, 3, 31)}
    label = HALF_FEBRUARY.isoformat()
    assert asked(office, label, "conversion", **view).yoy.case is Case.no_period
    moved = asked(office, label, "conversion", shift=True, **view)
    assert (moved.yoy.base, moved.yoy_days.first) == (0.0, date(2027, 3, 2))


def test_incomplete_period_is_aligned(office, past):
    """Payments: 50,000 of Nov 1-23 against 49,000 of Oct 1-23, not 79,000 of all October."""
    past.customer("A", "08-01")
    for on, yuan in (("2026-10-05", 49_000), ("2026-10-28", 30_000), ("2026-11-05", 50_000)):
        pay(past, "A", on, yuan)
    fair = asked(office, "2026-11", "received_fen")
    assert (fair.mom.base, fair.mom.aligned) == (4_900_000, True)
    assert shown(office, "received_fen", fair.mom).text == "▲ 2.0%"
    whole = asked(office, "2026-11", "received_fen", align=False)
    assert shown(office, "received_fen", whole.mom).text == "▼ 36.7%"


def test_31_march_aligns_to_the_whole_of_february(office, past):
    past.customer("A", "2026-02-28")
    cut = asked(office, "2026-03", "conversion", as_of=date(2026, 3, 31))
    assert (cut.mom_days.last, cut.mom_days.short) == (date(2026, 2, 28), True)
    assert cut.mom.aligned
    over = asked(office, "2026-03", "conversion", as_of=date(2026, 4, 1))
    assert not over.mom.aligned


def test_spring_festival_lines_up_january_to_march(office, past):
    """正月初一 is 2026-02-17 and 2025-01-29: 19 days apart."""
    past.customer("A", "2025-01-20")
    festive = asked(office, "2026-02", "conversion", festival=True)
    assert festive.yoy_days.basis is Basis.festival
    assert (festive.yoy_days.first, festive.yoy.base) == (date(2025, 1, 13), 0.0)
    assert asked(office, "2026-02", "conversion").yoy.case is Case.no_base
    assert asked(office, "2026-05", "conversion", festival=True).yoy_days.basis is Basis.same


def test_rates_are_compared_in_points(office, worked):
    change = asked(office, "2026-09", "conversion").mom
    assert (change.growth, change.case) == (None, Case.normal)
    assert shown(office, "conversion", change).text == "▲ 8.3 个百分点"
