"""A segmented control: a few exclusive words in one frame."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.core import theme as themes


class Segmented(QWidget):
    """Choose one of a few (value, words); arrows change, one Tab stop."""

    changed = Signal(object)

    def __init__(
        self,
        choices: Iterable[tuple[object, str]],
        *,
        name: str = "",
        spoken: str = "",
        height: int = 28,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._choices = list(choices)
        self._at = 0
        self._high = height
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setObjectName(name)
        self._spoken = spoken
        self._speak()

    def value(self) -> object:
        """Return the chosen value."""
        return self._choices[self._at][0] if self._choices else None

    def set_value(self, value: object) -> None:
        """Choose without telling ``changed``."""
        for at, (one, _words) in enumerate(self._choices):
            if one == value:
                self._at = at
        self._speak()
        self.update()

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Replace the words, keeping the chosen value."""
        kept = self.value()
        self._choices = list(choices)
        self._at = min(self._at, max(0, len(self._choices) - 1))
        self.set_value(kept)
        self.updateGeometry()

    def _speak(self) -> None:
        words = self._choices[self._at][1] if self._choices else ""
        self.setAccessibleName(f"{self._spoken} {words}".strip())

    def _widths(self) -> list[int]:
        theme = themes.current()
        metrics = QFontMetrics(theme.font("small_bold"))
        return [metrics.horizontalAdvance(words) + theme.px(22) for _value, words in self._choices]

    def sizeHint(self) -> QSize:
        """Return the size with bold words."""
        return QSize(sum(self._widths()), themes.current().px(self._high))

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    def _boxes(self) -> list[QRect]:
        left, boxes = 0, []
        for width in self._widths():
            boxes.append(QRect(left, 0, width, self.height()))
            left += width
        return boxes

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the segments."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        shape = QPainterPath()
        shape.addRoundedRect(frame, theme.px(4), theme.px(4))
        painter.fillPath(shape, theme.brush("surface"))
        boxes = self._boxes()
        painter.save()
        painter.setClipPath(shape)
        for at, box in enumerate(boxes):
            if at == self._at:
                painter.fillRect(box, theme.color("accentTint"))
            if at:
                painter.setPen(theme.pen("border"))
                painter.drawLine(box.topLeft(), box.bottomLeft())
        painter.restore()
        painter.setPen(theme.pen("control"))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPath(shape)
        for at, (box, (_value, words)) in enumerate(zip(boxes, self._choices, strict=True)):
            on = at == self._at
            painter.setFont(theme.font("small_bold" if on else "small"))
            painter.setPen(theme.color("accent" if on else "text2"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the segment under the pointer."""
        for at, box in enumerate(self._boxes()):
            if box.contains(event.position().toPoint()):
                self._choose(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows, Home and End."""
        last = len(self._choices) - 1
        targets = {
            Qt.Key.Key_Left: max(0, self._at - 1),
            Qt.Key.Key_Right: min(last, self._at + 1),
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        target = targets.get(Qt.Key(event.key()))
        if target is None:
            super().keyPressEvent(event)
        else:
            self._choose(target)

    def _choose(self, at: int) -> None:
        if at != self._at:
            self._at = at
            self._speak()
            self.update()
            self.changed.emit(self.value())
