"""Value badges and tags: painted in delegates, and small widgets of the same look."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.views.core import icons, labels
from app.views.core import theme as themes

# tone: (fill, text)
TONES: dict[str, tuple[str, str]] = {
    "neutral": ("neutral", "text2"),
    "accent": ("accentTint", "accent"),
    "good": ("goodTint", "good"),
    "warn": ("warnTint", "warn"),
    "bad": ("badTint", "bad"),
    "outline": ("", "text2"),
    "dashed": ("", "text3"),
}
_QUALITY_TONE = {"valuable": "good", "unsure": "warn", "worthless": "neutral"}
_PAD = 6


def tag_width(text: str, *, icon: bool = False) -> int:
    """Return the width of a tag at the text scale."""
    theme = themes.current()
    words = QFontMetrics(theme.font("small")).horizontalAdvance(text)
    return words + theme.px(2 * _PAD) + (theme.px(18) if icon else 0)


def paint_tag(
    painter: QPainter,
    rect: QRect,
    text: str,
    tone: str = "neutral",
    *,
    icon: str = "",
    selected: bool = False,
) -> int:
    """Draw a tag at the left of a rectangle, in its middle; return its width.

    On a selected row accent tags take the surface as fill, so that they do not melt into it.
    """
    theme = themes.current()
    fill, ink = TONES[tone]
    if selected and fill in ("accentTint", "neutral"):
        fill = "surface"
    width = min(tag_width(text, icon=bool(icon)), rect.width())
    box = _box(painter, rect, width, fill, tone)
    left = box.left() + theme.px(_PAD)
    if icon:
        at = QRectF(left - theme.px(1), box.top(), theme.px(14), box.height())
        icons.paint(painter, at, icon, ink, 14)
        left += theme.px(18)
    _words(painter, QRect(left, box.top(), box.right() - left - theme.px(4) + 1, box.height()),
           text, ink)  # fmt: skip
    return width


def _box(painter: QPainter, rect: QRect, width: int, fill: str, tone: str) -> QRect:
    theme = themes.current()
    high = min(theme.size("tag"), rect.height())
    box = QRect(rect.left(), rect.top() + (rect.height() - high) // 2, width, high)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if tone in ("outline", "dashed"):
        pen = QPen(theme.color("control" if tone == "dashed" else "border"), 1)
        if tone == "dashed":
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(box).adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill))
        painter.drawRoundedRect(QRectF(box), theme.px(3), theme.px(3))
    return box


def _words(painter: QPainter, box: QRect, text: str, ink: str) -> None:
    theme = themes.current()
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color(ink))
    metrics = QFontMetrics(theme.font("small"))
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, box.width() + theme.px(2))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags | Qt.TextFlag.TextDontClip, shown)


def badge_width(quality: str | None, grade: str | None, *, narrow: bool = False) -> int:
    """Return the width of a value badge at the text scale."""
    theme = themes.current()
    words = QFontMetrics(theme.font("small")).horizontalAdvance(
        labels.value(quality, grade, narrow=narrow)
    )
    glyph = theme.px(13) if quality else 0
    return words + glyph + theme.px(2 * _PAD)


def widest_badge() -> int:
    """Return the width of the widest value badge in the chosen language."""
    return max(badge_width(quality, grade) for quality in labels.QUALITY for grade in labels.GRADE)


def paint_badge(
    painter: QPainter,
    rect: QRect,
    quality: str | None,
    grade: str | None = None,
    *,
    selected: bool = False,
) -> int:
    """Draw the value badge at the left of a rectangle, in its middle; return its width.

    Below 84 design pixels the narrow words (有·大) are used.
    """
    theme = themes.current()
    narrow = rect.width() < theme.px(84) and rect.width() < badge_width(quality, grade)
    words = labels.value(quality, grade, narrow=narrow)
    if not quality:
        if narrow:
            _words(painter, rect, words, "text3")
            return rect.width()
        return paint_tag(painter, rect, words, "dashed")
    tone = _QUALITY_TONE.get(quality, "neutral")
    fill, ink = TONES[tone]
    if selected and fill == "neutral":
        fill = "surface"
    width = min(badge_width(quality, grade, narrow=narrow), rect.width())
    box = _box(painter, rect, width, fill, tone)
    _glyph(painter, box, quality, ink)
    left = box.left() + theme.px(_PAD + 13)
    _words(painter, QRect(left, box.top(), box.right() - left, box.height()), words, ink)
    return width


def _glyph(painter: QPainter, box: QRect, quality: str, ink: str) -> None:
    theme = themes.current()
    radius = theme.px(8) / 2
    middle = QPointF(box.left() + theme.px(_PAD) + radius, box.center().y() + 0.5)
    colour = theme.color(ink)
    disc = QRectF(middle.x() - radius, middle.y() - radius, 2 * radius, 2 * radius)
    if quality == "valuable":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawEllipse(disc)
        return
    ring = disc.adjusted(0.6, 0.6, -0.6, -0.6)
    painter.setPen(QPen(colour, 1.3))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(ring)
    if quality == "unsure":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawPie(disc, -90 * 16, 180 * 16)
    else:
        slope = radius * 0.6
        painter.drawLine(
            QPointF(middle.x() - slope, middle.y() + slope),
            QPointF(middle.x() + slope, middle.y() - slope),
        )


class Tag(QWidget):
    """Show a short state in a tinted box."""

    def __init__(
        self, text: str = "", tone: str = "neutral", icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._text = text
        self._tone = tone
        self._icon = icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set(self, text: str, tone: str = "neutral", icon: str = "") -> None:
        """Show another state."""
        self._text, self._tone, self._icon = text, tone, icon
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the tag."""
        return QSize(tag_width(self._text, icon=bool(self._icon)) + 1, themes.current().size("tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tag."""
        paint_tag(QPainter(self), self.rect(), self._text, self._tone, icon=self._icon)


class ValueBadge(QWidget):
    """Show 定性 and 定级 of a customer: glyph, colour and words."""

    def __init__(
        self, quality: str | None = None, grade: str | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._quality = quality
        self._grade = grade
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(quality, grade)

    def set(self, quality: str | None, grade: str | None = None) -> None:
        """Show another value."""
        self._quality, self._grade = quality, grade
        self.setAccessibleName(labels.value(quality, grade))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return the size of the badge."""
        theme = themes.current()
        return QSize(badge_width(self._quality, self._grade) + 1, theme.size("tag"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        paint_badge(QPainter(self), self.rect(), self._quality, self._grade)
