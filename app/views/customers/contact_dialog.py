"""A contact: name, title, part in decisions, addresses."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.services.customers.drafts import ChannelDraft, ContactDraft, ContactView
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.forms import Form
from app.views.core.page import ViewContext
from app.views.core.taborder import order_tabs_soon
from app.views.customers.channel_rows import ChannelRows
from app.views.customers.duplicates import same_phone_words
from app.views.widgets.buttons import CheckBox
from app.views.widgets.chips import ChipGroup, Choice


class ContactDialog(QDialog):
    """Ask for a person at a customer."""

    def __init__(
        self,
        view: ViewContext,
        customer_id: int,
        parent: QWidget | None = None,
        contact: ContactView | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._contact = contact
        self.setObjectName("contact_dialog")
        self.setWindowTitle(_("联系人") if contact else _("加联系人"))
        self.setMinimumWidth(theme.px(480))
        self._make_fields(view, customer_id)
        self.form = self._form()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        rows.addWidget(self.form)
        rows.addStretch(1)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.button(kinds.Save).setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self._agree)
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        QShortcut(QKeySequence("Ctrl+Return"), self, self._agree)
        self.channels.changed.connect(lambda: order_tabs_soon(self))
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from top to bottom."""
        super().showEvent(event)
        order_tabs_soon(self)

    def _make_fields(self, view: ViewContext, customer_id: int) -> None:
        contact = self._contact
        self.name = QLineEdit(contact.name if contact else "")
        self.name.setObjectName("contact_name")
        self.name.setMaxLength(80)
        self.title = QLineEdit(contact.title if contact else "")
        self.title.setObjectName("contact_title")
        self.title.setPlaceholderText(_("工艺主管"))
        self.title.setMaxLength(80)
        self.part = ChipGroup(
            [Choice(code, translate(words)) for code, words in labels.DECISION_PART.items()],
            optional=True,
            name="contact_part",
            spoken=_("在决策里"),
        )
        self.part.set_value(contact.part if contact and contact.part else None)
        known = [ChannelDraft(one.kind, one.raw, one.preferred) for one in
                 (contact.channels if contact else ())]  # fmt: skip
        self.channels = ChannelRows(
            known, lambda raw: same_phone_words(view.office, raw, customer_id)
        )
        self.main = CheckBox(_("主联系人"), name="contact_main")
        self.main.setChecked(bool(contact and contact.main))
        self.main.setEnabled(not (contact and contact.main))

    def _form(self) -> Form:
        form, missing = Form(label_width=72), _("姓名还没填")
        form.add(_("姓名"), self.name, required=True,
                 check=lambda: "" if self.name.text().strip() else missing)  # fmt: skip
        form.add(_("职务"), self.title)
        form.add(_("在决策里"), self.part)
        form.add(_("联系方式"), self.channels)
        form.add("", self.main)
        return form

    def _agree(self) -> None:
        if self.form.valid() and self.channels.valid():
            self.accept()

    def draft(self) -> ContactDraft:
        """Return the contact."""
        return ContactDraft(
            self.name.text().strip(),
            self.title.text().strip(),
            str(self.part.value() or ""),
            main=self.main.isChecked(),
            channels=self.channels.drafts(),
        )
