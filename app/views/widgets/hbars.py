"""Horizontal bars with their figure always printed and a tick where last year stood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.views.core import theme as themes

_ROW, _NAME, _FIGURE, _SECOND = 24, 56, 60, 58


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: its share of the longest one (0 to 1), a tick to compare with, and the words.

    ``low`` draws the bar for attention; its words must say so too.
    """

    key: int | str
    name: str
    share: float
    figure: str
    second: str = ""
    tick: float | None = None
    strong: bool = False
    faint: bool = False
    low: bool = False


class HBars(QWidget):
    """Show bars under each other; arrows walk, Enter or a click chooses one."""

    chosen = Signal(object)

    def __init__(self, *, name: str, spoken: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[BarRow] = ()
        self._at = 0
        self._spoken = spoken
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_rows(self, rows: Sequence[BarRow]) -> None:
        """Replace the bars."""
        self._rows = rows
        self._at = min(self._at, max(len(rows) - 1, 0))
        told = "；".join(f"{row.name} {row.figure} {row.second}".strip() for row in rows)
        self.setAccessibleDescription(told or _("没有数据"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for every bar."""
        theme = themes.current()
        return QSize(theme.px(240), theme.px(_ROW) * max(1, len(self._rows)))

    def minimumSizeHint(self) -> QSize:
        """Return room for every bar."""
        return QSize(themes.current().px(200), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bars."""
        painter = QPainter(self)
        theme = themes.current()
        name_width = self._name_width()
        for place, row in enumerate(self._rows):
            line = QRect(0, place * theme.px(_ROW), self.width(), theme.px(_ROW))
            self._paint_row(painter, row, line, name_width)
            if self.hasFocus() and place == self._at:
                painter.setPen(theme.pen("accent"))
                painter.drawRect(line.adjusted(0, 1, -1, -2))

    def _name_width(self) -> int:
        metrics = self.fontMetrics()
        widest = max((metrics.horizontalAdvance(row.name) for row in self._rows), default=0)
        return min(max(themes.current().px(_NAME), widest + 12), self.width() // 3)

    def _paint_row(self, painter: QPainter, row: BarRow, line: QRect, names: int) -> None:
        theme = themes.current()
        second = theme.px(_SECOND) if any(one.second for one in self._rows) else 0
        figure = theme.px(_FIGURE)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        middle = Qt.AlignmentFlag.AlignVCenter
        shown = painter.fontMetrics().elidedText(row.name, Qt.TextElideMode.ElideRight, names - 8)
        painter.drawText(QRect(0, line.top(), names, line.height()), middle, shown)
        room = line.width() - names - figure - second - theme.px(8)
        top, high = line.top() + theme.px(5), line.height() - theme.px(10)
        bar = QRectF(names, top, max(0.0, room * row.share), high)
        token = "c2" if row.low else "c1"
        painter.fillRect(bar, theme.color(token, 100 if row.strong or row.low else 55))
        if row.tick is not None:
            x = names + room * min(row.tick, 1.0)
            painter.fillRect(QRectF(x - 1, top - 2, 2, high + 4), theme.color("text"))
        right = middle | Qt.AlignmentFlag.AlignRight
        painter.setPen(theme.color("text3" if row.faint else "text"))
        at = line.width() - second - figure
        painter.drawText(QRect(at, line.top(), figure, line.height()), right, row.figure)
        painter.setPen(theme.color("text3"))
        box = QRect(line.width() - second, line.top(), second, line.height())
        painter.drawText(box, right, row.second)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        place = int(event.position().y()) // themes.current().px(_ROW)
        if 0 <= place < len(self._rows):
            self._at = place
            self.update()
            self.chosen.emit(self._rows[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self._rows:
            self._at = min(max(self._at + steps[key], 0), len(self._rows) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.chosen.emit(self._rows[self._at].key)
        else:
            event.ignore()
