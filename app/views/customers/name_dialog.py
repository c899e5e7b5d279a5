"""Ask for one line of text: a name, a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.forms import Form


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
        form = Form(labels_above=True)
        form.add(label, self.field)
        rows.addWidget(form)
        kinds = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        self.ok = self.buttons.button(kinds.Ok)
        self.ok.setText(agree or _("保存"))
        self.buttons.button(kinds.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        rows.addWidget(self.buttons)
        self.field.textChanged.connect(self._refresh)
        self.field.returnPressed.connect(self._agree)
        self._refresh()

    def value(self) -> str:
        """Return the text without blanks around it."""
        return self.field.text().strip()

    def _refresh(self) -> None:
        self.ok.setEnabled(bool(self.value()))

    def _agree(self) -> None:
        if self.value():
            self.accept()


def ask_name(
    parent: QWidget | None, title: str, label: str, *, agree: str = "", hint: str = ""
) -> str:
    """Return the line a person typed, empty when the dialog was left."""
    dialog = LineDialog(parent, title, label, agree=agree, hint=hint)
    return dialog.value() if dialog.exec() else ""
