"""A table with choices in its cells: painted as fields, opened by a click, Enter or F2."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    Qt,
    QTimer,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QWidget

from app.prefs import Prefs
from app.views.core import icons
from app.views.core import theme as themes
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.paged import COLUMN
from app.views.itemmodels.transfer import ARROW, CHOICE, FILL, OPTIONS, RADIO, STATE
from app.views.widgets.badges import paint_tag
from app.views.widgets.buttons import Select
from app.views.widgets.table import TableView
from app.views.widgets.table_paint import CellDelegate

_Index = QModelIndex | QPersistentModelIndex
_VCENTER = Qt.AlignmentFlag.AlignVCenter


class ChoiceCells(CellDelegate):
    """Draw choices, states, arrows, versions and tinted cells; edit choices."""

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
        """Draw what the kind of the column asks for."""
        if column.kind == CHOICE:
            self._paint_choice(painter, rect, cell, bool(index.data(OPTIONS)))
        elif column.kind == STATE and cell.value is not None:
            words, tone, icon = cell.value
            paint_tag(painter, rect, words, tone, icon=icon, selected=selected)
        elif column.kind == ARROW:
            icons.paint(painter, QRectF(rect), "arrow_right", "text3")
        elif column.kind == RADIO:
            paint_version(painter, rect, cell)
        elif column.kind == FILL and cell.value is not None:
            tone, framed = cell.value
            paint_fill(painter, rect, tone, framed=framed)
            self.paint_text(painter, rect, column, cell)
        else:
            super().paint_kind(painter, rect, column, cell, index, selected=selected)

    def _paint_choice(self, painter: QPainter, rect: QRect, cell: Cell, open_: bool) -> None:
        theme = themes.current()
        if open_:
            box = QRectF(rect).adjusted(0.5, theme.px(2) + 0.5, -0.5, -theme.px(2) + 0.5)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(theme.pen("control"))
            painter.setBrush(theme.brush("surface"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            mark = QRectF(box.right() - theme.px(22), box.top(), theme.px(16), box.height())
            icons.paint(painter, mark, "chevron_down", "text2", 14)
        words = rect.adjusted(theme.px(9), 0, -theme.px(26), 0) if open_ else rect
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color(cell.tone or "text"))
        shown = QFontMetrics(theme.font("body")).elidedText(
            cell.text, Qt.TextElideMode.ElideRight, words.width()
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | _VCENTER, shown)

    # -- editing -------------------------------------------------------------------------------

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: _Index
    ) -> QWidget:
        """Return the list of a choice, opened at once."""
        column = index.data(COLUMN)
        editor = Select(
            index.data(OPTIONS),
            name=f"choice_{column.key}",
            spoken=str(index.data(Qt.ItemDataRole.AccessibleTextRole)),
            parent=parent,
        )
        editor.activated.connect(lambda _at: self._done(editor))
        QTimer.singleShot(0, editor, editor.showPopup)
        return editor

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Show the present choice."""
        if isinstance(editor, Select):
            editor.set_value(index.data(Qt.ItemDataRole.EditRole))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Hand over the choice."""
        if isinstance(editor, Select):
            model.setData(index, editor.value())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: _Index
    ) -> None:
        """Lie exactly over the painted field."""
        theme = themes.current()
        rect: QRect = option.rect
        editor.setGeometry(rect.adjusted(theme.px(8), theme.px(2), -theme.px(8), -theme.px(3)))

    def _done(self, editor: Select) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Keep the editor while its list is open: the list takes the focus."""
        leaves = event.type() == QEvent.Type.FocusOut
        if leaves and isinstance(editor, Select) and editor.view().isVisible():
            return False
        return super().eventFilter(editor, event)


def paint_version(painter: QPainter, rect: QRect, cell: Cell) -> None:
    """Draw one of two versions of a value, with a ring that is filled when it is taken."""
    theme = themes.current()
    on, side = bool(cell.value), theme.px(16)
    box = QRectF(rect.left(), rect.center().y() - side // 2 + 1, side, side)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.pen("accentFill" if on else "control"))
    painter.setBrush(theme.brush("surface"))
    painter.drawEllipse(box.adjusted(0.5, 0.5, -0.5, -0.5))
    if on:
        inset = theme.px(4)
        painter.setBrush(theme.brush("accentFill"))
        painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
    words = rect.adjusted(side + theme.px(6), 0, 0, 0)
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("text3" if cell.text == "—" else "text" if on else "text2"))
    shown = QFontMetrics(theme.font("body")).elidedText(
        cell.text, Qt.TextElideMode.ElideRight, words.width()
    )
    painter.drawText(words, Qt.AlignmentFlag.AlignLeft | _VCENTER, shown)


def paint_fill(painter: QPainter, rect: QRect, tone: str, *, framed: bool) -> None:
    """Tint a whole cell: something to look at, framed when it is wrong."""
    theme = themes.current()
    box = rect.adjusted(-theme.px(8), 0, theme.px(8), 0)
    painter.fillRect(box, theme.color(f"{tone}Tint"))
    if framed:
        painter.setPen(theme.pen(tone))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(box.adjusted(0, 0, -1, -1))


class ChoiceTable(TableView):
    """Show rows with choices; a click on a choice, Enter or F2 opens its list."""

    def __init__(
        self,
        *,
        name: str,
        spoken: str,
        prefs: Prefs | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, spoken=spoken, prefs=prefs, several=False, parent=parent)
        self.cells = ChoiceCells(self)
        self.setItemDelegate(self.cells)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.clicked.connect(self._clicked)

    def open_choice(self, key: str) -> None:
        """Open the list of a choice of the current row."""
        row = self.currentIndex().row()
        for at, column in enumerate(self.columns()):
            if column.key == key and row >= 0:
                self._open(self.model().index(row, at))

    def _clicked(self, index: QModelIndex) -> None:
        column = index.data(COLUMN)
        if isinstance(column, Column) and column.kind == CHOICE:
            self._open(index)

    def _open(self, index: QModelIndex) -> None:
        if index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setCurrentIndex(index)
            self.edit(index)
