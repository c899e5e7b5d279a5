"""Unexpected errors: log them, tell the person once, and leave a trace of hard crashes."""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from types import TracebackType
from typing import TextIO

from PySide6.QtCore import QObject, Qt, Signal

from app import paths

_log = logging.getLogger(__name__)
FILE_NAME = "crash.log"


class _Teller(QObject):
    """Carry errors of any thread to the window's thread and show one at a time."""

    happened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._showing = False
        self.happened.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def _tell(self, error: BaseException) -> None:
        if self._showing:
            return
        from app.views.core.errors import show_error

        self._showing = True
        try:
            show_error(None, error)
        finally:
            self._showing = False


_teller: _Teller | None = None
_trace: TextIO | None = None


def install() -> None:
    """Catch what nobody caught on any thread, and keep stacks of hard crashes in a file."""
    global _teller
    _teller = _Teller()
    sys.excepthook = _on_error
    threading.excepthook = lambda caught: _on_error(
        caught.exc_type, caught.exc_value, caught.exc_traceback
    )
    _start_trace()


def _start_trace() -> None:
    global _trace
    try:
        file = paths.log_folder() / FILE_NAME
        file.parent.mkdir(parents=True, exist_ok=True)
        _trace = file.open("a", encoding="utf-8")
        faulthandler.enable(_trace)
    except OSError:
        _log.warning("no crash log: its folder cannot be written")


def _on_error(
    kind: type[BaseException], error: BaseException | None, trace: TracebackType | None
) -> None:
    if error is None or issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error or kind(), trace)
        return
    _log.error("an unexpected error", exc_info=(kind, error, trace))
    if _teller is not None:
        _teller.happened.emit(error)
