"""One list of records: views, conditions, groups and columns, read in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.services.jobs import Progress
from app.services.lists import Condition, Group, ListFilter
from app.services.lists.groups import Grouped
from app.services.lists.listing import Listing
from app.services.lists.orders import Order
from app.services.lists.sheets import ListSheet
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import RunningJob, run_job
from app.views.itemmodels.grouped import GroupedSource, GroupRow
from app.views.itemmodels.listed import ListModel
from app.views.itemmodels.ordered import OrderedSource
from app.views.itemmodels.paged import Source
from app.views.itemmodels.shown import sheet_of
from app.views.lists.column_chooser import ColumnChooser
from app.views.lists.column_menu import column_choices, column_menu
from app.views.lists.controls import FilterControls
from app.views.lists.copied import tell_copies
from app.views.lists.filter_row import FilterRow
from app.views.lists.folding import fold_only
from app.views.lists.list_table import ListTable
from app.views.lists.record_kind import CARRIER, RecordKind, record_vocabulary
from app.views.lists.shown_views import ShownViews
from app.views.lists.state import ListState, ListView
from app.views.lists.view_row import ViewRow
from app.views.widgets.empty_state import NO_MATCH, EmptyState
from app.views.widgets.skeleton import Skeleton

_PIECE = 1_000
_COUNT_LATER_MS = 400


@dataclass(frozen=True, slots=True)
class _Answer:
    state: ListState
    order: Order
    grouped: Grouped | None = None


class RecordList(QWidget):
    """Show records of one kind; ``answered`` after each load, ``opened(row)`` for Enter."""

    answered = Signal()
    opened = Signal(object)

    def __init__(self, view: ViewContext, kind: RecordKind) -> None:
        super().__init__()
        self._view = view
        self.kind = kind
        self._listing: Listing[Any] = view.office.records[kind.name]
        self.vocabulary = record_vocabulary(view.office, kind)
        self.saved = ShownViews(view, self, self, kind.name, self._built_in)
        self.state = self.saved.first()
        self.total = 0
        self._answer: _Answer | None = None
        self._folded: set[str] = set()
        self._counts: dict[str, int] = {}
        self._jobs: dict[str, RunningJob] = {}
        columns = tuple(
            replace(one, sort_key=kind.sorted_by.get(one.key, ""))
            for one in kind.columns(view.office)
        )
        self.model = ListModel(columns, kind.newest, carrier=CARRIER, row_id=_row_id, parent=self)
        self.view_row = ViewRow()
        self.filter_row = FilterRow(kind.orders)
        self.error_bar = ErrorBar()
        spoken = translate(kind.title)
        self.table = ListTable(name=f"{kind.name}_list", spoken=spoken, prefs=view.prefs)
        self.table.setModel(self.model)
        self.table.freeze_first()
        self.controls = FilterControls(
            self.filter_row, self.vocabulary, self, self.set_state, self.sort_titles, self.groups
        )
        self.empty = EmptyState(
            NO_MATCH, _("没有符合的{what}").format(what=spoken), _("去掉一个条件，或换一个视图")
        )
        self.stack = QStackedWidget()
        self._count_late = QTimer(self)
        self._count_late.setSingleShot(True)
        self._count_late.timeout.connect(self._count)
        self._lay_out()
        self._connect()
        self.saved.attach(self.view_row, self.table.layout_)
        self.saved.use_columns(self.state)

    def _built_in(self) -> Sequence[ListView]:
        context = self._view.office.context
        return self.kind.views(context.actor, context.today())

    def _lay_out(self) -> None:
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        for part in (self.view_row, self.filter_row, self.error_bar):
            rows.addWidget(part)
        for widget in (Skeleton(), self.table, self.empty):
            self.stack.addWidget(widget)
        rows.addWidget(self.stack, 1)

    def _connect(self) -> None:
        table, row = self.table, self.filter_row
        tell_copies(self._view, table)
        self.model.sorted_by.connect(self.controls.sort_by)
        self.model.failed.connect(self._fail)
        table.head.also_wanted.connect(self._sort_also)
        table.head.menu_wanted.connect(lambda key, at: self.column_menu(key).popup(at))
        table.fold_wanted.connect(self._fold)
        table.columns_changed.connect(self.show_state)
        table.activated_row.connect(self._open)
        row.fold_all_wanted.connect(self._fold_all)
        row.height_chosen.connect(table.layout_.set_height)
        row.frozen_chosen.connect(table.layout_.set_frozen)
        self.view_row.columns_wanted.connect(self.choose_columns)

    # -- what is shown ----------------------------------------------------------------------

    def set_state(self, state: ListState) -> None:
        """Show another list."""
        if state != self.state:
            self.state = state
            self.saved.use_columns(state)
            self.load()

    def reload(self) -> None:
        """Read list and counts again."""
        self.vocabulary.forget()
        self.saved.refresh()
        self.load()
        self._count_late.start(_COUNT_LATER_MS)

    def load(self) -> None:
        """Read the list; the present rows stay until it is there."""
        self.error_bar.clear()
        self.show_state()
        job = partial(_read, self._listing, self.kind, self.state)
        self._ask("list", job, self._show, _("正在排序"))

    def _count(self) -> None:
        states = {one.id: one.state() for one in self.saved.views}
        self._ask("counts", partial(_counted, self._listing, states), self._show_counts)

    def _ask(self, name: str, job: Any, came: Any, title: str = "") -> None:
        former = self._jobs.pop(name, None)
        if former is not None:
            former.stop()
        running: list[RunningJob] = []

        def arrived(result: Any) -> None:
            if self._jobs.get(name) is running[0]:
                del self._jobs[name]
                came(result)

        running.append(run_job(self, job, arrived, self._fail, title=title))
        self._jobs[name] = running[0]

    def is_busy(self) -> bool:
        """Tell whether something is being read."""
        return bool(self._jobs)

    def _show_counts(self, counts: dict[str, int]) -> None:
        self._counts = counts
        self.show_state()

    def show_state(self) -> None:
        """Show views, conditions, order and heights as they are."""
        state = self.state
        self.controls.show_state()
        self.filter_row.show_layout(self.table.layout_.layout())
        self.view_row.show_state(state.view_id, self.saved.changed(state), self._counts)
        self.table.set_filtered(self.vocabulary.columns_of(state.where))

    def _show(self, answer: _Answer) -> None:
        former, self._answer = self._answer, answer
        same = former is not None and former.state == answer.state
        if former is not None and former.state.group != answer.state.group:
            self._folded.clear()
        here, scrolled = self.table.currentIndex(), self.table.verticalScrollBar().value()
        self.total = len(answer.order)
        self.model.show(self._source(answer), answer.state.sort)
        self.table.show_order()
        if self.total:
            self.stack.setCurrentWidget(self.table)
            if same and here.row() >= 0:
                self.table.verticalScrollBar().setValue(scrolled)
                self.table.choose(min(here.row(), self.model.rowCount() - 1), here.column())
            else:
                self.table.go_to(0)
        else:
            self.stack.setCurrentWidget(self.empty)
        self.answered.emit()

    def _source(self, answer: _Answer) -> Source[Any]:
        if answer.grouped is None:
            return OrderedSource(answer.order, self._listing.rows)
        title_of = partial(self.vocabulary.group_words, answer.state.group)
        return GroupedSource(answer.grouped, self._listing.rows, title_of, self._folded)

    def _fail(self, error: BaseException) -> None:
        self.error_bar.show_error(error, self.load)

    # -- groups, orders, columns --------------------------------------------------------------

    def groups(self) -> list[tuple[str, str]]:
        """Return what the list can be grouped by."""
        titles = self.kind.all_titles()
        return [(key, translate(titles[key])) for key in self.kind.groups]

    def sort_titles(self) -> dict[str, str]:
        """Return the words of every column the list can be ordered by, by its sort key."""
        return {one.sort_key: translate(one.title) for one in self.model.columns if one.sort_key}

    def _sort_also(self, section: int, order: Qt.SortOrder) -> None:
        sort = self.model.sort_of(section, order)
        if sort is not None:
            self.controls.sort_also_by(sort)

    def _fold(self, key: str, folded: bool) -> None:
        self._fold_only(self._folded | {key} if folded else self._folded - {key}, key)

    def _fold_all(self, folded: bool) -> None:
        source = self.model.source
        if isinstance(source, GroupedSource):
            self._fold_only(set(source.keys()) if folded else set())

    def _fold_only(self, keys: set[str], current: str = "") -> None:
        fold_only(self.model, self.table, self._folded, keys, current)

    def column_menu(self, key: str) -> QMenu:
        """Return the menu of a column."""
        return column_menu(self, self, key, self.groups(), (CARRIER,))

    def choose_columns(self) -> None:
        """Open the column chooser."""
        chooser = ColumnChooser(self._choices(), self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.changed.connect(lambda keys: self.table.arrange(chooser.listed.order(), set(keys)))

        def reset() -> None:
            self.table.reset_columns()
            chooser.set_choices(self._choices())

        chooser.reset_wanted.connect(reset)
        chooser.show_under(self.view_row.export, right=True)

    def _choices(self) -> list[Any]:
        return column_choices(self.table, CARRIER, (), lambda _key: False)

    # -- rows ---------------------------------------------------------------------------------

    def current(self) -> Any:
        """Return the current record, None on the line of a group or without one."""
        row = self.table.current_object()
        return None if isinstance(row, GroupRow) else row

    def _open(self, row: object) -> None:
        if row is not None and not isinstance(row, GroupRow):
            self.opened.emit(row)

    def sheet(self) -> ListSheet:
        """Return the list as it is shown, in its order."""
        ids = self._answer.order.ids if self._answer is not None else ()
        notes = [self.vocabulary.sentence(one) for one in self.state.where]
        rows = partial(_all_rows, self._listing, tuple(ids))
        title = translate(self.kind.title)
        return sheet_of(self.table.shown_in_order(), rows, len(ids), title, notes)

    def focus(self) -> bool:
        """Put the focus into the table; tell whether there is one."""
        if self.stack.currentWidget() is not self.table:
            return False
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return True

    def set_narrow(self, narrow: bool) -> None:
        """Fold what has no room in small windows."""
        self.view_row.set_narrow(narrow)
        self.filter_row.set_narrow(narrow)
        self.table.set_stacked(narrow)


def _row_id(row: Any) -> int:
    return 0 if isinstance(row, GroupRow) else int(row.id)


# -- on another thread ------------------------------------------------------------------------


def _wanted(kind: RecordKind, state: ListState) -> ListFilter:
    if not state.text:
        return state.wanted()
    typed = tuple(Condition(field, "contains", (state.text,)) for field in kind.searched)
    return ListFilter((*state.where, Group(typed)), state.ids)


def _read(listing: Listing[Any], kind: RecordKind, state: ListState, progress: Progress) -> _Answer:
    wanted = _wanted(kind, state)
    if state.group:
        grouped = listing.grouped(wanted, state.group, state.sort, progress)
        return _Answer(state, grouped.order, grouped)
    return _Answer(state, listing.order(wanted, state.sort, progress))


def _counted(
    listing: Listing[Any], states: dict[str, ListState], progress: Progress
) -> dict[str, int]:
    counts: dict[str, int] = {}
    for view_id, state in states.items():
        progress.step(len(counts), len(states))
        counts[view_id] = listing.count(state.wanted())
    return counts


def _all_rows(listing: Listing[Any], ids: tuple[int, ...], progress: Progress) -> Iterator[Any]:
    for start in range(0, len(ids), _PIECE):
        progress.step(start, len(ids))
        yield from listing.rows(ids[start : start + _PIECE])
    progress.step(len(ids), len(ids))
