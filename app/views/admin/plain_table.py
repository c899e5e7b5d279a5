"""A short table of rows in memory: keeps its selection, fits its rows, moves them with Alt+↑↓."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QHeaderView, QVBoxLayout

from app.models.values.pages import Sort
from app.prefs import Prefs
from app.views.core import theme as themes
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.card import Card
from app.views.widgets.table import TableView

T = TypeVar("T")


class _View(TableView):
    moved = Signal(int)
    opened = Signal()
    _grabbed = -1

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the row that is taken hold of."""
        super().mousePressEvent(event)
        self._grabbed = self.indexAt(event.position().toPoint()).row()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Move the row to where it is let go."""
        super().mouseReleaseEvent(event)
        here = self.indexAt(event.position().toPoint()).row()
        grabbed, self._grabbed = self._grabbed, -1
        if grabbed >= 0 and here >= 0 and here != grabbed:
            self.selectRow(grabbed)
            self.moved.emit(here - grabbed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the row with Alt and an arrow, open it with F2 as well."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.moved.emit(step)
        elif event.key() == Qt.Key.Key_F2:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class PlainTable(Card, Generic[T]):
    """Show rows in a card that is as high as they are; ``last`` names the column that stretches."""

    chosen = Signal(object)
    opened = Signal(object)
    moved = Signal(int)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        row_id: Callable[[T], Hashable],
        *,
        name: str,
        spoken: str,
        last: str,
        prefs: Prefs | None = None,
    ) -> None:
        super().__init__(padded=False, name=f"{name}_card")
        self._row_id = row_id
        self._rows: list[T] = []
        self.view = _View(name=name, spoken=spoken, prefs=prefs, several=False)
        self.model: PagedTableModel[T] = PagedTableModel(
            columns, Sort(""), row_id=row_id, parent=self.view
        )
        self.view.setModel(self.model)
        self.stretch(last)
        self.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.current_row.connect(self.chosen)
        self.view.activated_row.connect(self.opened)
        self.view.opened.connect(lambda: self.opened.emit(self.current()))
        self.view.moved.connect(self.moved)
        body: QVBoxLayout = self.body
        body.addWidget(self.view)

    @property
    def rows(self) -> Sequence[T]:
        """Return the rows in order."""
        return tuple(self._rows)

    def show_rows(self, rows: Sequence[T]) -> None:
        """Show rows; the chosen one stays chosen while it is there."""
        kept = self.current_id()
        self._rows = list(rows)
        self.model.set_source(ListSource(self._rows))
        theme = themes.current()
        high = theme.size("table_header") + theme.row_height() * max(1, len(self._rows))
        self.view.setFixedHeight(high)
        self.choose(kept)

    def stretch(self, key: str) -> None:
        """Let one column take the room that is left."""
        modes = QHeaderView.ResizeMode
        for at, column in enumerate(self.model.columns):
            mode = modes.Stretch if column.key == key else modes.Interactive
            self.view.head.setSectionResizeMode(at, mode)

    def hide_columns(self, keys: Collection[str]) -> None:
        """Leave out columns for which there is no room."""
        for at, column in enumerate(self.model.columns):
            self.view.setColumnHidden(at, column.key in keys)

    def current(self) -> T | None:
        """Return the chosen row."""
        at = self.view.currentIndex().row()
        return self._rows[at] if 0 <= at < len(self._rows) else None

    def current_id(self) -> Hashable | None:
        """Return the id of the chosen row."""
        row = self.current()
        return self._row_id(row) if row is not None else None

    def choose(self, row_id: Hashable | None) -> None:
        """Choose a row by id, the first one when there is none such."""
        ids = [self._row_id(row) for row in self._rows]
        if ids:
            self.view.selectRow(ids.index(row_id) if row_id in ids else 0)

    def order_after(self, step: int) -> list[T] | None:
        """Return the rows with the chosen one moved a step, None when it cannot move."""
        at = self.view.currentIndex().row()
        if at < 0 or not 0 <= at + step < len(self._rows):
            return None
        rows = list(self._rows)
        rows.insert(at + step, rows.pop(at))
        return rows
