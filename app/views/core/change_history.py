"""变更记录 of a customer, a contact or a contract: who changed what, and one value back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, translate
from app.models.values.pages import Sort
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar, show_error
from app.views.core.runner import run_job
from app.views.core.undoing import said
from app.views.itemmodels.changes import change_columns, sayer, sort_value
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.lists.copied import tell_copies
from app.views.widgets.buttons import Button
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.skeleton import Skeleton
from app.views.widgets.table import TableView
from app.views.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from app.services.jobs import Progress
    from app.services.undo.changes import Change
    from app.views.core.page import ViewContext

Read = Callable[["Progress"], Sequence["Change"]]


class HistoryDialog(QDialog):
    """List changes, newest first; Enter puts the old value of one back."""

    def __init__(
        self, view: ViewContext, title: str, read: Read, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._read = read
        self._say = sayer(view.office)
        self.setObjectName("change_history")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("变更记录 · {title}").format(title=title))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(10))
        self.error_bar = ErrorBar()
        self.table = TableView(
            name="change_table", spoken=_("变更记录"), prefs=view.prefs, several=False
        )
        self.model: PagedTableModel[Change] = PagedTableModel(
            change_columns(self._say), Sort("at", True), parent=self.table
        )
        self.table.setModel(self.model)
        self.empty = EmptyState(NOTHING_YET, _("还没有变更"), icon="history")
        self.stack = QStackedWidget()
        for widget in (Skeleton(), self.table, self.empty):
            self.stack.addWidget(widget)
        rows.addWidget(self.error_bar)
        rows.addWidget(self.stack, 1)
        rows.addLayout(self._foot())
        self._connect()
        room = view_room(parent)
        self.resize(min(theme.px(920), room[0]), min(theme.px(520), room[1]))
        self.load()

    def _foot(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        self.note = ElidedLabel("", "small", "text2")
        self.restore = Button(_("恢复原来的值"), "primary", "undo", key="Enter", name="value_back")
        self.restore.setEnabled(False)
        self.close_button = Button(_("关闭"), name="history_close")
        line.addWidget(self.note, 1)
        line.addWidget(self.restore)
        line.addWidget(self.close_button)
        return line

    def _connect(self) -> None:
        self.table.activated_row.connect(lambda _row: self.restore_value())
        self.table.current_row.connect(lambda _row: self._tell())
        self.restore.clicked.connect(self.restore_value)
        self.close_button.clicked.connect(self.close)
        self._view.signals.changed.connect(self._reload)
        tell_copies(self._view, self.table)

    # -- showing -------------------------------------------------------------------------

    def load(self) -> None:
        """Read the changes on another thread."""
        run_job(self, self._read, self._show, self._fail)

    def _reload(self, _changes: object) -> None:
        self.load()

    def _show(self, changes: Sequence[Change]) -> None:
        at = max(0, self.table.currentIndex().row())
        self.model.set_source(ListSource(changes, sort_value))
        self.stack.setCurrentWidget(self.table if changes else self.empty)
        if changes:
            self.table.go_to(at)
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._tell()

    def _fail(self, error: BaseException) -> None:
        self.error_bar.show_error(error, self.load)

    def _tell(self) -> None:
        """Say what the button would do with the current change."""
        change: Change | None = self.table.current_object() if self.model.rowCount() else None
        possible = change if change is not None and change.restorable else None
        self.restore.setEnabled(possible is not None)
        words = ""
        if possible is not None:
            old = self._say.words(possible, possible.old) or _("空")
            words = _("把“{field}”恢复成：{old}").format(field=translate(possible.word), old=old)
        self.note.setText(words)

    # -- acting --------------------------------------------------------------------------

    def restore_value(self) -> None:
        """Put the old value of the current change back."""
        change = self.table.current_object()
        if change is None or not change.restorable:
            return
        try:
            act_id = self._view.office.history.restore(change)
        except UserError as error:
            show_error(self, error)
            return
        field = translate(change.word)
        text = _("已恢复“{field}”") if act_id else _("“{field}”已经是这个值")
        said(self._view, text.format(field=field), act_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the table; Escape closes."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
            return
        super().keyPressEvent(event)


def view_room(parent: QWidget | None) -> tuple[int, int]:
    """Return the width and height a dialog may have over its window."""
    window = parent.window() if parent is not None else None
    if window is None:
        return 2_000, 2_000
    margin = themes.current().px(40)
    return max(400, window.width() - margin), max(300, window.height() - margin)


def show_customer(view: ViewContext, customer_id: int | None, parent: QWidget | None = None) -> Any:
    """Show the changes of a customer and of all that hangs on it."""
    if customer_id is None:
        return None
    name = view.office.customers.card(customer_id).name
    read = partial(view.office.history.of_customer, customer_id)
    return _open(HistoryDialog(view, name, read, parent))


def show_contact(view: ViewContext, contact_id: int, name: str, parent: QWidget) -> Any:
    """Show the changes of a contact."""
    read = partial(view.office.history.of_contact, contact_id)
    return _open(HistoryDialog(view, name, read, parent))


def show_record(view: ViewContext, table: str, row_id: int, title: str, parent: QWidget) -> Any:
    """Show the changes of one record such as a contract."""
    read = partial(view.office.history.of_record, table, row_id)
    return _open(HistoryDialog(view, title, read, parent))


def _open(dialog: HistoryDialog) -> HistoryDialog:
    dialog.open()
    return dialog
