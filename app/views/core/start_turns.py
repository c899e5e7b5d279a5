"""What the start waits for: the first paint, and offices that come too late."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

_UNSEEN_MS = 3_000


def close_unused(result: object) -> None:
    """Close an office that arrived after the person had asked for another book."""
    close = getattr(result, "close", None)
    if callable(close):
        close()


class _FirstPaint(QObject):
    def __init__(self, widget: QWidget, call: Callable[[], None]) -> None:
        super().__init__(widget)
        self._call: Callable[[], None] | None = call
        widget.installEventFilter(self)
        # a window that starts minimised is not painted at all
        QTimer.singleShot(_UNSEEN_MS, self, self._go)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Wait for the paint to be over."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self, self._go)
        return False

    def _go(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()
            self.deleteLater()


def after_first_paint(widget: QWidget, call: Callable[[], None]) -> None:
    """Call once the widget has been drawn for the first time."""
    _FirstPaint(widget, call)
