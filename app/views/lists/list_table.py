"""The table of a list: lines of groups that fold, a header with a menu and a box that ticks all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from app.prefs import Prefs
from app.views.core import icons
from app.views.core import theme as themes
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.grouped import GroupRow
from app.views.itemmodels.listed import ListModel
from app.views.itemmodels.paged import CELL, COLUMN, ROW
from app.views.widgets.buttons import paint_check
from app.views.widgets.table import TableView
from app.views.widgets.table_paint import CellDelegate, TableHeader

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class ListCells(CellDelegate):
    """Draw the lines of groups, a bar at the current row and a frame at its cell."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        row = index.data(ROW)
        if isinstance(row, GroupRow):
            self._paint_group(painter, option, index, row)
            return
        super().paint(painter, option, index)
        view = self._view
        if view.currentIndex().row() == index.row() and view.hasFocus():
            self._paint_bar(painter, option, index)

    def _paint_group(
        self, painter: QPainter, option: QStyleOptionViewItem, index: _Index, row: GroupRow
    ) -> None:
        """Draw the line of a group: chevron, words and number of rows, each sum in its column."""
        theme = themes.current()
        rect: QRect = option.rect
        here = self._view.currentIndex().row() == index.row()
        painter.fillRect(rect, theme.color("selected" if here else "subtle"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column, cell = index.data(COLUMN), index.data(CELL)
        if here and self._view.hasFocus():
            self._paint_bar(painter, option, index)
        if not isinstance(column, Column) or not isinstance(cell, Cell) or not cell.text:
            return
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), -1)
        font = theme.font("body_strong")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = QFontMetrics(font)
        model = index.model()
        if isinstance(model, ListModel) and column.key != model.carrier:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(inner, right, cell.text)
            return
        sign = "chevron_right" if row.folded else "chevron_down"
        box = QRectF(inner.left() - theme.px(2), inner.top(), theme.px(16), inner.height())
        icons.paint(painter, box, sign, "text2", 14)
        inner.setLeft(inner.left() + theme.px(18))
        words = room.elidedText(cell.text, Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(inner, _LEFT, words)

    def _paint_bar(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        rect: QRect = option.rect
        first = self._view.horizontalHeader().logicalIndex(0)
        theme = themes.current()
        if index.column() == self._view.currentIndex().column() and index.column() != first:
            # the cell that F2 edits
            painter.setPen(theme.pen("accent"))
            painter.drawRect(rect.adjusted(0, 0, -1, -2))
        if index.column() == first:
            painter.fillRect(rect.left(), rect.top(), theme.px(3), rect.height() - 1,
                             theme.color("accent"))  # fmt: skip


class ListHeader(TableHeader):
    """Draw a check box over the tick column; a click ticks the whole filter or nothing."""

    tick_wanted = Signal()
    menu_wanted = Signal(str, object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.all_ticked = False
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        super().paintSection(painter, rect, section)
        column = self._column(section)
        if column is not None and column.kind == "check":
            theme = themes.current()
            side = theme.px(16)
            box = QRectF(rect.center().x() - side // 2, rect.center().y() - side // 2, side, side)
            painter.save()
            paint_check(painter, box, self.all_ticked)
            painter.restore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick everything from the box."""
        column = self._column(self.logicalIndexAt(event.position().toPoint()))
        if column is not None and column.kind == "check":
            self.tick_wanted.emit()
            return
        super().mousePressEvent(event)

    def _ask_menu(self, point: Any) -> None:
        column = self._column(self.logicalIndexAt(point))
        if column is not None:
            self.menu_wanted.emit(column.key, self.mapToGlobal(point))


class ListTable(TableView):
    """Show a list; on the line of a group Left, Right and Enter fold and unfold it, or a click.

    ``fold_wanted(key, folded)`` asks for it.
    """

    fold_wanted = Signal(str, bool)

    def __init__(
        self, *, name: str, spoken: str, prefs: Prefs, parent: QWidget | None = None
    ) -> None:
        super().__init__(name=name, spoken=spoken, prefs=prefs, parent=parent)
        self.cells: CellDelegate = ListCells(self)
        self.setItemDelegate(self.cells)
        self.head: ListHeader = ListHeader(self)
        self.set_head(self.head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold groups; the rest is as in any table."""
        if not self._folds(event):
            super().keyPressEvent(event)

    def _folds(self, event: QKeyEvent) -> bool:
        """Fold or unfold the group of the current line; tell whether that is what was asked."""
        row, key = self.current_object(), Qt.Key(event.key())
        if not isinstance(row, GroupRow):
            return False
        folded = {
            Qt.Key.Key_Left: True,
            Qt.Key.Key_Right: False,
            Qt.Key.Key_Return: not row.folded,
            Qt.Key.Key_Enter: not row.folded,
        }.get(key)
        if folded is None:
            return False
        if folded != row.folded:
            self.fold_wanted.emit(row.key, folded)
        return True

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold a group that was clicked."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        row, column = index.data(ROW), index.data(COLUMN)
        ticks = isinstance(column, Column) and column.kind == "check"
        if isinstance(row, GroupRow) and event.button() == Qt.MouseButton.LeftButton and not ticks:
            self.fold_wanted.emit(row.key, not row.folded)

    def show_order(self) -> None:
        """Draw the sort arrow where the model is sorted."""
        model = self.model()
        if isinstance(model, ListModel):
            self._show_sort(model)

    def arrange(self, order: Sequence[str], shown: Collection[str]) -> None:
        """Put the columns into an order and show just these."""
        self.layout_.arrange(order, shown)

    def reset_columns(self) -> None:
        """Show the columns as they are in a new book."""
        self.layout_.reset()
