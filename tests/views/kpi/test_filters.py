"""Every kind of period and every filter of the KPI page asks what the service is asked."""

from dataclasses import replace
from datetime import date

import pytest

from app.models.values import periods
from app.models.values.growth import Case
from app.models.values.periods import By
from app.services.kpi import KpiFilter, KpiQuery


@pytest.fixture
def page(window):
    window.navigate("kpi")
    return window.page()


def choose(tool, value):
    tool.set_value(value)
    assert tool.value() == value
    tool.activated.emit(tool.currentIndex())


def kind(page, value):
    page.tools.by.set_value(value)
    page.tools.by.changed.emit(value)


def figures(page):
    found = page._reading.report.periods
    return [(one.period.label, one.metrics["conversion"].value) for one in found]


def asked(page, **query):
    found = page.view.office.kpi.macro(KpiQuery(**query)).periods
    return [(one.period.label, one.metrics["conversion"].value) for one in found]


def test_halves(page):
    kind(page, By.half)
    assert figures(page) == asked(page, first_label="2024-H1", last_label="2026-H2", by=By.half)


def test_fiscal_quarters_where_the_office_has_a_fiscal_year(page, window):
    assert not page.tools.fiscal.isEnabled()
    window.office.admin.change_settings(fiscal_start_month=4)
    page.refresh()
    kind(page, By.quarter)
    page.tools.fiscal.click()
    assert figures(page)[-1][0] == "FY2026-Q3"
    wanted = asked(page, first_label="FY2025-Q4", last_label="FY2026-Q3", by=By.quarter)
    assert figures(page)[-4:] == wanted
    page.tools.by.changed.emit(By.month)
    assert figures(page)[-1][0] == "2026-11"


def test_a_range_of_ones_own_with_those_before_it(page):
    kind(page, "own")
    assert page.tools.own.isVisible()
    own = periods.custom(date(2026, 9, 10), date(2026, 10, 20))
    page.tools.own.set_period(own)
    page.tools.own.changed.emit(own)
    wanted = asked(page, from_on=own.start, to_on=own.end, back=11)
    assert figures(page) == wanted
    assert len(wanted) == 12
    assert page.open_more() is not None
    kind(page, By.month)
    assert not page.tools.own.isVisible()
    assert figures(page)[-1][0] == "2026-11"


@pytest.mark.parametrize("name", ["team", "industry", "kind", "grade"])
def test_a_filter_of_the_service_is_on_the_page(page, name):
    tool = getattr(page.tools, name)
    value = tool.itemData(1)
    choose(tool, value)
    field = "team_id" if name == "team" else name
    where = KpiFilter(**{field: value})
    assert page.params()["asked"].where == where
    wanted = asked(page, first_label="2025-12", last_label="2026-11", where=where)
    assert figures(page) == wanted
    assert tool.currentText() in page.status_left()
    assert tool.currentText() in page._as_report().notes[1]
    assert page.tools.fold.button.accessibleDescription() == "筛选中"


def test_the_present_owner_is_a_lens_that_is_told(page, window):
    person = window.office.staff.all(with_left=False)[1]
    choose(page.tools.staff, person.id)
    page.tools.present.click()
    where = KpiFilter(staff_id=person.id, by_present_owner=True)
    assert page.params()["asked"].where == where
    assert figures(page) == asked(page, first_label="2025-12", last_label="2026-11", where=where)
    assert "按现负责人" in page.status_left()


def test_364_days_back_where_there_is_no_same_period(page, window, monkeypatch):
    monkeypatch.setattr(type(window.office.context), "today", lambda _self: date(2027, 1, 2))
    page.refresh()
    kind(page, By.week)
    newest = page._reading.report.periods[-1]
    assert (newest.period.label, newest.metrics["touches"].yoy.case) == ("2026-W53", Case.no_period)
    page.tools.shift.click()
    moved = page._reading.report.periods[-1].metrics["touches"]
    assert moved.yoy_days.first == date(2025, 12, 29)
    page.tools.festival.click()
    assert page.params()["asked"].festival


def test_back_brings_the_question_again(page, window):
    page.tools.festival.click()
    kind(page, By.half)
    kept = page.params()["asked"]
    window.navigate("today")
    window.go_back()
    assert window.page().params()["asked"] == replace(kept)
    assert window.page().tools.festival.isChecked()
