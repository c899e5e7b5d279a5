"""Big choices: a card with a ring, one bold line and one line of help."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QButtonGroup, QSizePolicy, QWidget

from app.views.core import theme as themes
from app.views.widgets.text import cut


class OptionCard(QAbstractButton):
    """Offer one of several ways; the chosen one is tinted and framed."""

    def __init__(
        self, value: object, title: str, text: str, *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.value = value
        self._text = cut(text, 200)
        self.setText(title)
        self.setCheckable(True)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setProperty("ring_radius", themes.current().px(6))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def sizeHint(self) -> QSize:
        """Return the size of two lines."""
        theme = themes.current()
        return QSize(theme.px(280), self.heightForWidth(theme.px(280)))

    def minimumSizeHint(self) -> QSize:
        """Accept narrow places: the help goes on in more lines."""
        theme = themes.current()
        return QSize(theme.px(180), self.heightForWidth(theme.px(280)))

    def hasHeightForWidth(self) -> bool:
        """Tell that the help may need several lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that the words need."""
        theme = themes.current()
        room = QRect(0, 0, max(1, width - theme.px(58)), 10_000)
        metrics = QFontMetrics(theme.font("small"))
        words = metrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), self._text)
        return int(words.height()) + theme.px(22) + theme.px(24)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the card."""
        theme = themes.current()
        on = self.isChecked()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "accentTint" if on else "hover" if self.underMouse() else "surface"
        painter.setBrush(theme.brush(fill))
        painter.setPen(theme.pen("accent", 2) if on else theme.pen("border"))
        inset = 1.0 if on else 0.5
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(frame, theme.px(6), theme.px(6))
        self._paint_ring(painter, on)
        self._paint_words(painter)

    def _paint_ring(self, painter: QPainter, on: bool) -> None:
        theme = themes.current()
        middle = QPointF(theme.px(22), theme.px(22))
        radius = theme.px(16) / 2
        painter.setPen(theme.pen("accentFill" if on else "control"))
        painter.setBrush(theme.brush("accentFill" if on else "surface"))
        painter.drawEllipse(middle, radius - 0.5, radius - 0.5)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.brush("onAccent"))
            painter.drawEllipse(middle, radius * 0.4, radius * 0.4)

    def _paint_words(self, painter: QPainter) -> None:
        theme = themes.current()
        left, right = theme.px(42), self.width() - theme.px(14)
        painter.setFont(theme.font("body_strong"))
        painter.setPen(theme.color("text"))
        title = QRect(left, theme.px(12), right - left, theme.px(20))
        painter.drawText(title, Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        rest = QRect(left, theme.px(33), right - left, self.height() - theme.px(40))
        painter.drawText(rest, int(Qt.TextFlag.TextWordWrap), self._text)


class OptionCards(QWidget):
    """Hold cards of one question: one Tab stop, arrows choose."""

    changed = Signal(object)

    def __init__(
        self,
        choices: Iterable[tuple[object, str, str]],
        *,
        name: str,
        spoken: str,
        upright: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        ways = QBoxLayout.Direction
        row = QBoxLayout(ways.TopToBottom if upright else ways.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(themes.current().px(12))
        self._group = QButtonGroup(self)
        self._cards: list[OptionCard] = []
        for value, title, text in choices:
            card = OptionCard(value, title, text, name=f"{name}_{value}")
            self._group.addButton(card)
            self._cards.append(card)
            row.addWidget(card)
            card.toggled.connect(lambda on, value=value: self._tell(on, value))
        if self._cards:
            self._cards[0].setChecked(True)
            self.setFocusProxy(self._cards[0])

    @property
    def cards(self) -> Sequence[OptionCard]:
        """Return the cards in order."""
        return tuple(self._cards)

    def chosen(self) -> OptionCard | None:
        """Return the chosen card."""
        return next((card for card in self._cards if card.isChecked()), None)

    def value(self) -> object:
        """Return the chosen value."""
        card = self.chosen()
        return card.value if card is not None else None

    def set_value(self, value: object) -> None:
        """Choose a value."""
        for card in self._cards:
            if card.value == value:
                card.setChecked(True)

    def _tell(self, on: bool, value: object) -> None:
        chosen = self.chosen()
        if on and chosen is not None:
            self.setFocusProxy(chosen)
            self.changed.emit(value)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with digits as well."""
        digit = event.text()
        if digit.isdigit() and 0 < int(digit) <= len(self._cards):
            self._cards[int(digit) - 1].click()
            return
        super().keyPressEvent(event)
