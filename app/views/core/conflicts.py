"""The list of what did not go back, because somebody changed it since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext, translate
from app.models.values.pages import Sort
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.buttons import Button
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.services.undo import ConflictView, Undone

_MOST = 500


def columns() -> list[Column[ConflictView]]:
    """Return the columns of the list: what, of whom, and why it stayed."""
    return [
        Column("what", N_("什么"), lambda one: translate(one.named.noun), width=96),
        Column("title", N_("内容"), lambda one: one.named.title, width=190),
        Column("customer", N_("客户"), lambda one: one.named.customer, width=190),
        Column("reason", N_("为什么没有动"), _why, width=210),
    ]


def _why(one: ConflictView) -> str:
    fields = "、".join(translate(field) for field in one.fields)
    reason = translate(one.reason)
    return _("{fields} {reason}").format(fields=fields, reason=reason) if fields else reason


class ConflictDialog(QDialog):
    """Show the rows that were left alone; Enter opens the customer of one."""

    def __init__(self, view: ViewContext, undone: Undone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self.setObjectName("conflicts")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        count = len(undone.conflicts)
        title = ngettext("{count} 处没有动", "{count} 处没有动", count)
        self.setWindowTitle(title.format(count=f"{count:,}"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(8))
        rows.addWidget(
            Label(
                _("这些记录后来又改过，或有人在上面做了事，所以留着没有动；其余都已恢复。"),
                "small",
                "text2",
                wrap=True,
            )
        )
        self.table = TableView(name="conflict_list", spoken=_("没有动的记录"))
        self.model: PagedTableModel[ConflictView] = PagedTableModel(
            columns(), Sort(""), parent=self.table
        )
        self.table.setModel(self.model)
        self.table.head.setStretchLastSection(True)
        self.model.set_source(ListSource(view.office.undo.describe(undone.conflicts[:_MOST])))
        self.table.activated_row.connect(self._open_customer)
        rows.addWidget(self.table, 1)
        rows.addWidget(self._buttons())
        self.resize(theme.px(720), theme.px(380))
        self.table.go_to(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        close = Button(_("知道了"), "primary", name="conflicts_close")
        box.addButton(close, QDialogButtonBox.ButtonRole.RejectRole)
        box.rejected.connect(self.reject)
        return box

    def _open_customer(self, one: Any) -> None:
        if one is not None and one.named.customer_id:
            self.close()
            self._view.navigate("customer", customer_id=one.named.customer_id)
