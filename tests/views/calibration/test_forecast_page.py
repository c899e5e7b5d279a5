"""The page of the weighted forecast, from the keyboard alone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt


@pytest.fixture
def page(qtbot, picture):
    picture.office.staff.act_as("钱国安")
    picture.navigate("forecast")
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.found is not None)
    return shown


def test_months_stand_in_order_with_their_band(page, picture):
    months = page.months.rows
    assert len(months) >= 2
    for one in months:
        assert one.band.low <= one.band.likely <= one.band.high <= one.band.whole
    assert page.chart.box_of(0)[2][0] == "可能"
    assert "可能签" in page.head.subtitle.text()


def test_another_chance_is_kept_and_shown_at_once(qtbot, page, picture, dialogs):
    before = page.found.whole.likely

    def change(dialog):
        for edit in dialog.chances:
            edit.setText("100%")
        dialog.save()

    dialogs("weights_dialog", change)
    page.commands()["edit"]()
    assert list(picture.office.admin.settings().win_chances) == [1.0] * 6
    qtbot.waitUntil(lambda: page.found.whole.likely > before)
    picture.undo()
    qtbot.waitUntil(lambda: page.found.whole.likely == before)


def test_what_is_no_chance_stays_in_the_dialog(page, picture, dialogs):
    def wrong(dialog):
        dialog.chances[0].setText("很大")
        dialog.save()
        assert dialog.isVisible()
        assert "概率是 0% 到 100%" in dialog.error_bar.accessibleName()
        dialog.restore()
        dialog.save()

    dialogs("weights_dialog", wrong)
    page.change_weights()
    assert picture.office.admin.settings().win_chances[0] == 0.1


def test_a_month_opens_its_customers(qtbot, page, picture):
    count = page.months.rows[0].band.count
    page.focus_first()
    qtbot.keyClick(page.months.view, Qt.Key.Key_Return)
    assert picture.page().PAGE_ID == "customers"
    qtbot.waitUntil(lambda: getattr(picture.page().rows.answer, "total", -1) == count)


def test_one_person_alone(qtbot, page, picture):
    whole = page.found.whole.count
    page.person.set_value(picture.office.staff.named("周敏").id)
    page.refresh()
    qtbot.waitUntil(lambda: 0 < page.found.whole.count < whole)
