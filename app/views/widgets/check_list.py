"""A short list with check boxes: filtered as one types, ticked with Space or a click."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.buttons import paint_check

_Index = QModelIndex | QPersistentModelIndex
VALUE = Qt.ItemDataRole.UserRole
NOTE = Qt.ItemDataRole.UserRole + 1
FIXED = Qt.ItemDataRole.UserRole + 2


class CheckDelegate(QStyledItemDelegate):
    """Draw check box, words, a small note behind them, and a grip when rows can be moved."""

    def __init__(self, parent: QListWidget, *, grip: bool = False) -> None:
        super().__init__(parent)
        self._grip = grip

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the row height."""
        return QSize(100, themes.current().px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        flags = QStyle.StateFlag
        if state & flags.State_Selected and state & flags.State_HasFocus:
            painter.fillRect(rect, theme.color("selected"))
        elif state & (flags.State_MouseOver | flags.State_Selected):
            painter.fillRect(rect, theme.color("hover"))
        side = theme.px(16)
        box = QRectF(rect.left() + theme.px(8), rect.center().y() - side // 2 + 1, side, side)
        on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked.value
        paint_check(painter, box, on, not index.data(FIXED))
        left = round(box.right()) + theme.px(8)
        font = theme.font("body")
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        room = rect.adjusted(0, 0, -theme.px(28 if self._grip else 8), 0)
        room.setLeft(left)
        words = str(index.data(Qt.ItemDataRole.DisplayRole))
        metrics = QFontMetrics(font)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, metrics.elidedText(
            words, Qt.TextElideMode.ElideRight, room.width()))  # fmt: skip
        self._paint_note(painter, room, metrics.horizontalAdvance(words), index)
        if self._grip and not index.data(FIXED):
            grip = QRectF(rect.right() - theme.px(26), rect.top(), theme.px(20), rect.height())
            icons.paint(painter, grip, "drag", "text3", 14)
        painter.restore()

    def _paint_note(self, painter: QPainter, room: QRect, wide: int, index: _Index) -> None:
        note = index.data(NOTE)
        if not note:
            return
        theme = themes.current()
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        box = room.adjusted(wide + theme.px(6), 0, 0, 0)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, str(note))


class CheckList(QListWidget):
    """Tick any of some (value, words); ``ticked`` comes after each change by the person."""

    ticked = Signal()

    def __init__(
        self, *, name: str, spoken: str, single: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._single = single
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setItemDelegate(CheckDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListWidget.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def set_choices(self, choices: Iterable[tuple[str, str]], ticked: Iterable[str] = ()) -> None:
        """Replace the rows."""
        chosen = set(ticked)
        self.clear()
        for value, words in choices:
            item = QListWidgetItem(words)
            item.setData(VALUE, value)
            item.setCheckState(
                Qt.CheckState.Checked if value in chosen else Qt.CheckState.Unchecked
            )
            self.addItem(item)
        if self.count():
            self.setCurrentRow(0)

    def values(self) -> tuple[str, ...]:
        """Return the ticked values in order."""
        items = (self.item(at) for at in range(self.count()))
        return tuple(
            str(item.data(VALUE)) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def order(self) -> tuple[str, ...]:
        """Return all values in the order of the rows."""
        return tuple(str(self.item(at).data(VALUE)) for at in range(self.count()))

    def narrow(self, text: str) -> None:
        """Show only rows whose words contain a text."""
        wanted = text.strip().casefold()
        for at in range(self.count()):
            item = self.item(at)
            item.setHidden(wanted not in item.text().casefold())

    def toggle(self, item: QListWidgetItem) -> None:
        """Tick or untick a row as if it were clicked."""
        on = item.checkState() == Qt.CheckState.Checked
        if self._single:
            for at in range(self.count()):
                self.item(at).setCheckState(Qt.CheckState.Unchecked)
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)
        self.ticked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick with Space."""
        item = self.currentItem()
        if event.key() == Qt.Key.Key_Space and item is not None:
            self.toggle(item)
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tick with a click anywhere in the row."""
        item = self.itemAt(event.position().toPoint())
        if item is not None and event.button() == Qt.MouseButton.LeftButton:
            self.setCurrentItem(item)
            self.toggle(item)
            return
        super().mousePressEvent(event)
