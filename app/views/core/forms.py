"""Forms and questions: rows with an error line, Enter moves on, plain-text message boxes."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QWidget,
)

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label, cut

__all__ = [
    "ComposeGuard",
    "EnterMoves",
    "ErrorLine",
    "Form",
    "FormRow",
    "Label",
    "ask",
    "line",
    "message",
    "say",
]


def message(
    parent: QWidget | None, title: str, text: str, icon: str, tone: str, name: str
) -> QMessageBox:
    """Return a message box of plain text with an icon of ours, still without buttons."""
    box = QMessageBox(parent)
    box.setObjectName(name)
    box.setIconPixmap(icons.pixmap(icon, 24, tone))
    box.setWindowTitle(_("跟单"))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(cut(title, 600))
    box.setInformativeText(cut(text, 1200))
    for row in box.findChildren(QDialogButtonBox):
        layout = row.layout()
        if layout is not None:
            layout.setSpacing(themes.current().px(10))
    return box


def ask(
    parent: QWidget | None,
    question: str,
    text: str = "",
    *,
    yes: str = "",
    danger: bool = False,
) -> bool:
    """Ask before something that cannot be undone; the focus starts on 取消.

    ``yes`` names the act (删除 3 家). Return whether the person agreed.
    """
    tone = "warn" if danger else "accent"
    box = message(parent, question, text, "warning" if danger else "help", tone, "question")
    roles = QMessageBox.ButtonRole
    agree = Button(yes or _("确定"), "danger_fill" if danger else "default", name="agree")
    cancel = Button(_("取消"), name="cancel")
    box.addButton(agree, roles.DestructiveRole if danger else roles.AcceptRole)
    box.addButton(cancel, roles.RejectRole)
    box.setDefaultButton(cancel)
    box.setEscapeButton(cancel)
    cancel.setFocus()
    box.exec()
    return box.clickedButton() is agree


def say(parent: QWidget | None, title: str, text: str = "") -> None:
    """Tell something that needs no answer."""
    box = message(parent, title, text, "info", "accent", "message")
    close = Button(_("知道了"), "primary", name="close")
    box.addButton(close, QMessageBox.ButtonRole.AcceptRole)
    box.exec()


def line(upright: bool = False) -> QFrame:
    """Return a thin separating line."""
    made = QFrame()
    made.setProperty("upright" if upright else "line", True)
    return made


_ENDING_MS = 80


class ComposeGuard(QObject):
    """Know whether an input method is composing in the watched widgets.

    The Enter that commits the text must not save or jump, nor the key event that ends it.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._composing = False
        self._just_ended = False

    def watch(self, widget: QWidget) -> None:
        """Watch one more widget."""
        widget.installEventFilter(self)

    def swallows(self, event: QKeyEvent) -> bool:
        """Tell whether this key press belongs to the input method."""
        mine = self._composing or (self._just_ended and is_enter(event))
        self._just_ended = False
        return mine

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the composition."""
        if isinstance(event, QInputMethodEvent):
            was = self._composing
            self._composing = bool(event.preeditString())
            self._just_ended = was and not self._composing
            if self._just_ended:
                QTimer.singleShot(_ENDING_MS, self, self._forget)
        elif event.type() == QEvent.Type.FocusOut:
            self._composing = self._just_ended = False
        elif event.type() == QEvent.Type.KeyRelease:
            self._just_ended = False
        return False

    def _forget(self) -> None:
        """Let the next Enter count: a blank or a digit has ended the composition, not Enter."""
        self._just_ended = False


def is_enter(event: QKeyEvent) -> bool:
    """Tell whether a key is Enter or Return."""
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class EnterMoves(QObject):
    """Let plain Enter go to the next field; text boxes keep it as a new line."""

    def __init__(self, form: QWidget, enabled: Callable[[], bool] = lambda: True) -> None:
        super().__init__(form)
        self._enabled = enabled
        self._guard = ComposeGuard(self)

    def watch(self, field: QWidget) -> None:
        """Make Enter in this field move on."""
        field.installEventFilter(self)
        self._guard.watch(field)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move on plain Enter, unless an input method owns it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not is_enter(event) or not isinstance(watched, QWidget):
            return False
        if self._guard.swallows(event):
            return True
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        passes = isinstance(watched, QPlainTextEdit | QAbstractButton)
        if not plain or passes or not self._enabled():
            return False
        # the key may come from a child that did not want it, of a field made of several
        focused = QApplication.focusWidget()
        inside = focused is not None and watched.isAncestorOf(focused)
        (focused if inside and focused is not None else watched).focusNextPrevChild(True)
        return True


class ErrorLine(QWidget):
    """Say in one line what is wrong with the field above; hidden while nothing is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(6))
        sign = Label()
        sign.set_icon("error_circle", 14, "bad")
        self._words = Label("", "small", "bad", wrap=True)
        row.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, text: str) -> None:
        """Show the words, or go away without."""
        self._words.setText(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return the words shown."""
        return self._words.text()


class FormRow(QObject):
    """Join a label, a field and its error line.

    ``check`` returns what is wrong or an empty string; it is asked when the focus leaves the
    field and, once something was wrong, at each key until it is right.
    """

    def __init__(
        self,
        label: Label,
        field: QWidget,
        error: ErrorLine,
        check: Callable[[], str] | None,
    ) -> None:
        super().__init__(field)
        self.label = label
        self.field = field
        self.error = error
        self._check = check
        field.installEventFilter(self)
        if isinstance(field, QLineEdit):
            field.textEdited.connect(self._recheck)

    def complain(self, text: str) -> None:
        """Mark the field as wrong, or as right with an empty text."""
        themes.set_property(self.field, "wrong", bool(text))
        self.error.say(text)
        self.field.setAccessibleDescription(text)

    def valid(self) -> bool:
        """Check now and tell whether the field is right."""
        text = self._check() if self._check is not None else ""
        self.complain(text)
        return not text

    def _recheck(self) -> None:
        if self.error.text():
            self.valid()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Check when the focus leaves a form that stays, not one that goes away."""
        if event.type() == QEvent.Type.FocusOut and self._check is not None and self._stays():
            self.valid()
        return False

    def _stays(self) -> bool:
        return shiboken6.isValid(self.field) and self.field.isVisible()


class Form(QWidget):
    """Lay out labels and fields; labels stand left and right-aligned, or above."""

    def __init__(
        self, *, labels_above: bool = False, label_width: int = 96, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._above = labels_above
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.px(12))
        self._grid.setVerticalSpacing(theme.px(4))
        if not labels_above:
            self._grid.setColumnMinimumWidth(0, theme.px(label_width))
        self._grid.setColumnStretch(1, 1)
        self._next = 0
        self._last: QWidget | None = None
        self.rows: list[FormRow] = []
        self.enter = EnterMoves(self)

    def add(
        self,
        label: str,
        field: QWidget,
        *,
        required: bool = False,
        check: Callable[[], str] | None = None,
    ) -> FormRow:
        """Add a row; a required one says 必填 in its label."""
        words = Label(
            _("{label}（必填）").format(label=label) if required else label, "body", "text2"
        )
        words.setBuddy(field)
        if not field.accessibleName():
            field.setAccessibleName(label)
        error = ErrorLine()
        self._place(words, field, error)
        row = FormRow(words, field, error, check)
        self.rows.append(row)
        self.enter.watch(field)
        if self._last is not None:
            QWidget.setTabOrder(self._last, field)
        self._last = field
        return row

    def add_wide(self, widget: QWidget) -> None:
        """Add something over the whole width, such as a heading."""
        self._grid.addWidget(widget, self._next, 0, 1, 2)
        self._next += 1

    def valid(self) -> bool:
        """Check all rows; the first wrong field gets the focus."""
        wrong = [row for row in self.rows if not row.valid()]
        if wrong:
            wrong[0].field.setFocus(Qt.FocusReason.OtherFocusReason)
        return not wrong

    def _place(self, words: Label, field: QWidget, error: ErrorLine) -> None:
        theme = themes.current()
        at, side = self._next, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if self._above:
            self._grid.addWidget(words, at, 0, 1, 2)
            self._grid.addWidget(field, at + 1, 0, 1, 2)
            self._grid.addWidget(error, at + 2, 0, 1, 2)
            self._grid.setRowMinimumHeight(at + 3, theme.px(4))
        else:
            self._grid.addWidget(words, at, 0, side)
            self._grid.addWidget(field, at, 1)
            self._grid.addWidget(error, at + 1, 1)
            self._grid.setRowMinimumHeight(at + 3, theme.px(4))
        self._next = at + 4
