"""Ids of rows: made anywhere, never twice, in the order of time."""

from __future__ import annotations

import os
import time
from threading import Lock

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC


class IdMaker:
    """Make 63-bit ids that grow with time and are unique across machines.

    41 bits of milliseconds since 2020, 10 bits of a random node, 12 bits of a
    counter; a counter that runs over borrows the next millisecond.
    """

    def __init__(self, node: int | None = None, start_ms: int | None = None) -> None:
        self._node = int.from_bytes(os.urandom(2)) % 1024 if node is None else node
        self._frozen = start_ms is not None
        self._ms = start_ms or 0
        self._count = 0
        self._lock = Lock()

    def __call__(self) -> int:
        """Return the next id."""
        with self._lock:
            now = self._ms if self._frozen else time.time_ns() // 1_000_000
            if now > self._ms:
                self._ms, self._count = now, 0
            elif self._count == 4095:
                self._ms, self._count = self._ms + 1, 0
            else:
                self._count += 1
            return (self._ms - _EPOCH_MS) << 22 | self._node << 12 | self._count


new_id = IdMaker()
