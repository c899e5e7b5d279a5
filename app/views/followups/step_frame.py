"""One numbered step of 写跟单: number, title and hint at the left, its fields at the right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.text import Label

State = Literal["plain", "current", "done"]
_LOOKS: dict[State, tuple[str, str]] = {
    "plain": ("neutral", "text2"),
    "current": ("accentFill", "onAccent"),
    "done": ("goodTint", "good"),
}
SIDE = 128


class _Number(QWidget):
    """Show the number of a step in a disc."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.state: State = "plain"
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return 20 px."""
        side = themes.current().px(20)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw disc and number."""
        theme = themes.current()
        fill, ink = _LOOKS[self.state]
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill))
        painter.drawEllipse(QRectF(self.rect()))
        painter.setFont(theme.font("small_bold"))
        painter.setPen(theme.color(ink))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, str(self._number))


class StepFrame(QFrame):
    """Hold the fields of one step in ``body``; ``first`` is where Ctrl+number goes."""

    def __init__(self, number: int, title: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "below")
        self.setObjectName(f"step_{number}")
        self.setAccessibleName(title)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        row.setSpacing(0)
        self._number = _Number(number)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignTop)
        row.addSpacing(theme.px(11))
        row.addWidget(self._head(title, hint), 0, Qt.AlignmentFlag.AlignTop)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(theme.px(8))
        row.addLayout(self.body, 1)

    def _head(self, title: str, hint: str) -> QWidget:
        theme = themes.current()
        head = QWidget()
        head.setFixedWidth(theme.px(SIDE - 31))
        rows = QVBoxLayout(head)
        rows.setContentsMargins(0, 0, theme.px(8), 0)
        rows.setSpacing(theme.px(2))
        rows.addWidget(Label(title, "body_strong", wrap=True))
        rows.addWidget(Label(hint, "caption", "text2", wrap=True))
        self.mark = FromText(_("来自上文"))
        rows.addWidget(self.mark)
        return head

    def set_state(self, state: State) -> None:
        """Mark the step as being worked on, done or neither."""
        if self._number.state != state:
            self._number.state = state
            self._number.update()

    def jump(self) -> None:
        """Put the focus into the first field."""
        first = self.first_field()
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def first_field(self) -> QWidget | None:
        """Return where Ctrl+number goes."""
        return None

    def is_done(self) -> bool:
        """Tell whether the step has what it is for."""
        return False


def field_label(text: str, *, like: Sequence[str] = (), high: str = "") -> Label:
    """Return the small label before a field.

    ``like`` are the labels of the rows above and below, so that their fields stand in line;
    ``high`` names the height of the first line beside it (chip or field).
    """
    theme = themes.current()
    label = Label(text, "small", "text2")
    if like:
        metrics = QFontMetrics(theme.font("small"))
        label.setFixedWidth(max(metrics.horizontalAdvance(one) for one in like) + theme.px(6))
    if high:
        label.setFixedHeight(theme.size(high))
    return label


class FromText(Label):
    """Say 来自上文 beside a field that was filled from what was typed."""

    def __init__(self, words: str) -> None:
        super().__init__(words, "caption", "accent")
        self.hide()
