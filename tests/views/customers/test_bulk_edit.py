from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from app.services.customers.tags import TagDraft
from app.services.lists import Condition
from app.views.customers.bulk_edit import BulkEditDialog
from app.views.customers.tag_dialog import TagDialog

Key = Qt.Key
QIMING = "无锡启明自动化设备有限公司"
SUZHOU = Condition("region", "is", ("苏州",))


@pytest.fixture
def suzhou(page, listed):
    """Show the four customers of 苏州, all ticked."""
    page.set_state(replace(page.state, where=(SUZHOU,)))
    assert len(listed()) == 4
    page.rows.tick_all()
    return page


@pytest.fixture
def agree(qtbot, dialogs):
    """Return a function that agrees to the next preview and keeps what it says."""

    def wait():
        told = []

        def act(dialog):
            qtbot.waitUntil(dialog.ok.isEnabled)
            told.append((dialog.pane.said.text(), dialog.ok.text()))
            dialog.ok.click()

        dialogs("preview_dialog", act)
        return told

    return wait


def labels(page, name):
    office = page.view.office
    customer_id = office.customers.resolve(name)
    return [one.label for one in office.customers.card(customer_id).tags]


def sources(page):
    rows = page.view.office.customers.page(page.state.wanted()).rows
    return {row.source for row in rows}


def test_many_get_a_new_tag_by_keyboard_and_lose_it_again(
    qtbot, suzhou, listed, picture, dialogs, agree
):
    def write_it(dialog):
        dialog.search.setText("老客户")
        QTest.keyClick(dialog.search, Key.Key_Return)
        assert dialog.words() == "老客户"
        QTest.keyClick(dialog.search, Key.Key_Return)

    dialogs("tag_dialog", write_it)
    told = agree()
    suzhou.rows.bulk.findChild(QPushButton, "bulk_tag").click()
    assert told == [("选了 4 家，会改 4 家", "改 4 家")]
    names = listed()
    qtbot.waitUntil(lambda: all(labels(suzhou, one) == ["老客户"] for one in names))
    suzhou.set_state(replace(suzhou.state, where=(Condition("tag", "is_not", ("",)),)))
    assert sorted(listed()) == sorted(names)
    picture.undo()
    qtbot.waitUntil(lambda: labels(suzhou, names[0]) == [])
    assert suzhou.view.office.customers.tags.all() == ()


def test_the_tag_column_and_its_condition(qtbot, page, listed):
    office = page.view.office
    office.customers.tags.change(office.customers.resolve(QIMING), TagDraft(("重点", "老客户")))
    tag = office.customers.tags.all()[0]
    page.table.show_column("tag", True)
    page.set_state(replace(page.state, where=(Condition("tag", "is", (str(tag.id),)),)))
    assert listed() == [QIMING]
    assert page.filter_row._shown[0].text() == "标签 有 重点"
    column = [one.key for one in page.table.columns()].index("tag")
    assert page.rows.model.index(0, column).data() == "重点、老客户"


def test_one_customer_is_tagged_on_its_page(qtbot, open_customer, dialogs, picture):
    shown = open_customer(QIMING)

    def first(dialog):
        assert dialog.way.isHidden()
        dialog.search.setText("重点")
        QTest.keyClick(dialog.search, Key.Key_Return)
        dialog.ok.click()

    def second(dialog):
        assert dialog.words() == "重点"
        QTest.keyClick(dialog.search, Key.Key_Down)
        QTest.keyClick(dialog.listed, Key.Key_Space)
        dialog.ok.click()

    dialogs("tag_dialog", first)
    shown.strip.tags_wanted.emit()
    qtbot.waitUntil(lambda: [one.label for one in shown.card.tags] == ["重点"])
    dialogs("tag_dialog", second)
    shown.strip.tags_wanted.emit()
    qtbot.waitUntil(lambda: shown.card.tags == ())


def test_tags_are_only_taken_off_many_when_the_list_has_them(qtbot, picture, page):
    dialog = TagDialog((), None, page)
    dialog.way.set_value(False)
    dialog.search.setText("没有的")
    dialog._take_typed()
    assert dialog.draft() == TagDraft()
    assert not dialog.ok.isEnabled()


def test_many_are_brought_to_one_value_after_a_preview(qtbot, suzhou, listed, picture, dialogs):
    before = sources(suzhou)
    told = []

    def choose(dialog):
        dialog.which.set_value("source")
        dialog.value.widget.set_value("邮件咨询")
        qtbot.waitUntil(dialog.ok.isEnabled)
        told.append(dialog.pane.said.text())
        QTest.keyClick(dialog.ok, Key.Key_Space)

    dialogs("bulk_edit_dialog", choose)
    suzhou._bulk_act("edit")
    assert told[0].startswith("选了 4 家，会改 ")
    qtbot.waitUntil(lambda: sources(suzhou) == {"邮件咨询"})
    picture.undo()
    qtbot.waitUntil(lambda: sources(suzhou) == before)


def test_a_stage_goes_back_for_many_only_with_a_reason(qtbot, suzhou):
    dialog = BulkEditDialog(suzhou.view, suzhou.vocabulary, suzhou.rows.chosen(), suzhou)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.which.set_value("stage")
    dialog.value.widget.set_value("0")
    qtbot.waitUntil(lambda: dialog.pane.said.text().startswith("选了 4 家"))
    assert dialog.reason.isVisible()
    assert not dialog.ok.isEnabled()
    dialog.reason.setText("重新了解")
    assert dialog.ok.isEnabled()
    assert (dialog.field(), dialog.text(), dialog.why()) == ("stage", "0", "重新了解")


def test_each_field_for_many_has_its_own_editor(qtbot, suzhou):
    dialog = BulkEditDialog(suzhou.view, suzhou.vocabulary, suzhou.rows.chosen(), suzhou)
    qtbot.addWidget(dialog)
    for at in range(dialog.which.count()):
        dialog.which.setCurrentIndex(at)
        assert dialog.value.widget.objectName() == "bulk_value"
        assert dialog.value.widget.accessibleName() == dialog.title()
        qtbot.waitUntil(lambda: dialog.pane.said.text().startswith("选了 4 家"))
