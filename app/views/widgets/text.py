"""Text that can never turn into markup, and never gets too long to lay out."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QSizePolicy, QWidget

from app.views.core import theme as themes

LONGEST = 4096


def cut(text: str, limit: int = LONGEST) -> str:
    """Return the text cut to a length that widgets lay out quickly."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def middle(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return the text shortened in the middle: company names differ at the end."""
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def draw_line(
    painter: QPainter,
    rect: QRect | QRectF,
    text: str,
    *,
    right: bool = False,
    mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
) -> None:
    """Draw one line in the painter's font and pen, shortened to the rectangle, never cut."""
    room = rect.toAlignedRect() if isinstance(rect, QRectF) else rect
    shown = painter.fontMetrics().elidedText(text, mode, room.width())
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


def plain_tip(text: str) -> str:
    """Return a tooltip that shows exactly this text, markup characters included."""
    shown = cut(text)
    if "<" not in shown:
        return shown
    import html

    # Qt guesses rich text from tags: make it certain, and escaped
    return f"<span>{html.escape(shown)}</span>"


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget a plain-text tooltip."""
    widget.setToolTip(plain_tip(text))


def said(caption: str) -> str:
    """Return the words of a caption: a doubled & is one, a single one marks a key."""
    return re.sub("&(&?)", r"\1", caption)


def name(widget: QWidget, object_name: str, spoken: str = "") -> None:
    """Give a widget its stable object name and its translated accessible name."""
    widget.setObjectName(object_name)
    if spoken:
        widget.setAccessibleName(spoken)


class Label(QLabel):
    """Show plain text in a type role and a text colour of the tokens."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setProperty("tone", tone)
        self.setWordWrap(wrap)
        self._icon: tuple[str, int, str] | None = None
        self.setText(text)

    def set_icon(self, name: str, size: int = 16, token: str = "text2") -> None:
        """Show an icon instead of words; it follows a switch of light and dark."""
        self._icon = (name, size, token)
        self._paint_icon()

    def _paint_icon(self) -> None:
        from app.views.core import icons

        if self._icon is not None:
            self.setPixmap(icons.pixmap(*self._icon))

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon again in the colours of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self._icon is not None:
            self._paint_icon()

    def setText(self, text: str) -> None:
        """Show the text, cut to a sane length."""
        super().setText(cut(text))

    def set_tone(self, tone: str) -> None:
        """Change the text colour to another token."""
        themes.set_property(self, "tone", tone)

    def set_role(self, role: str) -> None:
        """Change the type role."""
        themes.set_property(self, "role", role)


class ElidedLabel(QWidget):
    """Show one line of plain text, shortened to the width, full text in the tooltip."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        tone: str = "text",
        *,
        mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._text = cut(text)
        self._role = role
        self._tone = tone
        self._mode = mode
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show the text."""
        self._text = cut(text).replace("\n", " ")
        self.setAccessibleName(self._text)
        set_tip(self, self._text)
        self.updateGeometry()
        self.update()

    def text(self) -> str:
        """Return the whole text."""
        return self._text

    def sizeHint(self) -> QSize:
        """Ask for the whole text, one line high."""
        theme = themes.current()
        metrics = QFontMetrics(theme.font(self._role))
        return QSize(metrics.horizontalAdvance(self._text) + 2, theme.line(self._role))

    def minimumSizeHint(self) -> QSize:
        """Accept a few characters."""
        theme = themes.current()
        return QSize(theme.px(24), theme.line(self._role))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the shortened text."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setFont(theme.font(self._role))
        painter.setPen(theme.color(self._tone))
        draw_line(painter, self.rect(), self._text, mode=self._mode)


class PlainText(QPlainTextEdit):
    """Take several lines of plain text; Tab leaves the field, pasting drops formats."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setPlainText(text)

    def text(self) -> str:
        """Return the text without trailing white space."""
        return self.toPlainText().rstrip()


def copy_text(text: str) -> None:
    """Put plain text on the clipboard."""
    QGuiApplication.clipboard().setText(text)
