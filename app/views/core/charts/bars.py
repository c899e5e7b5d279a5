"""Stacked bars from zero; the unfinished period is hatched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPen
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes
from app.views.core.charts.plot import Plot
from app.views.core.charts.scale import from_zero

_LINE_EVERY = 36
_TONES = ("c1", "c2", "c3", "c4")


@dataclass(frozen=True, slots=True)
class BarMark:
    """One bar: its parts from the bottom up, and the lines of the box beside it."""

    word: str
    parts: tuple[float, ...]
    complete: bool = True
    box: tuple[tuple[str, str], ...] = ()


class StackedBars(Plot):
    """Draw bars of parts from left to right."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        self._marks: Sequence[BarMark] = ()
        self._word: Callable[[float], str] = str
        super().__init__(name, parent)
        themes.current().changed.connect(self._draw)

    def show_marks(self, marks: Sequence[BarMark], word: Callable[[float], str]) -> None:
        """Draw bars; ``word`` prints a figure."""
        self._marks, self._word = marks, word
        self._draw()

    def box_of(self, place: int) -> Sequence[tuple[str, str]]:
        """Return what a bar tells."""
        return self._marks[place].box

    def height_of(self, place: int) -> float:
        """Return how high a bar is."""
        return sum(self._marks[place].parts)

    def _draw(self) -> None:
        totals = [sum(mark.parts) for mark in self._marks]
        self.left.word = self._word
        # a low plot has room for few words at its left
        lines = min(6, max(4, self.height() // themes.current().px(_LINE_EVERY)))
        self.begin(from_zero(totals, lines), [mark.word for mark in self._marks])
        for place, mark in enumerate(self._marks):
            floor = 0.0
            for part, tone in zip(mark.parts, _TONES, strict=False):
                if part:
                    self._bar(place, floor, part, tone, mark.complete)
                floor += part

    def _bar(self, place: int, floor: float, height: float, tone: str, complete: bool) -> None:
        colour = themes.current().color(tone)
        style = Qt.BrushStyle.SolidPattern if complete else Qt.BrushStyle.BDiagPattern
        pen = QPen(colour, 1.2)
        pen.setCosmetic(True)
        self.addItem(
            pg.BarGraphItem(
                x=[place], y0=[floor], height=[height], width=0.6,
                brush=QBrush(colour, style), pen=pen,
            )
        )  # fmt: skip
