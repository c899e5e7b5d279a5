"""The strip of figures over Today: each one filters the list or leads to its rows."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QSizePolicy, QWidget

from app.i18n import _
from app.models.values.nextstep import Group
from app.services.followups.today import Counters
from app.views.core import format as formats
from app.views.core import theme as themes
from app.views.widgets.text import set_tip

TODAY_GROUPS = frozenset({Group.later_today, Group.tonight})
WEEK_GROUPS = TODAY_GROUPS | {Group.tomorrow, Group.this_week}
FILTERS: dict[str, frozenset[Group]] = {
    "overdue": frozenset({Group.overdue}),
    "today": TODAY_GROUPS,
    "week": WEEK_GROUPS,
}
"""Which groups a figure leaves in the list."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: what it counts, the number, and the words behind it."""

    code: str
    label: str
    number: str
    rest: str
    bad: bool = False

    def spoken(self) -> str:
        """Return the figure for screen readers."""
        return " ".join(part for part in (self.label, self.number, self.rest) if part)


def figures_of(counters: Counters) -> list[Figure]:
    """Return the five figures that are true now."""
    done = _("已完成 {count}").format(count=counters.done_today) if counters.done_today else _("条")
    talk = formats.duration(counters.talk_seconds) if counters.talk_seconds else _("通")
    signed = formats.money(counters.signed_fen or None, 1)
    return [
        Figure("overdue", _("逾期"), str(counters.overdue), _("条"), bool(counters.overdue)),
        Figure("today", _("今天待办"), str(counters.today), done),
        Figure("week", _("本周待办"), str(counters.this_week), _("条")),
        Figure("calls", _("今日通话"), str(counters.calls_today), talk),
        Figure("signed", _("本月签约"), signed, ""),
    ]


class CounterLine(QWidget):
    """Show the pressing figures in one line for narrow windows: 逾期 3 · 今天 5 · 本周 11."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts: list[tuple[str, str, str]] = []
        self.setObjectName("counter_line")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_counters(self, counters: Counters) -> None:
        """Show other numbers."""
        pairs = (
            (_("逾期"), counters.overdue, "bad" if counters.overdue else "text"),
            (_("今天"), counters.today, "text"),
            (_("本周"), counters.this_week, "text"),
        )
        self._parts = []
        for at, (words, count, tone) in enumerate(pairs):
            dot = " · " if at else ""
            self._parts.append((f"{dot}{words} ", "small", "text2"))
            self._parts.append((str(count), "small_bold", tone))
        self.setAccessibleName("，".join(f"{words} {count}" for words, count, _tone in pairs))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the width of all parts."""
        theme = themes.current()
        wide = sum(
            QFontMetrics(theme.font(role)).horizontalAdvance(text) for text, role, _t in self._parts
        )
        return QSize(wide + theme.px(4), theme.line("small"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words and bold numbers."""
        theme = themes.current()
        painter = QPainter(self)
        left = 0
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for text, role, tone in self._parts:
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(tone))
            painter.drawText(QRect(left, 0, self.width(), self.height()), flags, text)
            left += QFontMetrics(theme.font(role)).horizontalAdvance(text)


class FigureCell(QAbstractButton):
    """Show one figure; press it to see the rows behind it."""

    def __init__(self, code: str, *, toggles: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._figure = Figure(code, "", "", "")
        self.setCheckable(toggles)
        self.setObjectName(f"figure_{code}")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_figure(self, figure: Figure, tip: str) -> None:
        """Show another number."""
        self._figure = figure
        self.setAccessibleName(figure.spoken())
        self.setAccessibleDescription(tip)
        set_tip(self, tip)
        self.updateGeometry()
        self.update()

    def figure(self) -> Figure:
        """Return what is shown."""
        return self._figure

    def sizeHint(self) -> QSize:
        """Return 60 px in height and the room for number and words."""
        theme = themes.current()
        number = QFontMetrics(theme.font("title")).horizontalAdvance(self._figure.number)
        small = QFontMetrics(theme.font("small"))
        rest = small.horizontalAdvance(self._figure.rest)
        label = small.horizontalAdvance(self._figure.label)
        wide = max(label, number + theme.px(7) + rest) + theme.px(28)
        return QSize(wide, theme.px(58))

    def minimumSizeHint(self) -> QSize:
        """Never cut the number."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw label, number and words."""
        theme = themes.current()
        painter = QPainter(self)
        if self.isChecked() or self.isDown() or self.underMouse():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("accentTint" if self.isChecked() else "hover"))
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(5), theme.px(5))
        left, figure = theme.px(14), self._figure
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("accent" if self.isChecked() else "text2"))
        painter.drawText(QRect(left, theme.px(7), self.width(), theme.px(18)), flags, figure.label)
        painter.setFont(theme.font("title"))
        painter.setPen(theme.color("bad" if figure.bad else "text"))
        lower = QRect(left, theme.px(26), self.width() - left, theme.px(24))
        painter.drawText(lower, flags, figure.number)
        wide = QFontMetrics(theme.font("title")).horizontalAdvance(figure.number)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        painter.drawText(lower.adjusted(wide + theme.px(7), theme.px(1), 0, 0), flags, figure.rest)


class CounterStrip(QFrame):
    """Hold the figures in one frame.

    ``filtered(groups)`` tells which groups to show (an empty set is all), ``asked(code)`` that
    the rows behind a figure are elsewhere (calls, signed).
    """

    filtered = Signal(object)
    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setObjectName("counter_strip")
        self.setAccessibleName(_("今天的数字"))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self.cells: dict[str, FigureCell] = {}
        for figure, stretch in zip(figures_of(Counters(0, 0, 0, 0, 0, 0, 0)), _SHARES, strict=True):
            if self.cells:
                edge = QFrame()
                edge.setProperty("upright", True)
                row.addWidget(edge)
            cell = FigureCell(figure.code, toggles=figure.code in FILTERS)
            cell.clicked.connect(lambda _on, code=figure.code: self._pressed(code))
            self.cells[figure.code] = cell
            row.addWidget(cell, stretch)

    def show_counters(self, counters: Counters) -> None:
        """Show other numbers."""
        for figure in figures_of(counters):
            self.cells[figure.code].show_figure(figure, _tip(figure.code))

    def _pressed(self, code: str) -> None:
        if code not in FILTERS:
            self.asked.emit(code)
            return
        on = self.cells[code].isChecked()
        for other, cell in self.cells.items():
            cell.setChecked(on and other == code)
        self.filtered.emit(FILTERS[code] if on else frozenset())


_SHARES = (115, 136, 136, 160, 160)


def _tip(code: str) -> str:
    return {
        "overdue": _("只看逾期的；再按一次看全部"),
        "today": _("只看今天的；再按一次看全部"),
        "week": _("只看本周的；再按一次看全部"),
        "calls": _("打开今天联系过的客户"),
        "signed": _("打开商机与回款"),
    }[code]
