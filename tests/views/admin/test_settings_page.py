"""设置: the list, its search, and pages whose changes hold at once and can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.models.values.calendars import Calendar
from app.services.customers.drafts import CustomerDraft
from app.services.features import FeatureDraft
from app.views.admin.company_section import read_clock
from app.views.admin.holidays_card import HolidaysDialog
from app.views.admin.section import SECTIONS
from app.views.admin.staff_dialog import StaffDialog
from app.views.widgets.chips import Chip


def test_every_page_opens(settings, shell):
    for spec in SECTIONS:
        section = settings(spec.id)
        assert section.objectName() == f"section_{spec.id}"
        assert shell.status.left_text() == spec.title


def test_the_last_page_is_shown_again(settings, shell):
    settings("looks")
    shell.rebuild()
    assert shell.page().section.spec.id == "looks"


def test_search_finds_pages_by_what_is_on_them(qtbot, settings, shell):
    settings("company")
    page = shell.page()
    page.commands()["find"]()
    page.search.setText("恢复码")
    page.search.search_now()
    assert page.section.spec.id == "book"
    assert page.list.count() == 1
    page.search.setText("yeWu")
    page.search.search_now()
    assert page.section.spec.id == "features"
    page.search.clear()
    page.search.search_now()
    assert page.list.count() == len(SECTIONS)


def test_arrows_go_through_the_pages(qtbot, settings, shell):
    settings("company")
    page = shell.page()
    qtbot.keyClick(page.list, Qt.Key.Key_Down)
    assert page.section.spec.id == "staff"


def test_a_seller_sees_only_what_is_theirs(settings, shell, office):
    office.staff.act_as("周敏")
    shell.attach(office, office.bus.subscribe)
    section = settings("staff")
    assert section.spec.id == "book"
    assert shell.page().list.count() == len([spec for spec in SECTIONS if not spec.manages])


# -- company -------------------------------------------------------------------------------------


def test_company_and_hours_hold_at_once(qtbot, settings, shell, office):
    section = settings("company")
    section.company.setText("蓝海仪器")
    qtbot.keyClick(section.company, Qt.Key.Key_Return)
    assert office.admin.settings().company == "蓝海仪器"
    section.clocks["day_start"].setCurrentText("8点半")
    section.clocks["day_start"].lineEdit().editingFinished.emit()
    assert office.admin.settings().day_start == "08:30"
    shell.undo()
    assert office.admin.settings().day_start == "09:00"
    qtbot.waitUntil(lambda: section.clocks["day_start"].currentText() == "09:00")
    shell.redo()
    assert office.admin.settings().day_start == "08:30"


def test_hours_that_cannot_be_are_told_in_place(settings, office):
    section = settings("company")
    section.clocks["day_start"].setCurrentText("20:00")
    section.clocks["day_start"].lineEdit().editingFinished.emit()
    assert section.error.isVisible()
    assert section.clocks["day_start"].currentText() == "09:00"
    assert office.admin.settings().day_start == "09:00"


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("8:30", "08:30"),
        ("9", "09:00"),
        ("18：05", "18:05"),
        ("8点半", "08:30"),
        ("25:00", "25:00"),
    ],
)
def test_a_clock_is_read_as_people_write_it(typed, read):
    assert read_clock(typed) == read


# -- staff ---------------------------------------------------------------------------------------


def test_people_are_listed_with_role_and_numbers(settings):
    section = settings("staff")
    names = [one.name for one in section.table.rows]
    assert sorted(names) == ["周敏", "林建国"]
    assert "13800000001" in section._numbers.values()


def test_a_person_is_changed_in_the_dialog(qtbot, settings, shell, office):
    settings("staff")
    dialog = StaffDialog(shell.view, office.staff.named("周敏"), shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.post.setText("大客户经理")
    dialog.role.set_value("lead")
    dialog.addresses["email"].setText("zhou@example.com、min@example.com")
    dialog.left_day.set_value(date(2020, 1, 1))
    dialog.joined.set_value(date(2024, 3, 1))
    dialog.save()
    assert dialog.isVisible(), "nobody leaves before they came"
    dialog.left_day.set_value(None)
    dialog.save()
    assert not dialog.isVisible()
    changed = office.staff.named("周敏")
    assert (changed.post, changed.role) == ("大客户经理", "lead")
    assert [raw for _kind, raw in office.staff.addresses(changed.id)] == [
        "zhou@example.com",
        "min@example.com",
    ]


def test_the_last_manager_stays(qtbot, settings, shell, office):
    dialog = StaffDialog(shell.view, office.staff.named("林建国"), shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.role.set_value("sales")
    dialog.save()
    assert dialog.error.isVisible()
    assert office.staff.named("林建国").role == "boss"


def test_a_name_is_given_once(qtbot, shell):
    dialog = StaffDialog(shell.view, None, shell)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.name.setText("周敏")
    dialog.save()
    assert dialog.isVisible()
    assert "周敏" in dialog.form.rows[0].error.text()


# -- features ------------------------------------------------------------------------------------


def test_a_feature_is_added_named_and_given_options(qtbot, settings, office):
    section = settings("features")
    section.add()
    editor = section.editor
    editor.label.setText("月产量")
    qtbot.keyClick(editor.label, Qt.Key.Key_Return)
    editor.kind.set_value("single")
    editor.kind.activated.emit(editor.kind.currentIndex())
    assert editor.options.isVisible()
    editor.options.field.setText("一万以下")
    editor.options.field.returnPressed.emit()
    editor.options.field.setText("一万以上")
    editor.options.field.returnPressed.emit()
    field = office.features.fields()[-1]
    assert (field.label, field.type) == ("月产量", "single")
    assert [one.label for one in field.options] == ["一万以下", "一万以上"]
    editor.options.choose(1)
    editor.options.move_by(-1)
    field = office.features.fields()[-1]
    assert [one.label for one in field.options] == ["一万以上", "一万以下"]

    def shown():
        chips = [one for one in editor.preview.findChildren(Chip) if one.isVisible()]
        return [chip.text() for chip in chips]

    qtbot.waitUntil(lambda: shown() == ["一万以上", "一万以下"])


def test_a_known_feature_keeps_its_type(qtbot, settings, office):
    field = office.features.fields()[0]
    customer_id = office.customers.add(CustomerDraft("蓝海仪器"))
    office.features.learn(customer_id, [FeatureDraft(field.id, "3")])
    section = settings("features")
    qtbot.waitUntil(lambda: not section.editor.kind.isEnabled())
    assert "1 家" in section.editor._note_words.text()


def test_order_and_hiding_can_be_taken_back(qtbot, settings, shell, office):
    section = settings("features")
    before = [one.label for one in section.table.rows]
    qtbot.keyClick(section.table.view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [one.label for one in office.features.fields()][:2] == before[1::-1]
    section.editor.archive.click()
    assert before[0] not in [one.label for one in office.features.fields()]
    shell.undo()
    shell.undo()
    assert [one.label for one in office.features.fields()] == before


def test_a_template_adds_only_what_is_not_there(settings, office):
    section = settings("features")
    count = len(office.features.fields())
    software = next(one for one in office.admin.templates() if one.code == "software")
    section.take_template(software)
    section.take_template(software)
    labels = [one.label for one in office.features.fields()]
    assert len(labels) == len(set(labels)) > count


# -- lists ---------------------------------------------------------------------------------------


def test_words_are_added_renamed_moved_and_hidden(qtbot, settings, office):
    section = settings("lists")
    section.which.set_value("source")
    words = section.words
    words.field.setText("老客户")
    words.field.returnPressed.emit()
    assert office.admin.choices("source")[-1].label == "老客户"
    words.choose(len(words.words()) - 1)
    words.move_by(-1)
    assert office.admin.choices("source")[-2].label == "老客户"
    item = words._model.item(0)
    item.setText("老客户介绍")
    assert office.admin.choices("source")[0].label == "老客户介绍"
    words.choose(0)
    qtbot.keyClick(words.view, Qt.Key.Key_Delete)
    assert "老客户介绍" not in [one.label for one in office.admin.choices("source")]
    assert words.words()[0].hidden
    qtbot.keyClick(words.view, Qt.Key.Key_Delete)
    assert office.admin.choices("source")[0].label == "老客户介绍"


def test_stages_can_only_be_renamed(qtbot, settings, office):
    section = settings("lists")
    section.which.set_value("stage")
    words = section.words
    before = office.admin.stage_names()
    words.choose(0)
    words.move_by(1)
    qtbot.keyClick(words.view, Qt.Key.Key_Delete)
    assert office.admin.stage_names() == before
    assert not words.field.isVisible()
    words._model.item(0).setText("刚认识")
    assert office.admin.stage_names() == ("刚认识", *before[1:])


# -- looks and the rest --------------------------------------------------------------------------


def test_looks_hold_at_once(settings, shell):
    section = settings("looks")
    section.mode.changed.emit("dark")
    assert shell.theme.scheme == "dark"
    section = shell.page().section
    section.mode.changed.emit("light")
    section.switches["single_keys"].click()
    assert shell.prefs.get("single_keys") is False
    section.switches["key_hints"].click()
    assert not shell.theme.key_hints
    section.switches["key_hints"].click()
    assert shell.theme.key_hints


def test_the_key_sheet_names_the_window_s_keys(settings):
    section = settings("keys")
    spoken = [one.accessibleName() for one in section.findChildren(QWidget)]
    assert "Ctrl+J" in spoken
    assert "Ctrl+Shift+F12" not in spoken


def test_about_lists_libraries_with_licences(qtbot, settings):
    section = settings("about")
    qtbot.waitUntil(lambda: bool(section._libraries), timeout=20_000)
    found = {one.name.lower().replace("_", "-"): one.licence for one in section._libraries}
    assert "MIT" in found["sqlalchemy"]
    assert "LGPL" in found["pyside6-essentials"]
    assert len(found) > 20


# -- for everybody -------------------------------------------------------------------------------


def nameless(root):
    """Return what can be reached by Tab and has no name for people or for programs."""
    return [
        (type(one).__name__, one.objectName())
        for one in root.findChildren(QWidget)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.isVisible()
        and one.focusProxy() is None
        and not (one.accessibleName() and one.objectName())
    ]


@pytest.mark.parametrize("section", [spec.id for spec in SECTIONS])
def test_everything_reached_has_a_name(settings, section):
    assert nameless(settings(section)) == []


def test_the_dialog_s_fields_have_names(qtbot, shell):
    dialog = StaffDialog(shell.view, None, shell)
    qtbot.addWidget(dialog)
    dialog.show()
    assert nameless(dialog) == []


def test_the_week_and_the_name_of_a_fiscal_year_are_the_offices(qtbot, settings, office):
    section = settings("company")
    section.fiscal.setCurrentIndex(section.fiscal.findData(4))
    section.fiscal.activated.emit(3)
    for field in (section.named_by, section.week):
        qtbot.keyClick(field, Qt.Key.Key_Right)
    assert office.admin.settings().calendar() == Calendar(6, 4, named_by_end=True)
    assert office.kpi.period("FY2027-Q1").start == date(2026, 4, 1)
    assert office.kpi.period("2026-W01").start == date(2025, 12, 28)


# -- holidays ------------------------------------------------------------------------------------


def test_a_pasted_notice_holds_at_once_and_goes_back(qtbot, settings, shell, office):
    section = settings("company")
    year = office.context.today().year + 1
    shown = section.findChild(QWidget, f"holidays_{year}")
    before = shown.text()
    assert before
    section.holidays.add.click()
    dialog = shell.findChild(HolidaysDialog)
    qtbot.waitUntil(dialog.text.hasFocus)
    dialog.text.setPlainText("还没想好")
    assert not dialog.go.isEnabled()
    assert dialog.found.text() == "没有看到放假安排"
    dialog.text.setPlainText(f"{year}年放假安排\n元旦：1月1日至4日放假，1月9日上班。")
    assert "元旦 01-01 ~ 01-04；调休上班 01-09" in dialog.found.text()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: section.findChild(QWidget, f"holidays_back_{year}") is not None)
    assert not office.followups.office_time.hours.calendar.works(date(year, 1, 4))
    section.findChild(QWidget, f"holidays_back_{year}").click()
    qtbot.waitUntil(lambda: section.findChild(QWidget, f"holidays_{year}").text() == before)
    shell.undo()
    assert str(year) in office.admin.settings().holidays


def test_a_file_of_days_off_is_read_in_any_encoding(qtbot, settings, office, tmp_path):
    section = settings("company")
    for encoding in ("utf-8-sig", "gb18030"):
        path = tmp_path / f"{encoding}.csv"
        path.write_text("2028-01-01,休,元旦节放假安排\n2028-01-08,班\n", encoding=encoding)
        dialog = HolidaysDialog(section.view, section.window())
        dialog.read_file(path)
        assert dialog.go.isEnabled()
        assert "2028：元旦节放假安排 01-01" in dialog.found.text()
        dialog.reject()
    broken = tmp_path / "broken.txt"
    broken.write_bytes(b"\xff\xfe\x00" * 7)
    dialog = HolidaysDialog(section.view, section.window())
    dialog.read_file(broken)
    dialog.read_file(tmp_path / "none.txt")
    assert dialog.error.isVisibleTo(dialog)
    dialog.reject()
