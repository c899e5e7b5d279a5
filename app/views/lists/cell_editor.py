"""F2: edit the current cell in its place; Enter and Tab save, Esc leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import shiboken6
from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent

from app.errors import UserError
from app.views.core import theme as themes
from app.views.core.errors import words_of
from app.views.core.forms import ComposeGuard, is_enter
from app.views.lists.cell_fields import CellEdit, CellField
from app.views.widgets.check_list import CheckList
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

_KEPT_FOCUS = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class CellEditor(QObject):
    """Put the field of a cell over the table.

    ``edit_of`` tells what a cell edits, None for one that cannot be edited that way.
    ``save(edit, text)`` writes; a ``UserError`` it raises keeps the field open and is said
    under it. ``saved`` comes afterwards.
    """

    saved = Signal()

    def __init__(
        self,
        table: TableView,
        edit_of: Callable[[QModelIndex], CellEdit | None],
        save: Callable[[CellEdit, str], None],
        today: Callable[[], date],
    ) -> None:
        super().__init__(table)
        self._table = table
        self._edit_of = edit_of
        self._save = save
        self._today = today
        self.field: CellField | None = None
        self._index = QPersistentModelIndex()
        self._column = -1
        self._guard = ComposeGuard(self)
        self.said = Label("", "small", "bad", wrap=True, parent=table.viewport())
        self.said.setObjectName("cell_problem")
        self.said.setAutoFillBackground(True)
        self.said.hide()
        for bar in (table.verticalScrollBar(), table.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _value: self._place())
        table.head.sectionResized.connect(lambda *_sizes: self._place())

    def open(self, index: QModelIndex) -> bool:
        """Edit a cell; tell whether it can be edited in place."""
        self.close()
        edit = self._edit_of(index)
        if edit is None:
            return False
        self._table.scrollTo(index)
        self._index = QPersistentModelIndex(index)
        self._column = index.column()
        self.field = CellField(edit, self._today)
        widget = self.field.widget
        widget.setParent(self._table.viewport())
        widget.installEventFilter(self)
        self._guard.watch(widget)
        self._place()
        widget.show()
        widget.raise_()
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
        self.field.begin()
        return True

    def _here(self) -> QModelIndex:
        return self._table.model().index(self._index.row(), self._index.column())

    def _place(self) -> None:
        if self.field is None or not self._index.isValid():
            return
        widget = self.field.widget
        cell = self._table.visualRect(self._here())
        wide = max(cell.width(), widget.minimumSizeHint().width(), themes.current().px(120))
        high = cell.height() - 1
        if isinstance(widget, CheckList):
            high = min(widget.count(), 8) * themes.current().px(28) + 4
        room = self._table.viewport().rect()
        left = max(0, min(cell.left(), room.width() - wide))
        top = max(0, min(cell.top(), room.height() - high))
        widget.setMinimumWidth(0)
        widget.setMaximumWidth(16_777_215)
        widget.setGeometry(QRect(left, top, wide, high))
        self.said.setFixedWidth(max(wide, themes.current().px(220)))
        self.said.adjustSize()
        below = top + high
        fits = below + self.said.height() <= room.height()
        self.said.move(left, below if fits else top - self.said.height())

    def rebind(self, row: int) -> None:
        """Stand over a row again after the list was read anew."""
        at = self._column
        if self.field is not None and row >= 0 and at >= 0:
            self._index = QPersistentModelIndex(self._table.model().index(row, at))
            self._place()

    # -- the end --------------------------------------------------------------------------

    def close(self) -> None:
        """Go away without writing."""
        self.said.hide()
        field, self.field = self.field, None
        if field is not None and shiboken6.isValid(field.widget):
            field.widget.removeEventFilter(self)
            had_focus = field.widget.hasFocus()
            field.widget.hide()
            field.widget.deleteLater()
            if had_focus:
                self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> bool:
        """Write what was typed and go away; stay open and tell why when it is refused."""
        field = self.field
        if field is None:
            return True
        problem = field.problem()
        if not problem and field.changed():
            try:
                self._save(field.edit, field.text())
            except UserError as error:
                problem = "，".join(filter(None, words_of(error)))
        if problem:
            self._complain(problem)
            return False
        self.close()
        self.saved.emit()
        return True

    def _complain(self, problem: str) -> None:
        self.said.setText(problem)
        self._place()
        self.said.show()
        self.said.raise_()

    def _step(self, step: int) -> None:
        """Save and edit the next cell of the row that can be edited."""
        table, here = self._table, self._here()
        if not self.keep() or not here.isValid():
            return
        order = [at for at in range(table.head.count()) if not table.isColumnHidden(at)]
        order.sort(key=table.head.visualIndex)
        place = order.index(here.column()) + step
        while 0 <= place < len(order):
            index = here.siblingAtColumn(order[place])
            if self.open(index):
                table.choose(index.row(), index.column())
                return
            place += step

    # -- keys and focus -------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Act on Enter, Tab and Esc; save when the field is left."""
        if self.field is None or watched is not self.field.widget:
            return False
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key(event)
        if event.type() == QEvent.Type.FocusOut and isinstance(event, QFocusEvent):
            self._left(event)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        if is_enter(event):
            if not self._guard.swallows(event):
                self.keep()
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        step = {Qt.Key.Key_Tab: 1, Qt.Key.Key_Backtab: -1}.get(Qt.Key(event.key()))
        if step is not None:
            self._step(step)
            return True
        return False

    def _left(self, event: QFocusEvent) -> None:
        if event.reason() in _KEPT_FOCUS:
            return
        field = self.field
        if field is None or field.problem() or not field.changed():
            self.close()
        else:
            self.keep()
