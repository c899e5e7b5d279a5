"""新建客户 and 编辑客户: one dialog, told at once when the firm is known already."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _
from app.services.customers.drafts import CustomerCard
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.taborder import order_tabs_soon
from app.views.core.undoing import said
from app.views.customers.customer_fields import CustomerFields
from app.views.customers.duplicates import same_firms
from app.views.customers.surface import on_surface
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_ASK_MS = 200


class CustomerForm(QDialog):
    """Ask for a customer; ``customer_id`` is what was saved, 0 before."""

    def __init__(
        self, view: ViewContext, parent: QWidget | None = None, card: CustomerCard | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._card = card
        self.customer_id = card.id if card else 0
        self.opened_id = 0
        self.setObjectName("customer_form")
        self.setWindowTitle(_("编辑客户") if card else _("新建客户"))
        self.resize(theme.px(620), theme.px(600))
        self.fields = CustomerFields(view, card)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self._scrolled(), 1)
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        self.footer = self._footer()
        rows.addWidget(self.footer)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_ASK_MS)
        self._late.timeout.connect(self._look_for_twin)
        self.fields.name.textEdited.connect(lambda _text: self._late.start())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.save)
        self.fields.changed.connect(self._order_tabs)
        self.fields.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Let Tab go from top to bottom."""
        super().showEvent(event)
        self._order_tabs()

    def _order_tabs(self) -> None:
        order_tabs_soon(self.twin, self.fields, self.error_bar, self.footer)

    def _scrolled(self) -> QScrollArea:
        theme = themes.current()
        holder = QWidget()
        inner = QVBoxLayout(holder)
        inner.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(14))
        inner.setSpacing(theme.px(10))
        inner.addWidget(self._twin_note())
        inner.addWidget(self.fields)
        inner.addStretch(1)
        return on_surface(holder, "customer_area")

    def _twin_note(self) -> QFrame:
        theme = themes.current()
        self.twin = QFrame()
        self.twin.setObjectName("twin_note")
        self.twin.setProperty("note", "warn")
        row = QHBoxLayout(self.twin)
        row.setContentsMargins(theme.px(10), theme.px(5), theme.px(6), theme.px(5))
        self._twin_words = Label("", "small", "warn", wrap=True)
        self._twin_open = Button(_("打开它"), "link", height=24, name="twin_open")
        self._twin_open.clicked.connect(self._open_twin)
        row.addWidget(self._twin_words, 1)
        row.addWidget(self._twin_open)
        self._twin_id = 0
        self.twin.hide()
        return self.twin

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
        self.ok.setText(_("保存"))
        self.ok.setObjectName("customer_save")
        buttons.button(kinds.Cancel).setText(_("取消"))
        buttons.accepted.connect(self.save)
        buttons.rejected.connect(self.reject)
        row.addWidget(Label(_("Ctrl+Enter 保存"), "caption", "text3"))
        row.addStretch(1)
        row.addWidget(buttons)
        return footer

    # -- known already -------------------------------------------------------------------

    def _look_for_twin(self) -> None:
        own = self._card.id if self._card else 0
        found = same_firms(self._view.office, self.fields.name.text(), own)
        self.twin.setVisible(bool(found))
        if found:
            self._twin_id, name = found[0]
            self._twin_words.setText(_("已经有这家：{name}").format(name=name))
            self.twin.setAccessibleName(self._twin_words.text())

    def _open_twin(self) -> None:
        self.opened_id = self._twin_id
        self.reject()

    # -- saving --------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the customer and close; stay with a reason when it could not be kept."""
        if not self.fields.valid():
            return
        try:
            if self._card is None:
                self.customer_id = self._view.office.customers.add(self.fields.draft())
            else:
                self._view.office.customers.change(self._card.id, **self.fields.changes())
        except UserError as error:
            self.error_bar.show_error(error, self.save)
            return
        self.accept()


def _window(view: ViewContext) -> QWidget | None:
    del view
    return QApplication.activeWindow()


def new_customer(view: ViewContext, _customer_id: int | None = None) -> None:
    """Ask for a new customer and show it (the window's command)."""
    form = CustomerForm(view, _window(view))
    agreed = form.exec()
    if form.opened_id:
        view.navigate("customer", customer_id=form.opened_id)
    elif agreed:
        name = form.fields.name.text().strip()
        said(view, _("已建 {name}").format(name=name))
        view.navigate("customer", customer_id=form.customer_id)


def edit_customer(view: ViewContext, customer_id: int) -> None:
    """Ask for changes of a customer."""
    form = CustomerForm(view, _window(view), view.office.customers.card(customer_id))
    agreed = form.exec()
    if form.opened_id:
        view.navigate("customer", customer_id=form.opened_id)
    elif agreed:
        said(view, _("已改 {name}").format(name=form.fields.name.text().strip()))
