"""One list of deals, contracts or payments: its sums, its table, its empty states."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.pages import Sort
from app.services.deals import CONTRACTS, DealFilter, DealTotals
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import RunningJob, run_job
from app.views.deals.deal_table import DealTable
from app.views.itemmodels.column import Column
from app.views.itemmodels.deals import DealSource
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.shown import all_rows, sheet_of
from app.views.lists.copied import tell_copies
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.skeleton import Skeleton
from app.views.widgets.text import Label


class Sums(QFrame):
    """Show the sums of a list in one line: words small, figures bold."""

    def __init__(self) -> None:
        super().__init__()
        theme = themes.current()
        self.setObjectName("deal_sums")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        self._row.setSpacing(theme.px(6))
        self._row.addStretch(1)

    def show_sums(self, parts: list[tuple[str, str, str]]) -> None:
        """Show (words, figure, tone) parts."""
        while self._row.count() > 1:
            item = self._row.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.deleteLater()
        at = 0
        for words, figure, tone in parts:
            if at:
                self._row.insertSpacing(at, themes.current().px(16))
                at += 1
            self._row.insertWidget(at, Label(words, "small", "text2"))
            self._row.insertWidget(at + 1, Label(figure, "body_strong", tone))
            at += 2
        self.setAccessibleName("，".join(f"{words} {figure}" for words, figure, _t in parts))


class DealList(QWidget):
    """Load and show one list; ``loaded(totals)`` after each load."""

    loaded = Signal(object)
    opened = Signal(object)
    menu_wanted = Signal(object, object)

    def __init__(
        self,
        view: ViewContext,
        listed: Any,
        columns: tuple[Column[Any], ...],
        sort: Sort,
        name: str,
        spoken: str,
    ) -> None:
        super().__init__()
        self._view = view
        self._listed = listed
        self._job: RunningJob | None = None
        self._wanted = DealFilter()
        self._shown: DealFilter | None = None
        self.totals = DealTotals()
        self.sums = Sums()
        self.error_bar = ErrorBar()
        self.table = DealTable(name=name, spoken=spoken, prefs=view.prefs)
        self.model: PagedTableModel[Any] = PagedTableModel(
            columns, sort, row_id=lambda row: row.id, parent=self
        )
        self.table.setModel(self.model)
        tell_copies(view, self.table)
        self.table.activated_row.connect(self._open)
        self.table.menu_wanted.connect(self._menu)
        self.model.failed.connect(self._fail)
        self.empty = EmptyState(NOTHING_YET, _("还没有{what}").format(what=spoken), icon="money")
        self.none = EmptyState("no_match", _("没有符合的{what}").format(what=spoken))
        self.stack = QStackedWidget()
        for widget in (Skeleton(), self.table, self.empty, self.none):
            self.stack.addWidget(widget)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self.sums, self.error_bar):
            rows.addWidget(part)
        rows.addWidget(self.stack, 1)

    def load(self, wanted: DealFilter) -> None:
        """Read sums on another thread; the rows are read as they come into view."""
        self._wanted = wanted
        self.error_bar.clear()
        if self._job is not None:
            self._job.stop()
        self._job = run_job(
            self, partial(_totals, self._view, self._listed, wanted), self._show, self._fail
        )

    def _show(self, totals: DealTotals) -> None:
        self._job = None
        self.totals = totals
        same = self._shown == self._wanted
        row = self.table.currentIndex().row()
        bar = self.table.verticalScrollBar()
        scrolled = bar.value()
        self._shown = self._wanted
        source = DealSource(self._view.office, self._listed, self._wanted, totals.count)
        self.model.set_source(source)
        if totals.count:
            self.stack.setCurrentWidget(self.table)
            self.table.go_to(max(0, row) if same else 0)
            if same:
                bar.setValue(scrolled)
        else:
            bare = self._wanted == DealFilter()
            self.stack.setCurrentWidget(self.empty if bare else self.none)
        self.sums.show_sums(self._sum_words(totals))
        self.sums.setVisible(totals.count > 0)
        self.loaded.emit(totals)

    def _sum_words(self, totals: DealTotals) -> list[tuple[str, str, str]]:
        if self._listed is CONTRACTS:
            left = "warn" if totals.outstanding_fen else "text"
            return [
                (_("已签"), fmt.money_marked(totals.signed_fen), "text"),
                (_("已回"), fmt.money_marked(totals.received_fen), "text"),
                (_("未回"), fmt.money_marked(totals.outstanding_fen), left),
            ]
        found = [(_("净回款"), fmt.money_marked(totals.received_fen), "text")]
        if totals.refunded_fen:
            found.append((_("其中退款"), fmt.money_marked(totals.refunded_fen), "warn"))
        return found

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self.error_bar.show_error(error, lambda: self.load(self._wanted))

    def _open(self, row: Any) -> None:
        if row is not None:
            self.opened.emit(row)

    def _menu(self, row: Any, at: Any) -> None:
        if row is not None:
            self.menu_wanted.emit(row, at)

    def current(self) -> Any:
        """Return the current contract or payment, None without."""
        return self.table.current_object()

    def sheet(self, notes: Sequence[str]) -> ListSheet:
        """Return what the list shows, in its order."""
        source = DealSource(self._view.office, self._listed, self._wanted, self.totals.count)
        rows = all_rows(source, self.model.order)
        title = self.table.accessibleName()
        return sheet_of(self.table.shown_in_order(), rows, self.totals.count, title, notes)

    def focus(self) -> bool:
        """Put the focus into the table; tell whether there is one."""
        if self.stack.currentWidget() is not self.table:
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


def _totals(view: ViewContext, listed: Any, wanted: DealFilter, _p: Progress) -> DealTotals:
    return view.office.deals.totals(listed, wanted)
