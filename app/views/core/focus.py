"""The focus ring: 2 px, 1 px away, around whatever the keyboard reached."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractScrollArea, QApplication, QWidget
from shiboken6 import isValid

from app.views.core import theme as themes

_REACH = 3


class _Ring(QWidget):
    def __init__(self, home: QWidget, radius: int) -> None:
        super().__init__(home)
        self._radius = radius
        self.setObjectName("focus_ring")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(themes.current().pen("accent", 2))
        frame = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(frame, self._radius + 2, self._radius + 2)


class FocusRing(QObject):
    """Follow the focused button-like widget with a ring drawn outside of it.

    Buttons always get it; any other widget asks for it with the property ``ring``, and sets
    ``ring_radius`` when its corners are rounder than 4 px.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._target: QWidget | None = None
        self._ring: _Ring | None = None

    def follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Move to the newly focused widget when the keyboard brought the focus there."""
        self.leave()
        pressed = QGuiApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is None or pressed or not _wants_ring(new):
            return
        self._target = new
        new.installEventFilter(self)
        self._place()

    def shown(self) -> bool:
        """Tell whether a ring is drawn."""
        return self._ring is not None and isValid(self._ring) and self._ring.isVisible()

    def leave(self) -> None:
        """Let go of the present widget; it and its window may be gone already."""
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        if self._ring is not None and isValid(self._ring):
            self._ring.hide()
            self._ring.deleteLater()
        self._target = self._ring = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep around the widget while it moves."""
        if watched is self._target:
            kind = event.type()
            if kind in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
                self._place()
            elif kind in (QEvent.Type.Hide, QEvent.Type.MouseButtonPress):
                self.leave()
        return False

    def _place(self) -> None:
        target = self._target
        if target is None or not target.isVisible():
            return
        home = _home(target)
        if self._ring is None or not isValid(self._ring) or self._ring.parent() is not home:
            if self._ring is not None and isValid(self._ring):
                self._ring.deleteLater()
            chosen = target.property("ring_radius")
            radius = int(chosen) if chosen is not None else themes.current().px(4)
            self._ring = _Ring(home, radius)
        rect = QRect(target.mapTo(home, target.rect().topLeft()), target.size())
        self._ring.setGeometry(rect.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        self._ring.raise_()
        self._ring.show()


def _wants_ring(widget: QWidget) -> bool:
    asked = widget.property("ring")
    return bool(asked) if asked is not None else isinstance(widget, QAbstractButton)


def _home(target: QWidget) -> QWidget:
    """Return the nearest ancestor with room for the ring, at most the scrolled content."""
    found = target.parentWidget()
    while found is not None and not found.isWindow():
        rect = QRect(target.mapTo(found, target.rect().topLeft()), target.size())
        roomy = found.rect().contains(rect.adjusted(-_REACH, -_REACH, _REACH, _REACH))
        above = found.parentWidget()
        if roomy or above is None or isinstance(above.parentWidget(), QAbstractScrollArea):
            break
        found = above
    return found or target


_ring: FocusRing | None = None


def install(application: QApplication) -> FocusRing:
    """Start drawing the ring for the application."""
    global _ring
    if _ring is None:
        _ring = FocusRing(application)
        application.focusChanged.connect(_ring.follow)
    return _ring


def go_on(panes: Sequence[QWidget], step: int) -> None:
    """Go from the shown pane that has the focus to the next (1) or the one before (-1)."""
    shown = [pane for pane in panes if pane.isVisible()]
    here = next((at for at, pane in enumerate(shown) if _holds_focus(pane)), 0)
    shown[(here + step) % len(shown)].setFocus(Qt.FocusReason.TabFocusReason)


def _holds_focus(pane: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and (focused is pane or pane.isAncestorOf(focused))
