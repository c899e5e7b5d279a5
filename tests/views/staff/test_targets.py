"""Targets set in the dialog, and how far they are on Today and in the summary."""

import pytest
from PySide6.QtWidgets import QDialog, QPushButton

from app.services.staff.targets import TargetDraft

MONTH = "2026-11"


def targets(office, month=MONTH):
    found = office.targets.of_month(month)
    return {(one.who, one.metric.name): one.value for one in found}


@pytest.fixture
def page(window, qtbot):
    window.navigate("staff")
    shown = window.page()
    qtbot.waitUntil(lambda: shown.table.model() is not None, timeout=10_000)
    return shown


@pytest.fixture
def dialog(page):
    page.findChild(QPushButton, "staff_targets").click()
    return page.findChild(QDialog, "target_dialog")


def put(qtbot, dialog, name, text):
    field = next(field for who, field in dialog.fields.items() if who.name == name)
    field.setFocus()
    field.clear()
    field.insert(text)
    return field


def people(window):
    return [one.name for one in window.office.staff.all(with_left=False)]


def test_targets_of_several_metrics_are_one_act(window, dialog, qtbot):
    one, other = people(window)[:2]
    put(qtbot, dialog, one, "40万")
    put(qtbot, dialog, other, "250000")
    dialog.choose("conversion")
    put(qtbot, dialog, one, "25")
    dialog.choose("calls")
    put(qtbot, dialog, one, "60")
    dialog.choose("signed_fen")
    assert next(f.text() for w, f in dialog.fields.items() if w.name == one) == "400,000"
    dialog.keep.click()
    assert targets(window.office) == {
        (one, "signed_fen"): 40_000_000,
        (other, "signed_fen"): 25_000_000,
        (one, "conversion"): 0.25,
        (one, "calls"): 60,
    }
    office = window.office
    office.undo.take_back(office.undo.last().unit_id)
    assert targets(office) == {}


def test_nonsense_is_told_and_keeps_nothing(window, dialog, qtbot):
    one = people(window)[0]
    field = put(qtbot, dialog, one, "很多")
    dialog.keep.click()
    assert dialog.isVisible()
    assert field.problem()
    assert targets(window.office) == {}
    put(qtbot, dialog, one, "-5")
    dialog.keep.click()
    assert dialog.isVisible()
    dialog.reject()
    assert targets(window.office) == {}


def test_the_month_before_is_taken_over(window, dialog, qtbot):
    office = window.office
    staff = office.staff.all(with_left=False)[0]
    office.targets.save("2026-10", [TargetDraft("signed_fen", 5_000_00, staff_id=staff.id)])
    dialog.copy.click()
    assert targets(office) == {(staff.name, "signed_fen"): 5_000_00}
    assert next(f.text() for w, f in dialog.fields.items() if w.staff_id == staff.id) == "5,000"


def test_an_emptied_field_takes_a_target_away(window, page, qtbot):
    office = window.office
    staff = office.staff.all(with_left=False)[0]
    office.targets.save(MONTH, [TargetDraft("signed_fen", 5_000_00, staff_id=staff.id)])
    dialog = page.open_targets()
    put(qtbot, dialog, staff.name, "")
    dialog.save()
    assert targets(office) == {}


def test_progress_stands_beside_the_person(window, page, qtbot):
    office = window.office
    staff_id = page._chosen
    office.targets.save(MONTH, [TargetDraft("followups", 10_000, staff_id=staff_id)])
    qtbot.waitUntil(page.person_targets.isVisible, timeout=10_000)
    done = office.targets.progress(MONTH, staff_id)[0]
    told = page.person_targets.bars.accessibleDescription()
    assert f"{done.done:,.0f}次 / 10,000次" in told
    assert "今日需" in told


def test_progress_stands_on_today_for_whose_day_it_is(window, qtbot):
    office = window.office
    me = office.context.actor.staff_id
    window.navigate("today")
    page = window.page()
    qtbot.waitUntil(lambda: page.targets is not None, timeout=10_000)
    assert not page.targets.isVisible()
    office.targets.save(MONTH, [TargetDraft("followups", 10_000, staff_id=me)])
    qtbot.waitUntil(page.targets.isVisible, timeout=10_000)
    assert "跟进次数" in page.targets.bars.accessibleDescription()
    office.targets.save(MONTH, [TargetDraft("followups", None, staff_id=me)])
    qtbot.waitUntil(lambda: not page.targets.isVisible(), timeout=10_000)
