"""Horizontal bars with their figure always printed and a tick where last year stood."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QKeySequence, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.clip import copy_table
from app.views.widgets.text import draw_line

_ROW, _NAME, _GAP = 24, 56, 10


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar: its share of the longest one (0 to 1), a tick to compare with, and the words.

    ``base`` is the figure of the tick. ``low`` draws the bar for attention; ``second`` must say
    so too, in the colour ``tone``.
    """

    key: int | str
    name: str
    share: float
    figure: str
    base: str = ""
    second: str = ""
    tone: str = "text3"
    tick: float | None = None
    strong: bool = False
    faint: bool = False
    low: bool = False


@dataclass(frozen=True, slots=True)
class _Places:
    """Widths of the columns in pixels, and between which edges the bars lie."""

    names: int
    figures: int
    bases: int
    second: int
    left: int
    right: int


class HBars(QWidget):
    """Show bars under each other; arrows walk, Enter or a click chooses one.

    ``figure_first`` puts the figure before its bar and draws the whole track of the bar.
    """

    chosen = Signal(object)

    def __init__(
        self, *, name: str, spoken: str, figure_first: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows: Sequence[BarRow] = ()
        self._figure_first = figure_first
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
        painter.setFont(theme.font("small"))
        places = self._places(painter.fontMetrics())
        for place, row in enumerate(self._rows):
            line = QRect(0, place * theme.px(_ROW), self.width(), theme.px(_ROW))
            self._paint_row(painter, row, line, places)
            if self.hasFocus() and place == self._at:
                painter.setPen(theme.pen("accent"))
                painter.drawRect(line.adjusted(0, 1, -1, -2))

    def _places(self, metrics: QFontMetrics) -> _Places:
        """Return where the columns stand: words are never cut, the bar takes what is left."""
        theme, gap = themes.current(), themes.current().px(_GAP)

        def widest(words: Callable[[BarRow], str]) -> int:
            wide = max((metrics.horizontalAdvance(words(row)) for row in self._rows), default=0)
            return wide + gap if wide else 0

        names = min(max(theme.px(_NAME), widest(lambda row: row.name)), self.width() // 3)
        figures = widest(lambda row: row.figure)
        bases = widest(lambda row: row.base)
        second = widest(lambda row: row.second)
        left = names + (figures + gap if self._figure_first else 0)
        right = self.width() - bases - second - (0 if self._figure_first else figures)
        return _Places(names, figures, bases, second, left, max(left, right))

    def _paint_row(self, painter: QPainter, row: BarRow, line: QRect, at: _Places) -> None:
        theme = themes.current()

        def column(left: int, width: int) -> QRect:
            return QRect(left, line.top(), width, line.height())

        painter.setPen(theme.color("text2"))
        draw_line(painter, column(0, at.names - theme.px(_GAP) // 2), row.name)
        top, high = line.top() + theme.px(5), line.height() - theme.px(10)
        room = at.right - at.left
        if self._figure_first:
            painter.fillRect(QRectF(at.left, top, room, high), theme.color("neutral"))
        bar = QRectF(at.left, top, max(0.0, room * min(row.share, 1.0)), high)
        token = "c2" if row.low else "c1"
        painter.fillRect(bar, theme.color(token, 100 if row.strong or row.low else 55))
        if row.tick is not None:
            x = at.left + room * min(row.tick, 1.0)
            painter.fillRect(QRectF(x - 1, top - 2, 2, high + 4), theme.color("text"))
        painter.setPen(theme.color("text3" if row.faint else "text"))
        start = at.names if self._figure_first else at.right + at.bases
        draw_line(painter, column(start, at.figures), row.figure, right=True)
        painter.setPen(theme.color("text3"))
        draw_line(painter, column(at.right, at.bases), row.base, right=True)
        painter.setPen(theme.color(row.tone))
        draw_line(painter, column(self.width() - at.second, at.second), row.second, right=True)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the bar under the pointer."""
        place = int(event.position().y()) // themes.current().px(_ROW)
        if 0 <= place < len(self._rows):
            self._at = place
            self.update()
            self.chosen.emit(self._rows[place].key)

    def copy(self) -> None:
        """Put the names and figures on the clipboard as a table."""
        if self._rows:
            copy_table([[one.name, one.figure, one.base, one.second] for one in self._rows])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter, copy the figures with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and self._rows:
            self._at = min(max(self._at + steps[key], 0), len(self._rows) - 1)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._rows:
            self.chosen.emit(self._rows[self._at].key)
        else:
            event.ignore()
