"""Announce committed changes to whoever listens, never back into the writer."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.models.values.changes import Changes

Listener = Callable[[Changes], None]
_log = logging.getLogger(__name__)


class Bus:
    """Hand every published change to every listener."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call the listener after each commit; the returned function ends that."""
        self._listeners.append(listener)

        def leave() -> None:
            if listener in self._listeners:
                self._listeners.remove(listener)

        return leave

    def publish(self, changes: Changes) -> None:
        """Tell all listeners; one that fails is logged and the others still hear."""
        for listener in tuple(self._listeners):
            try:
                listener(changes)
            except (RuntimeError, TypeError, ValueError, KeyError, AttributeError):
                _log.exception("a listener failed after a commit")
