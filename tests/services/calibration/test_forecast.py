"""The weighted forecast and what it rests on (product.md 1.4, 2.9)."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import UserError
from app.models.values.forecast import Pile, band_of, person_weight
from app.services.calibration import CalibrationDraft
from app.services.calibration.forecast import PAST, UNDATED
from app.services.customers.drafts import CustomerDraft
from app.services.deals import ContractDraft
from app.services.staff import StaffDraft
from tests.factories import empty_office, instant

TODAY = date(2026, 11, 23)


@pytest.fixture
def office(tmp_path):
    made = empty_office(tmp_path / "a.gendan", StaffDraft("周敏", role="boss"), StaffDraft("陈立"))
    yield made
    made.close()


def expect(office, name, fen, day, quality="valuable", stage=0):
    customer_id = office.customers.add(CustomerDraft(name))
    office.calibration.save(
        customer_id, CalibrationDraft(quality, expected_fen=fen, expected_on=day)
    )
    if stage:
        office.customers.move_stage(customer_id, stage)
    return customer_id


def test_amounts_count_by_quality_and_stage(office):
    expect(office, "甲", 1_000_000, date(2026, 12, 28), stage=3)
    expect(office, "乙", 2_000_000, date(2026, 12, 5), "unsure", stage=2)
    expect(office, "丙", 4_000_000, date(2026, 12, 9), "worthless")
    (december,) = office.forecasts.read(weighted=False).months
    assert december.month == "2026-12"
    assert (december.band.count, december.band.whole) == (2, 3_000_000)
    assert december.band.likely == 1_000_000 * 0.5 + 2_000_000 * 0.2


def test_days_gone_by_and_no_day_stand_apart(office):
    expect(office, "甲", 1_000_000, date(2026, 11, 20))
    expect(office, "乙", 1_000_000, None)
    expect(office, "丙", 1_000_000, date(2027, 1, 9))
    found = office.forecasts.read()
    assert [one.month for one in found.months] == [PAST, "2027-01", UNDATED]
    assert found.whole.count == 3


def test_who_has_signed_or_is_lost_is_not_counted(office):
    signed = expect(office, "甲", 1_000_000, date(2026, 12, 28))
    office.customers.move_stage(signed, 5)
    lost = expect(office, "乙", 1_000_000, date(2026, 12, 28))
    office.customers.mark_churned(lost, "价格")
    assert office.forecasts.read().months == ()


def test_changed_chances_change_the_forecast(office):
    expect(office, "甲", 1_000_000, date(2026, 12, 28), stage=3)
    office.admin.change_settings(win_chances=(0.1, 0.2, 0.3, 0.6, 0.8, 1))
    assert office.forecasts.read().whole.likely == 600_000


@pytest.mark.parametrize("chances", [(0.1, 0.2), (0.1, 0.2, 0.3, 0.4, 0.5, 1.2)])
def test_chances_that_cannot_be_are_refused(office, chances):
    with pytest.raises(UserError) as refused:
        office.admin.change_settings(win_chances=chances)
    assert refused.value.code == "bad_chances"


def test_one_persons_customers_alone(office):
    expect(office, "甲", 1_000_000, date(2026, 12, 28))
    other = office.staff.named("陈立").id
    assert office.forecasts.read(owner_id=other).whole.count == 0
    assert office.forecasts.read(owner_id=office.context.actor.staff_id).whole.count == 1


def test_the_band_holds_what_is_likely():
    band = band_of([Pile(4, 4_000, 4_000_000.0, 0.5, 0.0)])
    # variance 4,000,000 x 0.25, its root 1,000, 1.28 of it to either side
    assert (band.low, band.likely, band.high) == (720, 2_000, 3_280)
    sure = band_of([Pile(1, 1_000, 1_000_000.0, 1.0, 0.0)])
    assert (sure.low, sure.likely, sure.high) == (1_000, 1_000, 1_000)
    assert band_of([]).whole == 0


def test_a_persons_weight_leans_on_the_office():
    assert person_weight(0, 0, 5, 10) == 1.0
    assert person_weight(10, 10, 15, 30) == pytest.approx(1.5)
    assert person_weight(0, 40, 15, 30) == 0.5
    assert person_weight(4, 10, 15, 30) == pytest.approx(0.9)
    assert person_weight(3, 3, 0, 0) == 1.0


def test_accuracy_counts_ratings_come_true_and_amounts(office):
    clock = office.context.clock
    clock.instant = instant("2026-03-02")
    hit = expect(office, "甲", 1_000_000, date(2026, 6, 1))
    expect(office, "乙", 1_000_000, date(2026, 6, 1))
    clock.instant = instant("2026-06-10")
    office.deals.add_contract(ContractDraft(hit, date(2026, 6, 10), 1_250_000))
    clock.instant = instant("2026-11-23")
    (mine,) = office.forecasts.read().people
    assert (mine.name, mine.rated, mine.hits, mine.share) == ("周敏", 2, 1, 0.5)
    assert mine.signed == 1
    assert mine.error == pytest.approx(0.2)
    assert mine.weight == 1.0


def test_a_window_counts_by_its_last_day(office):
    customer_id = office.customers.add(CustomerDraft("甲"))
    window = CalibrationDraft("valuable", expected_fen=1_000_000, expected_on=date(2026, 12, 31),
                              expected_from=date(2026, 11, 23), expected_label="本季")  # fmt: skip
    office.calibration.save(customer_id, window)
    assert [one.month for one in office.forecasts.read().months] == ["2026-12"]


def test_a_rating_is_never_overwritten(office):
    customer_id = expect(office, "甲", 1_000_000, date(2026, 12, 28))
    office.context.clock.instant += 1_000
    office.calibration.save(customer_id, CalibrationDraft("unsure", expected_fen=2_000_000))
    told = [(one.field, one.old, one.new) for one in office.calibration.history(customer_id)]
    assert ("quality", "valuable", "unsure") in told
    assert ("quality", "", "valuable") in told
    assert ("expected_fen", "1000000", "2000000") in told
