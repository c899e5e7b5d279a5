"""日程 in the real window: list, week and month by keys, steps moved and put back, paper."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtTest import QTest

from app.services.customers.drafts import CustomerDraft
from app.services.jobs import Progress
from app.views.followups import calendar_acts
from app.views.followups.calendar_model import steps_mime
from app.views.followups.followup_form import FollowupForm
from app.views.followups.postpone_popup import PostponePopup

CTRL = Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


@pytest.fixture
def page(qtbot, window, today):
    window.navigate("agenda")
    made = window.page()
    qtbot.waitUntil(made.grid.hasFocus)
    return made


def on(office, step_id):
    found = office.followups.days(0, date(2026, 9, 1), date(2027, 3, 31))
    return {one.step_id: str(one.on) for one in found}.get(step_id)


def test_a_week_shows_its_days_and_the_steps_of_the_chosen_one(qtbot, page):
    assert page.model.rowCount() == 1
    assert page.grid.day() == date(2026, 11, 23)
    assert page.list.count() == len(page.model.steps(date(2026, 11, 23))) > 3
    QTest.keyClick(page.grid, Key.Key_Right)
    assert page.grid.day() == date(2026, 11, 24)
    assert page.day_words.text().startswith("11-24 周二")
    QTest.keyClick(page.grid, Key.Key_PageDown)
    assert page.grid.day() == date(2026, 12, 1)
    QTest.keyClick(page.grid, Key.Key_T)
    assert page.grid.day() == date(2026, 11, 23)


def test_a_month_shows_whole_weeks_and_its_holidays(qtbot, page):
    page.way.set_value("month")
    page.reload()
    assert page.model.rowCount() == 6
    assert page.shown_days() == (date(2026, 10, 26), date(2026, 12, 6))
    QTest.keyClick(page.grid, Key.Key_PageDown)
    QTest.keyClick(page.grid, Key.Key_PageDown)
    assert page.grid.day() == date(2027, 1, 1)
    assert "元旦" in page.model.spoken(date(2027, 1, 1))


def test_a_list_shows_what_is_behind_and_ahead(qtbot, page):
    page.way.set_value("list")
    page.reload()
    assert not page.grid.isVisible()
    assert page.list.count() == page.sheet().count
    assert "逾期" in page.list.item(0).text()


def test_a_step_is_moved_by_keys_and_put_back(qtbot, window, office, page):
    QTest.keyClick(page.grid, Key.Key_Return)
    qtbot.waitUntil(page.list.hasFocus)
    step = page.list.step()
    QTest.keyClick(page.list, Key.Key_Right, CTRL)
    qtbot.waitUntil(lambda: on(office, step.step_id) is None)
    moved = [one for one in office.followups.days(0, date(2026, 11, 24), date(2026, 11, 24))
             if one.customer_id == step.customer_id]  # fmt: skip
    assert moved[0].has_clock == step.has_clock
    assert moved[0].postpone_count == step.postpone_count + 1
    window.undo()
    qtbot.waitUntil(lambda: on(office, step.step_id) == "2026-11-23")


def test_a_step_is_dragged_to_another_day(qtbot, office, page):
    step = page.list.step()
    target = page.model.index_of(date(2026, 11, 27))
    move = Qt.DropAction.MoveAction
    assert page.model.dropMimeData(steps_mime([step.step_id]), move, -1, -1, target)
    qtbot.waitUntil(lambda: on(office, step.step_id) is None)
    assert step.customer_id in [
        one.customer_id for one in office.followups.days(0, date(2026, 11, 27), date(2026, 11, 27))
    ]
    assert not page.model.dropMimeData(QMimeData(), move, -1, -1, target)


def test_days_that_have_passed_take_nothing(page):
    page.turn(-1)
    index = page.model.index_of(date(2026, 11, 18))
    assert not page.model.flags(index) & Qt.ItemFlag.ItemIsDropEnabled


def test_steps_are_completed_put_off_and_opened_by_keys(qtbot, window, page):
    QTest.keyClick(page.grid, Key.Key_Return)
    qtbot.waitUntil(page.list.hasFocus)
    QTest.keyClick(page.list, Key.Key_S)
    popup = next(one for one in page.findChildren(PostponePopup) if one.isVisible())
    popup.close()
    step = page.list.step()
    QTest.keyClick(page.list, Key.Key_Space)
    qtbot.waitUntil(lambda: bool(window.findChildren(FollowupForm)))
    form = window.findChildren(FollowupForm)[0]
    assert form.line.step_id() == step.step_id
    form.reject()
    QTest.keyClick(page.list, Key.Key_Return)
    qtbot.waitUntil(lambda: window.page().PAGE_ID == "customer")


def test_the_days_are_a_list_for_paper(page):
    sheet = page.sheet()
    lines = list(sheet.read(Progress()))
    assert len(lines) == sheet.count > 3
    assert all(len(line) == len(sheet.columns) for line in lines)
    assert sheet.notes == ("11-23 ~ 11-29",)


def test_a_calendar_file_goes_out_and_comes_in(qtbot, window, office, page, tmp_path):
    path = tmp_path / "plan.ics"
    calendar_acts.write_calendar(page, path)
    qtbot.waitUntil(path.exists)
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
    customer_id = office.customers.add(CustomerDraft("新丰轴承"))
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT", "UID:1@x", "SUMMARY:新丰轴承 看样机",
        "DTSTART:20261125T020000Z", "DTEND:20261125T030000Z", "END:VEVENT", "END:VCALENDAR", "",
    )  # fmt: skip
    path.write_text("\r\n".join(lines), "utf-8")
    calendar_acts.read_calendar(page, path)
    qtbot.waitUntil(
        lambda: "新丰轴承" in [one.customer for one in page.model.steps(date(2026, 11, 25))]
    )
    window.undo()
    qtbot.waitUntil(lambda: not office.followups.record(customer_id).open)
