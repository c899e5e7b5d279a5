"""The big table: header, delegate, keys, copy, frozen first column, remembered widths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QKeyCombination,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.core.theme import Density
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import COLUMN, ROW, PagedTableModel
from app.views.widgets.table_columns import TableColumns
from app.views.widgets.table_copy import copy_chosen
from app.views.widgets.table_frozen import FrozenColumns
from app.views.widgets.table_paint import CellDelegate, TableHeader

_COPY_BARE = QKeyCombination(
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier, Qt.Key.Key_C
)
_SECOND_LINE = 16
_DENSITIES: dict[str, Density] = {"compact": "compact", "normal": "normal", "roomy": "roomy"}


class TableView(QTableView):
    """Show a model of columns, one chosen row at a time or several.

    ``activated_row(row)`` comes for Enter and double click, ``typed(text)`` when letters or
    digits are pressed in the list (they begin a search), ``menu_wanted(row, point)`` for the
    menu key and the right button, ``link_clicked`` never: cells are painted.
    ``copied(count, chosen)`` comes when rows are on the clipboard.
    """

    activated_row = Signal(object)
    current_row = Signal(object)
    typed = Signal(str)
    delete_wanted = Signal()
    menu_wanted = Signal(object, object)
    left_up = Signal()
    paste_wanted = Signal()
    copied = Signal(int, int)
    columns_changed = Signal()

    def __init__(
        self,
        *,
        name: str,
        spoken: str,
        prefs: Prefs | None = None,
        several: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.layout_ = TableColumns(self, prefs)
        self._whole = 0
        self._frozen: FrozenColumns | None = None
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if several else modes.SingleSelection)
        self.cells = CellDelegate(self)
        self.setItemDelegate(self.cells)
        self.head = TableHeader(self)
        self.set_head(self.head)
        self.doubleClicked.connect(lambda index: self.activated_row.emit(index.data(ROW)))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self._tell_current)
        themes.current().changed.connect(self._apply_heights)
        self.horizontalScrollBar().rangeChanged.connect(lambda *_ends: self._show_whole_again())
        self._set_up()
        self._apply_heights()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    # -- model and columns -----------------------------------------------------------------------

    def set_head(self, head: TableHeader) -> None:
        """Use another header."""
        self.head = head
        self.setHorizontalHeader(head)
        head.setFixedHeight(head.full_height())
        head.sectionResized.connect(self.layout_.resized)
        head.sectionMoved.connect(lambda *_moved: self.layout_.keep())
        for changed in (head.sectionResized, head.sectionMoved):
            changed.connect(self._follow)

    def _follow(self, *_unused: object) -> None:
        if self._frozen is not None:
            self._frozen.follow()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show a model and take widths from its columns or from the last time."""
        super().setModel(model)
        if model is None:
            return
        self.layout_.begin()
        selection = self.selectionModel()
        if selection is not None:
            selection.currentRowChanged.connect(lambda _new, _old: self._late.start())
        model.modelReset.connect(self._late.start)
        model.modelReset.connect(self.layout_.begin_if_new)
        if isinstance(model, PagedTableModel):
            self._show_sort(model)
            model.sorted_by.connect(lambda _sort: self._show_sort(model))

    def _shown_model(self) -> QAbstractItemModel | None:
        """Return the model; Qt gives None before there is one, its stubs do not say so."""
        return self.model()

    def columns(self) -> Sequence[Column[Any]]:
        """Return the columns of the model."""
        model = self._shown_model()
        if model is None:
            return ()
        found = (
            model.headerData(at, Qt.Orientation.Horizontal, COLUMN)
            for at in range(model.columnCount())
        )
        return [column for column in found if isinstance(column, Column)]

    def _show_sort(self, model: PagedTableModel[Any]) -> None:
        at = {column.sort_key: at for at, column in enumerate(model.columns) if column.sort_key}
        falling, rising = Qt.SortOrder.DescendingOrder, Qt.SortOrder.AscendingOrder
        self.head.show_sorts(
            {
                at[one.column]: falling if one.descending else rising
                for one in model.order.parts
                if one.column in at
            }
        )

    def set_filtered(self, keys: Iterable[str]) -> None:
        """Mark the columns that are filtered with a small glyph."""
        self.head.filtered = frozenset(keys)
        self.head.viewport().update()

    def freeze_first(self) -> None:
        """Keep the first shown text column in sight while scrolling sideways."""
        if self._frozen is None:
            self._frozen = FrozenColumns(self)

    def show_column(self, key: str, shown: bool) -> None:
        """Show or hide a column and remember it."""
        self.layout_.show(key, shown)

    def shown_columns(self) -> list[str]:
        """Return the keys of the shown columns in their order on screen."""
        return self.layout_.shown()

    def set_stacked(self, stacked: bool) -> None:
        """Show rows of two lines, for windows too narrow for one."""
        self.layout_.stack(stacked)
        self._apply_heights()

    def apply_layout(self) -> None:
        """Show heights and frozen columns as the layout says."""
        self._apply_heights()
        self._follow()

    def below(self, at: int) -> Sequence[int]:
        """Return the columns that stand beneath a column now."""
        return self.layout_.below(at)

    def content_height(self, rows: int) -> int:
        """Return the height in which so many rows are seen without scrolling."""
        return self.head.full_height() + self.verticalHeader().defaultSectionSize() * rows + 1

    def show_whole(self, rows: int) -> None:
        """Be exactly as high as so many rows, also while there is a bar for scrolling sideways."""
        self._whole = rows
        bar = self.horizontalScrollBar()
        extra = bar.sizeHint().height() if bar.maximum() > 0 else 0
        self.setFixedHeight(self.content_height(rows) + extra)

    def _show_whole_again(self) -> None:
        if self._whole:
            self.show_whole(self._whole)

    def _apply_heights(self) -> None:
        theme = themes.current()
        self.verticalHeader().setMinimumSectionSize(theme.px(20))
        second = theme.px(_SECOND_LINE) if self.layout_.stacked else 0
        own = _DENSITIES.get(self.layout_.height)
        high = theme.height_of(own) if own is not None else theme.row_height()
        self.verticalHeader().setDefaultSectionSize(high + second)
        self.head.setFixedHeight(self.head.full_height())
        self.layout_.fit()
        self._show_whole_again()
        self.viewport().update()

    # -- rows ------------------------------------------------------------

    def row_objects(self) -> list[Any]:
        """Return the chosen rows from top to bottom."""
        if self._shown_model() is None:
            return []
        numbers = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.model().index(number, 0).data(ROW) for number in numbers]

    def current_object(self) -> Any:
        """Return the row with the focus, None without."""
        return self.currentIndex().data(ROW) if self.currentIndex().isValid() else None

    def go_to(self, number: int) -> None:
        """Choose a row by its number and scroll to it."""
        model = self._shown_model()
        if model is None or not model.rowCount():
            return
        at = min(max(0, number), model.rowCount() - 1)
        index = model.index(at, self.current_column())
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def choose(self, number: int, column: int = -1) -> None:
        """Make a row the current one without scrolling, in a column or where the cursor stood."""
        model = self._shown_model()
        if model is None or not 0 <= number < model.rowCount():
            return
        flags = QItemSelectionModel.SelectionFlag
        index = model.index(number, column if column >= 0 else self.current_column())
        bar = self.verticalScrollBar().value()
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.verticalScrollBar().setValue(bar)

    def current_column(self) -> int:
        """Return the column the cursor stands in, else the first one shown."""
        here = self.currentIndex().column()
        if here >= 0 and not self.isColumnHidden(here):
            return here
        return next((c for c in range(self.head.count()) if not self.isColumnHidden(c)), 0)

    def _tell_current(self) -> None:
        self.current_row.emit(self.current_object())

    # -- keys and mouse ------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of lists (ui.md 8.2)."""
        key, mods = Qt.Key(event.key()), event.modifiers()
        plain = mods in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.keyCombination() == _COPY_BARE:
            self.copy(headings=False)
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.paste()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain:
            self.activated_row.emit(self.current_object())
        elif key == Qt.Key.Key_Space and plain and self._toggle():
            return
        elif key == Qt.Key.Key_Delete and plain:
            self.delete_wanted.emit()
        elif key == Qt.Key.Key_Up and plain and self.currentIndex().row() <= 0:
            self.left_up.emit()
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and plain:
            self.go_to(0 if key == Qt.Key.Key_Home else self.model().rowCount() - 1)
        elif plain and event.text().isprintable() and event.text().strip():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:
        """Leave typing to ``typed``: a search in SQL, not through loaded rows."""

    def _toggle(self) -> bool:
        model = self.model()
        if not isinstance(model, PagedTableModel) or not any(
            column.kind == "check" for column in self.columns()
        ):
            return False
        model.toggle(self.currentIndex().row())
        return True

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick in the check column without changing the choice."""
        index = self.indexAt(event.position().toPoint())
        column = index.data(COLUMN)
        model = self.model()
        if (
            isinstance(column, Column)
            and column.kind == "check"
            and isinstance(model, PagedTableModel)
        ):
            model.toggle(index.row())
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: Any) -> None:
        """Ask for the menu of the row under the pointer or of the current one."""
        index = self.indexAt(event.pos())
        if not index.isValid():
            index = self.currentIndex()
        self.menu_wanted.emit(index.data(ROW), event.globalPos())

    def viewportEvent(self, event: QEvent) -> bool:
        """Repaint the whole row under the pointer, not one cell."""
        if event.type() in (QEvent.Type.HoverMove, QEvent.Type.MouseMove) and isinstance(
            event, QMouseEvent
        ):
            self.cells.hover(self.indexAt(event.position().toPoint()).row())
        elif event.type() == QEvent.Type.Leave:
            self.cells.hover(-1)
        return super().viewportEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns, and keep the frozen one in place."""
        super().resizeEvent(event)
        self.layout_.fit()
        self._follow()

    # -- copy and paste ------------------------------------------------

    def chosen_numbers(self) -> list[int]:
        """Return the numbers of the chosen rows from top to bottom."""
        if self._shown_model() is None:
            return []
        chosen = self.selectionModel().selection()
        parts = [chosen.at(place) for place in range(chosen.count())]
        return sorted({at for part in parts for at in range(part.top(), part.bottom() + 1)})

    def shown_in_order(self) -> list[Column[Any]]:
        """Return the columns a person sees, in their order, without ticks."""
        known = {column.key: column for column in self.columns()}
        return [known[key] for key in self.shown_columns() if known[key].kind != "check"]

    def copy(self, *, headings: bool = True) -> None:
        """Put the chosen rows on the clipboard as tab-separated text and as a table."""
        copy_chosen(self, headings=headings)

    def paste(self) -> None:
        """Offer what is on the clipboard to whoever takes rows here."""
        self.paste_wanted.emit()


def select_rows(view: QTableView, numbers: Iterable[int]) -> None:
    """Choose several rows."""
    model, chosen = view.model(), QItemSelection()
    for number in numbers:
        chosen.select(model.index(number, 0), model.index(number, model.columnCount() - 1))
    flags = QItemSelectionModel.SelectionFlag
    view.selectionModel().select(chosen, flags.ClearAndSelect | flags.Rows)
