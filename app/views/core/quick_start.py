"""What makes the start quick: imports that do nothing else, and no collections in between."""

from __future__ import annotations

import builtins
import gc

import PySide6.QtCore  # noqa: F401 - it lays its hook over every import


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
    """Collect again, but never walk through what the start has loaded."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()
