"""The steps as cards in a row, with what passes and what is lost between them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QWidget

from app.i18n import _
from app.services.sequences.shapes import StepMeasure
from app.views.core import format as words
from app.views.core import icons
from app.views.core import theme as themes
from app.views.sequences import words as said
from app.views.widgets.text import draw_line

_CARD, _GAP, _HIGH = 112, 48, 112


class StepFlow(QWidget):
    """Show the steps; arrows walk, Enter or a click chooses one, ``marked`` ones are lit."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps: Sequence[StepMeasure] = ()
        self._worst = 0
        self._at = 0
        self._marked: frozenset[str] = frozenset()
        self.setObjectName("sequence_steps")
        self.setAccessibleName(_("标准序列与流失"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_steps(self, steps: Sequence[StepMeasure], worst: int | None) -> None:
        """Replace the steps; the one at place ``worst`` stands out."""
        self._steps, self._worst = steps, worst or 0
        self._at = min(self._at, max(0, len(steps) - 1))
        told = "；".join(f"{one.rule.name} {one.alive}" for one in steps)
        self.setAccessibleDescription(told or _("没有数据"))
        self.updateGeometry()
        self.update()

    def mark(self, deeds: frozenset[str]) -> None:
        """Light up the steps that ask for some deeds; none takes the light away."""
        if deeds != self._marked:
            self._marked = deeds
            self.update()

    def sizeHint(self) -> QSize:
        """Return room for every card."""
        theme, count = themes.current(), max(1, len(self._steps))
        wide = count * theme.px(_CARD) + (count - 1) * theme.px(_GAP)
        return QSize(wide, theme.px(_HIGH))

    def minimumSizeHint(self) -> QSize:
        """Let the page scroll rather than cut a card."""
        return self.sizeHint()

    def _card(self, place: int) -> QRectF:
        theme, count = themes.current(), len(self._steps)
        gap = theme.px(_GAP)
        wide = (self.width() - gap * (count - 1)) / count
        return QRectF(place * (wide + gap) + 1, 1, wide - 2, theme.px(_HIGH) - 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw cards and arrows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, step in enumerate(self._steps):
            self._paint_card(painter, place, step)
            if place + 1 < len(self._steps):
                self._paint_arrow(painter, place, step)

    def _paint_card(self, painter: QPainter, place: int, step: StepMeasure) -> None:
        theme, box = themes.current(), self._card(place)
        worst = step.place == self._worst
        here = self.hasFocus() and place == self._at
        lit = step.rule.deed in self._marked
        tone = "c2" if worst else "accent" if here or lit else "border"
        painter.setPen(theme.pen(tone, 2 if worst or here or lit else 1))
        painter.setBrush(theme.brush("accentTint" if lit else "surface"))
        painter.drawRoundedRect(box, theme.px(6), theme.px(6))
        inner = box.adjusted(theme.px(10), theme.px(8), -theme.px(8), -theme.px(8)).toRect()
        self._paint_words(painter, inner, step)
        track = QRectF(inner.left(), inner.bottom() - theme.px(5), inner.width(), theme.px(5))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush("neutral"))
        painter.drawRoundedRect(track, theme.px(2), theme.px(2))
        most = self._steps[0].alive or 1
        track.setWidth(track.width() * min(1.0, step.alive / most))
        painter.setBrush(theme.brush("c2" if worst else "c1"))
        painter.drawRoundedRect(track, theme.px(2), theme.px(2))

    def _paint_words(self, painter: QPainter, inner: QRect, step: StepMeasure) -> None:
        theme = themes.current()
        line = theme.px(18)
        sign = QRectF(inner.left(), inner.top(), theme.px(16), line)
        icons.paint(painter, sign, said.DEED_ICON.get(step.rule.deed, "note"), "text2", 14)
        rows = (
            ("small_bold", "text", step.rule.name, theme.px(20), line),
            ("section", "text", words.count(step.alive), 0, theme.px(26)),
            ("caption", "text2", _("中位 {days}").format(days=said.days(step.median_days)), 0, 0),
            ("caption", "text2", said.standard(step.rule), 0, 0),
        )
        top = inner.top()
        for role, tone, text, left, high in rows:
            tall = high or theme.px(16)
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            room = QRect(inner.left() + left, top, inner.width() - left, tall)
            draw_line(painter, room, text)
            top += tall

    def _paint_arrow(self, painter: QPainter, place: int, step: StepMeasure) -> None:
        theme, box = themes.current(), self._card(place)
        worst = step.place + 1 == self._worst
        room = QRect(round(box.right()) + 2, 0, theme.px(_GAP) - 3, theme.px(16))
        middle = Qt.AlignmentFlag.AlignCenter
        painter.setFont(theme.font("small_bold" if worst else "caption"))
        painter.setPen(theme.color("warn" if worst else "text2"))
        room.moveTop(theme.px(30))
        painter.drawText(room, middle, words.percent(step.pass_rate))
        room.moveTop(theme.px(66))
        painter.setFont(theme.font("caption"))
        painter.drawText(room, middle, f"−{words.count(step.lost)}")
        sign = QRectF(room.left(), theme.px(48), room.width(), theme.px(16))
        icons.paint(painter, sign, "arrow_right", "warn" if worst else "text3", 14)

    def _show_whole(self, place: int) -> None:
        """Scroll so that a card is seen whole in a narrow window."""
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            middle, wide = self._card(place).center(), self._card(place).width()
            area.ensureVisible(round(middle.x()), round(middle.y()), round(wide / 2) + 2, 0)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the card under the pointer."""
        for place in range(len(self._steps)):
            if self._card(place).contains(event.position()):
                self._at = place
                self.update()
                self.chosen.emit(self._steps[place].place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter."""
        moves = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in moves and self._steps:
            self._at = min(max(self._at + moves[key], 0), len(self._steps) - 1)
            self._show_whole(self._at)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._steps:
            self.chosen.emit(self._steps[self._at].place)
        else:
            event.ignore()
