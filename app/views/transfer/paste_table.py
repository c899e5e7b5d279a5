"""The table of a paste: cells are edited in place, a column's field is chosen at its head."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.i18n import _
from app.views.core import theme as themes
from app.views.itemmodels.paged import COLUMN
from app.views.itemmodels.pasted import STATE, GridModel, GridRow
from app.views.transfer.choice_table import ChoiceCells
from app.views.widgets.table import TableView
from app.views.widgets.table_paint import TableHeader

_Index = QModelIndex | QPersistentModelIndex
_EDIT = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class PasteCells(ChoiceCells):
    """Draw tinted cells; edit any of them as text."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell, the one that keys act on with a frame."""
        super().paint(painter, option, index)
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.save()
            painter.setPen(QPen(themes.current().color("accent"), 2))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
            painter.restore()

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Return a field over the cell."""
        editor = QLineEdit(parent)
        editor.setObjectName("paste_cell")
        column = index.data(COLUMN)
        editor.setAccessibleName(column.title)
        editor.setFrame(False)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the whole text of the cell."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole)))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand over what was typed."""
        if isinstance(editor, QLineEdit) and isinstance(model, GridModel):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """Cover the cell."""
        editor.setGeometry(option.rect.adjusted(0, 0, -1, -1))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Take the keys of an editor as any table does."""
        return QStyledItemDelegate.eventFilter(self, editor, event)


class PasteTable(TableView):
    """Show a pasted grid; Enter, F2 or typing edits a cell, Alt+↓ chooses the column's field.

    ``field_wanted(column)`` asks for the field of a column, ``rows_dropped(numbers)`` takes
    rows out, ``problem_wanted`` goes to the next one.
    """

    field_wanted = Signal(int)
    rows_dropped = Signal(list)
    problem_wanted = Signal()

    def __init__(self) -> None:
        super().__init__(name="paste_grid", spoken=_("粘贴的内容"))
        self.cells = PasteCells(self)
        self.setItemDelegate(self.cells)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed)
        head = TableHeader(self)
        head.setSectionsMovable(False)
        self.set_head(head)
        head.sectionClicked.connect(self._ask_field)

    def _ask_field(self, section: int) -> None:
        columns = self.columns()
        if 0 <= section < len(columns) and columns[section].key != STATE:
            self.field_wanted.emit(section)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of a grid."""
        key, here = Qt.Key(event.key()), self.currentIndex()
        alt = event.modifiers() & Qt.KeyboardModifier.AltModifier
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        acts: dict[bool, Callable[[], object]] = {
            key in _EDIT and not control: lambda: self.edit(here),
            key == Qt.Key.Key_F4 or bool(key == Qt.Key.Key_Down and alt): (
                lambda: self._ask_field(here.column())
            ),
            key == Qt.Key.Key_F8: self.problem_wanted.emit,
            bool(key == Qt.Key.Key_Delete and control): self._drop,
            key == Qt.Key.Key_Delete and not control: self._empty,
        }
        act = acts.get(True)
        if self.state() == QAbstractItemView.State.EditingState:
            return  # the Enter that ends an edit comes here too
        if act is not None:
            act()
        elif event.text().isprintable() and event.text().strip() and not control:
            QAbstractItemView.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def _drop(self) -> None:
        rows = [row for row in self._chosen_rows() if isinstance(row, GridRow)]
        self.rows_dropped.emit([row.number for row in rows])

    def _chosen_rows(self) -> list[object]:
        numbers = self.chosen_numbers() or [self.currentIndex().row()]
        model = self.model()
        return [model.rows[at] for at in numbers if isinstance(model, GridModel) and at >= 0]

    def _empty(self) -> None:
        model = self.model()
        if isinstance(model, GridModel):
            chosen = self.selectionModel().selectedIndexes()
            cells = [one for one in chosen if model.columns[one.column()].key != STATE]
            model.edited.emit({model.place(one): "" for one in cells})
