"""A plot without frame: words below, figures left, horizontal lines only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QMouseEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes
from app.views.core.charts.boxes import HoverBox
from app.views.core.charts.pictures import Pictured
from app.views.core.charts.scale import Scale

_AXIS_WIDTH = 52
_AXIS_HEIGHT = 24


class WordAxis(pg.AxisItem):  # type: ignore[misc] # the library is untyped
    """Print one word below each place, the chosen one bold; leave out words that touch."""

    def __init__(self) -> None:
        super().__init__(orientation="bottom")
        self.words: Sequence[str] = ()
        self.chosen = -1
        self.setHeight(themes.current().px(_AXIS_HEIGHT))
        self.setPen(QPen(Qt.PenStyle.NoPen))

    def tickValues(self, *_args: Any) -> list[Any]:
        """Have no ticks of the library's choosing."""
        return []

    def paint(self, painter: Any, *_args: Any) -> None:
        """Draw the words under their places."""
        theme = themes.current()
        view = self.linkedView()
        if view is None or not self.words:
            return
        plain, bold = theme.font("caption"), QFont(theme.font("caption"))
        bold.setWeight(QFont.Weight.DemiBold)
        metrics, box = QFontMetrics(bold), self.boundingRect()
        width = max(metrics.horizontalAdvance(word) for word in self.words) + theme.px(6)
        for place in self._shown(view, width):
            x = self.mapFromParent(view.mapViewToScene(pg.Point(place, 0))).x()
            painter.setFont(bold if place == self.chosen else plain)
            painter.setPen(theme.color("text" if place == self.chosen else "text3"))
            left = min(max(box.left(), x - width / 2), box.right() - width)
            spot = QRectF(left, box.top(), width, box.height())
            painter.drawText(spot, Qt.AlignmentFlag.AlignCenter, self.words[place])

    def _shown(self, view: Any, width: int) -> list[int]:
        """Return every place, or each second, third ... counted from the last, without touching."""
        first, second = (view.mapViewToScene(pg.Point(x, 0)).x() for x in (0, 1))
        stride = max(1, -(-width // max(1, int(second - first))))
        last = len(self.words) - 1
        return [place for place in range(last + 1) if (last - place) % stride == 0]


class FigureAxis(pg.AxisItem):  # type: ignore[misc] # the library is untyped
    """Print the figure of each grid line at the left."""

    def __init__(self) -> None:
        super().__init__(orientation="left")
        self.scale_: Scale | None = None
        self.word: Callable[[float], str] = str
        self.setWidth(themes.current().px(_AXIS_WIDTH))
        self.setPen(QPen(Qt.PenStyle.NoPen))

    def tickValues(self, *_args: Any) -> list[Any]:
        """Have no ticks of the library's choosing."""
        return []

    def paint(self, painter: Any, *_args: Any) -> None:
        """Draw the figures beside their lines."""
        theme, view = themes.current(), self.linkedView()
        if view is None or self.scale_ is None:
            return
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text3"))
        box, line = self.boundingRect(), theme.line("caption")
        for value in self.scale_.lines():
            y = self.mapFromParent(view.mapViewToScene(pg.Point(0, value))).y()
            spot = QRectF(box.left(), y - line / 2, box.width() - theme.px(8), line)
            painter.drawText(
                spot, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.word(value)
            )


class Plot(Pictured, pg.PlotWidget):  # type: ignore[misc] # the library is untyped
    """Show places from left to right; arrows walk, Enter or a click chooses one.

    A guide line and a small box stand at the place that is looked at; a subclass says in
    ``box_of`` what the box tells and in ``height_of`` how high the place is.
    """

    chosen = Signal(int)
    looked_at = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self.bottom, self.left = WordAxis(), FigureAxis()
        super().__init__(parent, axisItems={"bottom": self.bottom, "left": self.left})
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setAntialiasing(True)
        self.setMouseTracking(True)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        self.count = 0
        self.looked = -1
        self._guide: pg.InfiniteLine | None = None
        self.box = HoverBox(self)
        self.looked_at.connect(self._show_box)
        self.begin(Scale(0, 1, 0.2), ())

    def box_of(self, _place: int) -> Sequence[tuple[str, str]]:
        """Return the (name, words) lines told beside a place, its title first."""
        return ()

    def height_of(self, _place: int) -> float:
        """Return the value beside which the box of a place stands."""
        return self.left.scale_.high if self.left.scale_ else 0.0

    def begin(self, scale: Scale, words: Sequence[str], margin: float = 0.5) -> None:
        """Clear the plot and set both axes."""
        theme = themes.current()
        self.look_at(-1)
        self.clear()
        self.setBackground(theme.color("surface"))
        self.count = len(words)
        self.bottom.words = words
        self.left.scale_ = scale
        last = max(len(words) - 1, 0)
        self.setXRange(-margin, last + margin, padding=0)
        self.setYRange(scale.low, scale.high, padding=0.03)
        pen = theme.pen("grid")
        for value in scale.lines():
            self.addItem(pg.InfiniteLine(value, angle=0, pen=pen))
        self.bottom.update()
        self.left.update()

    def look_at(self, place: int) -> None:
        """Put the keyboard's or the pointer's place; -1 is nowhere."""
        if place != self.looked and place < self.count:
            self.looked = place
            self.looked_at.emit(place)

    def _show_box(self, place: int) -> None:
        """Put guide line and box at a place, or take them away."""
        if self.plotItem is None or self.plotItem.vb is None:
            return  # the chart has been closed
        if self._guide is not None:
            self.removeItem(self._guide)
            self._guide = None
        lines = self.box_of(place) if 0 <= place < self.count else ()
        if not lines:
            self.box.hide()
            return
        pen = QPen(themes.current().color("text3"), 1)
        pen.setDashPattern((2.0, 3.0))
        pen.setCosmetic(True)
        self._guide = pg.InfiniteLine(place, angle=90, pen=pen)
        self.addItem(self._guide)
        self.box.tell(lines)
        spot = self.plotItem.vb.mapViewToScene(pg.Point(place, self.height_of(place)))
        self.box.stand_beside(self.mapFromScene(spot), self.rect())

    def _bare(self) -> None:
        self.look_at(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the box; it stood beside a place that has moved."""
        super().resizeEvent(event)
        if hasattr(self, "box"):
            self.look_at(-1)

    def choose(self, place: int) -> None:
        """Mark the place whose rows are shown, without telling ``chosen``."""
        self.bottom.chosen = place
        self.bottom.update()

    def place_at(self, point: QPoint) -> int:
        """Return the place under a point of the widget."""
        spot = self.plotItem.vb.mapSceneToView(self.mapToScene(point))
        return min(max(round(float(spot.x())), 0), self.count - 1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Look at the place under the pointer."""
        self.look_at(self.place_at(event.position().toPoint()))

    def leaveEvent(self, event: Any) -> None:
        """Look nowhere."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self.look_at(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the place under the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if self.count and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.place_at(event.position().toPoint()))

    def focusOutEvent(self, event: Any) -> None:
        """Take guide line and box away with the focus."""
        super().focusOutEvent(event)
        self.look_at(-1)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Have nothing to end."""

    def wheelEvent(self, event: Any) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, Home and End; choose with Enter; Esc looks nowhere."""
        if self.takes_copy(event):
            return
        here = self.looked if self.looked >= 0 else max(self.bottom.chosen, 0)
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.count - 1}
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self.count:
            self.look_at(min(max(here + steps[key], 0), self.count - 1))
        elif key in ends and self.count:
            self.look_at(ends[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.count:
            self.chosen.emit(here)
        elif key == Qt.Key.Key_Escape and self.looked >= 0:
            self.look_at(-1)
        else:
            event.ignore()
