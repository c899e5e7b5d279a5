"""A trend: this period solid, last year dashed, the unfinished period drawn differently."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QPen
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes
from app.views.core.charts.plot import Plot
from app.views.core.charts.scale import Scale, near

_DASHED = (5.0, 4.0)
_DOTTED = (2.0, 3.0)


@dataclass(frozen=True, slots=True)
class TrendMark:
    """One place of a trend; a value None is a gap.

    ``box`` are the (name, words) lines shown beside the place, its title first.
    """

    word: str
    value: float | None
    last_year: float | None = None
    complete: bool = True
    few: bool = False
    box: tuple[tuple[str, str], ...] = ()


class TrendChart(Plot):
    """Draw marks from left to right with last year's behind them."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._marks: Sequence[TrendMark] = ()
        self._word: Callable[[float], str] = str
        self._unfinished = ""
        self._overlay = True
        self._scale = Scale(0, 1, 0.2)
        super().__init__(name, parent)
        themes.current().changed.connect(self._draw)

    def show_marks(
        self, marks: Sequence[TrendMark], word: Callable[[float], str], unfinished: str
    ) -> None:
        """Draw marks; ``word`` prints a figure, ``unfinished`` names the pale band."""
        self._marks, self._word, self._unfinished = marks, word, unfinished
        self._draw()

    def set_overlay(self, shown: bool) -> None:
        """Show or hide last year."""
        self._overlay = shown
        self._draw()

    @property
    def starts_at(self) -> float:
        """Return where the value axis begins; above zero the title must say so."""
        return self._scale.low

    def _draw(self) -> None:
        values = [mark.value for mark in self._marks if mark.value is not None]
        if self._overlay:
            values += [mark.last_year for mark in self._marks if mark.last_year is not None]
        self._scale = near(values)
        self.left.word = self._word
        self.begin(self._scale, [mark.word for mark in self._marks])
        self._band()
        if self._overlay:
            self._last_year()
        self._line()
        self._dots()

    def _band(self) -> None:
        """Put a pale band with words behind the unfinished places."""
        theme = themes.current()
        for place, mark in enumerate(self._marks):
            if mark.complete:
                continue
            area = (place - 0.5, place + 0.5)
            band = pg.LinearRegionItem(
                area, movable=False, brush=theme.brush("subtle"), pen=QPen(Qt.PenStyle.NoPen)
            )
            band.setZValue(-20)
            self.addItem(band)
            words = pg.TextItem(self._unfinished, color=theme.color("text3"), anchor=(1, 0))
            words.setFont(theme.font("caption"))
            words.setPos(place + 0.5, self._scale.high)
            self.addItem(words)

    def _last_year(self) -> None:
        pen = QPen(themes.current().color("prev"), 1.6)
        pen.setDashPattern(_DASHED)
        pen.setCosmetic(True)
        for start, end in _pairs([mark.last_year for mark in self._marks]):
            self._stroke(start, end, [mark.last_year for mark in self._marks], pen)

    def _line(self) -> None:
        values = [mark.value for mark in self._marks]
        for start, end in _pairs(values):
            pen = QPen(themes.current().color("c1"), 2.2)
            pen.setCosmetic(True)
            if not self._marks[end].complete:
                pen.setDashPattern(_DOTTED)
            self._stroke(start, end, values, pen)

    def _stroke(self, start: int, end: int, values: Sequence[float | None], pen: QPen) -> None:
        self.addItem(
            pg.PlotCurveItem([start, end], [values[start], values[end]], pen=pen, antialias=True)
        )

    def _dots(self) -> None:
        theme = themes.current()
        for place, mark in enumerate(self._marks):
            if mark.value is None:
                continue
            hollow = mark.few or not mark.complete
            chosen = place == self.bottom.chosen
            size = theme.px(9 if chosen else 5 if mark.few else 7)
            pen = QPen(theme.color("c1"), 1.8)
            pen.setCosmetic(True)
            self.addItem(
                pg.ScatterPlotItem(
                    [place], [mark.value], size=size, pen=pen,
                    brush=theme.brush("surface" if hollow else "c1"),
                    antialias=True, symbol="o", useCache=False,
                )
            )  # fmt: skip

    def choose(self, place: int) -> None:
        """Mark the place whose rows are shown."""
        super().choose(place)
        self._draw()

    def box_of(self, place: int) -> Sequence[tuple[str, str]]:
        """Return what a mark tells."""
        return self._marks[place].box

    def height_of(self, place: int) -> float:
        """Return the value of a mark, the top for a gap."""
        value = self._marks[place].value
        return self._scale.high if value is None else value


def _pairs(values: Sequence[float | None]) -> list[tuple[int, int]]:
    """Return the neighbours that both have a value: a gap is never bridged."""
    return [
        (place, place + 1)
        for place in range(len(values) - 1)
        if values[place] is not None and values[place + 1] is not None
    ]
