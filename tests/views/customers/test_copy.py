"""Copy from the list: what is chosen or ticked, as shown, in its order, whatever its length."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.views.core.runner import board
from app.views.widgets import table_copy
from app.views.widgets.table import select_rows

Key, Mod = Qt.Key, Qt.KeyboardModifier


def copied(qtbot):
    qtbot.waitUntil(lambda: not board().jobs, timeout=20_000)
    return [line.split("\t") for line in QGuiApplication.clipboard().text().split("\n")]


def test_days_and_amounts_are_copied_whole(qtbot, page, listed):
    names = listed()
    select_rows(page.table, [0, 1])
    qtbot.keyClick(page.table, Key.Key_C, Mod.ControlModifier)
    head, first, second = copied(qtbot)
    assert head[0] == "客户名称"
    row = dict(zip(head, first, strict=True))
    customer = page.rows.model.row(0).customer
    assert row["客户名称"] == names[0] == customer.name
    assert row["最近跟单"] == customer.last_touch_on.isoformat()
    assert row["预计金额 ¥"] == f"{customer.expected_fen / 100:.2f}"
    assert row["电话"] == customer.main_phone
    assert second[0] == names[1]


def test_headings_can_be_left_out(qtbot, page, listed):
    names = listed()
    select_rows(page.table, [2])
    qtbot.keyClick(page.table, Key.Key_C, Mod.ControlModifier | Mod.ShiftModifier)
    assert [row[0] for row in copied(qtbot)] == [names[2]]


def test_ticked_customers_are_copied_in_the_order_of_the_list(qtbot, page, listed):
    names = listed()
    for at in (4, 1):
        page.rows.model.toggle(at)
    qtbot.keyClick(page.table, Key.Key_C, Mod.ControlModifier)
    assert [row[0] for row in copied(qtbot)] == ["客户名称", names[1], names[4]]


def test_the_whole_filter_but_for_some_is_copied(qtbot, page, listed, picture):
    names = listed()
    page.rows.tick_all()
    page.rows.model.toggle(0)
    page.table.copy()
    rows = copied(qtbot)
    assert [row[0] for row in rows[1:]] == names[1:]
    assert len(rows) == picture.office.customers.count(ListFilter())
    assert picture.toast_box.isVisible()


def test_columns_go_along_as_they_are_arranged(qtbot, page, listed):
    listed()
    page.table.arrange(["tick", "owner", "name"], {"tick", "owner", "name", "created"})
    select_rows(page.table, [0])
    page.table.copy()
    head, first = copied(qtbot)
    assert head == ["负责人", "客户名称", "建档日"]
    assert first[2] == page.rows.model.row(0).customer.created_on.isoformat()


def test_what_fits_no_clipboard_is_cut_and_told(qtbot, page, listed, picture, monkeypatch):
    names = listed()
    monkeypatch.setattr(table_copy, "COPY_MOST", 3)
    page.rows.tick_all()
    page.table.copy()
    assert [row[0] for row in copied(qtbot)[1:]] == names[:3]
    assert f"共 {len(names)} 行" in picture.toast_box.accessibleName()


@pytest.mark.parametrize("count", [1, 130])
def test_rows_that_were_never_read_are_copied_too(qtbot, window, count):
    window.navigate("customers", view="all")
    page = window.page()
    qtbot.waitUntil(lambda: page.rows.answer is not None and not page.rows.loader._jobs)
    last = page.rows.model.rowCount() - 1
    page.rows.model._blocks.clear()
    select_rows(page.table, range(last - count + 1, last + 1))
    page.table.copy()
    rows = copied(qtbot)[1:]
    sheet = page.rows.sheet(ticked=False)
    assert [row[0] for row in rows] == [row[0] for row in sheet.read(Progress())][-count:]
