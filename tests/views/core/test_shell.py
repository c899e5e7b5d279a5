"""The window: before a book, with one, narrow, in two languages, back and forward."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.prefs import Prefs
from app.views.core import pages
from app.views.core.page import Page
from app.views.core.shell import Shell


def _keys(shell, qtbot, key, modifier=Qt.KeyboardModifier.ControlModifier):
    shell.activateWindow()
    qtbot.keyClick(QApplication.focusWidget() or shell, key, modifier)


def test_it_shows_before_a_book_is_open(shell):
    assert shell.isVisible()
    assert shell.page() is None
    assert shell.windowTitle() == "跟单"
    assert shell.view is None
    shell.navigate("today")
    assert shell.page() is None


def test_a_bare_frame_shows_and_is_filled_later(qtbot, theme, prefs):
    frame = Shell(None, prefs)
    qtbot.addWidget(frame)
    frame.show()
    frame.resize(1100, 700)
    assert not frame.furnished
    assert frame.page() is None
    assert frame.windowTitle() == "跟单"
    frame.furnish(theme)
    assert frame.nav.narrow
    qtbot.waitUntil(lambda: frame.nav.isVisible() and frame.menuBar().isVisible())
    assert frame.actions_.qaction("go_today") is not None


def test_a_bare_frame_closes(qtbot, prefs):
    frame = Shell(None, prefs)
    qtbot.addWidget(frame)
    frame.show()
    assert frame.close()
    assert not frame.isVisible()


def test_a_book_brings_today(open_shell):
    assert open_shell.page().PAGE_ID == "today"
    assert open_shell.windowTitle() == "跟单 — 今日工作台"
    assert open_shell.page().isVisible()
    assert open_shell.nav.view.currentIndex().data() == "今日工作台"


def test_without_the_right_there_is_no_entry(shell, office):
    shell.attach(office, office.bus.subscribe, allowed=frozenset({"customers"}))
    assert [spec.id for spec in shell.visible_specs() if spec.group] == ["customers"]
    assert shell.page().PAGE_ID == "customers"
    assert shell.actions_.get("go_today") is None
    shell.detach()


def test_letting_go_of_the_book_empties_the_window(open_shell):
    open_shell.detach()
    assert open_shell.page() is None
    assert open_shell.office is None
    assert not open_shell.history.can_back()
    assert not open_shell.actions_.run("go_customers")


def test_number_keys_show_screens(open_shell, qtbot):
    _keys(open_shell, qtbot, Qt.Key.Key_2)
    assert open_shell.page().PAGE_ID == "customers"
    _keys(open_shell, qtbot, Qt.Key.Key_1)
    assert open_shell.page().PAGE_ID == "today"


def test_back_and_forward(open_shell):
    open_shell.navigate("customers")
    open_shell.go_back()
    assert open_shell.page().PAGE_ID == "today"
    assert open_shell.history.can_forward()
    open_shell.go_forward()
    assert open_shell.page().PAGE_ID == "customers"
    assert not open_shell.history.can_forward()
    open_shell.go_forward()
    assert open_shell.page().PAGE_ID == "customers"


def test_the_navigation_follows_keys_and_hands_over(open_shell, qtbot):
    view = open_shell.nav.view
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert open_shell.page().PAGE_ID == "customers"
    assert view.hasFocus()
    qtbot.keyClick(view, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not view.hasFocus())


def test_focus_alone_does_not_choose(open_shell):
    open_shell.navigate("gallery")
    open_shell.nav.view.setFocus(Qt.FocusReason.TabFocusReason)
    assert open_shell.page().PAGE_ID == "gallery"


def test_panes_are_cycled(open_shell, qtbot):
    first = open_shell.page().panes()[0]
    first.setFocus()
    seen = []
    for _ in range(len(open_shell.page().panes()) + 1):
        open_shell.focus_pane(1)
        seen.append(QApplication.focusWidget())
    assert open_shell.nav.view in seen
    assert seen[-1] is first or first.isAncestorOf(seen[-1]) or seen[-1] is first.focusProxy()


@pytest.mark.parametrize(
    ("width", "mode", "narrow"), [(1440, "full", False), (1100, "medium", True),
                                  (970, "compact", True)],
)  # fmt: skip
def test_narrow_windows_fold_the_navigation(open_shell, width, mode, narrow):
    open_shell.resize(width, 700)
    assert open_shell.width_mode() == mode
    assert open_shell.nav.narrow is narrow
    assert open_shell.nav.width() == (48 if narrow else 184)


def test_the_text_scale_counts_for_the_width(open_shell):
    open_shell.actions_.run("scale_200")
    assert open_shell.width_mode() == "compact"
    assert open_shell.page().PAGE_ID == "today"
    assert open_shell.prefs.get("scale") == 200
    open_shell.actions_.run("zoom_out")
    assert open_shell.theme.scale == 150
    open_shell.actions_.run("zoom_reset")
    assert open_shell.theme.scale == 100
    assert open_shell.width_mode() == "full"


def test_the_language_changes_in_the_same_place(open_shell, qtbot):
    open_shell.navigate("customers")
    heard = []
    open_shell.rebuilt.connect(lambda: heard.append(1))
    open_shell.actions_.run("language_en")
    assert heard == [1]
    assert i18n.language() == "en"
    assert open_shell.page().PAGE_ID == "customers"
    assert open_shell.prefs.get("language") == "en"
    open_shell.actions_.run("language_zh")
    assert open_shell.windowTitle() == "跟单 — 客户"


def test_the_theme_switches_without_rebuilding(open_shell):
    page = open_shell.page()
    open_shell.actions_.run("theme_dark")
    assert open_shell.theme.scheme == "dark"
    assert open_shell.page() is page
    assert open_shell.prefs.get("theme") == "dark"
    open_shell.actions_.refresh()
    assert open_shell.actions_.qaction("theme_dark").isChecked()


def test_row_height_is_kept(open_shell, theme):
    open_shell.actions_.run("rows_roomy")
    assert theme.row_height() == 40
    assert open_shell.prefs.get("rows") == "roomy"
    open_shell.actions_.run("rows_normal")


def test_undo_and_redo(open_shell):
    state = []

    def undo():
        state.append("back")
        return lambda: state.append("again") or undo

    open_shell.toast("已顺延", undo)
    assert open_shell.toast_box.isVisible()
    assert open_shell.actions_.run("undo")
    assert state == ["back"]
    assert not open_shell.toast_box.isVisible()
    assert open_shell.actions_.run("redo")
    assert state == ["back", "again"]
    assert open_shell.actions_.run("undo")
    assert state == ["back", "again", "back"]


def test_badges_and_person_survive_a_rebuild(open_shell):
    open_shell.set_badge("today", 5)
    open_shell.rebuild()
    spoken = Qt.ItemDataRole.AccessibleTextRole
    assert open_shell.nav.view.currentIndex().data(spoken) == "今日工作台，5 条"
    assert open_shell.findChild(QWidget, "person").text() == "周敏"


def test_the_window_comes_back_where_it_was(shell, theme, prefs, qtbot):
    # the offscreen screen is small, and Qt keeps windows on it
    shell.resize(960, 611)
    shell.close()
    again = Shell(theme, Prefs(prefs._file))
    qtbot.addWidget(again)
    again.show()
    assert (again.width(), again.height()) == (960, 611)


@pytest.mark.parametrize("kept", [{"geometry": 1}, "nonsense!", "bm90IGEgZ2VvbWV0cnk=", 7])
def test_damaged_window_state_is_ignored(theme, prefs, qtbot, kept):
    prefs.set("window", kept)
    again = Shell(theme, prefs)
    qtbot.addWidget(again)
    assert (again.width(), again.height()) == (1440, 900)


def test_every_screen_of_this_build_opens(open_shell, qtbot):
    for spec in pages.REGISTERED:
        if spec.group or spec.id == "gallery":
            open_shell.navigate(spec.id)
            page = open_shell.page()
            assert isinstance(page, Page)
            assert spec.id == page.PAGE_ID
            assert page.objectName() == f"page_{spec.id}"
            qtbot.wait(1)


def test_what_can_be_reached_has_a_name(open_shell, qtbot):
    nameless = [
        f"{type(widget).__name__} {widget.objectName()}"
        for widget in open_shell.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
        and not isinstance(widget, Page)
    ]
    assert nameless == []


def test_menus_hold_the_keys(open_shell):
    bar = open_shell.menuBar()
    titles = [action.text() for action in bar.actions()]
    assert titles[:4] == ["文件(&F)", "编辑(&E)", "查看(&V)", "客户(&C)"]
    view = next(action.menu() for action in bar.actions() if action.text().startswith("查看"))
    words = [action.text() for action in view.actions()]
    assert "今日工作台" in words
    view.aboutToShow.emit()
    assert not open_shell.actions_.qaction("forward").isEnabled()
    view.aboutToHide.emit()
    assert open_shell.actions_.qaction("forward").isEnabled()


def test_no_two_actions_share_a_key(open_shell):
    keys = {}
    for action in open_shell.actions_:
        for key in open_shell.actions_.qaction(action.id).shortcuts():
            keys.setdefault(key.toString(), []).append(action.id)
    assert {key: ids for key, ids in keys.items() if len(ids) > 1} == {}
