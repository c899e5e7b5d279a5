"""标为失败: why a customer is given up, and to whom it went."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.forms import ErrorLine, Form
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.text import Label


class ChurnDialog(QDialog):
    """Ask for the reason, a competitor and more words; digits pick the reason."""

    def __init__(self, office: Office, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("churn_dialog")
        self.setWindowTitle(_("标为失败"))
        self.setMinimumWidth(theme.px(640))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        rows.addWidget(Label(name, "section", wrap=True))
        told = _("记下原因，以后能看出输在哪里；随时可以重新激活。")
        rows.addWidget(Label(told, "small", "text2", wrap=True))
        rows.addWidget(self._form(office))
        self.error = ErrorLine()
        rows.addWidget(self.error)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setText(_("标为失败"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.reasons.setFocus(Qt.FocusReason.OtherFocusReason)

    def _form(self, office: Office) -> Form:
        listed = office.admin.choices("loss_reason")
        self.reasons = ChipGroup(
            [Choice(one.label, one.label, key=str(at)) for at, one in enumerate(listed, 1)],
            name="churn_reasons",
            spoken=_("原因"),
        )
        self.rival = QLineEdit()
        self.rival.setObjectName("churn_rival")
        self.rival.setMaxLength(100)
        self.rival.setPlaceholderText(_("精测科技"))
        self.more = QLineEdit()
        self.more.setObjectName("churn_more")
        self.more.setMaxLength(300)
        self.more.setPlaceholderText(_("价格差 8%，明年再看"))
        form = Form(label_width=72)
        form.add(_("原因"), self.reasons, required=True)
        form.add(_("去了哪家"), self.rival)
        form.add(_("补充"), self.more)
        return form

    def _agree(self) -> None:
        if self.reason():
            self.accept()
        else:
            self.error.say(_("先选一个原因，或写在补充里"))

    def reason(self) -> str:
        """Return the reason with the further words."""
        parts = (str(self.reasons.value() or ""), self.more.text().strip())
        return "：".join(part for part in parts if part)

    def competitor(self) -> str:
        """Return to whom the customer went."""
        return self.rival.text().strip()
