"""Show errors: one dialog function, and the bar that stays where something failed."""

from __future__ import annotations

import traceback
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.views.core import theme as themes
from app.views.core.forms import message
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label, copy_text


def words_of(error: BaseException) -> tuple[str, str]:
    """Return what happened and what to do, in the person's language."""
    if isinstance(error, UserError):
        return error.text(), error.advice_text()
    return (
        _("程序出错了，这一步没有做成"),
        _("已存的内容都在。可以再试一次；复制详情能帮助查找原因。"),
    )


def details_of(error: BaseException) -> str:
    """Return the technical details for 复制详情; a UserError has only its code."""
    if isinstance(error, UserError):
        return f"{error.code}\n{error.text()}\n{error.advice_text()}".rstrip()
    return "".join(traceback.format_exception(error))


def show_error(parent: QWidget | None, error: BaseException) -> None:
    """Tell about an error in a dialog: what happened, what to do, 复制详情."""
    happened, advice = words_of(error)
    box = message(parent, happened, advice, "error_circle", "bad", "error_dialog")
    close = Button(_("知道了"), "primary", name="close")
    copy = Button(_("复制详情"), "ghost", "copy", name="copy_details")
    box.addButton(close, QMessageBox.ButtonRole.AcceptRole)
    box.addButton(copy, QMessageBox.ButtonRole.ActionRole)
    # the box would close on any of its buttons; copying must leave it open
    copy.clicked.disconnect()
    copy.clicked.connect(lambda: copy_text(details_of(error)))
    box.setDefaultButton(close)
    box.setEscapeButton(close)
    box.exec()


class ErrorBar(QFrame):
    """Stay where something failed until it is solved, with one button to try again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("error_bar")
        self._error: BaseException | None = None
        self._again: Callable[[], None] | None = None
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(theme.px(8))
        rows.addWidget(self._note())
        rows.addLayout(self._buttons())
        self.hide()

    def _note(self) -> QFrame:
        theme = themes.current()
        note = QFrame()
        note.setProperty("note", "bad")
        line = QHBoxLayout(note)
        line.setContentsMargins(theme.px(10), theme.px(6), theme.px(10), theme.px(6))
        line.setSpacing(theme.px(8))
        sign = Label()
        sign.set_icon("error_circle", 16, "bad")
        line.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._happened = Label("", "body_strong", "bad", wrap=True)
        self._advice = Label("", "small", "bad", wrap=True)
        words.addWidget(self._happened)
        words.addWidget(self._advice)
        line.addLayout(words, 1)
        return note

    def _buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(themes.current().px(8))
        self.retry = Button(_("再试一次"), "primary", name="error_retry", height=24)
        self.retry.clicked.connect(self._try_again)
        self.copy = Button(_("复制详情"), "ghost", "copy", name="error_copy", height=24)
        self.copy.clicked.connect(self._copy)
        row.addWidget(self.retry)
        row.addStretch(1)
        row.addWidget(self.copy)
        return row

    def show_error(
        self,
        error: BaseException,
        again: Callable[[], None] | None = None,
        again_words: str = "",
    ) -> None:
        """Say what happened, what is safe, and offer to do it again."""
        self._error = error
        self._again = again
        happened, advice = words_of(error)
        self._happened.setText(happened)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.retry.setVisible(again is not None)
        self.retry.setText(again_words or _("再试一次"))
        self.setAccessibleName(f"{happened} {advice}".strip())
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """Go away: the trouble is solved."""
        self._error = self._again = None
        self.hide()

    def _try_again(self) -> None:
        again = self._again
        self.clear()
        if again is not None:
            again()

    def _copy(self) -> None:
        if self._error is not None:
            copy_text(details_of(self._error))
