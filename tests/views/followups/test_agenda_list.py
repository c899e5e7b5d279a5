"""The list of Today is laid out by counting: places, scrolling, choosing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QItemSelection, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView

from app.models.values.nextstep import Group
from app.views.core import theme as themes
from app.views.followups.agenda_model import AgendaModel
from app.views.followups.agenda_rows import HeaderRow
from app.views.followups.agenda_view import AgendaView
from tests.views.followups.test_agenda_model import NOW, agenda

HEAD, STEP, COMPACT = 28, 36, 48
WIDE, HIGH = 900, 400
Key = Qt.Key
Hint = QAbstractItemView.ScrollHint


@pytest.fixture
def rows(qtbot, qapp):
    """Show forty overdue steps and three of today in a list that holds eleven rows."""
    themes.install(qapp, "light")
    model = AgendaModel()
    model.set_folded([])
    made = AgendaView(model)
    made.resize(WIDE, HIGH)
    model.show(agenda(overdue=list(range(1, 41)), later_today=[50, 51, 52]), NOW)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.setFocus()
    return made


def rect_of(rows, at):
    return rows.visualRect(rows.model().index(at))


def test_rows_follow_one_another_without_gap_or_overlap(rows):
    model, top = rows.model(), 0
    assert model.rowCount() == 45
    for at in range(model.rowCount()):
        high = HEAD if isinstance(model.row(at), HeaderRow) else STEP
        assert rect_of(rows, at) == QRect(0, top, rows.viewport().width(), high)
        top += high
    assert rows.visualRect(model.index(45)) == QRect()
    assert rows.verticalScrollBar().maximum() == top - rows.viewport().height()


@pytest.mark.parametrize("scrolled", [0, 1, 27, 28, 500, 10_000])
def test_each_point_belongs_to_the_row_drawn_there(rows, scrolled):
    rows.verticalScrollBar().setValue(scrolled)
    for y in range(0, rows.viewport().height(), 3):
        found = rows.indexAt(QPoint(5, y))
        assert rows.visualRect(found).contains(5, y)
    assert not rows.indexAt(QPoint(5, -10_000)).isValid()
    assert not rows.indexAt(QPoint(5, 10_000)).isValid()


def test_two_line_rows_have_their_own_height(rows):
    rows.rows.compact = True
    rows.doItemsLayout()
    assert rect_of(rows, 2) == QRect(0, HEAD + COMPACT, rows.viewport().width(), COMPACT)


def test_a_row_comes_into_view_with_the_smallest_move(rows):
    bar, model = rows.verticalScrollBar(), rows.model()
    high = rows.viewport().height()
    rows.scrollTo(model.index(5))
    assert bar.value() == 0
    rows.scrollTo(model.index(20))
    assert rect_of(rows, 20).bottom() == high - 1
    rows.scrollTo(model.index(19))
    assert rect_of(rows, 20).bottom() == high - 1
    rows.scrollTo(model.index(3))
    assert rect_of(rows, 3).top() == 0
    rows.scrollTo(model.index(20), Hint.PositionAtTop)
    assert rect_of(rows, 20).top() == 0
    rows.scrollTo(model.index(20), Hint.PositionAtBottom)
    assert rect_of(rows, 20).bottom() == high - 1
    rows.scrollTo(model.index(20), Hint.PositionAtCenter)
    assert abs(rect_of(rows, 20).center().y() - high // 2) <= 1
    before = bar.value()
    rows.scrollTo(model.index(-1))
    assert bar.value() == before


def test_the_keys_of_a_list(rows):
    for key, expected in (
        (Key.Key_Home, 1), (Key.Key_Down, 2), (Key.Key_Up, 1), (Key.Key_End, 44),
        (Key.Key_Up, 43), (Key.Key_Up, 42), (Key.Key_Up, 40), (Key.Key_Down, 42),
    ):  # fmt: skip
        QTest.keyClick(rows, key)
        assert rows.currentIndex().row() == expected, key
    QTest.keyClick(rows, Key.Key_Home)
    QTest.keyClick(rows, Key.Key_PageDown)
    at = rows.currentIndex().row()
    assert 9 <= at <= 11
    assert rows.viewport().rect().contains(rect_of(rows, at))
    QTest.keyClick(rows, Key.Key_PageUp)
    assert rows.currentIndex().row() == 1


def test_shift_chooses_a_span_and_the_pointer_too(rows):
    QTest.keyClick(rows, Key.Key_Home)
    for _n in range(3):
        QTest.keyClick(rows, Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert [row.item.step_id for row in rows.selected_steps()] == [1, 2, 3, 4]
    QTest.keyClick(rows, Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    assert [row.item.step_id for row in rows.selected_steps()] == [1, 2, 3]
    left, shift = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ShiftModifier
    names = QPoint(300, 0)
    QTest.mouseClick(rows.viewport(), left, pos=rect_of(rows, 5).topLeft() + names + QPoint(0, 9))
    assert [row.item.step_id for row in rows.selected_steps()] == [5]
    place = rect_of(rows, 8).topLeft() + names + QPoint(0, 9)
    QTest.mouseClick(rows.viewport(), left, shift, place)
    assert [row.item.step_id for row in rows.selected_steps()] == [5, 6, 7, 8]


def test_the_drawn_part_of_a_selection(rows):
    model = rows.model()
    whole = QItemSelection(model.index(1), model.index(44))
    assert rows.visualRegionForSelection(whole).boundingRect() == QRect(
        0, HEAD, rows.viewport().width(), rows.viewport().height() - HEAD
    )
    assert rows.visualRegionForSelection(QItemSelection()).isEmpty()


def test_only_rows_in_view_are_drawn_and_the_list_may_be_empty(rows):
    rows.choose_row(3)
    picture = rows.viewport().grab().toImage()
    theme = themes.current()
    beside = rect_of(rows, 3).topLeft() + QPoint(6, STEP // 2 - 14)
    assert picture.pixelColor(beside) == theme.color("selected")
    assert picture.pixelColor(6, HEAD // 2 - 10) == theme.color("subtle")
    rows.model().show(agenda(), NOW)
    assert rows.verticalScrollBar().maximum() == 0
    assert not rows.indexAt(QPoint(5, 5)).isValid()
    rows.viewport().grab()
    QTest.keyClick(rows, Key.Key_Down)
    assert not rows.currentIndex().isValid()


class Counting(AgendaModel):
    """Know which rows were built."""

    def __init__(self):
        self.built = set()
        super().__init__()

    def row(self, at):
        self.built.add(at)
        return super().row(at)


def test_ten_thousand_rows_are_not_built(rows, qtbot):
    model = Counting()
    long = AgendaView(model)
    long.resize(WIDE, HIGH)
    qtbot.addWidget(long)
    model.show(agenda(overdue=list(range(1, 10_001))), NOW)
    long.grab()
    bar = long.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    long.grab()
    assert 20 < len(model.built) < 200
    assert rect_of(long, 10_000).bottom() + bar.value() == HEAD + 10_000 * STEP - 1


def test_a_folded_group_takes_its_rows_out(rows):
    rows.model().fold(Group.overdue, True)
    assert rect_of(rows, 1) == QRect(0, HEAD, rows.viewport().width(), HEAD)
    assert rows.verticalScrollBar().maximum() == 0
