"""Winning and losing paths under each other, each as a row of signs with its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _
from app.services.sequences.shapes import PathMeasure
from app.views.core import format as words
from app.views.core import icons
from app.views.core import theme as themes
from app.views.sequences import words as said
from app.views.widgets.clip import copy_table
from app.views.widgets.text import draw_line

_ROW, _HEAD, _CHIP, _FIGURE = 34, 28, 22, 74
BY_RATE, BY_COUNT, BY_CYCLE = "rate", "count", "cycle"
_MOST = 6


@dataclass(frozen=True, slots=True)
class _Line:
    path: PathMeasure
    wins: bool

    def figures(self) -> tuple[str, str, str, str]:
        """Return customers, win rate, cycle and mean first deal."""
        path = self.path
        return (
            words.count(len(path.won if self.wins else path.lost)),
            words.percent(path.win_rate),
            said.days(path.cycle_days),
            words.money(path.deal_fen),
        )


def ordered(paths: Sequence[PathMeasure], by: str, *, wins: bool) -> list[PathMeasure]:
    """Return paths by win rate, by customers or by cycle; the same counts decide equal ones."""

    def key(one: PathMeasure) -> tuple[float, int]:
        count = len(one.won if wins else one.lost)
        if by == BY_RATE:
            return (-one.win_rate if wins else one.win_rate, -count)
        return (one.cycle_days or 0.0 if by == BY_CYCLE else -count, -count)

    return sorted(paths, key=key)


class PathRows(QWidget):
    """Show paths; arrows walk and light up their steps, Enter or a click chooses one."""

    chosen = Signal(object, bool)
    looked_at = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[_Line] = []
        self._at = 0
        self.setObjectName("sequence_paths")
        self.setAccessibleName(_("赢单路径"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setProperty("ring", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_paths(self, won: Sequence[PathMeasure], lost: Sequence[PathMeasure], by: str) -> None:
        """Replace the paths, the first few of either kind in an order."""
        self._lines = [_Line(one, True) for one in ordered(won, by, wins=True)[:_MOST]]
        self._lines += [_Line(one, False) for one in ordered(lost, by, wins=False)[:_MOST]]
        self._at = min(self._at, max(0, len(self._lines) - 1))
        told = "；".join(
            f"{said.path_text(one.path, wins=one.wins)} {' '.join(one.figures())}"
            for one in self._lines
        )
        self.setAccessibleDescription(told or _("没有数据"))
        self.updateGeometry()
        self.update()

    def _tops(self) -> tuple[list[int], int | None, int]:
        """Return where the rows stand, where the heading of those lost stands, and the height."""
        theme = themes.current()
        row, head = theme.px(_ROW), theme.px(_HEAD)
        tops: list[int] = []
        heading, y = None, head
        for line in self._lines:
            if not line.wins and heading is None:
                heading, y = y, y + head
            tops.append(y)
            y += row
        return tops, heading, y

    def sizeHint(self) -> QSize:
        """Return room for every row."""
        return QSize(themes.current().px(520), self._tops()[2])

    def minimumSizeHint(self) -> QSize:
        """Return room for every row; long paths are cut."""
        return QSize(themes.current().px(360), self._tops()[2])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw heading and rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tops, heading, _height = self._tops()
        self._paint_head(painter)
        if heading is not None:
            self._band(painter, heading, _("常见输单路径"))
        for place, (line, top) in enumerate(zip(self._lines, tops, strict=True)):
            self._paint_line(painter, place, line, top)

    def _band(self, painter: QPainter, top: int, text: str) -> QRect:
        theme = themes.current()
        band = QRect(0, top, self.width(), theme.px(_HEAD))
        painter.fillRect(band, theme.color("subtle"))
        painter.setFont(theme.font("small_bold"))
        painter.setPen(theme.color("text2"))
        draw_line(painter, band.adjusted(theme.px(10), 0, 0, 0), text)
        return band

    def _paint_head(self, painter: QPainter) -> None:
        theme = themes.current()
        self._band(painter, 0, _("路径"))
        painter.setFont(theme.font("caption"))
        heads = (_("家数"), _("赢单率"), _("周期中位"), _("首单均值"))
        for at, text in enumerate(heads):
            draw_line(painter, self._figure_box(at, 0, theme.px(_HEAD)), text, right=True)

    def _figure_box(self, at: int, top: int, high: int) -> QRect:
        wide = themes.current().px(_FIGURE)
        return QRect(self.width() - (4 - at) * wide - 4, top, wide - 6, high)

    def _paint_line(self, painter: QPainter, place: int, line: _Line, top: int) -> None:
        theme = themes.current()
        band = QRect(0, top, self.width(), theme.px(_ROW))
        if place == self._at and self.hasFocus():
            painter.fillRect(band, theme.color("selected"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(band.bottomLeft(), band.bottomRight())
        self._paint_deeds(painter, line, band)
        tones = ("text", "good" if line.wins else "bad", "text", "text")
        for at, (text, tone) in enumerate(zip(line.figures(), tones, strict=True)):
            painter.setFont(theme.font("small_bold" if at < 2 else "small"))
            painter.setPen(theme.color(tone))
            draw_line(painter, self._figure_box(at, top, band.height()), text, right=True)

    def _paint_deeds(self, painter: QPainter, line: _Line, band: QRect) -> None:
        theme = themes.current()
        metrics = QFontMetrics(theme.font("small"))
        left, end = theme.px(10), self._figure_box(0, 0, 0).left()
        top = band.top() + (band.height() - theme.px(_CHIP)) // 2
        for at, code in enumerate(said.path_deeds(line.path, wins=line.wins)):
            text = said.deed(code)
            wide = metrics.horizontalAdvance(text) + theme.px(28)
            if left + wide + theme.px(18) > end:
                painter.setPen(theme.color("text3"))
                painter.drawText(left, top + theme.px(15), "…")
                return
            if at:
                sign = QRectF(left - theme.px(14), top, theme.px(12), theme.px(_CHIP))
                icons.paint(painter, sign, "chevron_right", "text3", 10)
            self._paint_chip(painter, QRect(left, top, wide, theme.px(_CHIP)), code, text)
            left += wide + theme.px(16)

    def _paint_chip(self, painter: QPainter, box: QRect, code: str, text: str) -> None:
        theme = themes.current()
        fill, tone = "neutral", "text2"
        if code in ("sign", "calibrate", "visit"):
            fill, tone = "accentTint", "accent"
        elif code in ("lost", "silent"):
            fill, tone = "badTint", "bad"
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill))
        painter.drawRoundedRect(QRectF(box), theme.px(3), theme.px(3))
        sign = QRectF(box.left() + theme.px(5), box.top(), theme.px(14), box.height())
        icons.paint(painter, sign, said.DEED_ICON.get(code, "note"), tone, 12)
        painter.setPen(theme.color(tone))
        painter.setFont(theme.font("small"))
        draw_line(painter, box.adjusted(theme.px(22), 0, 0, 0), text)

    # -- choosing -------------------------------------------------------------------------------

    def _place_at(self, y: float) -> int:
        high = themes.current().px(_ROW)
        tops = self._tops()[0]
        return next((at for at, top in enumerate(tops) if top <= y < top + high), -1)

    def _look(self, place: int) -> None:
        deeds = set(self._lines[place].path.deeds) if 0 <= place < len(self._lines) else set()
        if deeds and self._lines[place].wins:
            deeds.add("sign")
        self.looked_at.emit(frozenset(deeds))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the steps of the path under the pointer."""
        self._look(self._place_at(event.position().y()))

    def leaveEvent(self, event: QEvent) -> None:
        """Take the light away."""
        super().leaveEvent(event)
        self._look(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the path under the pointer."""
        place = self._place_at(event.position().y())
        if place >= 0:
            self._at = place
            self.update()
            self._choose()

    def _choose(self) -> None:
        line = self._lines[self._at]
        self.chosen.emit(line.path, line.wins)

    def copy(self) -> None:
        """Put paths and figures on the clipboard as a table."""
        if self._lines:
            rows = [[said.path_text(o.path, wins=o.wins), *o.figures()] for o in self._lines]
            copy_table(rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows, choose with Enter, copy with Ctrl+C."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
            return
        moves = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key in moves and self._lines:
            self._at = min(max(self._at + moves[key], 0), len(self._lines) - 1)
            self._look(self._at)
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._lines:
            self._choose()
        else:
            event.ignore()
