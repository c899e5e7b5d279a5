"""The last entries of a customer's chain, drawn small beside Today's list."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.services.followups.drafts import TimelineEntry
from app.services.followups.recognise import Moment
from app.views.core import format as formats
from app.views.core import icons
from app.views.core import theme as themes
from app.views.followups import entry_words, when_words
from app.views.widgets.badges import badge_width, paint_badge
from app.views.widgets.text import cut

MOST_LINES = 3
_SIDE = 24
_GAP = 10
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


def wrapped(text: str, metrics: QFontMetrics, width: int, most: int = MOST_LINES) -> list[str]:
    """Return a text in at most so many lines, the last one shortened."""
    flat = " ".join(cut(text, 600).split())
    if not flat or width <= 0:
        return []
    layout = QTextLayout(flat, themes.current().font("body"))
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(width)
        rest = flat[line.textStart() :]
        last = len(lines) == most - 1
        shown = (
            metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width)
            if last
            else (rest[: line.textLength()])
        )
        lines.append(shown.rstrip())
    layout.endLayout()
    return lines


class EntryGlance(QWidget):
    """Show one entry: round sign, title, time, and up to three lines."""

    def __init__(
        self, entry: TimelineEntry, moment: Moment, *, last: bool, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._entry = entry
        self._title = entry_words.title_of(entry)
        self._body = entry_words.body_of(entry)
        self._change = entry_words.value_change(entry)
        self._when = _when(entry, moment)
        self._last = last
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(
            " ".join(part for part in (self._title, self._when, self._body) if part)
        )

    def _text_left(self) -> int:
        theme = themes.current()
        return theme.px(_SIDE) + theme.px(_GAP)

    def _lines(self, width: int) -> list[str]:
        metrics = QFontMetrics(themes.current().font("body"))
        return wrapped(self._body, metrics, width - self._text_left())

    def hasHeightForWidth(self) -> bool:
        """Tell that text wraps."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height at a width."""
        theme = themes.current()
        high = theme.px(22) + len(self._lines(width)) * theme.line("body")
        high += theme.px(24) if self._change is not None else 0
        return max(high, theme.px(_SIDE)) + theme.px(14)

    def sizeHint(self) -> QSize:
        """Return a middling size."""
        wide = themes.current().px(320)
        return QSize(wide, self.heightForWidth(wide))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the entry."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_sign(painter)
        left, width = self._text_left(), self.width()
        caption = QFontMetrics(theme.font("caption"))
        when_wide = caption.horizontalAdvance(self._when) + theme.px(8)
        head = QRect(left, theme.px(1), width - left, theme.px(22))
        painter.setFont(theme.font("name"))
        painter.setPen(theme.color("text"))
        title = QFontMetrics(theme.font("name")).elidedText(
            self._title, Qt.TextElideMode.ElideRight, head.width() - when_wide
        )
        painter.drawText(head, _LEFT, title)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        painter.drawText(head, _RIGHT, self._when)
        top = theme.px(22)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        for line in self._lines(width):
            painter.drawText(QRect(left, top, width - left, theme.line("body")), _LEFT, line)
            top += theme.line("body")
        if self._change is not None:
            self._paint_change(painter, left, top)

    def _paint_sign(self, painter: QPainter) -> None:
        theme = themes.current()
        side = theme.px(_SIDE)
        box = QRectF(0, 0, side, side)
        if not self._last:
            painter.setPen(theme.pen("border"))
            painter.drawLine(side // 2, side, side // 2, self.height())
        painter.setPen(Qt.PenStyle.NoPen)
        key = self._entry.kind in ("contract", "payment")
        painter.setBrush(theme.brush("goodTint" if key else "neutral"))
        painter.drawEllipse(box)
        icons.paint(painter, box, entry_words.icon_of(self._entry), "good" if key else "text2", 14)

    def _paint_change(self, painter: QPainter, left: int, top: int) -> None:
        assert self._change is not None
        theme = themes.current()
        high = theme.px(22)
        wide = badge_width(*self._change.old)
        paint_badge(painter, QRect(left, top, wide + 1, high), *self._change.old)
        left += wide + theme.px(5)
        icons.paint(painter, QRectF(left, top, theme.px(14), high), "arrow_right", "text2", 12)
        left += theme.px(19)
        paint_badge(painter, QRect(left, top, badge_width(*self._change.new) + 1, high),
                    *self._change.new)  # fmt: skip


def _when(entry: TimelineEntry, moment: Moment) -> str:
    today = when_words.today_of(moment)
    if entry.kind in ("followup", "calibration"):
        day = entry.on or today
        return f"{formats.day_week(day, today)} {when_words.clock_of(entry.at, moment)}"
    return formats.day_week(entry.on, today) if entry.on else ""
