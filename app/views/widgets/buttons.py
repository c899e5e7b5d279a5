"""Buttons, check boxes, links and choices, painted from the tokens."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QMenu,
    QPushButton,
    QRadioButton,
    QSizePolicy,
    QWidget,
)

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.text import said, set_tip

Role = Literal["default", "primary", "ghost", "danger", "danger_fill", "link"]

# role: (fill, hover, pressed, outline, text)
_LOOKS: dict[str, tuple[str, str, str, str, str]] = {
    "default": ("surface", "hover", "selected", "control", "text"),
    "primary": ("accentFill", "accentFill", "accentFill", "accentFill", "onAccent"),
    "ghost": ("", "hover", "selected", "", "text2"),
    "danger": ("surface", "badTint", "badTint", "bad", "bad"),
    "danger_fill": ("bad", "bad", "bad", "bad", "onBad"),
    "link": ("", "", "", "", "accent"),
}


class Button(QPushButton):
    """Show icon, words, key hint and drop-down mark in one of the button roles.

    ``height`` is 28, 24 or 32 design pixels; ``key`` is a key hint such as ``Ctrl+J``.
    """

    def __init__(
        self,
        text: str = "",
        role: Role = "default",
        icon: str = "",
        *,
        key: str = "",
        height: int = 28,
        tip: str = "",
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._role: Role = role
        self._icon = icon
        self._key = key
        self._height = height
        # painted below: the style sheet's least height would stretch the small ones
        self.setProperty("own", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(
            Qt.CursorShape.PointingHandCursor if role == "link" else Qt.CursorShape.ArrowCursor
        )
        self.setAutoDefault(False)
        self.setAccessibleName(said(text) or tip)
        if name:
            self.setObjectName(name)
        if tip:
            set_tip(self, tip)

    def setText(self, text: str) -> None:
        """Show other words and tell them to screen readers."""
        super().setText(text)
        self.setAccessibleName(said(text))
        self.updateGeometry()

    def set_role(self, role: Role) -> None:
        """Change the role."""
        self._role = role
        self.update()

    def set_icon(self, name: str) -> None:
        """Change the icon."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def set_key(self, key: str) -> None:
        """Change the key hint."""
        self._key = key
        self.updateGeometry()
        self.update()

    def set_menu(self, menu: QMenu) -> None:
        """Open a menu on press and show the drop-down mark."""
        self.setMenu(menu)
        self.updateGeometry()

    # -- geometry -----------------------------------------------------------------

    def _parts(self) -> list[tuple[str, int]]:
        theme = themes.current()
        words = said(self.text())
        metrics = QFontMetrics(theme.font(self._font()))
        hint = QFontMetrics(theme.font("caption"))
        parts: list[tuple[str, int]] = []
        if self._icon:
            parts.append(("icon", theme.px(16)))
        if words:
            parts.append(("text", metrics.horizontalAdvance(words)))
        if self._key and theme.key_hints:
            parts.append(("key", hint.horizontalAdvance(self._key) + theme.px(10)))
        if self.menu() is not None and words:
            parts.append(("drop", theme.px(14)))
        return parts

    def _gap(self) -> int:
        return themes.current().px(7)

    def _font(self) -> str:
        return "body" if self._height > 24 else "small"

    def sizeHint(self) -> QSize:
        """Return the size of all parts."""
        theme = themes.current()
        parts = self._parts()
        height = theme.px(self._height)
        if [kind for kind, _width in parts] == ["icon"]:
            return QSize(height, height)
        side = {"link": 4, "ghost": 8}.get(self._role, 12 if self._height >= 28 else 10)
        wide = sum(width for _kind, width in parts) + self._gap() * max(0, len(parts) - 1)
        return QSize(wide + 2 * theme.px(side), height)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return self.sizeHint()

    # -- painting -----------------------------------------------------------------

    def _colours(self) -> tuple[str, str, str]:
        fill, hover, pressed, outline, text = _LOOKS[self._role]
        if not self.isEnabled():
            quiet = self._role in ("ghost", "link")
            return ("" if quiet else "subtle", "" if quiet else "border", "text3")
        if self.isDown() or (self.isChecked() and self._role in ("default", "ghost")):
            fill = pressed
        elif self.underMouse():
            fill = hover
        return fill, outline, text

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button."""
        theme = themes.current()
        fill, outline, tone = self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(theme.pen(outline) if outline else Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill) if fill else Qt.BrushStyle.NoBrush)
        if fill or outline:
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))
        if self._role in ("primary", "danger_fill") and self.isEnabled():
            self._shade(painter, frame)
        self._paint_parts(painter, tone)

    def _shade(self, painter: QPainter, frame: QRectF) -> None:
        if self.isDown() or self.underMouse():
            theme = themes.current()
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("text", 24 if self.isDown() else 12))
            painter.drawRoundedRect(frame, theme.px(4), theme.px(4))

    def _paint_parts(self, painter: QPainter, tone: str) -> None:
        theme = themes.current()
        parts = self._parts()
        wide = sum(width for _kind, width in parts) + self._gap() * max(0, len(parts) - 1)
        left = (self.width() - wide) // 2
        for kind, width in parts:
            box = QRect(left, 0, width, self.height())
            if kind == "icon":
                icons.paint(painter, QRectF(box), self._icon, tone)
            elif kind == "text":
                painter.setFont(theme.font(self._font()))
                painter.setPen(theme.color(tone))
                flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextHideMnemonic
                painter.drawText(box, flags, self.text())
                if self._role == "link" and (self.underMouse() or self.hasFocus()):
                    self._underline(painter, box, tone)
            elif kind == "key":
                paint_key(painter, box, self._key, tone if self._role == "primary" else "text3")
            else:
                icons.paint(painter, QRectF(box), "chevron_down", tone, 14)
            left += width + self._gap()

    def _underline(self, painter: QPainter, box: QRect, tone: str) -> None:
        theme = themes.current()
        painter.setPen(theme.pen(tone))
        low = box.center().y() + theme.px(9)
        painter.drawLine(box.left(), low, box.right(), low)


def paint_key(painter: QPainter, box: QRect, key: str, tone: str = "text3", on: str = "") -> None:
    """Draw a key hint: small words in a thin frame, filled with a token where asked."""
    theme = themes.current()
    height = theme.px(18)
    frame = QRectF(box.left() + 0.5, box.center().y() - height // 2 + 0.5, box.width() - 1, height)
    painter.setPen(theme.color(tone, 55) if tone.startswith("on") else theme.color("border"))
    painter.setBrush(theme.brush(on) if on else Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(frame, theme.px(3), theme.px(3))
    painter.setFont(theme.font("caption"))
    painter.setPen(theme.color(tone))
    painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, key)


def icon_button(
    icon: str, tip: str, role: Role = "ghost", *, name: str = "", height: int = 28
) -> Button:
    """Return a square button that shows only an icon; the tip is its accessible name."""
    return Button("", role, icon, tip=tip, name=name or icon, height=height)


class KeyHint(QWidget):
    """Show one key, framed."""

    def __init__(self, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = key
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(key)

    def sizeHint(self) -> QSize:
        """Return the size of the framed key."""
        theme = themes.current()
        metrics = QFontMetrics(theme.font("caption"))
        return QSize(metrics.horizontalAdvance(self._key) + theme.px(10), theme.px(20))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the key."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_key(painter, self.rect(), self._key)


def paint_check(painter: QPainter, box: QRectF, checked: bool, enabled: bool = True) -> None:
    """Draw the square of a check box."""
    theme = themes.current()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    frame = box.adjusted(0.5, 0.5, -0.5, -0.5)
    token = "accentFill" if checked and enabled else "control" if enabled else "border"
    painter.setPen(theme.pen(token))
    painter.setBrush(theme.brush("accentFill" if checked and enabled else "surface"))
    painter.drawRoundedRect(frame, theme.px(3), theme.px(3))
    if checked:
        icons.paint(painter, box, "checkmark", "onAccent" if enabled else "text3", 12)


def marked_size(button: QAbstractButton) -> QSize:
    """Return the size of a 16 px mark, a gap and the words."""
    theme = themes.current()
    wide = QFontMetrics(theme.font("body")).horizontalAdvance(button.text())
    gap = theme.px(8) if button.text() else 0
    return QSize(theme.px(16) + gap + wide + theme.px(2), theme.px(24))


def _paint_words(button: QAbstractButton, painter: QPainter) -> None:
    theme = themes.current()
    painter.setFont(theme.font("body"))
    painter.setPen(theme.color("text" if button.isEnabled() else "text3"))
    box = button.rect().adjusted(theme.px(24), 0, 0, 0)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(box, flags | Qt.TextFlag.TextHideMnemonic, button.text())


def _mark_box(button: QAbstractButton) -> QRectF:
    side = themes.current().px(16)
    return QRectF(0, (button.height() - side) // 2, side, side)


class CheckBox(QCheckBox):
    """Offer a yes or no, painted from the tokens."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if name:
            self.setObjectName(name)

    def sizeHint(self) -> QSize:
        """Return the size of square and words."""
        return marked_size(self)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return marked_size(self)

    def hitButton(self, pos: object) -> bool:
        """Take clicks on the words as well."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw square and words."""
        painter = QPainter(self)
        paint_check(painter, _mark_box(self), self.isChecked(), self.isEnabled())
        _paint_words(self, painter)


class RadioButton(QRadioButton):
    """Offer one of several, painted from the tokens."""

    def __init__(self, text: str = "", *, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        if name:
            self.setObjectName(name)

    def sizeHint(self) -> QSize:
        """Return the size of ring and words."""
        return marked_size(self)

    def minimumSizeHint(self) -> QSize:
        """Never cut the words."""
        return marked_size(self)

    def hitButton(self, pos: object) -> bool:
        """Take clicks on the words as well."""
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw ring and words."""
        theme = themes.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = _mark_box(self).adjusted(0.5, 0.5, -0.5, -0.5)
        on = self.isChecked()
        painter.setPen(theme.pen("accentFill" if on and self.isEnabled() else "control"))
        painter.setBrush(theme.brush("surface"))
        painter.drawEllipse(box)
        if on:
            inset = theme.px(4)
            painter.setBrush(theme.brush("accentFill"))
            painter.drawEllipse(box.adjusted(inset, inset, -inset, -inset))
        _paint_words(self, painter)


class Select(QComboBox):
    """Choose one of a list of (value, words)."""

    def __init__(
        self,
        choices: Iterable[tuple[object, str]] = (),
        *,
        name: str = "",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.setMaxVisibleItems(14)
        if name:
            self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.set_choices(choices)

    def set_choices(self, choices: Iterable[tuple[object, str]]) -> None:
        """Replace the list, keeping the chosen value when it is still there."""
        kept = self.value()
        self.clear()
        for value, words in choices:
            self.addItem(words, value)
        self.set_value(kept)

    def value(self) -> object:
        """Return the chosen value, None when nothing is chosen."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value; an unknown one leaves the choice alone."""
        for row in range(self.count()):
            if self.itemData(row) == value:
                self.setCurrentIndex(row)
                return

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the drop-down mark that style sheets cannot recolour."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = themes.current()
        box = QRectF(self.width() - theme.px(24), 0, theme.px(18), self.height())
        icons.paint(painter, box, "chevron_down", "text2" if self.isEnabled() else "text3", 14)

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to the page: a scroll must not change a value unseen."""
        getattr(event, "ignore", lambda: None)()
