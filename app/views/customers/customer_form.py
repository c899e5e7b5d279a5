"""新建客户 and 编辑客户: one dialog, told at once when the firm is known already."""

from __future__ import annotations

from PySide6.QtCore import Qt
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
from app.i18n import N_, _
from app.services.customers.drafts import CustomerCard
from app.services.customers.duplicates import Suspect
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.taborder import order_tabs_soon
from app.views.core.undoing import said
from app.views.customers.customer_fields import CustomerFields
from app.views.customers.duplicates import TwinNote, TwinWatch
from app.views.customers.surface import on_surface
from app.views.widgets.text import Label


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
        self._seen: set[int] = set()
        self.watch = TwinWatch(view.office, lambda: self.fields.typed(self.customer_id), self)
        self.watch.told.connect(self._show_twins)
        self.fields.identity_edited.connect(self.watch.touch)
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
        self.twin = TwinNote()
        self.twin.opened.connect(self._open_twin)
        inner.addWidget(self.twin)
        inner.addWidget(self.fields)
        inner.addStretch(1)
        return on_surface(holder, "customer_area")

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

    def _show_twins(self, found: list[Suspect]) -> None:
        self._seen.update(one.id for one in found)
        self.twin.show_suspects(found)
        self._order_tabs()

    def _open_twin(self, customer_id: int) -> None:
        self.opened_id = customer_id
        self.reject()

    def _is_seen(self) -> bool:
        """Tell whether no certain twin was overlooked; show the ones that were."""
        found = self.watch.sure_ones()
        if all(one.id in self._seen for one in found):
            return True
        self._show_twins(found)
        self.error_bar.show_error(
            UserError(
                "twin_there",
                N_("好像已经有这家客户，还没有存"),
                advice=N_("先看上面列出的；确实是另一家，就再保存一次"),
            ),
            self.save,
            _("还是新建"),
        )
        return False

    # -- saving --------------------------------------------------------------------------

    def save(self) -> None:
        """Keep the customer and close; stay with a reason when it could not be kept."""
        if not self.fields.valid() or (self._card is None and not self._is_seen()):
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
