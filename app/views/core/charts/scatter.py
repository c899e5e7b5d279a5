"""Effort against result on 0 to 100 with the 40/60 bands drawn (product.md 2.7)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPen
from PySide6.QtWidgets import QGraphicsRectItem, QWidget

from app.views.core import theme as themes
from app.views.core.charts.pictures import Pictured

LOW, HIGH = 40.0, 60.0


@dataclass(frozen=True, slots=True)
class Dot:
    """A person: effort and result index (0 to 100), weight of the circle (0 to 1)."""

    key: int
    name: str
    effort: float
    result: float
    weight: float = 0.5
    framed: bool = False


class QuadrantScatter(Pictured, pg.PlotWidget):  # type: ignore[misc] # the library is untyped
    """Show people by effort and result; arrows walk through them, Enter chooses."""

    chosen = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._dots: Sequence[Dot] = ()
        self._corners = ("", "", "", "")
        self._current = -1
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseEnabled(False, False)
        self.setMenuEnabled(False)
        self.hideButtons()
        self.setAntialiasing(True)
        self.setFrameShape(pg.QtWidgets.QFrame.Shape.NoFrame)
        themes.current().changed.connect(self._draw)

    def show_dots(
        self, dots: Sequence[Dot], corners: tuple[str, str, str, str], effort: str
    ) -> None:
        """Draw people; ``corners`` name top left, top right, bottom left, bottom right."""
        self._dots, self._corners = dots, corners
        self.setLabel("bottom", "")
        font = themes.current().font("caption")
        size = {"font-size": f"{font.pixelSize()}px"}
        self.plotItem.getAxis("bottom").setLabel(effort, **size)
        self._draw()

    def choose(self, key: int) -> None:
        """Mark a person without telling ``chosen``."""
        self._current = next((n for n, dot in enumerate(self._dots) if dot.key == key), -1)
        self._draw()

    def _draw(self) -> None:
        theme = themes.current()
        self.clear()
        self.setBackground(theme.color("surface"))
        self.setXRange(0, 100, padding=0.04)
        self.setYRange(0, 100, padding=0.04)
        for side in ("bottom", "left"):
            axis = self.plotItem.getAxis(side)
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(theme.color("text3"))
            axis.setStyle(tickFont=theme.font("caption"), tickLength=0, tickAlpha=0)
            axis.setTicks([[(n, str(n)) for n in range(0, 101, 20)]])
        self._area()
        self._lines()
        self._names_of_corners()
        for place, dot in enumerate(self._dots):
            self._person(place, dot)

    def _area(self) -> None:
        area = QGraphicsRectItem(QRectF(HIGH, 0, 100 - HIGH, LOW))
        area.setBrush(themes.current().brush("warnTint"))
        area.setPen(QPen(Qt.PenStyle.NoPen))
        area.setZValue(-20)
        self.addItem(area)

    def _lines(self) -> None:
        theme = themes.current()
        for value in range(0, 101, 20):
            for angle in (0, 90):
                self.addItem(pg.InfiniteLine(value, angle=angle, pen=theme.pen("grid")))
        for band in (LOW, HIGH):
            for angle in (0, 90):
                self.addItem(pg.InfiniteLine(band, angle=angle, pen=theme.pen("prev")))

    def _names_of_corners(self) -> None:
        spots = ((1, 99, (0, 0)), (99, 99, (1, 0)), (1, 1, (0, 1)), (99, 1, (1, 1)))
        theme = themes.current()
        for place, (x, y, anchor) in enumerate(spots):
            tone = "warn" if place == 3 else "text3"
            words = pg.TextItem(self._corners[place], color=theme.color(tone), anchor=anchor)
            words.setFont(theme.font("caption"))
            words.setPos(x, y)
            self.addItem(words)

    def _person(self, place: int, dot: Dot) -> None:
        theme = themes.current()
        size = theme.px(10 + 16 * dot.weight)
        tone = "c2" if dot.framed else "c1"
        if dot.framed:
            edge = _cosmetic(theme.color("c2"), 1.4)
            frame = pg.ScatterPlotItem(
                [dot.effort], [dot.result], symbol="s", size=size + theme.px(8),
                pen=edge, brush=None, antialias=True, useCache=False,
            )  # fmt: skip
            self.addItem(frame)
        chosen = place == self._current
        ring = _cosmetic(theme.color("text" if chosen else tone), 2 if chosen else 1)
        spot = pg.ScatterPlotItem(
            [dot.effort],
            [dot.result],
            size=size,
            pen=ring,
            brush=theme.color(tone, 80),
            antialias=True,
        )
        self.addItem(spot)
        words = pg.TextItem(dot.name, color=theme.color("text"), anchor=(0, 0.5))
        words.setFont(theme.font("caption"))
        words.setPos(dot.effort + 2.5, dot.result)
        self.addItem(words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the person nearest to the pointer."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        if not self._dots:
            return
        spot = self.plotItem.vb.mapSceneToView(self.mapToScene(event.position().toPoint()))
        nearest = min(
            self._dots, key=lambda dot: (dot.effort - spot.x()) ** 2 + (dot.result - spot.y()) ** 2
        )
        self._choose(self._dots.index(nearest))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk from person to person."""
        if self.takes_copy(event):
            return
        steps = {
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Up: -1,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None or not self._dots:
            event.ignore()
            return
        self._choose((self._current + step) % len(self._dots))

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        """Have nothing to drag."""

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Have nothing to end."""

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to the page."""
        event.ignore()  # type: ignore[attr-defined] # a QWheelEvent

    def _choose(self, place: int) -> None:
        self._current = place
        self._draw()
        self.chosen.emit(self._dots[place].key)


def _cosmetic(colour: QColor, width: float) -> QPen:
    """Return a pen whose width does not grow with the circle."""
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    return pen
