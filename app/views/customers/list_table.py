"""The customers' table: marks in names, ticked rows, a header that ticks all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem, QWidget

from app.prefs import Prefs
from app.services.lists.sheets import ListSheet
from app.views.core import theme as themes
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.customers import MARKED, CustomersTableModel
from app.views.itemmodels.grouped import GroupRow
from app.views.itemmodels.paged import ROW
from app.views.lists.list_table import ListCells, ListTable
from app.views.widgets.table_copy import copy_sheet

_Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class CustomerCells(ListCells):
    """Draw the name with the searched part tinted, and ticked rows as chosen."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        model = index.model()
        group = isinstance(index.data(ROW), GroupRow)
        if isinstance(model, CustomersTableModel) and not group and model.is_ticked(index.row()):
            option.state |= QStyle.StateFlag.State_Selected
        super().paint(painter, option, index)

    def paint_kind(
        self,
        painter: QPainter,
        rect: QRect,
        column: Column[Any],
        cell: Cell,
        index: _Index,
        *,
        selected: bool,
    ) -> None:
        """Draw the marked name; the rest as any table does."""
        if column.kind != MARKED:
            super().paint_kind(painter, rect, column, cell, index, selected=selected)
            return
        theme = themes.current()
        font = theme.font("name")
        metrics = QFontMetrics(font)
        painter.setFont(font)
        shown = metrics.elidedText(cell.text, Qt.TextElideMode.ElideMiddle, rect.width())
        if cell.value is not None and shown == cell.text:
            start, end = cell.value
            left = rect.left() + metrics.horizontalAdvance(shown[:start])
            wide = metrics.horizontalAdvance(shown[start:end])
            high = metrics.height()
            box = QRectF(left, rect.center().y() - high / 2 + 1, wide, high)
            painter.fillRect(box, theme.color("warnTint"))
        painter.setPen(theme.color("text"))
        painter.drawText(rect, _LEFT, shown)


class CustomerTable(ListTable):
    """Show the customer list; Ctrl+A ticks the whole filter, Esc unticks.

    F2 edits the cell, Shift+F2 the whole form.
    """

    all_wanted = Signal()
    none_wanted = Signal()
    edit_wanted = Signal()
    form_wanted = Signal()

    def __init__(self, *, spoken: str, prefs: Prefs, parent: QWidget | None = None) -> None:
        super().__init__(name="customers_table", spoken=spoken, prefs=prefs, parent=parent)
        self.ticked_sheet: Callable[[], ListSheet | None] | None = None
        self.cells = CustomerCells(self)
        self.setItemDelegate(self.cells)

    def copy(self, *, headings: bool = True) -> None:
        """Copy the ticked customers, or the rows that are chosen."""
        ticked = self.ticked_sheet() if self.ticked_sheet is not None else None
        if ticked is None:
            super().copy(headings=headings)
        else:
            copy_sheet(self, ticked, headings=headings)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of this list."""
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_wanted.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.none_wanted.emit()
        elif event.key() == Qt.Key.Key_F2:
            whole = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            (self.form_wanted if whole else self.edit_wanted).emit()
        else:
            super().keyPressEvent(event)
