"""How long the event loop stood still while something happened, and what it was doing."""

from __future__ import annotations

import sys
import threading
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType

from PySide6.QtCore import QObject, Qt, QTimer

BEAT_MS = 5
ROOT = Path(__file__).resolve().parents[1]
_DEPTH, _KEPT = 5, 6
_LOOK_SECONDS = 0.01
_SUSPECT_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Gap:
    """One turn of the event loop: how long it took, when it ended, what was on the stack."""

    seconds: float
    at: float
    stack: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms at {self.at:.2f} s\n{self.stack}"


class Watchdog(QObject):
    """Listen to the event loop of this thread while the ``with`` block runs.

    A timer beats every 5 ms; a thread looks at the stack whenever a beat is overdue.
    """

    def __init__(self, keep: int = 5) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._keep = keep
        self._began = self._last = 0.0
        self._seen: Counter[str] = Counter()
        self._watched = threading.get_ident()
        self._stop = threading.Event()
        self._looker = threading.Thread(target=self._look, daemon=True)
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Watchdog:
        self._began = self._last = time.perf_counter()
        self._looker.start()
        self._timer.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self._beat()
        self._timer.stop()
        self._stop.set()
        self._looker.join()

    def longest(self) -> Gap:
        """Return the longest gap so far."""
        return self.gaps[0]

    def _beat(self) -> None:
        now = time.perf_counter()
        seconds, self._last = now - self._last, now
        seen, self._seen = self._seen, Counter()
        stack = "\n".join(f"  {count} x {words}" for words, count in seen.most_common(_KEPT))
        self.gaps.append(Gap(seconds, now - self._began, stack))
        self.gaps.sort(key=lambda gap: -gap.seconds)
        del self.gaps[self._keep :]

    def _look(self) -> None:
        while not self._stop.wait(_LOOK_SECONDS):
            if time.perf_counter() - self._last < _SUSPECT_SECONDS:
                continue
            frame = sys._current_frames().get(self._watched)
            if frame is not None:
                self._seen[_words(frame)] += 1


def _words(frame: FrameType) -> str:
    """Return the lines of our own files on a stack, the deepest ones last, and the last line."""
    lines = traceback.extract_stack(frame)
    ours = [line for line in lines if f"{ROOT}/app/" in line.filename][-_DEPTH:]
    if lines and lines[-1] not in ours:
        ours.append(lines[-1])
    return " > ".join(f"{line.filename.rpartition('/')[2]}:{line.lineno}" for line in ours)
