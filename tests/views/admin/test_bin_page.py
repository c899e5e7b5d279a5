"""The recycle bin by keyboard: look, search, bring back, erase."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app.services.customers import CustomerDraft
from app.services.lists import ListFilter
from app.views.core.runner import board

Key = Qt.Key


@pytest.fixture
def gone(picture):
    """Delete two customers and a payment; return the first customer and how many were there."""
    office = picture.office
    was = office.customers.count(ListFilter())
    rows = office.customers.page(ListFilter()).rows
    office.customers.remove((rows[0].id,))
    office.customers.remove((office.customers.add(CustomerDraft("甲乙公司")),))
    payment = next(one for one in office.deals.payments().rows if one.customer_id != rows[0].id)
    office.deals.remove_payment(payment.id)
    return rows[0], was


@pytest.fixture
def page(qtbot, picture, gone):
    """Open the bin and wait for its rows."""
    picture.navigate("bin")
    found = picture.page()
    settle(qtbot)
    return found


def settle(qtbot):
    qtbot.waitUntil(lambda: not board().jobs)


def shown(page):
    return [(page.model.row(at).kind) for at in range(page.model.rowCount())]


def test_it_lists_what_was_deleted_and_what_comes_back(page, gone):
    assert sorted(shown(page)) == ["customer", "customer", "payment"]
    assert page.status_left() == "3 条记录"
    assert page.table.hasFocus()
    at = next(n for n in range(3) if page.model.row(n).named.title == gone[0].name)
    texts = [page.model.index(at, c).data() for c in range(page.model.columnCount())]
    assert texts[0] == "客户"
    assert texts[1] == gone[0].name
    assert (texts[3], texts[5], texts[6]) == ("周敏", "删除客户", "90 天")


def test_the_line_below_tells_what_comes_with_the_current_one(qtbot, page, gone):
    at = next(n for n in range(3) if page.model.row(n).named.title == gone[0].name)
    page.table.go_to(at)
    words = f"恢复“{gone[0].name}”会一起恢复："
    qtbot.waitUntil(lambda: page.note.text().startswith(words))
    assert "跟单" in page.note.text()


def test_enter_brings_back_and_ctrl_z_puts_away_again(qtbot, page, gone, picture):
    office = picture.office
    at = next(n for n in range(3) if page.model.row(n).named.title == gone[0].name)
    page.table.go_to(at)
    QTest.keyClick(page.table, Key.Key_Return)
    assert office.customers.card(gone[0].id).name == gone[0].name
    qtbot.waitUntil(lambda: page.model.rowCount() == 2)
    assert picture.toast_box._words.text() == f"已恢复 {gone[0].name}"
    picture.undo()
    qtbot.waitUntil(lambda: page.model.rowCount() == 3)


def test_all_come_back_at_once(qtbot, page, gone, picture):
    page.commands()["select_all"]()
    page.restore.click()
    settle(qtbot)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.empty)
    assert picture.office.customers.count(ListFilter()) == gone[1] + 1
    assert not page.restore.isEnabled()


def test_typing_searches_and_the_kind_narrows(qtbot, page):
    QTest.keyClicks(page.table, "1")
    page.search.setText("甲乙")
    page.search.search_now()
    qtbot.waitUntil(lambda: page.model.rowCount() == 1)
    page.search.setText("没有这样的")
    page.search.search_now()
    qtbot.waitUntil(lambda: page.stack.currentWidget() is page.none)
    page.search.clear()
    page.kind.set_value("payment")
    page.reload()
    qtbot.waitUntil(lambda: shown(page) == ["payment"])


def test_a_head_sorts(page):
    title = next(n for n, one in enumerate(page.model.columns) if one.key == "title")
    page.model.sort(title, Qt.SortOrder.AscendingOrder)
    ascending = [page.model.row(n).id for n in range(3)]
    page.model.sort(title, Qt.SortOrder.DescendingOrder)
    assert [page.model.row(n).id for n in range(3)] == ascending[::-1]


@pytest.mark.parametrize("agreed", [True, False])
def test_erasing_is_asked_and_final(qtbot, page, gone, picture, dialogs, agreed):
    picture.office.staff.act_as_first()
    at = next(n for n in range(3) if page.model.row(n).named.title == gone[0].name)
    page.table.go_to(at)

    def answer(box):
        assert box.text() == f"彻底删除 {gone[0].name}？"
        assert "跟单" in box.informativeText()
        assert box.defaultButton().objectName() == "cancel"
        next(one for one in box.buttons() if (one.objectName() == "agree") == agreed).click()

    timer = dialogs("question", answer)
    QTest.keyClick(page.table, Key.Key_Delete)
    qtbot.waitUntil(lambda: not timer.isActive())
    settle(qtbot)
    assert picture.office.bin.rows().total == (2 if agreed else 3)


def test_an_empty_bin_says_so(qtbot, picture):
    picture.navigate("bin")
    settle(qtbot)
    page = picture.page()
    assert page.stack.currentWidget() is page.empty
    assert "delete" not in page.commands()


def test_the_menu_offers_the_customer(page):
    at = shown(page).index("payment")
    page.table.go_to(at)
    row = page.table.current_object()
    page._menu(row, page.mapToGlobal(page.rect().center()))
    menu = next(one for one in page.children() if one.objectName() == "bin_menu")
    words = [one.text().split("\t")[0] for one in menu.actions() if one.text()]
    assert words == ["恢复", "打开客户", "彻底删除…"]
    menu.close()
