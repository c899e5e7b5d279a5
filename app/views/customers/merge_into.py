"""合并到…: choose which customer this one belongs to, and show both side by side."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.core.page import ViewContext
from app.views.customers.merging import MergeDialog, merge_shown
from app.views.widgets.customer_picker import CustomerPicker
from app.views.widgets.text import Label


class TargetDialog(QDialog):
    """Type ahead for the customer that stays; the one of the page is no choice."""

    def __init__(
        self, office: Office, customer_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._own = customer_id
        self.setObjectName("merge_into_dialog")
        self.setWindowTitle(_("合并到…"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(10))
        rows.addWidget(Label(_("{name} 是哪一家客户").format(name=name), "body"))
        self.picker = CustomerPicker(
            office.customers.search, name="merge_into_picker", spoken=_("合并到哪一家")
        )
        self.picker.setMinimumWidth(theme.px(320))
        self.told = Label(_("下一步逐项选留哪一边，合并后可以撤销"), "small", "text2", wrap=True)
        self.buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        self.buttons.button(QDialogButtonBox.StandardButton.Ok).setText(_("下一步"))
        self.buttons.button(QDialogButtonBox.StandardButton.Cancel).setText(_("取消"))
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        for widget in (self.picker, self.told, self.buttons):
            rows.addWidget(widget)
        self.picker.changed.connect(self._chose)
        self._chose(None)
        self.picker.setFocus(Qt.FocusReason.OtherFocusReason)

    def _chose(self, customer_id: int | None) -> None:
        own = customer_id == self._own
        ok = self.buttons.button(QDialogButtonBox.StandardButton.Ok)
        ok.setEnabled(customer_id is not None and not own)
        self.told.setText(
            _("这就是它自己，选另一家") if own else _("下一步逐项选留哪一边，合并后可以撤销")
        )

    def target(self) -> int | None:
        """Return the chosen customer."""
        return self.picker.customer_id()


def merge_into(
    view: ViewContext, customer_id: int, name: str, parent: QWidget, done: Callable[[int], object]
) -> TargetDialog:
    """Ask which customer stays, then field by field; ``done`` gets the id that stayed."""
    asked = TargetDialog(view.office, customer_id, name, parent)
    asked.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def compare() -> None:
        target = asked.target()
        if target is None:
            return
        try:
            dialog = MergeDialog(view, (target, customer_id), parent)
        except UserError as error:
            show_error(parent, error)
            return
        panel = dialog.panel
        dialog.accepted.connect(
            lambda: merge_shown(view, parent, panel, lambda: done(panel.ids()[0]), lambda: None)
        )
        dialog.open()

    asked.accepted.connect(compare)
    asked.open()
    return asked
