"""A table of deals: as any table, with a bar of what has come."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.deals import BAR
from app.views.widgets.table import TableView
from app.views.widgets.table_paint import CellDelegate

_Index = QModelIndex | QPersistentModelIndex


class DealCells(CellDelegate):
    """Draw the bar of a share; the rest as any table does."""

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
        """Draw one cell."""
        if column.kind == BAR and cell.value is not None:
            paint_share(painter, rect, float(cell.value))
        else:
            super().paint_kind(painter, rect, column, cell, index, selected=selected)


def paint_share(painter: QPainter, rect: QRect, share: float) -> None:
    """Draw a thin bar, filled from the left by a share from 0 to 1."""
    theme = themes.current()
    high = theme.px(6)
    box = QRectF(rect.left(), rect.center().y() - high / 2 + 1, rect.width(), high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.brush("neutral"))
    painter.drawRoundedRect(box, high / 2, high / 2)
    if share > 0:
        box.setWidth(max(high, share * box.width()))
        painter.setBrush(theme.brush("good" if share >= 1 else "c1"))
        painter.drawRoundedRect(box, high / 2, high / 2)


class DealTable(TableView):
    """Show contracts or payments."""

    def __init__(
        self,
        *,
        name: str,
        spoken: str,
        prefs: Prefs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, spoken=spoken, prefs=prefs, parent=parent)
        self.cells = DealCells(self)
        self.setItemDelegate(self.cells)
