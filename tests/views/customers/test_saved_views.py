from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu

from app.models.values.pages import Sort
from app.services.lists import Condition
from app.services.lists.saved import ViewDraft

Key = Qt.Key
SUZHOU = Condition("region", "is", ("苏州",))


@pytest.fixture
def name_it(dialogs):
    """Return a function that types a name into the next dialog."""

    def typed(text):
        def act(dialog):
            dialog.field.setText(text)
            QTest.keyClick(dialog.field, Key.Key_Return)

        dialogs("line_dialog", act)

    return typed


@pytest.fixture
def kept(page, listed, name_it):
    """Keep the customers of 苏州 as a view and return its tab's words."""
    page.set_state(replace(page.state, where=(SUZHOU,)))
    name_it("苏州的")
    page.saved.save()
    listed()
    return page


def titles(page):
    return [tab.text() for tab in page.view_row._tabs]


def choose(page, words):
    """Choose a line of the menu of views."""
    page.view_row.open_menu()
    menu = page.view_row.findChild(QMenu, "view_menu")
    action = next(one for one in menu.actions() if one.text() == words)
    menu.setActiveAction(action)
    QTest.keyClick(menu, Key.Key_Return)


def test_a_list_is_kept_changed_restored_and_saved_over(kept, listed):
    page = kept
    assert page.state.view_id.startswith("own_")
    assert not page.saved.changed(page.state)
    assert titles(page)[-1] == "苏州的"
    page.set_state(page.state.without(0))
    assert page.saved.changed(page.state)
    assert page.view_row.current_tab().accessibleName() == "苏州的 已改动"
    page.view_row._restore.click()
    assert [one.field for one in page.state.where] == ["region"]
    page.set_state(replace(page.state, sort=Sort("name")))
    choose(page, "存到这个视图")
    assert not page.saved.changed(page.state)
    assert page.view.office.views.all("customers")[0].sort == Sort("name")


def test_a_view_is_renamed_shared_and_deleted_from_its_menu(kept, name_it, picture, listed):
    page = kept
    name_it("苏州客户")
    choose(page, "改名…")
    assert titles(page)[-1] == "苏州客户"
    choose(page, "共享给大家")
    assert page.view_row.current_tab().accessibleName().startswith("苏州客户 共享")
    choose(page, "删除视图")
    assert page.state.view_id == "all"
    assert "苏州客户" not in titles(page)
    listed()
    picture.acts.undo()
    assert page.view.office.views.all("customers")[0].title == "苏州客户"


def test_views_move_among_their_kind(qtbot, page, listed):
    for title in "甲乙丙":
        page.view.office.views.save("customers", ViewDraft(title))
    qtbot.waitUntil(lambda: titles(page)[-3:] == ["甲", "乙", "丙"])
    page.saved.choose(page.saved.views[-1])
    choose(page, "往前移")
    assert titles(page)[-3:] == ["甲", "丙", "乙"]
    choose(page, "往后移")
    assert titles(page)[-3:] == ["甲", "乙", "丙"]
    choose(page, "往后移")
    assert titles(page)[-3:] == ["甲", "乙", "丙"]


def test_each_view_has_columns_of_its_own(kept, listed):
    page = kept
    page.table.show_column("phone", False)
    assert page.saved.changed(page.state)
    everything = next(one for one in page.saved.views if one.id == "all")
    own = page.saved.views[-1]
    page.saved.choose(everything)
    assert "phone" in page.table.shown_columns()
    page.saved.choose(own)
    assert "phone" not in page.table.shown_columns()
    page.saved.restore()
    assert "phone" in page.table.shown_columns()
    assert not page.saved.changed(page.state)
    page.table.show_column("phone", False)
    page.saved.save_over()
    assert not page.saved.changed(page.state)
    assert "phone" not in page.view.office.views.all("customers")[0].layout.columns


def test_heights_and_frozen_columns_belong_to_the_view(kept, listed, picture):
    page, own = kept, kept.saved.views[-1]
    header = page.table.verticalHeader()
    normal = header.defaultSectionSize()
    menu = page.filter_row.height_button.menu()

    def choose(words):
        next(one for one in menu.actions() if one.text() == words).trigger()

    def marked():
        return [one.text() for one in menu.actions() if one.isChecked()]

    assert marked() == ["按外观设置", "冻结前 1 列"]
    choose("紧凑")
    assert header.defaultSectionSize() == normal - 4
    choose("两行")
    assert header.defaultSectionSize() == normal + 16
    assert page.table.isColumnHidden([one.key for one in page.table.columns()].index("phone"))
    choose("冻结前 2 列")
    assert marked() == ["两行", "冻结前 2 列"]
    assert page.saved.changed(page.state)
    page.saved.save_over()
    assert page.view.office.views.all("customers")[0].layout.height == "two_line"
    page.saved.choose(next(one for one in page.saved.views if one.id == "all"))
    assert header.defaultSectionSize() == normal
    page.saved.choose(own)
    assert header.defaultSectionSize() == normal + 16
    assert marked() == ["两行", "冻结前 2 列"]


def test_frozen_columns_stay_in_sight_with_their_ticks(qtbot, page, listed, picture):
    picture.resize(960, 700)
    page.table.layout_.set_height("normal")
    for key in ("code", "source", "industry", "size", "created"):
        page.table.show_column(key, True)
    for frozen, keys in ((0, []), (1, ["tick", "name"]), (2, ["tick", "name", "value"])):
        page.table.layout_.set_frozen(frozen)
        bar = page.table.horizontalScrollBar()
        bar.setValue(bar.maximum())
        band = page.table._frozen
        assert band.isVisible() == bool(keys)
        assert [page.table.columns()[at].key for at in band.columns()] == keys
    spot = band.visualRect(page.rows.model.index(1, 0)).center()
    QTest.mouseClick(band.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert page.rows.ticked_count() == 1


def test_what_somebody_shares_appears_with_its_count(qtbot, page, listed, picture):
    office = picture.office
    office.staff.act_as("陈立")
    office.views.save("customers", ViewDraft("大家的苏州", (SUZHOU,), shared=True))
    office.staff.act_as("周敏")
    page.reload()
    qtbot.waitUntil(lambda: "大家的苏州" in titles(page))
    view = next(one for one in page.saved.views if one.title == "大家的苏州")
    assert not view.changeable
    qtbot.waitUntil(lambda: page.counts.get(view.id) == 4)
    page.saved.choose(view)
    page.view_row.open_menu()
    menu = page.view_row.findChild(QMenu, "view_menu")
    assert [one.text() for one in menu.actions()] == ["另存为视图…"]
    menu.close()


def test_the_views_are_walked_with_arrows_and_their_menu_opened_by_key(page, listed):
    tab = page.view_row.current_tab()
    tab.setFocus()
    QTest.keyClick(tab, Key.Key_Right)
    assert page.state.view_id != "all"
    page.view_row.current_tab().setFocus()
    QTest.keyClick(page.view_row.current_tab(), Key.Key_Left)
    assert page.state.view_id == "all"
