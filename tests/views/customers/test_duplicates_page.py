"""查重 and the merge of customers: by mouse and keyboard, told apart, and taken back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import i18n
from app.models.values.pages import Sort
from app.services.context import Actor
from app.services.customers import ChannelDraft, ContactDraft, CustomerDraft
from app.services.lists import ListFilter
from app.views.core.commands import find
from app.views.core.runner import board
from app.views.customers.merge_panel import MergePanel
from app.views.customers.merging import MergeDialog

NAME = "恒锐精密机械有限公司"


@pytest.fixture
def twins(picture):
    """Add two customers that one of the office's is written as too."""
    add = picture.office.customers.add
    contact = ContactDraft("王建明", channels=(ChannelDraft("mobile", "13812904417"),))
    return (
        add(CustomerDraft("苏州恒锐精密机械", code="HR-2", source="官网", contacts=(contact,),
                          note="展会名片")),
        add(CustomerDraft("海川塑胶厂有限公司")),
    )  # fmt: skip


@pytest.fixture
def page(qtbot, picture, twins):
    """Look through the book, as the command does."""
    picture.actions_.run("duplicates")
    shown = picture.page()
    assert shown.PAGE_ID == "duplicates"
    qtbot.waitUntil(lambda: shown.current() is not None)
    return shown


def _idle(qtbot):
    qtbot.waitUntil(lambda: not board().jobs)


def _said(shell):
    return shell.toast_box._words.text()


def _names(page):
    rows = (page.model.row(at) for at in range(page.model.rowCount()))
    return [[one.name for one in group.members] for group in rows]


def _values(page, key):
    row = next(row for row in page.panel.model.rows if row.key == key)
    return row.title, row.texts, row.take


def test_groups_are_listed_with_reasons_and_sorted(qtbot, page, twins):
    model = page.model
    assert model.columns[3].text(page.current()) == "名称相近 96% + 手机相同"
    assert page.current().ids[1] == twins[0]
    assert f"查了 {page._scan.customers} 家" in page.head.subtitle.text()
    assert page.status_left() == f"{len(_names(page))} 组疑似重复"
    count = len(_names(page))
    model.set_sort(Sort("name"))
    qtbot.waitUntil(lambda: model.row(count - 1) is not None)
    assert _names(page) == sorted(_names(page))


def test_each_field_is_chosen_by_arrows_and_enter_merges(qtbot, picture, page, twins):
    office, kept = picture.office, page.panel.ids()[0]
    before = office.customers.count(ListFilter())
    assert office.customers.card(kept).name == NAME
    QTest.keyClick(page.table, Qt.Key.Key_Return)
    fields = page.panel.table
    assert fields.hasFocus()
    assert "联系人 1" in page.panel.told.text()
    keys = [row.key for row in page.panel.model.rows]
    for key in ("name", "note"):
        fields.go_to(keys.index(key))
        QTest.keyClick(fields, Qt.Key.Key_Right)
    assert _values(page, "name") == ("客户名称", (NAME, "苏州恒锐精密机械"), twins[0])
    QTest.keyClick(fields, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: office.customers.count(ListFilter()) == before - 1)
    card = office.customers.card(kept)
    assert (card.name, card.note) == ("苏州恒锐精密机械", "展会名片")
    _idle(qtbot)
    assert all(NAME not in names for names in _names(page))
    assert "2 家已合并为 苏州恒锐精密机械" in _said(picture)
    picture.undo()
    qtbot.waitUntil(lambda: page.current() is not None and page.current().ids == (kept, twins[0]))
    assert office.customers.card(kept).name == NAME
    assert [one.name for one in office.admin.check() if not one.ok] == []


def _click(fields, row):
    """Click what stands at the second customer."""
    index = fields.model().index(row, 2)
    fields.scrollTo(index)
    place = fields.visualRect(index).center()
    QTest.mouseClick(fields.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_another_record_may_stay_and_clicks_choose(qtbot, picture, page, twins):
    fields, panel = page.panel.table, page.panel
    first = panel.ids()[0]
    _click(fields, 0)
    assert panel.ids() == [twins[0], first]
    assert _values(page, "keep")[2] == twins[0]
    assert panel.told.text().startswith("将移到 苏州恒锐精密机械：")
    note = next(n for n, row in enumerate(panel.model.rows) if row.key == "note")
    assert _values(page, "note")[2] == twins[0], "the only note there is"
    for expected in (0, twins[0], 0):
        _click(fields, note)
        assert _values(page, "note")[2] == expected


def test_what_is_told_apart_leaves_the_list_for_good(qtbot, picture, page, twins):
    ids, count = page.current().ids, len(_names(page))
    page.table.setFocus()
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.model.rowCount() == count - 1)
    assert "不再提" in _said(picture)
    page.start()
    _idle(qtbot)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.progress)
    assert ids not in [group.ids for group in page._shown]
    picture.undo()
    page.start()
    _idle(qtbot)
    qtbot.waitUntil(lambda: ids in [group.ids for group in page._shown])


def test_a_look_can_be_stopped_and_leaves_the_page_as_it_was(qtbot, picture, twins):
    picture.navigate("duplicates")
    page = picture.page()
    assert page.stack.currentWidget() is page.not_yet
    page.start()
    assert page.stack.currentWidget() is page.progress
    page.progress.stop.click()
    _idle(qtbot)
    qtbot.waitUntil(lambda: page.stack.currentWidget() is not page.progress)
    assert page._job is None


def test_one_of_three_can_be_left_out(qtbot, picture, page, twins):
    third = picture.office.customers.add(CustomerDraft("恒锐精密机械（苏州）"))
    page.start()
    _idle(qtbot)
    qtbot.waitUntil(lambda: third in page.panel.ids())
    menu = page.panel.without.menu()
    menu.aboutToShow.emit()
    next(act for act in menu.actions() if act.text() == "恒锐精密机械(苏州)").trigger()
    assert third not in page.panel.ids()
    assert len(page.panel.ids()) == 2
    assert not page.panel.without.isVisible()


def test_who_may_not_write_is_told_so(qtbot, picture, page, dialogs):
    picture.office.context.act_as(Actor(name="阅", role="readonly"))
    before = picture.office.customers.count(ListFilter())
    shown = []
    for act in (page.merge, page._tell_apart):
        waiting = dialogs("error_dialog", lambda box: (shown.append(box.text()), box.reject()))
        act()
        qtbot.waitUntil(lambda waiting=waiting: not waiting.isActive())
        _idle(qtbot)
    assert all("没有这项权限" in text for text in shown)
    assert page.panel.isEnabled()
    assert picture.office.customers.count(ListFilter()) == before


# -- from the list -------------------------------------------------------------------------------


@pytest.fixture
def listed(qtbot, picture, twins):
    """Show the customer list."""
    picture.navigate("customers", view="all", text="恒锐")
    shown = picture.page()
    qtbot.waitUntil(lambda: shown.rows.answer is not None and not shown.rows.loader._jobs)
    return shown


def test_ticked_customers_are_merged_from_the_list(qtbot, picture, listed, twins):
    office = picture.office
    kept = office.customers.resolve(NAME)
    numbers = [
        at
        for at in range(listed.rows.model.rowCount())
        if listed.rows.model.row(at).customer.id in (kept, twins[0])
    ]
    for at in numbers:
        listed.rows.model.toggle(at)
    assert picture.actions_.possible("merge")
    picture.actions_.run("merge")
    dialog = listed.findChild(MergeDialog)
    assert dialog.isVisible()
    assert dialog.panel.ids() == [kept, twins[0]]
    dialog.panel.agree.click()
    qtbot.waitUntil(lambda: "已合并为" in _said(picture))
    assert office.customers.card(kept).code
    picture.undo()
    qtbot.waitUntil(lambda: office.customers.resolve("HR-2") == twins[0])


def test_one_customer_alone_is_not_merged(qtbot, picture, listed):
    listed.table.go_to(0)
    picture.actions_.run("merge")
    assert listed.findChild(MergeDialog) is None
    assert "至少 2 家" in _said(picture)
    listed.rows.untick()
    listed.set_state(type(listed.state)("all"))
    qtbot.waitUntil(lambda: not listed.rows.loader._jobs)
    listed.rows.tick_all()
    picture.actions_.run("merge")
    assert listed.findChild(MergeDialog) is None
    assert "最多合并" in _said(picture)


def test_the_list_the_menu_and_the_palette_lead_there(qtbot, picture, listed):
    assert find("duplicates").keywords.startswith("cc ")
    assert picture.actions_.get("duplicates").in_palette
    assert (
        picture.actions_.qaction("duplicates")
        in picture.menuBar().findChild(object, "menu_customer").actions()
    )
    listed.checking.click()
    assert picture.page().PAGE_ID == "duplicates"
    _idle(qtbot)


def test_a_firm_whose_name_is_a_word_is_not_translated(qtbot, picture):
    ids = [picture.office.customers.add(CustomerDraft(name)) for name in ("客户", "合同")]
    panel = MergePanel(picture.office)
    qtbot.addWidget(panel)
    i18n.set_language("en")
    try:
        panel.show_customers(ids)
        heads = [panel.model.headerData(at, Qt.Orientation.Horizontal) for at in range(3)]
    finally:
        i18n.set_language("zh")
    assert heads == ["Field", "客户", "合同"]
