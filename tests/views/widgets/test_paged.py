"""Rows of any number: every row is the right one, however it is reached."""

from __future__ import annotations

import threading
from dataclasses import dataclass

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester

from app.models.values.pages import Page, Sort
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import (
    ANCHOR_EVERY,
    BLOCK,
    CELL,
    KEPT_BLOCKS,
    ROW,
    PagedTableModel,
    Window,
)
from app.views.itemmodels.rows import ListSource


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    name: str
    amount: int


COLUMNS = [
    Column("tick", "", lambda _line: "", kind="check"),
    Column("name", "名称", lambda line: line.name, sort_key="name"),
    Column("amount", "金额", lambda line: str(line.amount) if line.amount else "",
           align="right", sort_key="amount",
           accessible=lambda line: f"{line.amount} 元", tone=lambda _line: "warn"),
    Column("note", "备注", lambda _line: "<b>x</b>"),
]  # fmt: skip


class KeyedSource:
    """Serve windows strictly by keys, as the services do, and count the rows walked over."""

    def __init__(self, number):
        self.lines = [Line(at, f"客户 {at:07}", at % 7) for at in range(number)]
        self.walked = 0
        self.fetches = 0
        self.walker = None

    def _sorted(self, sort):
        lines = sorted(self.lines, key=lambda line: (getattr(line, sort.column), line.id))
        return lines[::-1] if sort.descending else lines

    def fetch(self, window: Window):
        self.fetches += 1
        lines = self._sorted(window.sort)
        keys = [(getattr(line, window.sort.column), line.id) for line in lines]
        if window.key is None:
            start = len(lines) if window.backward else 0
        else:
            at = keys.index(window.key)
            start = at if window.backward or window.inclusive else at + 1
        self.walked += window.skip
        if window.backward:
            stop = max(0, start - window.skip)
            start = max(0, stop - window.limit)
        else:
            start += window.skip
            stop = min(len(lines), start + window.limit)
        part = lines[start:stop]
        if not part:
            return Page()
        return Page(tuple(part), None, keys[start], keys[stop - 1], stop < len(lines))

    def count(self):
        return len(self.lines)

    def anchors(self, sort, every, progress):
        self.walker = threading.get_ident()
        for line in self._sorted(sort)[::every]:
            progress.step(0, 0)
            yield (getattr(line, sort.column), line.id)


def _model(source=None):
    model = PagedTableModel(COLUMNS, Sort("name"), row_id=lambda line: line.id)
    if source is not None:
        model.set_source(source)
    return model


@pytest.mark.parametrize("number", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK])
def test_qt_finds_no_fault(qapp, number):
    model = _model()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.set_source(KeyedSource(number))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    model.reload()
    model.set_source(None)
    assert tester.model() is model


def test_a_short_list_is_whole(qapp):
    model = _model(KeyedSource(300))
    assert model.rowCount() == 300
    assert [model.row(at).id for at in range(300)] == list(range(300))
    assert model.row(300) is None


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 4999), min_size=1, max_size=30), st.booleans())
def test_any_walk_reaches_the_right_rows(qapp, places, descending):
    model = PagedTableModel(COLUMNS, Sort("amount", descending), row_id=lambda line: line.id)
    source = KeyedSource(5000)
    wanted = source._sorted(Sort("amount", descending))
    model._source, model._total = source, 5000
    for place in places:
        assert model.row(place) == wanted[place]


def test_anchors_make_far_jumps_short(qapp, qtbot):
    source = KeyedSource(40 * ANCHOR_EVERY)
    model = _model(source)
    qtbot.waitUntil(lambda: bool(model._anchors))
    assert source.walker != threading.get_ident()
    source.walked = 0
    assert model.row(20 * ANCHOR_EVERY + 500).id == 20 * ANCHOR_EVERY + 500
    assert source.walked < ANCHOR_EVERY
    assert model.row(source.count() - 1).id == source.count() - 1


def test_scrolling_on_never_skips(qapp):
    source = KeyedSource(20 * BLOCK)
    model = _model(source)
    for at in range(0, 10 * BLOCK, 7):
        model.row(at)
    assert source.walked == 0


def test_memory_stays_small(qapp):
    source = KeyedSource((KEPT_BLOCKS + 20) * BLOCK)
    model = _model(source)
    for at in range(0, source.count(), BLOCK):
        model.row(at)
    assert len(model._blocks) == KEPT_BLOCKS
    assert model.row(0).id == 0


def test_text_is_made_once_per_block(qapp):
    made = []

    def text(line):
        made.append(line.id)
        return line.name

    model = PagedTableModel([Column("name", "名称", text)], Sort("name"))
    model.set_source(KeyedSource(10))
    for _ in range(5):
        for at in range(10):
            model.index(at, 0).data()
    assert made == list(range(10))


def test_what_a_cell_says(qapp):
    model = _model(KeyedSource(10))
    amount = model.index(3, 2)
    assert amount.data() == "3"
    assert amount.data(Qt.ItemDataRole.AccessibleTextRole) == "3 元"
    assert amount.data(CELL).tone == "warn"
    assert amount.data(ROW).id == 3
    assert amount.data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight
    assert model.index(0, 2).data() == "—"
    assert "&lt;b&gt;" in model.index(0, 3).data(Qt.ItemDataRole.ToolTipRole)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "名称"


def test_cells_are_never_editable(qapp):
    model = _model(KeyedSource(3))
    flags = [model.flags(model.index(0, at)) for at in range(len(COLUMNS))]
    assert not any(flag & Qt.ItemFlag.ItemIsEditable for flag in flags)
    assert flags[0] & Qt.ItemFlag.ItemIsUserCheckable


def test_sorting_asks_the_source(qapp, qtbot):
    model = _model(KeyedSource(500))
    with qtbot.waitSignal(model.sorted_by) as told:
        model.sort(2, Qt.SortOrder.DescendingOrder)
    assert told.args == [Sort("amount", True)]
    assert model.row(0).amount == 6
    model.sort(3)
    assert model.order == Sort("amount", True)


def test_ticks_belong_to_rows_not_places(qapp):
    model = _model(KeyedSource(500))
    model.toggle(3)
    assert model.ticked == {3}
    assert model.index(3, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert model.index(496, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
    assert model.index(3, 0).data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Unchecked
    model.toggle(496)
    assert model.ticked == set()


def test_reading_again_keeps_the_place_when_the_number_is_the_same(qapp):
    source = KeyedSource(500)
    model = _model(source)
    resets, changed = [], []
    model.modelReset.connect(lambda: resets.append(1))
    model.dataChanged.connect(lambda *_: changed.append(1))
    source.lines[3] = Line(3, "客户 0000003", 999)
    model.reload()
    assert (resets, changed) == ([], [1])
    assert model.row(3).amount == 999
    source.lines.append(Line(500, "客户 0000500", 1))
    model.reload()
    assert resets == [1]
    assert model.rowCount() == 501


def test_loaded_rows_are_found_by_id(qapp):
    model = _model(KeyedSource(5 * BLOCK))
    model.row(2 * BLOCK + 5)
    assert model.find_loaded(2 * BLOCK + 5) == 2 * BLOCK + 5
    assert model.find_loaded(4 * BLOCK) == -1


@given(
    st.lists(st.integers(0, 50), max_size=400),
    st.integers(0, 400),
    st.integers(1, 100),
    st.booleans(),
    st.booleans(),
)
def test_a_list_in_memory_serves_every_window(values, start, limit, backward, descending):
    source = ListSource(values, key=lambda value, _column: value)
    sort = Sort("x", descending)
    wanted = sorted(values, reverse=descending)
    key = (start,) if start < len(values) else None
    page = source.fetch(Window(sort, key, limit=limit, backward=backward))
    if backward:
        stop = start if key else len(wanted)
        assert list(page.rows) == wanted[max(0, stop - limit) : stop]
    else:
        first = start + 1 if key else 0
        assert list(page.rows) == wanted[first : first + limit]
