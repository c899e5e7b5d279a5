"""How columns share the room of a table, and rows of two lines where there is little of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt

from app import i18n
from app.models.values.pages import Sort
from app.prefs import Prefs
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.badges import widest_badge
from app.views.widgets.column_fit import Wish, fitted
from app.views.widgets.table import TableView

FIRMS = [("恒锐精密机械有限公司", "王建明", "苏州", "方案"), ("宏泰模具", "罗志强", "—", "初访")]
COLUMNS = [
    Column("tick", "", lambda _row: "", kind="check", width=36),
    Column("name", "名称", lambda row: row[0], kind="strong", width=200, flex=1, least=90,
           under=("contact", "place")),
    Column("contact", "联系人", lambda row: row[1], width=80),
    Column("place", "地区", lambda row: row[2], width=70),
    Column("value", "价值", lambda _row: "有价值 · 大单", kind="badge", width=60, under=("stage",),
           value=lambda _row: ("valuable", "big")),
    Column("stage", "阶段", lambda row: row[3], kind="tag", width=70,
           value=lambda row: (row[3], "accent")),
]  # fmt: skip


@pytest.mark.parametrize(
    ("wishes", "room", "widths"),
    [
        ([Wish(100, 50, 1), Wish(80, 80)], 300, [220, 80]),
        ([Wish(100, 50, 1), Wish(80, 80, 3)], 300, [130, 170]),
        ([Wish(100, 50, 1), Wish(80, 80)], 150, [70, 80]),
        ([Wish(100, 50, 1), Wish(80, 80)], 90, [50, 80]),
        ([Wish(100, 40, 1), Wish(100, 90, 1), Wish(30, 30)], 180, [60, 90, 30]),
        ([Wish(100, 100), Wish(80, 80)], 300, [100, 200]),
        ([Wish(100, 100), Wish(80, 80)], 90, [100, 80]),
        ([], 90, []),
    ],
)
def test_widths_by_hand(wishes, room, widths):
    assert fitted(wishes, room) == widths


_WISHES = st.lists(
    st.builds(
        lambda width, save, flex: Wish(width, max(1, width - save), flex),
        st.integers(20, 300), st.integers(0, 200), st.integers(0, 4),
    ),
    min_size=1, max_size=8,
)  # fmt: skip


@given(_WISHES, st.integers(0, 2500))
def test_the_room_is_filled_and_nothing_is_too_narrow(wishes, room):
    widths = fitted(wishes, room)
    least = sum(wish.least if wish.flex else wish.width for wish in wishes)
    assert sum(widths) == max(room, least)
    for wish, width in zip(wishes, widths, strict=True):
        assert width >= (wish.least if wish.flex else wish.width)


def _table(qtbot, prefs=None, width=700):
    view = TableView(name="firms", spoken="公司", prefs=prefs)
    qtbot.addWidget(view)
    model = PagedTableModel(COLUMNS, Sort("id"), row_id=lambda row: row[0], parent=view)
    model.set_source(ListSource(FIRMS))
    view.setModel(model)
    view.resize(width, 300)
    view.show()
    return view


def _shown_width(view):
    return sum(view.columnWidth(at) for at in range(len(COLUMNS)) if not view.isColumnHidden(at))


def test_the_columns_fill_a_wide_table_and_give_way_in_a_narrow_one(qtbot):
    view = _table(qtbot, width=900)
    assert _shown_width(view) == view.viewport().width()
    wide = view.columnWidth(1)
    view.resize(500, 300)
    assert _shown_width(view) == view.viewport().width()
    assert 90 <= view.columnWidth(1) < wide
    view.resize(300, 300)
    assert view.columnWidth(1) == 90
    assert view.horizontalScrollBar().maximum() > 0


def test_a_width_drawn_by_hand_stays(qtbot, tmp_path):
    view = _table(qtbot, Prefs(tmp_path / "prefs.json"), width=900)
    view.head.resizeSection(1, 150)
    view.resize(1200, 300)
    assert view.columnWidth(1) == 150
    again = _table(qtbot, Prefs(tmp_path / "prefs.json"), width=800)
    assert again.columnWidth(1) == 150
    again.layout_.reset()
    assert again.columnWidth(1) > 150
    assert _shown_width(again) == again.viewport().width()


def test_a_badge_has_room_for_its_words_in_english(qtbot):
    view = _table(qtbot)
    chinese = view.columnWidth(4)
    i18n.set_language("en")
    assert _table(qtbot).columnWidth(4) >= widest_badge() + 16 > chinese


def test_two_lines_hold_what_stood_side_by_side(qtbot):
    view = _table(qtbot)
    before, height = view.shown_columns(), view.rowHeight(0)
    view.set_stacked(True)
    assert [at for at in range(len(COLUMNS)) if view.isColumnHidden(at)] == [2, 3, 5]
    assert (list(view.below(1)), list(view.below(4)), list(view.below(0))) == ([2, 3], [5], [])
    assert view.rowHeight(0) > height
    assert view.shown_columns() == before
    view.show_column("place", False)
    assert list(view.below(1)) == [2]
    view.show_column("name", False)
    assert not view.isColumnHidden(2)
    view.set_stacked(False)
    assert [at for at in range(len(COLUMNS)) if view.isColumnHidden(at)] == [1, 3]
    assert view.rowHeight(0) == height


def test_the_second_line_is_drawn(qtbot, theme):
    view = _table(qtbot)
    view.set_stacked(True)
    image = view.viewport().grab().toImage()
    top = view.rowViewportPosition(0)
    second = range(top + view.rowHeight(0) // 2 + 2, top + view.rowHeight(0) - 2)
    inked = {
        image.pixelColor(x, y).name().upper()
        for y in second
        for x in range(view.columnViewportPosition(1), view.columnViewportPosition(1) + 120)
    }
    assert theme.color("text2").name().upper() in inked


def test_a_table_of_whole_rows_makes_room_for_the_bar_below(qtbot):
    view = _table(qtbot, width=900)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
    view.show_whole(2)
    assert view.height() == view.content_height(2)
    view.setFixedWidth(260)
    qtbot.waitUntil(lambda: view.height() > view.content_height(2))
    assert view.verticalScrollBar().maximum() == 0
    view.setFixedWidth(900)
    qtbot.waitUntil(lambda: view.height() == view.content_height(2))
