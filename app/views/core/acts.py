"""Saved acts of this session that can be taken back and done again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Undo = Callable[[], Any]
_LONGEST = 50


class Acts:
    """Remember how to take acts back; taking back may return how to do it again."""

    def __init__(self) -> None:
        self._done: list[Undo] = []
        self._undone: list[Undo] = []

    def add(self, undo: Undo) -> None:
        """Remember a new act; what was taken back before is forgotten."""
        self._done.append(undo)
        del self._done[:-_LONGEST]
        self._undone.clear()

    def undo(self) -> None:
        """Take back the last act."""
        _turn(self._done, self._undone)

    def redo(self) -> None:
        """Do again what was taken back."""
        _turn(self._undone, self._done)

    def can_undo(self) -> bool:
        """Tell whether there is an act to take back."""
        return bool(self._done)

    def can_redo(self) -> bool:
        """Tell whether there is an act to do again."""
        return bool(self._undone)

    def clear(self) -> None:
        """Forget everything: another book."""
        self._done.clear()
        self._undone.clear()


def _turn(source: list[Undo], target: list[Undo]) -> None:
    if source:
        again = source.pop()()
        if callable(again):
            target.append(again)
