"""The only Qt signal for committed changes, delivered on the window's thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from app.models.values.changes import Changes

Subscribe = Callable[[Callable[[Changes], None]], Callable[[], None]]


class Signals(QObject):
    """Carry one ``Changes`` per commit from the bus to whoever shows it."""

    changed = Signal(object)
    _arrived = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._leave: Callable[[], None] | None = None
        # two hops: a writer on another thread must never run a page's slot
        self._arrived.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def follow(self, subscribe: Subscribe) -> None:
        """Listen to a bus (``bus.subscribe``), leaving the former one."""
        self.leave()
        self._leave = subscribe(self._hear)

    def leave(self) -> None:
        """Stop listening."""
        if self._leave is not None:
            self._leave()
            self._leave = None

    def _hear(self, changes: Changes) -> None:
        self._arrived.emit(changes)

    def _deliver(self, changes: Any) -> None:
        self.changed.emit(changes)
