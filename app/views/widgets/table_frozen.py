"""The first column of a table, kept in sight while the table is scrolled sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTableView

from app.views.widgets.table_paint import TableHeader

if TYPE_CHECKING:
    from app.views.widgets.table import TableView


class FrozenColumn(QTableView):
    """Lie over the left edge of a table and show its first column."""

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
        self.setAccessibleName(table.accessibleName())
        self.follow()

    def follow(self, *_unused: object) -> None:
        """Cover exactly the first column, only while the table is scrolled sideways."""
        table = self._table
        first = next((at for at in range(table.head.count()) if not table.isColumnHidden(at)), 0)
        self.setVisible(table.horizontalScrollBar().value() > 0)
        for at in range(table.head.count()):
            self.setColumnHidden(at, at != first)
        self.setColumnWidth(first, table.columnWidth(first))
        self.verticalHeader().setDefaultSectionSize(table.verticalHeader().defaultSectionSize())
        self.horizontalHeader().setFixedHeight(table.head.height())
        high = table.viewport().height() + table.head.height()
        self.setGeometry(0, 0, table.columnWidth(first), high)
        self.raise_()
