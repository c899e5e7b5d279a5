"""回收站: what was deleted, by whom and how; back with all of it, or gone for good."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QStackedWidget, QWidget

from app.i18n import _, ngettext, translate
from app.models.values.changes import Kind
from app.models.values.pages import Sort
from app.services.undo.bin import KEPT_DAYS, KINDS, BinList, BinRow
from app.views.admin import bin_acts
from app.views.admin.bin_words import counted
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.runner import RunningJob, run_job
from app.views.itemmodels.bin import bin_columns, sort_value
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.lists.copied import tell_copies
from app.views.widgets.buttons import Button, Select
from app.views.widgets.empty_state import DONE, NO_MATCH, EmptyState
from app.views.widgets.search_field import SearchField
from app.views.widgets.skeleton import Skeleton
from app.views.widgets.table import TableView
from app.views.widgets.text import ElidedLabel


class BinPage(Page):
    """List deleted records, newest first; Enter brings one back, Delete erases it."""

    PAGE_ID = "bin"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {
            Kind.customer, Kind.contact, Kind.followup, Kind.next_step, Kind.contract,
            Kind.payment, Kind.opportunity, Kind.product, Kind.radar, Kind.batch,
        }
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._job: RunningJob | None = None
        self._focus_late = False
        self.found = BinList()
        self._add_head()
        self.error_bar = ErrorBar()
        self.table = TableView(name="bin_table", spoken=_("回收站"), prefs=view.prefs)
        context = view.office.context
        self.model: PagedTableModel[BinRow] = PagedTableModel(
            bin_columns(context.now, context.zone, context.today),
            Sort("at", True),
            row_id=lambda row: row.picked,
            parent=self,
        )
        self.table.setModel(self.model)
        self.empty = EmptyState(
            DONE, _("回收站是空的"), _("删除的内容会在这里留 {days} 天").format(days=KEPT_DAYS),
            icon="trash",
        )  # fmt: skip
        self.none = EmptyState(NO_MATCH, _("没有符合的内容"))
        self.stack = QStackedWidget()
        for widget in (Skeleton(), self.table, self.empty, self.none):
            self.stack.addWidget(widget)
        self.note = ElidedLabel("", "small", "text2")
        self.note.setObjectName("bin_note")
        theme = themes.current()
        self.below = QFrame()
        line = QHBoxLayout(self.below)
        line.setContentsMargins(theme.px(16), theme.px(6), theme.px(16), theme.px(6))
        line.addWidget(self.note)
        self.body.addWidget(self.error_bar)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.below)
        self._connect()

    def _add_head(self) -> None:
        self.head = self.add_header(_("回收站"))
        self.search = SearchField(_("名称、内容、编号"), name="bin_search", width=240)
        self.search.setFixedWidth(themes.current().px(240))
        kinds = [("", _("全部类别")), *((one, translate(noun)) for one, noun in KINDS.items())]
        self.kind = Select(kinds, name="bin_kind", spoken=_("类别"))
        self.erase = Button(_("彻底删除…"), "danger", name="bin_erase")
        self.restore = Button(_("恢复"), "primary", "undo", key="Enter", name="bin_restore")
        for tool in (self.search, self.kind, self.erase, self.restore):
            self.head.add_tool(tool)

    def _connect(self) -> None:
        self.search.searched.connect(lambda _text: self.reload())
        self.search.went_down.connect(self.focus_first)
        self.search.entered.connect(self.focus_first)
        self.kind.activated.connect(lambda _at: self.reload())
        self.restore.clicked.connect(self.restore_chosen)
        self.erase.clicked.connect(self.erase_chosen)
        self.table.activated_row.connect(lambda _row: self.restore_chosen())
        self.table.delete_wanted.connect(self.erase_chosen)
        self.table.menu_wanted.connect(self._menu)
        self.table.left_up.connect(self.focus_search)
        self.table.typed.connect(self._type_ahead)
        self.table.current_row.connect(lambda _row: self._tell_coming())
        self.model.failed.connect(self._fail)
        tell_copies(self.view, self.table)

    # -- showing -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the bin on another thread."""
        self.error_bar.clear()
        if self._job is not None:
            self._job.stop()
        words, kind = self.search.text().strip(), str(self.kind.value() or "")
        self._job = run_job(
            self, partial(self.view.office.bin.rows, words, kind), self._show, self._fail
        )

    def _show(self, found: BinList) -> None:
        self._job = None
        self.found = found
        row = max(0, self.table.currentIndex().row())
        self.model.set_source(ListSource(found.rows, sort_value))
        bare = not (self.search.text().strip() or self.kind.value())
        if found.rows:
            self.stack.setCurrentWidget(self.table)
            self.table.go_to(row)
        else:
            self.stack.setCurrentWidget(self.empty if bare else self.none)
        for button in (self.restore, self.erase):
            button.setEnabled(bool(found.rows))
        if self._focus_late:
            self.focus_first()
        self._tell_coming()
        self.status_changed.emit()

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self.error_bar.show_error(error, self.reload)

    def _tell_coming(self) -> None:
        """Say below the list what comes back with the current record."""
        row = self.table.current_object() if self.found.rows else None
        self.below.setVisible(row is not None)
        if row is not None:
            job = partial(bin_acts.coming_words, self.view.office, row)
            run_job(self, job, partial(self._show_coming, row))

    def _show_coming(self, row: BinRow, words: str) -> None:
        if self.table.current_object() == row:
            self.note.setText(words)

    # -- acts ----------------------------------------------------------------------------

    def chosen(self) -> list[BinRow]:
        """Return the chosen records."""
        return [row for row in self.table.row_objects() if row is not None]

    def restore_chosen(self) -> None:
        """Bring the chosen records back."""
        bin_acts.restore(self.view, self, self.chosen())

    def erase_chosen(self) -> None:
        """Ask, and erase the chosen records for good."""
        bin_acts.erase(self.view, self, self.chosen())

    def _menu(self, row: object, at: QPoint) -> None:
        if not isinstance(row, BinRow):
            return
        menu = QMenu(self)
        menu.setObjectName("bin_menu")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(_("恢复") + "\tEnter", self.restore_chosen)
        if row.kind != "customer" and row.named.customer_id:
            menu.addAction(_("打开客户"), partial(self._open_customer, row.named.customer_id))
        menu.addSeparator()
        menu.addAction(_("彻底删除…") + "\tDelete", self.erase_chosen)
        menu.popup(at)

    def _open_customer(self, customer_id: int) -> None:
        self.view.navigate("customer", customer_id=customer_id)

    def _type_ahead(self, text: str) -> None:
        self.focus_search()
        self.search.setText(text)
        self.search.setCursorPosition(len(text))

    # -- what the window asks --------------------------------------------------------------

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {
            "find": self.focus_search,
            "refresh": self.reload,
            "copy": self.table.copy,
            "select_all": self.table.selectAll,
        }
        if self.found.rows:
            found["delete"] = self.erase_chosen
        return found

    def status_left(self) -> str:
        """Return how many records are in the bin, and that more are than shown."""
        total, shown = self.found.total, len(self.found.rows)
        words = counted(total)
        if shown < total:
            more = ngettext("列出最近 {count} 条", "列出最近 {count} 条", shown)
            words = f"{words} · {more.format(count=f'{shown:,}')}"
        return words

    def focus_first(self) -> None:
        """Put the focus into the list as soon as it is there."""
        shown = self.stack.currentWidget() is self.table
        self._focus_late = self._job is not None and not shown
        (self.table if shown else self.search).setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.table, self.search)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("Enter", _("恢复")),
            ("Delete", _("彻底删除")),
            (_("字母、数字"), _("开始搜索")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Give rows two lines in narrow windows."""
        compact = mode == "compact"
        self.search.setFixedWidth(themes.current().px(160 if compact else 240))
        self.table.set_stacked(compact)

    def params(self) -> dict[str, Any]:
        """Return nothing: the page begins anew."""
        return {}
