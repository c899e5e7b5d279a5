"""The table: keys, copy, ticks, remembered columns, frozen first column."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableView

from app.models.values.pages import Sort
from app.prefs import Prefs
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.table import TableView, select_rows

NAMES = ["恒锐精密机械有限公司", "华瑞自动化工程有限公司", "海润电子\t科技", "宏泰模具", "青禾食品"]
COLUMNS = [
    Column("tick", "", lambda _row: "", kind="check", width=36),
    Column("name", "名称", lambda row: row[1], kind="strong", width=200, sort_key="name"),
    Column("value", "价值", lambda _row: "有价值 · 大单", kind="badge",
           value=lambda _row: ("valuable", "big"), width=120),
    Column("amount", "金额 ¥", lambda row: str(row[0]), align="right", sort_key="id", kind="heat",
           value=lambda row: (row[0] / 5, "c1")),
    Column("hidden", "藏", lambda _row: "藏", shown=False),
]  # fmt: skip


def _table(qtbot, prefs=None):
    view = TableView(name="firms", spoken="公司", prefs=prefs)
    qtbot.addWidget(view)
    model = PagedTableModel(COLUMNS, Sort("id"), row_id=lambda row: row[0], parent=view)
    model.set_source(
        ListSource(list(enumerate(NAMES)), key=lambda row, column: row[column == "name"])
    )
    view.setModel(model)
    view.resize(600, 300)
    view.show()
    view.activateWindow()
    view.setFocus()
    view.go_to(0)
    return view


@pytest.fixture
def table(qtbot):
    return _table(qtbot)


def test_enter_opens_the_row(table, qtbot):
    with qtbot.waitSignal(table.activated_row) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args[0] == (0, NAMES[0])


def test_moving_tells_the_current_row(table, qtbot):
    heard = []
    table.current_row.connect(heard.append)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard[-1] == (1, NAMES[1])
    qtbot.keyClick(table, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: heard[-1] == (4, NAMES[4]))
    assert table.current_object() == (4, NAMES[4])


def test_letters_begin_a_search_and_space_does_not(table, qtbot):
    heard = []
    table.typed.connect(heard.append)
    qtbot.keyClicks(table, "h5")
    qtbot.keyClick(table, Qt.Key.Key_Space)
    qtbot.keyClick(table, Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    assert heard == ["h", "5"]
    assert table.currentIndex().row() == 0


def test_nothing_wakes_the_input_method(table):
    assert not table.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)


def test_space_ticks_and_a_click_ticks_without_choosing(table, qtbot):
    model = table.model()
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert model.ticked == {0}
    where = QPoint(10, table.rowViewportPosition(2) + 5)
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert model.ticked == {0, 2}
    assert table.currentIndex().row() == 0


def test_up_from_the_first_row_leaves(table, qtbot):
    with qtbot.waitSignal(table.left_up):
        qtbot.keyClick(table, Qt.Key.Key_Up)


def test_delete_is_asked_for(table, qtbot):
    with qtbot.waitSignal(table.delete_wanted):
        qtbot.keyClick(table, Qt.Key.Key_Delete)


def test_the_menu_key_asks_for_the_current_row(table, qtbot):
    heard = []
    table.menu_wanted.connect(lambda row, _point: heard.append(row))
    from PySide6.QtGui import QContextMenuEvent
    from PySide6.QtWidgets import QApplication

    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(-1, -1), QPoint(0, 0))
    QApplication.sendEvent(table.viewport(), event)
    assert heard == [(0, NAMES[0])]


def test_rows_are_copied_with_their_header(table, qtbot):
    select_rows(table, [0, 2])
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    mime = QGuiApplication.clipboard().mimeData()
    assert mime.text().split("\n") == [
        "名称\t价值\t金额 ¥",
        "恒锐精密机械有限公司\t有价值 · 大单\t0",
        "海润电子 科技\t有价值 · 大单\t2",
    ]
    assert "<td>恒锐精密机械有限公司</td>" in mime.html()
    assert table.row_objects() == [(0, NAMES[0]), (2, NAMES[2])]


def test_a_click_on_the_header_sorts_and_turns(table, qtbot):
    head = table.head
    where = QPoint(head.sectionViewportPosition(1) + 20, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.model().order == Sort("name")
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert table.model().order == Sort("name", True)
    badge = QPoint(head.sectionViewportPosition(2) + 20, 10)
    qtbot.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=badge)
    assert table.model().order == Sort("name", True)


def test_columns_are_remembered(qtbot, tmp_path):
    prefs = Prefs(tmp_path / "prefs.json")
    first = _table(qtbot, prefs)
    assert first.shown_columns() == ["tick", "name", "value", "amount"]
    first.setColumnWidth(1, 333)
    first.head.moveSection(3, 1)
    first.show_column("hidden", True)
    first.show_column("value", False)
    again = _table(qtbot, Prefs(tmp_path / "prefs.json"))
    assert again.columnWidth(1) == 333
    assert again.shown_columns() == ["tick", "amount", "name", "hidden"]


def test_damaged_memory_of_columns_is_ignored(qtbot, tmp_path):
    prefs = Prefs(tmp_path / "prefs.json")
    prefs.set("columns.firms", {"name": {"width": "wide", "at": 99}, "value": 3, "tick": {}})
    view = _table(qtbot, prefs)
    assert view.shown_columns() == ["tick", "name", "value", "amount"]


def test_row_height_follows_the_setting(table, theme):
    assert table.rowHeight(0) == 32
    theme.set_density("roomy")
    assert table.rowHeight(0) == 40
    theme.set_density("compact")
    assert table.rowHeight(0) == 28
    theme.set_density("normal")


def test_the_first_column_stays_in_sight(table):
    table.resize(250, 200)
    table.freeze_first()
    frozen = table.findChild(QTableView, "firms_frozen")
    assert frozen.isHidden()
    table.horizontalScrollBar().setValue(120)
    assert not frozen.isHidden()
    assert frozen.width() == table.columnWidth(0)
    table.go_to(4)
    assert frozen.verticalScrollBar().value() == table.verticalScrollBar().value()
    table.horizontalScrollBar().setValue(0)
    assert frozen.isHidden()


def test_every_kind_of_cell_is_drawn(table, qtbot):
    table.set_filtered(["name"])
    select_rows(table, [1])
    image = table.grab().toImage()
    colours = {image.pixelColor(x, y).name() for x in range(0, 600, 2) for y in range(0, 200, 2)}
    assert {"#dfe9fb", "#ddf3ee", "#0a6b5e"} <= colours
