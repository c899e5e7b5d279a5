"""The model of a list: ordered by who shows it, with lines of groups between its rows."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from PySide6.QtCore import Qt

from app.models.values.pages import Sort
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.grouped import GroupRow, group_cells
from app.views.itemmodels.paged import PagedTableModel, Source


class ListModel(PagedTableModel[Any]):
    """Show a list; ``carrier`` is the column where the words of a group stand."""

    def __init__(
        self,
        columns: Sequence[Column[Any]],
        sort: Sort,
        *,
        carrier: str,
        row_id: Callable[[Any], Hashable],
        parent: Any = None,
    ) -> None:
        super().__init__(columns, sort, row_id=row_id, parent=parent)
        self.carrier = carrier

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask for another order; it is shown once it has been read."""
        fresh = self.sort_of(column, order)
        if fresh is not None and fresh != self.order:
            self.sorted_by.emit(fresh)

    def show(self, source: Source[Any], sort: Sort) -> None:
        """Show a source in an order of its own."""
        if self.order != sort:
            self.blockSignals(True)
            self.set_sort(sort)
            self.blockSignals(False)
        self.set_source(source)

    def cells_of(self, row: Any) -> list[Cell]:
        """Return what a row shows, or the line of a group."""
        if isinstance(row, GroupRow):
            return group_cells(self.columns, row, self.carrier)
        return super().cells_of(row)
