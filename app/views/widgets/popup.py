"""A pop-up anchored under its opener: flips up without room, closes on Esc or a click outside."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from app.views.core import theme as themes


class PopUp(QFrame):
    """Hold the content of a pop-up in ``body``; ``show_under`` opens it."""

    def __init__(self, name: str, spoken: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        theme = themes.current()
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setProperty("card", "popup")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(theme.px(10), theme.px(10), theme.px(10), theme.px(10))
        self.body.setSpacing(theme.px(8))

    def show_under(self, anchor: QWidget, *, right: bool = False) -> None:
        """Open under a widget, its left (or right) edge in line, above it when there is no room."""
        self.adjustSize()
        gap = themes.current().px(4)
        left = anchor.width() - self.width() if right else 0
        at = anchor.mapToGlobal(QPoint(left, anchor.height() + gap))
        self.move(self._within(at, anchor))
        self.show()

    def show_at(self, point: QPoint) -> None:
        """Open with the top left corner at a place of the screen, moved to fit."""
        self.adjustSize()
        self.move(self._within(point, None))
        self.show()

    def _within(self, at: QPoint, anchor: QWidget | None) -> QPoint:
        room = self.screen().availableGeometry()
        home = self.parentWidget()
        if home is not None:
            room = room.united(home.window().frameGeometry())
        if at.y() + self.height() > room.bottom() and anchor is not None:
            above = anchor.mapToGlobal(QPoint(0, 0)).y() - self.height() - themes.current().px(4)
            at.setY(above if above >= room.top() else room.bottom() - self.height())
        at.setY(max(room.top(), min(at.y(), room.bottom() - self.height())))
        at.setX(max(room.left(), min(at.x(), room.right() - self.width())))
        return at
