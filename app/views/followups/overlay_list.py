"""A short list over a dialog, steered by the field that opened it: the field keeps the focus."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from app.views.core import icons
from app.views.core import theme as themes

_ENTRY = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_MOST_SHOWN = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the list: what it means, its words, a note and a sign."""

    value: object
    words: str
    note: str = ""
    icon: str = ""


class _Model(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.entries: Sequence[Entry] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        """Replace the lines."""
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Return the number of lines."""
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the entry, or its words."""
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{entry.words} {entry.note}".rstrip()
        return None


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return 28 px."""
        return QSize(10, themes.current().px(28))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw sign, words and note."""
        theme = themes.current()
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selected"))
        left = rect.left() + theme.px(10)
        if entry.icon:
            box = QRectF(left, rect.top(), theme.px(16), rect.height())
            icons.paint(painter, box, entry.icon, "text2")
            left += theme.px(23)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        metrics = QFontMetrics(theme.font("body"))
        words = metrics.elidedText(
            entry.words, Qt.TextElideMode.ElideMiddle, rect.right() - left - theme.px(60)
        )
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text"))
        painter.drawText(QRect(left, rect.top(), rect.width(), rect.height()), flags, words)
        left += metrics.horizontalAdvance(words) + theme.px(10)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        room = QRect(left, rect.top(), rect.right() - left - theme.px(8), rect.height())
        note = QFontMetrics(theme.font("small")).elidedText(
            entry.note, Qt.TextElideMode.ElideRight, max(0, room.width())
        )
        painter.drawText(room, flags, note)


class OverlayList(QFrame):
    """Show entries under a place of the window; ``picked(value)`` comes with Enter or a click."""

    picked = Signal(object)

    def __init__(self, home: QWidget, name: str, spoken: str) -> None:
        super().__init__(home)
        self.setProperty("card", "popup")
        self.setObjectName(name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(1, 1, 1, 1)
        self._model = _Model()
        self.view = QListView()
        self.view.setObjectName(f"{name}_list")
        self.view.setAccessibleName(spoken)
        self.view.setModel(self._model)
        self.view.setItemDelegate(_Delegate(self.view))
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setUniformItemSizes(True)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.clicked.connect(lambda index: self._pick(index.row()))
        rows.addWidget(self.view)
        self.hide()

    def offer(self, entries: Sequence[Entry], at: QPoint, width: int) -> None:
        """Show entries with the top left corner at a global place, nothing for none."""
        self._model.fill(entries)
        if not entries:
            self.hide()
            return
        theme = themes.current()
        high = theme.px(28) * min(len(entries), _MOST_SHOWN) + theme.px(2) + 2
        home = self.parentWidget()
        spot = home.mapFromGlobal(at) if home is not None else at
        if home is not None:
            width = min(width, home.width() - theme.px(16))
            spot.setX(max(theme.px(8), min(spot.x(), home.width() - width - theme.px(8))))
            if spot.y() + high > home.height():
                spot.setY(max(0, spot.y() - high - theme.px(34)))
        self.setGeometry(spot.x(), spot.y(), width, high)
        self.view.setCurrentIndex(self._model.index(0))
        self.show()
        self.raise_()

    def entries(self) -> Sequence[Entry]:
        """Return what is offered."""
        return self._model.entries if self.isVisible() else ()

    def take(self, event: QKeyEvent) -> bool:
        """Act on a key of the field while the list is open; tell whether it was taken."""
        if not self.isVisible():
            return False
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps:
            row = self.view.currentIndex().row() + steps[key]
            self.view.setCurrentIndex(self._model.index(row % len(self._model.entries)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            self._pick(self.view.currentIndex().row())
        elif key == Qt.Key.Key_Escape:
            self.hide()
        else:
            return False
        return True

    def _pick(self, row: int) -> None:
        if 0 <= row < len(self._model.entries):
            value = self._model.entries[row].value
            self.hide()
            self.picked.emit(value)
