"""查重: look through the whole book, and merge or tell apart what looks like one customer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.changes import Kind
from app.models.values.pages import Sort
from app.services.customers.duplicates import Group, Scan
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.runner import RunningJob, run_job
from app.views.customers import words
from app.views.customers.duplicates import reason_words
from app.views.customers.merge_panel import MergePanel
from app.views.customers.merging import merge_shown, tell_apart
from app.views.itemmodels import duplicates as items
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.transfer.progress_pane import ProgressPane
from app.views.widgets.buttons import Button
from app.views.widgets.empty_state import DONE, NOTHING_YET, EmptyState
from app.views.widgets.table import TableView

SUREST = Sort("certainty", True)


class DuplicatesPage(Page):
    """List the groups, the surest first; below them the current one field by field."""

    PAGE_ID = "duplicates"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset({Kind.customer, Kind.contact, Kind.batch})

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._job: RunningJob | None = None
        self._scan: Scan | None = None
        self._shown: tuple[Group, ...] = ()
        self.head = self.add_header(_("查重"))
        self.again = Button(_("重新查"), "default", "refresh", name="duplicates_again")
        self.again.clicked.connect(self.start)
        self.head.add_tool(self.again)
        self.model: PagedTableModel[Group] = PagedTableModel(
            items.columns(lambda group: reason_words(group.reasons)),
            SUREST,
            row_id=lambda group: group.ids[0],
            parent=self,
        )
        self.table = TableView(
            name="duplicate_groups", spoken=_("疑似重复"), prefs=view.prefs, several=False
        )
        self.table.setModel(self.model)
        self.panel = MergePanel(view.office)
        self.progress = ProgressPane()
        self.stack = QStackedWidget()
        self._add_stack()
        self.body.addWidget(self.stack, 1)
        self._connect()

    def _add_stack(self) -> None:
        theme = themes.current()
        self.found = QSplitter(Qt.Orientation.Vertical)
        self.found.setChildrenCollapsible(False)
        self.found.addWidget(self.table)
        self.found.addWidget(self.panel)
        self.found.setSizes([theme.px(360), theme.px(400)])
        self.none = EmptyState(DONE, _("没有疑似重复的客户"))
        self.not_yet = EmptyState(NOTHING_YET, _("还没有查过"), _("查重只看，不改数据"))
        begin = self.not_yet.add_button(
            Button(_("开始查重"), "primary", "merge", name="duplicates_begin")
        )
        begin.clicked.connect(self.start)
        for widget in (self.not_yet, self.progress, self.none, self.found):
            self.stack.addWidget(widget)

    def _connect(self) -> None:
        self.progress.stop_wanted.connect(self._stop)
        self.table.current_row.connect(lambda _row: self._show_group())
        self.table.activated_row.connect(lambda _row: self.panel.table.setFocus())
        self.table.delete_wanted.connect(self._tell_apart)
        self.panel.merge_wanted.connect(self.merge)
        self.panel.apart_wanted.connect(self._tell_apart)
        self.panel.opened.connect(
            lambda customer_id: self.view.navigate("customer", customer_id=customer_id)
        )

    # -- the look through the book ---------------------------------------------------------

    def start(self) -> None:
        """Look through the whole book, beside the window."""
        if self._job is not None:
            return
        self.again.setEnabled(False)
        self.progress.begin(_("正在查重"), _("可以先做别的；停下不影响数据"))
        self.stack.setCurrentWidget(self.progress)
        self._job = run_job(
            self,
            self.view.office.customers.duplicates.scan,
            self._came,
            self._failed,
            title=_("查重"),
            progress=self.progress.step,
            cancelled=self._ended,
        )

    def open(self, **params: Any) -> None:
        """Begin to look at once when asked to ``start``, unless there is a result."""
        if params.get("start") and self._scan is None:
            self.start()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.stop()

    def _came(self, scan: Scan) -> None:
        self._scan = scan
        self._ended()

    def _failed(self, error: BaseException) -> None:
        self._ended()
        show_error(self, error)

    def _ended(self) -> None:
        self._job = None
        self.again.setEnabled(True)
        self.refresh()
        self.focus_first()

    # -- what was found ----------------------------------------------------------------------

    def reload(self) -> None:
        """Show what is still open of the last look; the first time take one."""
        if self._job is not None:
            return
        if self._scan is None:
            self.stack.setCurrentWidget(self.not_yet)
            self.again.hide()
            return
        shown = self.view.office.customers.duplicates.still_open(self._scan.groups)
        self.again.show()
        self._show_count(len(shown))
        if shown != self._shown or self.stack.currentWidget() is not self.found:
            at = max(0, self.table.currentIndex().row())
            self._shown = shown
            self.model.set_source(ListSource(shown, items.sort_value))
            self.stack.setCurrentWidget(self.found if shown else self.none)
            if shown:
                self.table.go_to(min(at, len(shown) - 1))
        self._show_group()

    def _show_count(self, count: int) -> None:
        scanned = words.firms(self._scan.customers if self._scan is not None else 0)
        text = ngettext("{count} 组疑似重复", "{count} 组疑似重复", count)
        said = text.format(count=fmt.count(count))
        self.head.set_subtitle(_("{found} · 查了 {firms}").format(found=said, firms=scanned))

    def _show_group(self) -> None:
        group = self.current()
        self.panel.setEnabled(group is not None)
        if group is None:
            return
        try:
            self.panel.show_customers(group.ids)
        except UserError:
            self.panel.setEnabled(False)  # gone meanwhile: the next reload drops the group

    def current(self) -> Group | None:
        """Return the current group."""
        found = self.table.current_object()
        return found if isinstance(found, Group) else None

    # -- acts -----------------------------------------------------------------------------------

    def merge(self) -> None:
        """Merge the current group as it is chosen; the next one comes up."""
        if self.current() is not None and self.panel.isEnabled():
            self.panel.setEnabled(False)
            merge_shown(self.view, self, self.panel, self.refresh)

    def _tell_apart(self) -> None:
        if self.current() is not None:
            try:
                tell_apart(self.view, self.panel.ids())
            except UserError as error:
                show_error(self, error)

    # -- what the window asks -------------------------------------------------------------------

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {"refresh": self.start, "copy": self.table.copy}
        if self.current() is not None:
            found |= {"merge": self.merge}
        return found

    def status_left(self) -> str:
        """Return how many groups there are."""
        count = len(self._shown)
        return ngettext("{count} 组疑似重复", "{count} 组疑似重复", count).format(
            count=fmt.count(count)
        )

    def focus_first(self) -> None:
        """Put the focus into the groups."""
        target: QWidget = self.table if self.stack.currentWidget() is self.found else self.again
        if self.stack.currentWidget() is self.progress:
            target = self.progress.stop
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.table, self.panel.table)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("Enter", _("逐项选；再按一次合并")),
            ("← →", _("选哪一家的")),
            ("Delete", _("不是同一家")),
            ("F5", _("重新查")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Give rows two lines in narrow windows."""
        compact = mode == "compact"
        self.table.set_stacked(compact)
        theme = themes.current()
        self.found.setSizes([theme.px(150 if compact else 360), theme.px(330 if compact else 400)])


def find_duplicates(view: ViewContext, _customer_id: object = None) -> None:
    """Show the page and begin to look, unless there is a result already."""
    view.navigate("duplicates", start=True)
