"""The rows of the customer list: table, bulk bar and empty states over one loaded answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.services.customers.bulk import Chosen
from app.services.customers.fields import FEATURE
from app.services.lists import ListFilter
from app.services.lists.sheets import ListSheet
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.customers import words
from app.views.customers.bulk_bar import BulkBar
from app.views.customers.list_edits import ListEdits
from app.views.customers.list_empty import ListEmpty
from app.views.customers.list_loader import Answer, ListLoader
from app.views.customers.list_table import CustomerTable
from app.views.itemmodels.customer_source import CustomerSource, read_chosen, read_rows
from app.views.itemmodels.customers import CustomersTableModel, Listed, Words, customer_columns
from app.views.itemmodels.grouped import GroupedSource
from app.views.itemmodels.ordered import OrderedSource
from app.views.itemmodels.paged import Source
from app.views.itemmodels.shown import sheet_of
from app.views.lists.cell_editor import CellEditor
from app.views.lists.folding import fold_only
from app.views.lists.state import ListState, ListView
from app.views.lists.vocabulary import Vocabulary
from app.views.widgets.skeleton import Skeleton

_SUM_LATER_MS = 120
_MARKS = ("tick",)


class ListRows(QWidget):
    """Load and show one list state; keep ticks and place over reloads.

    ``answered(answer)`` after each load, ``counted(counts)`` of the views, ``ticks_changed``,
    ``sorted(sort)`` after a click on a header, ``sorted_also(sort)`` after one with Shift.
    """

    answered = Signal(object)
    counted = Signal(object)
    ticks_changed = Signal()
    sorted = Signal(object)
    sorted_also = Signal(object)

    def __init__(self, view: ViewContext, state: ListState, vocabulary: Vocabulary) -> None:
        super().__init__()
        self._view = view
        self.words = Words(words.Calendar(view.office), view.office.admin.stage_names())
        self.answer: Answer | None = None
        self._wanted = state
        self._folded: set[str] = set()
        self.loader = ListLoader(view.office, self)
        self.loader.answered.connect(self._show)
        self.loader.counted.connect(self.counted)
        self.loader.summed.connect(self._show_sum)
        self.loader.failed.connect(self._fail)
        self._sum_late = QTimer(self)
        self._sum_late.setSingleShot(True)
        self._sum_late.setInterval(_SUM_LATER_MS)
        self._sum_late.timeout.connect(lambda: self.loader.sum(self.model.chosen()))
        self.bulk = BulkBar()
        self.error_bar = ErrorBar()
        self.table = CustomerTable(spoken=_("客户列表"), prefs=view.prefs)
        fields = view.office.features.fields()
        self.model: CustomersTableModel = CustomersTableModel(
            customer_columns(self.words, fields), state.sort, self
        )
        self.table.setModel(self.model)
        self.table.freeze_first()
        self.table.ticked_sheet = self._ticked_sheet
        self.edits = ListEdits(view, vocabulary, self)
        today = view.office.context.today
        self.editor = CellEditor(self.table, self.edits.edit_of, self.edits.save, today)
        self.empty = ListEmpty()
        self.stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        side = themes.current().px(16)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bulk)
        box = QHBoxLayout()
        box.setContentsMargins(side, 0, side, 0)
        box.addWidget(self.error_bar)
        rows.addLayout(box)
        for widget in (Skeleton(), self.table, self.empty):
            self.stack.addWidget(widget)
        rows.addWidget(self.stack, 1)

    def _connect(self) -> None:
        self.model.dataChanged.connect(lambda *_roles: self._ticks_changed())
        self.model.sorted_by.connect(self.sorted)
        self.model.failed.connect(self._fail)
        self.bulk.cleared.connect(self.untick)
        self.table.all_wanted.connect(self.tick_all)
        self.table.head.tick_wanted.connect(self._toggle_all)
        self.table.fold_wanted.connect(self.fold)
        self.table.head.also_wanted.connect(self._sort_also)

    # -- loading -----------------------------------------------------------------------

    def load(self, state: ListState, vocabulary: Vocabulary) -> None:
        """Read a list; the present rows stay until it is there."""
        self.error_bar.clear()
        if state.wanted() != self._wanted.wanted() or state.text != self._wanted.text:
            self.model.untick_all()
        if state.group != self._wanted.group:
            self._folded.clear()
        self._wanted = state
        self._vocabulary = vocabulary
        self.table.set_filtered(vocabulary.columns_of(state.where))
        self.loader.load(state, self.feature_ids())

    def count(self, views: tuple[ListView, ...]) -> None:
        """Count the customers of the views."""
        self.loader.count(views)

    def _sort_also(self, section: int, order: Qt.SortOrder) -> None:
        sort = self.model.sort_of(section, order)
        if sort is not None:
            self.sorted_also.emit(sort)

    def sort_titles(self) -> dict[str, str]:
        """Return the words of every column the list can be ordered by, by its sort key."""
        return {one.sort_key: translate(one.title) for one in self.model.columns if one.sort_key}

    def feature_ids(self) -> list[int]:
        """Return the features whose columns are shown."""
        shown = self.table.shown_columns()
        return [int(key[len(FEATURE) :]) for key in shown if key.startswith(FEATURE)]

    def _show(self, answer: Answer) -> None:
        same = self.answer is not None and self.answer.state == answer.state
        here = self.table.currentIndex()
        place = (self.current_id(), here.row(), self.table.current_column(),
                 self.table.verticalScrollBar().value())  # fmt: skip
        self.answer = answer
        self.words.query = answer.state.text
        self.model.show(self._source(answer), answer.state.sort)
        self.table.show_order()
        if same:
            self._come_back(*place)
        elif answer.total:
            self.table.go_to(0)
        if answer.total:
            self.stack.setCurrentWidget(self.table)
        else:
            self.empty.show_answer(answer, self._vocabulary)
            self.stack.setCurrentWidget(self.empty)
        self._ticks_changed()
        self.answered.emit(answer)

    def _source(self, answer: Answer) -> Source[Any]:
        office, shown = self._view.office, self.feature_ids()

        def read(ids: Sequence[int]) -> tuple[Listed, ...]:
            return read_rows(office, ids, shown)

        if answer.grouped is not None:
            title_of = partial(self._vocabulary.group_words, answer.state.group)
            return GroupedSource(answer.grouped, read, title_of, self._folded)
        if answer.order is not None:
            return OrderedSource(answer.order, read)
        first = (answer.state.sort, answer.first)
        return CustomerSource(office, answer.wanted, answer.total, shown, first)

    def fold(self, key: str, folded: bool) -> None:
        """Fold a group, or show its rows; the line of the group stays where it is."""
        self.fold_only(self._folded | {key} if folded else self._folded - {key}, key)

    def fold_all(self, folded: bool) -> None:
        """Fold every group, or none."""
        source = self.model.source
        if isinstance(source, GroupedSource):
            self.fold_only(set(source.keys()) if folded else set())

    def fold_only(self, keys: set[str], current: str = "") -> None:
        """Fold just these groups."""
        fold_only(self.model, self.table, self._folded, keys, current)

    def _come_back(self, customer_id: int, row: int, column: int, scrolled: int) -> None:
        """Keep the place after the same list was read again."""
        self.table.verticalScrollBar().setValue(scrolled)
        if row < 0:
            return
        self.model.row(row)
        found = self.model.find_loaded(customer_id)
        self.table.choose(found if found >= 0 else row, column)
        if self.editor.field is not None:
            self.editor.rebind(self.model.find_loaded(self.editor.field.edit.row_id))

    def _fail(self, error: BaseException) -> None:
        self.error_bar.show_error(error, lambda: self.load(self._wanted, self._vocabulary))

    # -- rows --------------------------------------------------------------------------

    def current_id(self) -> int:
        """Return the id of the current customer, 0 without."""
        row = self.table.current_object()
        return row.customer.id if isinstance(row, Listed) else 0

    def edit_cell(self) -> str:
        """Edit the current cell in its place; return the key of a column that is not."""
        here = self.table.currentIndex()
        keys = [one.key for one in self.model.columns]
        if here.isValid() and keys[here.column()] in _MARKS:
            here = here.siblingAtColumn(keys.index("name"))
        if not here.isValid() or self.editor.open(here):
            return ""
        return keys[here.column()]

    def chosen(self) -> Chosen:
        """Return the ticked customers, or the ones chosen in the list."""
        if self.ticked_count():
            return self.model.chosen()
        rows = (row for row in self.table.row_objects() if isinstance(row, Listed))
        return Chosen(frozenset(row.customer.id for row in rows))

    def everything(self) -> Chosen:
        """Return all customers of the list."""
        wanted = self.answer.wanted if self.answer is not None else ListFilter(ids=(0,))
        return Chosen(wanted=wanted)

    def sheet(self, *, ticked: bool) -> ListSheet:
        """Return the list as it is shown, or the ticked customers of it, in its order."""
        office, shown, sort = self._view.office, self.feature_ids(), self.model.order
        chosen = self.chosen() if ticked else self.everything()
        total = self.answer.total if self.answer is not None else 0
        count = total - len(chosen.without) if chosen.wanted is not None else len(chosen.ids)
        rows = partial(read_chosen, office, chosen, sort, tuple(shown))
        return sheet_of(self.table.shown_in_order(), rows, count, _("客户"))

    def _ticked_sheet(self) -> ListSheet | None:
        return self.sheet(ticked=True) if self.ticked_count() else None

    def focus(self) -> QWidget | None:
        """Put the focus into the table and return it, None when the list is empty."""
        if self.stack.currentWidget() is self.empty:
            return None
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        return self.table

    # -- ticks -------------------------------------------------------------------------

    def tick_all(self) -> None:
        """Tick every customer of the filter, not only those in memory."""
        if self.answer is not None and self.answer.total:
            self.model.tick_all(self.answer.wanted)

    def untick(self) -> bool:
        """Take all ticks away; tell whether there were any."""
        had = self.ticked_count() > 0
        self.model.untick_all()
        return had

    def _toggle_all(self) -> None:
        if self.model.whole:
            self.untick()
        else:
            self.tick_all()

    def ticked_count(self) -> int:
        """Return how many customers are ticked."""
        return self.model.ticked_count(self.answer.total if self.answer is not None else 0)

    def _ticks_changed(self) -> None:
        count = self.ticked_count()
        self.bulk.show_state(count, None, whole=self.model.whole)
        head = self.table.head
        head.all_ticked = self.model.whole and not self.model.ticked
        head.viewport().update()
        self.table.viewport().update()
        if count:
            self._sum_late.start()
        self.ticks_changed.emit()

    def _show_sum(self, fen: int) -> None:
        self.bulk.show_state(self.ticked_count(), fen, whole=self.model.whole)
