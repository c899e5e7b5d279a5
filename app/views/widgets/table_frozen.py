"""The first columns of a table, kept in sight while the table is scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QTableView

from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import COLUMN, PagedTableModel
from app.views.widgets.table_paint import TableHeader

if TYPE_CHECKING:
    from app.views.widgets.table import TableView

_MOST = 0.7
"""The share of a table that frozen columns may take; what goes beyond scrolls."""


class FrozenColumns(QTableView):
    """Lie over the left edge of a table and show its first columns, as many as its layout says."""

    def __init__(self, table: TableView) -> None:
        super().__init__(table)
        self._table = table
        self.setObjectName(f"{table.objectName()}_frozen")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setModel(table.model())
        self.setSelectionModel(table.selectionModel())
        self.setSelectionBehavior(table.selectionBehavior())
        self.setItemDelegate(table.cells)
        self.setHorizontalHeader(TableHeader(self))
        self.verticalHeader().hide()
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(off)
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollMode(table.verticalScrollMode())
        self.verticalScrollBar().valueChanged.connect(table.verticalScrollBar().setValue)
        table.verticalScrollBar().valueChanged.connect(self.verticalScrollBar().setValue)
        table.horizontalScrollBar().valueChanged.connect(self.follow)
        self.doubleClicked.connect(table.doubleClicked)
        self.setAccessibleName(table.accessibleName())
        self.follow()

    def columns(self) -> list[int]:
        """Return the columns to keep in sight, from the left: text ones count, a tick does not."""
        table, left = self._table, self._table.layout_.frozen
        room = table.viewport().width() * _MOST
        found: list[int] = []
        for place in range(table.head.count()):
            at = table.head.logicalIndex(place)
            if table.isColumnHidden(at):
                continue
            room -= table.columnWidth(at)
            if left <= 0 or (found and room < 0):
                break
            found.append(at)
            left -= table.columns()[at].kind != "check"
        return found

    def follow(self, *_unused: object) -> None:
        """Cover exactly these columns, only while the table is scrolled sideways."""
        table, kept = self._table, self.columns()
        self.setVisible(bool(kept) and table.horizontalScrollBar().value() > 0)
        if self.isHidden():
            return
        for place, at in enumerate(kept):
            self.horizontalHeader().moveSection(self.horizontalHeader().visualIndex(at), place)
            self.setColumnWidth(at, table.columnWidth(at))
        for at in range(table.head.count()):
            self.setColumnHidden(at, at not in kept)
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(table.head.height())
        high = table.viewport().height() + table.head.height()
        self.setGeometry(0, 0, sum(table.columnWidth(at) for at in kept), high)
        self.raise_()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick in the check column, as in the table."""
        index = self.indexAt(event.position().toPoint())
        column, model = index.data(COLUMN), self._table.model()
        ticks = isinstance(column, Column) and column.kind == "check"
        if ticks and isinstance(model, PagedTableModel):
            model.toggle(index.row())
            return
        super().mousePressEvent(event)
