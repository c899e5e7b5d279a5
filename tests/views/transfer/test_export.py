import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFileDialog
from python_calamine import CalamineWorkbook

from app.services.customers.bulk import Chosen
from app.services.lists import ListFilter
from app.services.lists.sheets import ListSheet, SheetColumn
from app.services.transfer.exporting import Encoding, Form
from app.services.transfer.fields import Kind
from app.views.core.runner import board
from app.views.transfer.export_card import export_to
from app.views.transfer.export_dialog import WHOLE, ExportDialog, export_sheet


def rows_of(path, sheet=0):
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_index(sheet).to_python()


def idle(qtbot):
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)


def test_the_card_asks_for_a_place_and_writes_the_kind(page, office, window, tmp_path, qtbot):
    path = tmp_path / "客户.xlsx"
    page.export_card.go.setFocus(Qt.FocusReason.TabFocusReason)
    page.export_card.kind.set_value(Kind.customers)
    export_to(page.view, page, page.export_card.kinds(), page.export_card.choice.form(), path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    qtbot.waitUntil(window.toast_box.isVisible)
    count = office.customers.count(ListFilter())
    assert len(rows_of(path)) == count + 1
    idle(qtbot)


def test_all_kinds_are_one_choice_away(page):
    page.export_card.kind.set_value("all")
    assert set(page.export_card.kinds()) == set(Kind)


def test_the_hint_follows_the_format(page, qtbot):
    choice = page.export_card.choice
    before = choice.hint.text()
    choice.forms.setFocus()
    qtbot.keyClick(choice.forms, Qt.Key.Key_Right)
    assert choice.form() is Form.csv
    assert choice.hint.text() != before


def test_csv_has_a_mark_that_spreadsheets_know(page, tmp_path, qtbot):
    path = tmp_path / "客户.csv"
    export_to(page.view, page, (Kind.customers,), Form.csv, path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    idle(qtbot)


SHEET = ListSheet("客户", (SheetColumn("name", "客户名称"),), 3, lambda _progress: iter(()))


@pytest.mark.parametrize("along", [False, True])
def test_ticked_customers_go_out_alone_or_with_what_is_theirs(
    page, office, window, tmp_path, qtbot, along
):
    wanted = office.customers.ids(ListFilter())[:3]
    export_sheet(page.view, page, SHEET, Chosen(frozenset(wanted)))
    dialog = page.findChild(ExportDialog)
    assert dialog.isVisible()
    dialog.what.setFocus()
    qtbot.keyClick(dialog.what, Qt.Key.Key_Right)
    assert dialog.what.value() == WHOLE
    assert dialog.along.isVisible()
    dialog.along.setChecked(along)
    path = tmp_path / "三家.xlsx"
    dialog.write(path)
    qtbot.waitUntil(path.exists, timeout=20_000)
    idle(qtbot)
    assert len(rows_of(path)) == 4
    names = CalamineWorkbook.from_path(str(path)).sheet_names
    assert (len(names) > 1) is along


def test_letters_are_a_choice_of_csv_alone(page, tmp_path, qtbot):
    choice = page.export_card.choice
    assert not choice.encodings.isVisible()
    choice.forms.set_value(Form.csv)
    choice._tell()
    assert choice.encodings.isVisible()
    choice.encodings.setFocus()
    qtbot.keyClick(choice.encodings, Qt.Key.Key_Right)
    assert choice.encoding() is Encoding.gbk
    assert "GB18030" in choice.hint.text()
    path = tmp_path / "客户.csv"
    export_to(page.view, page, (Kind.customers,), Form.csv, path, choice.encoding())
    qtbot.waitUntil(path.exists, timeout=20_000)
    assert path.read_bytes().decode("gb18030").startswith("客户编号")
    idle(qtbot)


def test_the_window_command_opens_the_dialog_of_the_system(page, window, tmp_path, qtbot):
    opened = []

    def answer():
        dialog = next((one for one in window.findChildren(QFileDialog) if one.isVisible()), None)
        if dialog is not None:
            opened.append(dialog.windowTitle())
            dialog.reject()

    timer = QTimer(page)
    timer.timeout.connect(answer)
    timer.start(50)
    window.actions_.run("export")
    timer.stop()
    assert opened == ["导出到"]


def test_a_template_of_each_kind_can_be_saved(page, tmp_path, qtbot, monkeypatch):
    target = tmp_path / "模板.xlsx"
    asked = staticmethod(lambda *_words: (str(target), ""))
    monkeypatch.setattr("app.views.transfer.choose_step.QFileDialog.getSaveFileName", asked)
    menu = page.choose.zone.templates.menu()
    assert [action.text() for action in menu.actions()][:3] == ["员工", "产品", "客户"]
    menu.actions()[2].trigger()
    qtbot.waitUntil(target.exists)
