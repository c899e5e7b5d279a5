"""Where the window was and how large, kept between two starts."""

from __future__ import annotations

import base64
import binascii

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QMainWindow

from app.prefs import Prefs

_KEY = "window"
_FIRST_SIZE = (1440, 900)


def keep(window: QMainWindow, prefs: Prefs) -> None:
    """Remember place, size and whether the window is maximized."""
    prefs.set(_KEY, base64.b64encode(window.saveGeometry().data()).decode("ascii"))


def restore(window: QMainWindow, prefs: Prefs) -> None:
    """Put the window where it was; Qt keeps it on a screen that still exists."""
    window.resize(*_FIRST_SIZE)
    kept = prefs.get(_KEY)
    if isinstance(kept, str):
        try:
            window.restoreGeometry(QByteArray(base64.b64decode(kept, validate=True)))
        except binascii.Error:
            prefs.set(_KEY, None)
