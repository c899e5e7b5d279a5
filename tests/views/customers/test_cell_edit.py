"""F2 in the customer list: editors by type, keys, refusals, undo."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.views.widgets.buttons import Select
from app.views.widgets.money_edit import MoneyEdit

Key = Qt.Key


@pytest.fixture
def at(page, listed):
    """Return a function that puts the cursor into a column of the first row."""
    listed()

    def go(key, row=0):
        column = [one.key for one in page.table.columns()].index(key)
        page.table.choose(row, column)
        QTest.keyClick(page.table, Key.Key_F2)
        return page.rows.editor.field

    return go


def first(page):
    return page.rows.model.row(0).customer


def test_f2_edits_the_name_and_enter_saves(qtbot, page, at, listed, picture):
    field = at("name")
    line = field.widget
    assert line.hasFocus()
    assert line.selectedText() == "恒锐精密机械有限公司"
    QTest.keyClicks(line, "ABC")
    QTest.keyClick(line, Key.Key_Return)
    assert page.rows.editor.field is None
    assert page.table.hasFocus()
    qtbot.waitUntil(lambda: listed()[0] == "ABC")
    assert picture.toast_box._words.text() == "已改客户名称"
    picture.undo()
    qtbot.waitUntil(lambda: listed()[0] == "恒锐精密机械有限公司")


def test_the_cursor_in_the_tick_column_edits_the_name(page, at):
    assert at("tick").edit.field == "name"


def test_escape_leaves_everything(page, at, listed):
    line = at("region").widget
    QTest.keyClicks(line, "SH")
    QTest.keyClick(line, Key.Key_Escape)
    assert page.rows.editor.field is None
    assert first(page).region == "苏州"
    assert page.table.hasFocus()


def test_tab_saves_and_goes_to_the_next_cell(qtbot, page, at, listed):
    line = at("region").widget
    line.setText("昆山")
    QTest.keyClick(line, Key.Key_Tab)
    editor = page.rows.editor
    assert editor.field.edit.field == "contact"
    qtbot.waitUntil(lambda: listed() and first(page).region == "昆山")
    assert editor.field.edit.field == "contact"
    QTest.keyClick(editor.field.widget, Key.Key_Backtab)
    assert editor.field.edit.field == "region"
    editor.close()


def test_each_column_has_the_editor_of_its_type(page, at):
    assert isinstance(at("expected").widget, MoneyEdit)
    owner = at("owner").widget
    assert isinstance(owner, Select)
    assert owner.currentText() == "周敏"
    assert isinstance(at("stage").widget, Select)
    page.rows.editor.close()


def test_an_amount_is_read_as_people_write_it(qtbot, page, at, listed):
    amount = at("expected").widget
    amount.setText("很多")
    QTest.keyClick(amount, Key.Key_Return)
    assert page.rows.editor.field is not None
    assert page.rows.editor.said.isVisible()
    amount.setText("46万")
    QTest.keyClick(amount, Key.Key_Return)
    qtbot.waitUntil(lambda: listed() and first(page).expected_fen == 46_000_000)


def test_a_refusal_is_said_under_the_cell(page, at):
    line = at("name").widget
    line.setText("  ")
    QTest.keyClick(line, Key.Key_Return)
    assert page.rows.editor.said.text().startswith("客户名称还没填")
    assert first(page).name == "恒锐精密机械有限公司"
    page.rows.editor.close()


def test_a_stage_that_goes_back_asks_why(qtbot, page, at, listed, dialogs):
    stage = at("stage").widget
    stage.set_value("1")

    def tell(dialog):
        dialog.field.setText("预算没批")
        QTest.keyClick(dialog.field, Key.Key_Return)

    dialogs("line_dialog", tell)
    QTest.keyClick(stage, Key.Key_Return)
    qtbot.waitUntil(lambda: listed() and first(page).stage_position == 1)


def test_a_feature_is_edited_where_it_is_shown(qtbot, page, at, listed):
    field = next(f for f in page.view.office.features.fields() if f.label == "比较中的竞品")
    key = f"feature_{field.id}"
    page.table.show_column(key, True)
    page.reload()
    listed()
    line = at(key).widget
    line.setText("视达")
    QTest.keyClick(line, Key.Key_Return)
    qtbot.waitUntil(lambda: listed() and page.rows.model.row(0).features.get(field.id) == "视达")


def test_columns_that_follow_from_records_say_so(page, at, picture):
    assert at("touched") is None
    assert picture.toast_box._words.text() == "这一列由别的记录得出，不能直接改"


def test_leaving_the_field_keeps_what_was_typed(qtbot, page, at, listed):
    line = at("region").widget
    line.setText("太仓")
    page.search.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.waitUntil(lambda: listed() and first(page).region == "太仓")


def test_left_and_right_move_the_cursor_between_cells(page, listed):
    listed()
    columns = [one.key for one in page.table.columns()]
    page.table.choose(0, columns.index("name"))
    QTest.keyClick(page.table, Key.Key_Right)
    assert columns[page.table.currentIndex().column()] == "region"
    QTest.keyClick(page.table, Key.Key_Down)
    assert columns[page.table.currentIndex().column()] == "region"
