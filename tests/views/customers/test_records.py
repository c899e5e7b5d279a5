"""The lists of next steps, follow-ups, contracts and payments, over the office of the pictures."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest

from app.models.values.pages import Sort
from app.services.lists import Condition
from app.views.itemmodels.grouped import GroupRow
from app.views.lists.records_page import KINDS

Key = Qt.Key
NAMES = [kind.name for kind in KINDS]


@pytest.fixture
def records(qtbot, picture):
    """Return a function that shows a list by its name and waits for it."""

    def shown(name, **params):
        picture.navigate("records", name=name, **params)
        page = picture.page()
        qtbot.waitUntil(lambda: page.list().kind.name == name and settled(page))
        return page

    return shown


def settled(page):
    return page.list()._answer is not None and "list" not in page.list()._jobs


def lines(page):
    model = page.list().model
    return [model.row(at) for at in range(model.rowCount())]


@pytest.mark.parametrize("name", NAMES)
def test_each_list_shows_its_records_in_its_order(records, picture, name):
    page = records(name)
    shown = page.list()
    listing = picture.office.records[name]
    assert shown.total == listing.count(shown.state.wanted()) > 0
    first = listing.page(shown.state.wanted(), shown.kind.newest).rows[0]
    assert lines(page)[0] == first
    assert page.status_left().startswith(page.bar.tabText(page.bar.currentIndex()))
    QAbstractItemModelTester(shown.model, QAbstractItemModelTester.FailureReportingMode.Warning)
    assert shown.table.hasFocus()


@pytest.mark.parametrize("name", NAMES)
def test_every_field_has_words_and_every_group_a_title(qtbot, records, name):
    page = records(name)
    shown = page.list()
    assert {one.key for one in shown.vocabulary.topics()} == set(shown.kind.all_titles())
    for key, title in shown.groups():
        assert title
        shown.set_state(replace(shown.state, group=key))
        qtbot.waitUntil(lambda: settled(page) and shown._answer.state.group == shown.state.group)
        heads = [row for row in lines(page) if isinstance(row, GroupRow)]
        assert sum(row.count for row in heads) == shown.total
        assert all(row.title for row in heads)


@pytest.mark.parametrize("name", NAMES)
def test_each_view_counts_what_it_shows(qtbot, records, name):
    page = records(name)
    shown = page.list()
    shown._count()
    qtbot.waitUntil(lambda: len(shown._counts) == len(shown.saved.views))
    for view in shown.saved.views:
        shown.saved.choose(view)
        qtbot.waitUntil(lambda: settled(page) and shown._answer.state == shown.state)
        assert shown.total == shown._counts[view.id]


def test_a_list_is_narrowed_grouped_folded_and_opened_by_keyboard(qtbot, records, picture):
    page = records("contracts")
    shown = page.list()
    shown.set_state(replace(shown.state, group="status", sort=Sort("amount", True)))
    qtbot.waitUntil(lambda: settled(page) and shown._answer.grouped is not None)
    head = lines(page)[0]
    assert isinstance(head, GroupRow)
    assert set(head.sums) == {"amount", "received", "outstanding"}
    whole = shown.model.rowCount()
    shown.table.go_to(0)
    QTest.keyClick(shown.table, Key.Key_Left)
    assert shown.model.rowCount() == whole - head.count
    QTest.keyClick(shown.table, Key.Key_Right)
    QTest.keyClicks(shown.table, "h")
    assert page.search.hasFocus()
    page.search.setText("没有这家")
    page.search.search_now()
    qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.empty)
    page.search.setText("")
    page.search.search_now()
    qtbot.waitUntil(lambda: shown.stack.currentWidget() is shown.table)
    page = records("followups")
    page.list().table.setFocus()
    wanted = page.list().current().customer_id
    QTest.keyClick(page.list().table, Key.Key_Return)
    customer = picture.page()
    qtbot.waitUntil(lambda: customer.card is not None and customer.card.id == wanted)


def test_a_view_of_records_is_kept_with_its_columns(qtbot, records, picture, dialogs):
    page = records("next_steps")
    shown = page.list()
    shown.set_state(replace(shown.state, where=(Condition("plan", "is", ("nurture_need",)),)))
    shown.table.show_column("reason", False)

    def name_it(dialog):
        dialog.field.setText("培养")
        QTest.keyClick(dialog.field, Key.Key_Return)

    dialogs("line_dialog", name_it)
    shown.saved.save()
    (kept,) = picture.office.views.all("next_steps")
    assert (kept.title, kept.where) == ("培养", shown.state.where)
    assert "reason" not in kept.layout.columns
    assert picture.office.views.all("customers") == ()


def test_columns_are_chosen_and_have_a_menu(records):
    page = records("payments")
    shown = page.list()
    said = [one.text() for one in shown.column_menu("method").actions() if one.text()]
    assert "按这一列分组" in said
    assert any(one.startswith("按方式筛选") for one in said)
    assert "隐藏这一列" in said
    assert "隐藏这一列" not in [one.text() for one in shown.column_menu("customer").actions()]
    assert [one.key for one in shown._choices()][:2] == ["paid", "customer"]


def test_the_sheet_has_every_row_in_the_order_of_the_list(records):
    from app.services.jobs import Progress

    page = records("payments")
    sheet = page.list().sheet()
    rows = list(sheet.read(Progress()))
    assert len(rows) == sheet.count == page.list().total
    assert sheet.title == "回款"


def test_it_comes_back_to_its_list(qtbot, records, picture):
    page = records("contracts", view="owing")
    page.open_customer()
    picture.go_back()
    page = picture.page()
    assert (page.list().kind.name, page.list().state.view_id) == ("contracts", "owing")
