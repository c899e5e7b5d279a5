"""Median days between steps: a dot for customers won, a square for those lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.services.sequences.shapes import GapMeasure, StepMeasure
from app.views.core import theme as themes
from app.views.core.charts.scale import Scale, from_zero
from app.views.sequences import words as said
from app.views.widgets.text import draw_line

_ROW, _NAME, _AXIS, _LATE = 22, 132, 22, 90
_WORTH_SAYING = 2.0
"""From how many days on a difference is named."""


@dataclass(frozen=True, slots=True)
class _Line:
    name: str
    gap: GapMeasure

    @property
    def late(self) -> float | None:
        """Return by how many days those lost came later."""
        if self.gap.won_days is None or self.gap.lost_days is None:
            return None
        return self.gap.lost_days - self.gap.won_days


class GapChart(QWidget):
    """Show the gaps of won and lost customers, the widest difference named."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._scale: Scale = from_zero([1.0])
        self.setObjectName("sequence_gaps")
        self.setAccessibleName(_("步骤间隔"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_gaps(self, steps: Sequence[StepMeasure], gaps: Sequence[GapMeasure]) -> None:
        """Replace the gaps."""
        names = [one.rule.name for one in steps]
        self._lines = [
            _Line(f"{names[one.place - 2]} → {names[one.place - 1]}", one)
            for one in gaps
            if one.won_days is not None or one.lost_days is not None
        ]
        figures = [
            days
            for line in self._lines
            for days in (line.gap.won_days, line.gap.lost_days)
            if days is not None
        ]
        self._scale = from_zero(figures or [1.0])
        told = "；".join(
            f"{one.name} {said.days(one.gap.won_days)} / {said.days(one.gap.lost_days)}"
            for one in self._lines
        )
        self.setAccessibleDescription(told or _("没有数据"))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for every row and the axis."""
        theme = themes.current()
        return QSize(theme.px(420), theme.px(_ROW) * max(1, len(self._lines)) + theme.px(_AXIS))

    def minimumSizeHint(self) -> QSize:
        """Return room for every row and the axis."""
        return QSize(themes.current().px(300), self.sizeHint().height())

    def _x(self, days: float) -> float:
        theme = themes.current()
        left = theme.px(_NAME)
        room = self.width() - left - theme.px(_LATE)
        top = self._scale.lines()[-1] or 1.0
        return left + room * days / top

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw grid, lines and marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = themes.current()
        high = theme.px(_ROW) * len(self._lines)
        painter.setFont(theme.font("caption"))
        for line in self._scale.lines():
            x = self._x(line)
            painter.setPen(theme.pen("grid"))
            painter.drawLine(QPointF(x, 0), QPointF(x, high))
            painter.setPen(theme.color("text3"))
            box = QRectF(x - theme.px(20), high, theme.px(40), theme.px(_AXIS))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, f"{line:g}")
        widest = max((one.late or 0.0 for one in self._lines), default=0.0)
        for place, one in enumerate(self._lines):
            named = widest >= _WORTH_SAYING and one.late == widest
            self._paint_line(painter, place, one, named=named)

    def _paint_line(self, painter: QPainter, place: int, one: _Line, *, named: bool) -> None:
        theme = themes.current()
        top = place * theme.px(_ROW)
        painter.setFont(theme.font("small_bold" if named else "small"))
        painter.setPen(theme.color("text" if named else "text2"))
        room = QRect(0, top, theme.px(_NAME) - theme.px(8), theme.px(_ROW))
        draw_line(painter, room, one.name)
        middle, won, lost = top + theme.px(_ROW) / 2, one.gap.won_days, one.gap.lost_days
        if won is not None and lost is not None:
            painter.setPen(theme.pen("prev", 2))
            painter.drawLine(QPointF(self._x(won), middle), QPointF(self._x(lost), middle))
        side = theme.px(5)
        if won is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("c1"))
            painter.drawEllipse(QPointF(self._x(won), middle), side, side)
        if lost is not None:
            painter.setPen(theme.pen("c2", 2))
            painter.setBrush(theme.brush("surface"))
            square = QRectF(self._x(lost) - side, middle - side, 2 * side, 2 * side)
            painter.drawRect(square)
        if named and lost is not None and one.late is not None:
            painter.setFont(theme.font("small_bold"))
            painter.setPen(theme.color("warn"))
            left = round(self._x(max(lost, won or 0.0))) + theme.px(10)
            text = _("晚 {days}").format(days=said.days(one.late))
            draw_line(painter, QRect(left, top, self.width() - left, theme.px(_ROW)), text)
