"""Ask for one line of text: a name, a reason."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard, is_enter
from app.views.widgets.text import Label


class LineDialog(QDialog):
    """Ask for one line; it cannot be agreed to while it is empty."""

    def __init__(
        self,
        parent: QWidget | None,
        title: str,
        label: str,
        *,
        agree: str = "",
        text: str = "",
        hint: str = "",
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("line_dialog")
        self.setWindowTitle(title)
        self.setMinimumWidth(theme.px(400))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(16), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        self.field = QLineEdit(text)
        self.field.setObjectName("line_field")
        self.field.setMaxLength(200)
        self.field.setPlaceholderText(hint)
        self.field.setAccessibleName(label)
        words = Label(label, "body", "text2")
        words.setBuddy(self.field)
        rows.addWidget(words)
        rows.addWidget(self.field)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.ok = self.buttons.button(kinds.Ok)
        self.ok.setText(agree or _("保存"))
        self.buttons.button(kinds.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        rows.addWidget(self.buttons)
        self._guard = ComposeGuard(self)
        self._guard.watch(self.field)
        self.field.installEventFilter(self)
        self.field.textChanged.connect(self._refresh)
        self._refresh()

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self.field.text().strip()

    def _refresh(self) -> None:
        self.ok.setEnabled(bool(self.value()))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Agree on Enter, unless an input method owns it."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if not is_enter(event):
            return False
        if not self._guard.swallows(event) and self.value():
            self.accept()
        return True


def ask_name(
    parent: QWidget | None,
    title: str,
    label: str,
    *,
    agree: str = "",
    text: str = "",
    hint: str = "",
) -> str:
    """Return the line a person typed, empty when the dialog was left."""
    dialog = LineDialog(parent, title, label, agree=agree, text=text, hint=hint)
    return dialog.value() if dialog.exec() else ""
