"""Rows of an import in memory, some cells of which are choices made by the person."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from app.views.itemmodels.column import Cell, Column, cell_of
from app.views.itemmodels.paged import CELL, COLUMN, ROW
from app.views.widgets.text import plain_tip

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_KEPT = 400

CHOICE = "choice"
"""A column kind: a choice that F2, Enter or a click opens."""
STATE = "state"
"""A column kind: a tag with an icon; value = (words, tone, icon)."""
ARROW = "arrow"
"""A column kind: an arrow to the right."""
RADIO = "radio"
"""A column kind: one of two versions; value = whether it is the one taken."""
FILL = "fill"
"""A column kind: words on a tint; value = (tone, framed) or None."""

OPTIONS = Qt.ItemDataRole.UserRole + 3
"""The (value, words) that a choice offers."""


class RowsTableModel(QAbstractTableModel, Generic[T]):
    """Show a list of rows; ``picked(row number, column key, value)`` tells of a choice."""

    picked = QtSignal(int, str, object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        options: Callable[[T, str], Sequence[tuple[object, str]]] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._options = options
        self._rows: Sequence[T] = ()
        self._cells: dict[int, list[Cell]] = {}

    @property
    def rows(self) -> Sequence[T]:
        """Return all rows."""
        return self._rows

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """Return the columns."""
        return self._columns

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show other rows; as many as before keep the place in the list."""
        self._cells.clear()
        if len(rows) == len(self._rows) and rows:
            self._rows = rows
            last = self.index(len(rows) - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def set_columns(self, columns: Sequence[Column[T]], rows: Sequence[T]) -> None:
        """Show other columns and rows."""
        self.beginResetModel()
        self._columns = tuple(columns)
        self._rows = rows
        self._cells.clear()
        self.endResetModel()

    def refresh(self, number: int) -> None:
        """Draw a row again after its choice was kept."""
        self._cells.pop(number, None)
        self.dataChanged.emit(self.index(number, 0), self.index(number, len(self._columns) - 1))

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NONE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return what a role asks of a cell."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        column = self._columns[index.column()]
        if role == ROW:
            return self._rows[index.row()]
        if role == COLUMN:
            return column
        if role == OPTIONS:
            row = self._rows[index.row()]
            return self._options(row, column.key) if self._options is not None else ()
        return self._shown(self._cell(index), column, role)

    def _shown(self, cell: Cell, column: Column[T], role: int) -> Any:
        if role == CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.EditRole:
            return cell.value
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(cell.tip) if cell.tip != "—" else None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{column.heading} {cell.spoken}".strip()
        return None

    def _cell(self, index: _Index) -> Cell:
        number = index.row()
        if number not in self._cells:
            if len(self._cells) > _KEPT:
                self._cells.clear()
            row = self._rows[number]
            self._cells[number] = [cell_of(column, row) for column in self._columns]
        return self._cells[number][index.column()]

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return title and column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == COLUMN:
            return column
        return column.heading if role == Qt.ItemDataRole.DisplayRole else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let choices be edited; other cells only be chosen."""
        found = super().flags(index)
        if not index.isValid() or self._columns[index.column()].kind != CHOICE:
            return found
        return found | Qt.ItemFlag.ItemIsEditable if self.data(index, OPTIONS) else found

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of a choice; whoever keeps it shows the row again."""
        if role != Qt.ItemDataRole.EditRole or value == self._cell(index).value:
            return False
        self.picked.emit(index.row(), self._columns[index.column()].key, value)
        return True
