"""A lock whose turns are given in the order of asking."""

from __future__ import annotations

import threading
from collections import deque


class Turns:
    """Let one thread in at a time, the one that has waited longest first.

    The interpreter's own lock may be taken again at once by the thread that gave it back:
    a save would wait for the last chunk of an import. A thread that is in may enter again.
    """

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._owner = 0
        self._depth = 0
        self._waiting: deque[tuple[int, threading.Event]] = deque()

    def __enter__(self) -> None:
        """Wait for the turn."""
        me = threading.get_ident()
        with self._door:
            if self._owner in (0, me):
                self._owner = me
                self._depth += 1
                return
            mine = (me, threading.Event())
            self._waiting.append(mine)
        try:
            mine[1].wait()
        except BaseException:  # an interrupt while waiting: nobody may wait for this turn
            self._step_out(mine)
            raise

    def _step_out(self, mine: tuple[int, threading.Event]) -> None:
        with self._door:
            if not mine[1].is_set():
                self._waiting.remove(mine)
                return
        self._pass_on()

    def __exit__(self, *_error: object) -> None:
        """Give the turn to the next one."""
        self._depth -= 1
        if not self._depth:
            self._pass_on()

    def _pass_on(self) -> None:
        with self._door:
            if not self._waiting:
                self._owner = self._depth = 0
                return
            self._owner, come_in = self._waiting.popleft()
            self._depth = 1
            come_in.set()
