"""A field-like button that opens 到哪里: Today has no list of its own to search."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.buttons import paint_key


class SearchLauncher(QAbstractButton):
    """Look like a search field; a click, Enter or the first letter opens the search.

    ``wanted(text)`` carries the letter typed, empty for a click.
    """

    wanted = Signal(str)

    def __init__(
        self, hint: str, key: str, width: int = 264, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._hint = hint
        self._key = key
        self._width = width
        self.setObjectName("search_launcher")
        self.setAccessibleName(hint)
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: self.wanted.emit(""))

    def sizeHint(self) -> QSize:
        """Return the size of a field."""
        theme = themes.current()
        return QSize(theme.px(self._width), theme.size("field"))

    def minimumSizeHint(self) -> QSize:
        """Shrink in narrow windows."""
        theme = themes.current()
        return QSize(theme.px(120), theme.size("field"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, Down or a letter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.wanted.emit("")
        elif event.text().strip():
            self.wanted.emit(event.text())
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw outline, glass, hint and key."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.pen("control"))
        painter.setBrush(theme.brush("hover" if self.underMouse() else "surface"))
        painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        glass = QRectF(theme.px(8), 0, theme.px(18), self.height())
        icons.paint(painter, glass, "search", "text2")
        wide = 0
        if self._key:
            wide = QFontMetrics(theme.font("caption")).horizontalAdvance(self._key) + theme.px(10)
            box = QRect(self.width() - wide - theme.px(7), 0, wide, self.height())
            paint_key(painter, box, self._key)
        room = self.width() - theme.px(30 + 14) - wide
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text3"))
        words = QFontMetrics(theme.font("body")).elidedText(
            self._hint, Qt.TextElideMode.ElideRight, room
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(QRect(theme.px(30), 0, room, self.height()), flags, words)
