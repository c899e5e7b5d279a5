"""An error says what happened and what to do, stays until it is solved, and never is markup."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtGui import QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox

from app.errors import UserError
from app.views.core import crash
from app.views.core.errors import ErrorBar, details_of, show_error, words_of
from app.views.core.forms import ask, say

FULL = UserError("disk_full", "没有存上：磁盘已满", advice="腾出 {room} 后再存一次", room="40 MB")


def _answer(act):
    """Act on the message box that opens next."""

    def look():
        box = QApplication.activeModalWidget()
        if isinstance(box, QMessageBox):
            act(box)
        else:
            QTimer.singleShot(5, look)

    QTimer.singleShot(0, look)


def test_words_of_an_expected_error():
    assert words_of(FULL) == ("没有存上：磁盘已满", "腾出 40 MB 后再存一次")
    assert details_of(FULL).startswith("disk_full\n")


@pytest.mark.parametrize("words", ["The book is damaged (Contracts); saving has stopped. " * n
                                   for n in (1, 2)])  # fmt: skip
def test_a_long_sentence_is_shown_whole(theme, words):
    seen = []

    def look(box):
        label = box.findChild(QLabel, "qt_msgbox_label")
        metrics = QFontMetrics(label.font())
        area = QRect(0, 0, label.width(), 10_000)
        need = metrics.boundingRect(area, Qt.TextFlag.TextWordWrap, label.text())
        one_line = not label.wordWrap()
        wide = metrics.horizontalAdvance(label.text()) if one_line else need.width()
        seen.append((wide <= label.width(), one_line or need.height() <= label.height()))
        box.accept()

    _answer(look)
    show_error(None, UserError("damaged_book", words, advice="Restore it"))
    assert seen == [(True, True)]


def test_a_bug_shows_no_traceback_but_copies_it():
    with pytest.raises(KeyError) as caught:
        {}["secret"]
    happened, advice = words_of(caught.value)
    details = details_of(caught.value)
    assert "secret" not in happened + advice
    assert "KeyError: 'secret'" in details


def test_the_bar_stays_until_it_is_solved(theme, qtbot):
    bar = ErrorBar()
    qtbot.addWidget(bar)
    tried = []
    bar.show_error(FULL, lambda: tried.append(1), "再存一次")
    assert bar.isVisible()
    assert bar.accessibleName() == "没有存上：磁盘已满 腾出 40 MB 后再存一次"
    assert bar.retry.text() == "再存一次"
    bar.copy.click()
    assert QGuiApplication.clipboard().text().startswith("disk_full")
    assert bar.isVisible()
    bar.retry.click()
    assert tried == [1]
    assert bar.isHidden()


def test_without_a_way_to_retry_there_is_no_button(theme, qtbot):
    bar = ErrorBar()
    qtbot.addWidget(bar)
    bar.show_error(UserError("x", "不行"))
    assert bar.retry.isHidden()
    bar.clear()
    assert bar.isHidden()


def test_the_dialog_is_plain_text_and_survives_copying(theme, qtbot):
    seen = {}

    def act(box):
        seen["format"] = box.textFormat()
        seen["text"] = box.text()
        buttons = {button.text(): button for button in box.buttons()}
        buttons["复制详情"].click()
        seen["open"] = box.isVisible()
        buttons["知道了"].click()

    _answer(act)
    show_error(None, UserError("x", "<b>{name}</b>", name="<img src=x>"))
    assert seen == {
        "format": Qt.TextFormat.PlainText,
        "text": "<b><img src=x></b>",
        "open": True,
    }
    assert QGuiApplication.clipboard().text().startswith("x\n")


@pytest.mark.parametrize(("button", "agreed"), [("删除 3 家", True), ("取消", False)])
def test_a_question_starts_on_cancel(theme, qtbot, button, agreed):
    seen = []

    def act(box):
        seen.append(box.defaultButton().text())
        next(one for one in box.buttons() if one.text() == button).click()

    _answer(act)
    assert ask(None, "永久删除 3 家客户？", yes="删除 3 家", danger=True) is agreed
    assert seen == ["取消"]


def test_escape_disagrees(theme, qtbot):
    _answer(lambda box: qtbot.keyClick(box, Qt.Key.Key_Escape))
    assert ask(None, "永久删除？") is False


def test_news_needs_no_answer(theme, qtbot):
    seen = []

    def act(box):
        seen.append((box.text(), len(box.buttons())))
        box.buttons()[0].click()

    _answer(act)
    say(None, "备份完成", "校验通过")
    assert seen == [("备份完成", 1)]


def test_an_uncaught_error_is_told_once(theme, qtbot, monkeypatch):
    import sys
    import threading

    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    crash.install()
    seen = []

    def act(box):
        seen.append(box.text())
        box.buttons()[0].click()

    _answer(act)
    sys.excepthook(ValueError, ValueError("x"), None)
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == ["程序出错了，这一步没有做成"]
