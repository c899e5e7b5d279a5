"""The stage path of a customer: reached, current, still to come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.text import plain_tip


@dataclass(frozen=True, slots=True)
class Stage:
    """Name a stage; ``note`` is the day it was reached, or 第 11 天 for the current one."""

    name: str
    note: str = ""
    reached: bool = False


class StageBar(QWidget):
    """Draw the stages as segments; a click or Enter asks to move there.

    ``chosen(position)`` comes for a stage other than the current one.
    """

    chosen = Signal(int)

    def __init__(self, *, name: str = "stage_bar", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[Stage, ...] = ()
        self._current = -1
        self._at = 0
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    def set_stages(self, stages: Sequence[Stage], current: int) -> None:
        """Show the path with the current position."""
        self._stages = tuple(stages)
        self._current = self._at = current
        self._speak()
        self.updateGeometry()
        self.update()

    def _speak(self) -> None:
        if 0 <= self._at < len(self._stages):
            stage = self._stages[self._at]
            words = _("阶段 {name} {note}").format(name=stage.name, note=stage.note)
            self.setAccessibleName(words.strip())

    def sizeHint(self) -> QSize:
        """Return the bar's size."""
        theme = themes.current()
        return QSize(theme.px(96) * max(1, len(self._stages)), theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """Accept narrow segments."""
        theme = themes.current()
        return QSize(theme.px(40) * max(1, len(self._stages)), theme.px(24))

    def _boxes(self) -> list[QRect]:
        number = len(self._stages)
        gap = themes.current().px(2)
        edges = [round(at * (self.width() + gap) / number) for at in range(number + 1)]
        return [
            QRect(left, 0, right - left - gap, self.height()) for left, right in pairwise(edges)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments."""
        theme = themes.current()
        painter = QPainter(self)
        for at, (box, stage) in enumerate(zip(self._boxes(), self._stages, strict=True)):
            on = at == self._current
            fill = "accentFill" if on else "accentTint" if stage.reached else "neutral"
            painter.fillRect(box, theme.color(fill))
            font = theme.font("small_bold" if on else "small")
            tone = "onAccent" if on else "accent" if stage.reached else "text2"
            if self.hasFocus() and at == self._at and not on:
                painter.setPen(theme.pen("accent"))
                painter.drawRect(box.adjusted(0, 0, -1, -1))
            painter.setFont(font)
            painter.setPen(theme.color(tone))
            mark = " · " if on and stage.note else " "
            words = f"{stage.name}{mark}{stage.note}".strip()
            metrics = QFontMetrics(font)
            if metrics.horizontalAdvance(words) > box.width() - 4:
                words = metrics.elidedText(stage.name, Qt.TextElideMode.ElideRight, box.width() - 4)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the whole name under the pointer."""
        at = self._position(event)
        stage = self._stages[at] if at >= 0 else Stage("")
        self.setToolTip(plain_tip(f"{stage.name} {stage.note}".strip()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the stage under the pointer."""
        at = self._position(event)
        if at >= 0:
            self._choose(at)

    def _position(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((at for at, box in enumerate(self._boxes()) if box.contains(point)), -1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter or Space."""
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._stages:
            step = 1 if key == Qt.Key.Key_Right else -1
            self._at = min(max(0, self._at + step), len(self._stages) - 1)
            self._speak()
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._choose(self._at)
        else:
            super().keyPressEvent(event)

    def _choose(self, at: int) -> None:
        if 0 <= at < len(self._stages) and at != self._current:
            self.chosen.emit(at)
