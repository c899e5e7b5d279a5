"""Notice when nobody uses the window: it warns, then locks (ui.md 12, reliability.md 2.7)."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

WARNING_SECONDS = 30
_LOOK_MS = 5_000
_SLEPT_SECONDS = 90

_USES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Tell ``warned`` half a minute before and ``elapsed`` when the minutes are over.

    It also tells ``elapsed`` when the computer has slept. Watches windows, not widgets: their
    events are few. ``clock`` gives seconds that go on while the computer sleeps.
    """

    warned = Signal()
    elapsed = Signal()

    def __init__(
        self, parent: QObject | None = None, clock: Callable[[], float] = time.time
    ) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seconds = 0
        self._used_at = self._looked_at = clock()
        self._has_warned = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self.look)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.focusWindowChanged.connect(self._watch)

    def start(self, minutes: int) -> None:
        """Begin to count; 0 minutes is never."""
        self._seconds = minutes * 60
        self._used_at = self._looked_at = self._clock()
        self._has_warned = False
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def stop(self) -> None:
        """Count no more, the window is locked."""
        self._timer.stop()

    def look(self) -> None:
        """Compare the clock with the last use."""
        now = self._clock()
        slept = now - self._looked_at > _SLEPT_SECONDS
        self._looked_at = now
        still = now - self._used_at
        if slept or still >= self._seconds:
            self.stop()
            self.elapsed.emit()
        elif still >= self._seconds - WARNING_SECONDS and not self._has_warned:
            self._has_warned = True
            self.warned.emit()

    def _watch(self, window: QWindow | None) -> None:
        if window is not None:
            window.installEventFilter(self)  # a second time only moves it to the front

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note that somebody is there."""
        if event.type() in _USES:
            self._used_at = self._clock()
            self._has_warned = False
        return False
