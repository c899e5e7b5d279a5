"""What makes the start quick: imports that do nothing else, and no collections in between."""

from __future__ import annotations

import builtins
import gc

from PySide6.QtCore import QCoreApplication, QObject, QTimerEvent  # lays a hook over imports

_EVERY_MS = 1_000


def begin() -> None:
    """Import without detours until ``settle``: nothing that is imported becomes garbage.

    PySide reads the source of each module imported after it, looking for a ``__feature__``
    that we never ask for; with the database library that costs a quarter of its import.
    """
    gc.disable()
    plain = getattr(builtins, "__orig_import__", None)
    if callable(plain):
        builtins.__import__ = plain


def settle() -> None:
    """Collect again, but never walk through what the start has loaded, nor on another thread."""
    if not gc.isenabled():
        gc.freeze()
    keep_collecting()


def keep_collecting() -> None:
    """Collect garbage on the window's thread alone from now on.

    A window that nobody holds any more is garbage like any other. Collected on the thread of
    a job it would die there, and tell of its focus with a widget that is gone already.
    """
    gc.disable()
    application = QCoreApplication.instance()
    if application is not None and application.findChild(_Collector) is None:
        _Collector(application)


class _Collector(QObject):
    def __init__(self, application: QCoreApplication) -> None:
        super().__init__(application)
        self.startTimer(_EVERY_MS)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Collect what is due."""
        collect_due()


def collect_due() -> None:
    """Collect the oldest generation that has grown over its threshold."""
    grown = zip(gc.get_count(), gc.get_threshold(), strict=True)
    due = [generation for generation, (count, most) in enumerate(grown) if count > most]
    if due:
        gc.collect(due[-1])
