"""What the start waits for: the first paint, modules in small turns, offices that come too late."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.services.office import Office

_UNSEEN_MS = 3_000
_TURN_SECONDS = 0.006


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


def in_turns(
    parent: QObject,
    pieces: Iterable[str],
    then: Callable[[], None] | None = None,
    *,
    pause_ms: int = 0,
) -> None:
    """Import modules a few at a time, each few in a turn of the event loop of its own.

    A name like ``PySide6.QtGui:QPen`` is a class that is made when it is first named.
    """
    wanted = iter(pieces)
    timer = QTimer(parent, interval=pause_ms)

    def load_few() -> None:
        until = time.perf_counter() + _TURN_SECONDS
        for name in wanted:
            module, _, member = name.partition(":")
            found = import_module(module)
            if member:
                getattr(found, member)
            if time.perf_counter() > until:
                return
        timer.stop()
        timer.deleteLater()
        if then is not None:
            then()

    timer.timeout.connect(load_few)
    timer.start()


def with_agenda(office: Office) -> Office:
    """Read what Today will ask for while still on another thread, and pass the office on."""
    try:
        office.followups.read_ahead()
    except BaseException:
        office.close()
        raise
    return office
