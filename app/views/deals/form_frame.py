"""The frame of the two deal forms: fields that scroll, an error bar, save and cancel."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.forms import Form
from app.views.core.taborder import order_tabs_soon
from app.views.customers.surface import on_surface
from app.views.widgets.text import Label


class DealForm(QDialog):
    """Hold a form; a subclass fills ``form`` and says how to ``keep`` it."""

    def __init__(self, title: str, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName(name)
        self.setWindowTitle(title)
        self.form = Form(label_width=84)
        holder = QWidget()
        self.inner = QVBoxLayout(holder)
        self.inner.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        self.inner.setSpacing(theme.px(10))
        self.inner.addWidget(self.form)
        self.inner.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(on_surface(holder, f"{name}_area"), 1)
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        self.footer = self._footer()
        rows.addWidget(self.footer)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from top to bottom."""
        super().showEvent(event)
        self.order_tabs()

    def order_tabs(self) -> None:
        """Let Tab go from top to bottom."""
        order_tabs_soon(self.form, self.error_bar, self.footer)

    def _footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setFixedHeight(theme.size("dialog_footer"))
        row = QHBoxLayout(footer)
        row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Save | kinds.Cancel)
        self.ok = buttons.button(kinds.Save)
        self.ok.setObjectName("deal_save")
        self.ok.setText(_("保存"))
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        row.addWidget(Label(_("Ctrl+Enter 保存"), "caption", "text3"))
        row.addStretch(1)
        row.addWidget(buttons)
        return footer

    def checked(self) -> bool:
        """Check the fields; a subclass may check more."""
        return self.form.valid()

    def keep(self) -> None:
        """Write what was typed; raises ``UserError``."""
        raise NotImplementedError

    def save(self) -> None:
        """Write and close; stay with a reason when it could not be kept."""
        if not self.checked():
            return
        try:
            self.keep()
        except UserError as error:
            self.error_bar.show_error(error, self.save)
            return
        self.accept()


def focus(widget: QWidget) -> None:
    """Put the focus into a field."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)


Check = Callable[[], str]
