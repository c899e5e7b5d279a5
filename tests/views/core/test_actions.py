"""Actions: keys work whatever a menu greyed, what is impossible does nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow

from app.views.core.actions import Action, Actions
from app.views.core.palette_rows import find_actions, rank


@pytest.fixture
def window(qtbot, theme):
    made = QMainWindow()
    qtbot.addWidget(made)
    made.show()
    return made


def test_a_shortcut_runs_its_action(window, qtbot):
    done = []
    actions = Actions(window)
    actions.add(Action("save", "保存", lambda: done.append(1), shortcut="Ctrl+S"))
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert done == [1]


def test_a_menu_greys_and_lets_go_again(window):
    state = {"on": False}
    done = []
    actions = Actions(window)
    actions.add(Action("x", "做", lambda: done.append(1), enabled=lambda: state["on"]))
    actions.refresh()
    assert not actions.qaction("x").isEnabled()
    actions.relax()
    assert actions.qaction("x").isEnabled()
    assert not actions.run("x")
    assert done == []
    state["on"] = True
    assert actions.run("x")
    assert done == [1]


def test_hidden_actions_cannot_run(window):
    actions = Actions(window)
    actions.add(Action("x", "做", lambda: None, shown=lambda: False))
    actions.refresh()
    assert not actions.qaction("x").isVisible()
    assert not actions.run("x")
    assert not actions.run("unknown")


def test_ticks_follow_the_state(window):
    chosen = {"now": "a"}
    actions = Actions(window)
    for name in "ab":
        actions.add(
            Action(name, name, lambda: None, checked=lambda name=name: chosen["now"] == name)
        )
    actions.refresh()
    assert [actions.qaction(name).isChecked() for name in "ab"] == [True, False]
    chosen["now"] = "b"
    actions.refresh()
    assert [actions.qaction(name).isChecked() for name in "ab"] == [False, True]


def test_the_same_id_replaces(window):
    done = []
    actions = Actions(window)
    actions.add(Action("x", "一", lambda: done.append(1), shortcut="Ctrl+1"))
    actions.add(Action("x", "二", lambda: done.append(2), shortcut="Ctrl+1"))
    actions.qaction("x").trigger()
    assert done == [2]
    assert [action.title for action in actions] == ["二"]
    assert len(window.actions()) == 1


def test_platform_keys_are_asked_for(window):
    actions = Actions(window)
    made = actions.add(Action("find", "查找", lambda: None, standard=QKeySequence.StandardKey.Find))
    assert made.shortcut() == QKeySequence(QKeySequence.StandardKey.Find)
    assert actions.shortcut_text("find") == "Ctrl+F"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("写", True), ("写跟", True), ("xgd", True), ("xie", True), ("Follow", True),
        ("write fol", True), ("签约", False), ("zzz", False), ("跟单 write", True),
    ],
)  # fmt: skip
def test_words_match_in_three_languages(query, found):
    assert (rank(query, "写跟单", "xgd xiegendan follow up write") is not None) == found


def test_the_title_wins_over_keywords():
    in_title = rank("设置", "设置", "sz shezhi settings")
    by_keyword = rank("sz", "设置", "sz shezhi settings")
    assert in_title[0] < by_keyword[0]
    assert in_title[1] == ((0, 2),)
    assert by_keyword[1] == ()


def test_only_possible_actions_are_offered(window):
    actions = Actions(window)
    actions.add(Action("a", "导出甲", lambda: None))
    actions.add(Action("b", "导出乙", lambda: None, enabled=lambda: False))
    actions.add(Action("c", "导出丙", lambda: None, in_palette=False))
    found = find_actions(actions, "导出", str, 9)
    assert [row[0] for row in found] == ["a"]
