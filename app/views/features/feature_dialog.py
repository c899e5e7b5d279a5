"""Fill in the business features of a customer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _, ngettext
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.surface import on_surface
from app.views.features.field_edit import FeatureEdit


class FeatureDialog(QDialog):
    """Show every feature with what is known; saving writes only what differs."""

    def __init__(
        self,
        view: ViewContext,
        customer_id: int,
        parent: QWidget | None = None,
        first_field: int = 0,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._customer_id = customer_id
        self.setObjectName("feature_dialog")
        self.setWindowTitle(_("业务特征"))
        self.edits: dict[int, FeatureEdit] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._make_form(), 1)
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        rows.addWidget(self._make_footer())
        tall = theme.px(100 + 38 * max(4, len(self.edits)))
        self.resize(theme.px(560), min(tall, theme.px(560)))
        QShortcut(QKeySequence("Ctrl+Return"), self, self.save)
        first = self.edits.get(first_field) or next(iter(self.edits.values()), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _make_form(self) -> QScrollArea:
        theme = themes.current()
        form = Form(label_width=108)
        for view in self._view.office.features.of_customer(self._customer_id):
            edit = FeatureEdit(view, self._view.office.context.today)
            self.edits[view.field.id] = edit
            form.add(view.field.label, edit, required=view.field.required)
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        inner.addWidget(form)
        inner.addStretch(1)
        return on_surface(holder, "feature_form")

    def _make_footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setFixedHeight(theme.size("dialog_footer"))
        row = QVBoxLayout(footer)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        buttons.button(kinds.Save).setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        row.addWidget(buttons, 0, Qt.AlignmentFlag.AlignVCenter)
        return footer

    def save(self) -> None:
        """Write what differs and close."""
        wrong = next((edit for edit in self.edits.values() if edit.problem()), None)
        if wrong is not None:
            wrong.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        drafts = [draft for edit in self.edits.values() if (draft := edit.draft()) is not None]
        if drafts:
            try:
                self._view.office.features.learn(self._customer_id, drafts)
            except UserError as error:
                self.error_bar.show_error(error, self.save)
                return
            words = ngettext("已记下 {count} 项特征", "已记下 {count} 项特征", len(drafts))
            said(self._view, words.format(count=len(drafts)))
        self.accept()
