"""How strong the typed passphrase is: a bar and a word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.i18n import N_, _, translate
from app.models.values.passphrase import SHORTEST, Strength, estimate
from app.views.core import theme as themes
from app.views.widgets.text import Label

# strength: (words, tone, part of the bar in percent)
_LOOKS: dict[Strength, tuple[str, str, int]] = {
    Strength.too_short: (N_("太短"), "bad", 12),
    Strength.weak: (N_("较弱"), "bad", 30),
    Strength.fair: (N_("一般"), "warn", 55),
    Strength.strong: (N_("较强"), "good", 78),
    Strength.very_strong: (N_("很强"), "good", 100),
}


class _Bar(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.tone = ""
        self.percent = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return a thin bar."""
        return QSize(themes.current().px(120), themes.current().px(6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bar."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self.height() / 2
        painter.setBrush(theme.brush("neutral"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self.percent:
            painter.setBrush(theme.brush(self.tone))
            part = QRectF(0, 0, self.width() * self.percent / 100, self.height())
            painter.drawRoundedRect(part, radius, radius)


class StrengthMeter(QWidget):
    """Show the strength of a passphrase; the bar is as wide as ``bar_width`` design pixels."""

    def __init__(self, bar_width: int = 320, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("strength")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._bar = _Bar()
        self._bar.setFixedWidth(theme.px(bar_width))
        self._words = Label("", "small")
        row.addWidget(self._bar)
        row.addWidget(self._words)
        row.addStretch(1)
        self.setMinimumHeight(theme.px(20))
        self.show_for("")

    def show_for(self, passphrase: str) -> None:
        """Judge what is typed."""
        words, tone, percent = _LOOKS[estimate(passphrase).strength]
        shown = translate(words) if passphrase else ""
        self._bar.tone = tone
        self._bar.percent = percent if passphrase else 0
        self._words.setText(shown)
        self._words.set_tone(tone)
        self.setAccessibleName(_("强度 {words}").format(words=shown) if shown else _("强度"))
        self._bar.update()

    def words(self) -> str:
        """Return the words shown."""
        return self._words.text()


def length_problem(passphrase: str) -> str:
    """Return what is wrong with the length of a new passphrase, empty when it is right."""
    if estimate(passphrase).strength is Strength.too_short:
        return _("至少 {count} 位，可以是一句话").format(count=SHORTEST)
    return ""


def repeat_problem(passphrase: str, again: str) -> str:
    """Return what is wrong with the repetition of a new passphrase, empty when it is right."""
    return "" if again == passphrase else _("两次输入的不一样")
