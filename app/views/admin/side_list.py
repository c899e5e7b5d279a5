"""A short list at the left: icon and words, the chosen one tinted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.text import draw_line

_Index = QModelIndex | QPersistentModelIndex
_VALUE = Qt.ItemDataRole.UserRole
_ICON = Qt.ItemDataRole.UserRole + 1


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return a row of 30 px."""
        return QSize(10, themes.current().px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        over = bool(state & QStyle.StateFlag.State_MouseOver)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(rect).adjusted(theme.px(8), 0.5, -theme.px(8), -0.5)
        painter.setPen(theme.pen("accent") if on and focused else Qt.PenStyle.NoPen)
        if on or over:
            painter.setBrush(theme.brush("accentTint" if on else "hover"))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        left = box.left() + theme.px(10)
        icon = index.data(_ICON)
        tone = "accent" if on else "text2"
        if icon:
            filled = f"{icon}_filled"
            name = filled if on and filled in icons.names() else icon
            icons.paint(painter, QRectF(left, box.top(), theme.px(16), box.height()), name, tone)
            left += theme.px(25)
        painter.setFont(theme.font("body_strong" if on else "body"))
        painter.setPen(theme.color(tone))
        words = QRectF(left, box.top(), box.right() - left - theme.px(4), box.height())
        draw_line(painter, words, str(index.data(Qt.ItemDataRole.DisplayRole)))
        painter.restore()


class SideList(QListView):
    """Choose one of a few (value, words, icon); arrows choose at once."""

    chosen = Signal(object)

    def __init__(self, *, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setItemDelegate(_Delegate(self))
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.selectionModel().currentChanged.connect(self._tell)

    def set_choices(self, choices: Sequence[tuple[object, str, str]]) -> None:
        """Replace the rows, keeping the chosen value without telling when it is still there."""
        kept = self.value()
        selection = self.selectionModel()
        selection.blockSignals(True)
        self._model.clear()
        for value, words, icon in choices:
            item = QStandardItem(words)
            item.setData(value, _VALUE)
            item.setData(icon, _ICON)
            item.setData(words, Qt.ItemDataRole.AccessibleTextRole)
            self._model.appendRow(item)
        self.set_value(kept)
        selection.blockSignals(False)
        self.viewport().update()

    def value(self) -> Any:
        """Return the chosen value, None when nothing is chosen."""
        index = self.currentIndex()
        return index.data(_VALUE) if index.isValid() else None

    def set_value(self, value: object) -> None:
        """Choose a value; an unknown one leaves the choice alone."""
        for row in range(self._model.rowCount()):
            if self._model.item(row).data(_VALUE) == value:
                self.setCurrentIndex(self._model.index(row, 0))
                return

    def count(self) -> int:
        """Return the number of rows."""
        return self._model.rowCount()

    def _tell(self, new: QModelIndex, _old: QModelIndex) -> None:
        if new.isValid():
            self.chosen.emit(new.data(_VALUE))
