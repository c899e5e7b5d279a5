"""How long the event loop stood still while something happened, and what it was doing."""

from __future__ import annotations

import signal
import time
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from app.views.core import pages
from app.views.core.runner import board
from app.views.core.shell import Shell

BEAT_MS = 5
ROOT = Path(__file__).resolve().parents[1]
_DEPTH, _KEPT = 5, 6
_LOOK_SECONDS = 0.01
_SUSPECT_SECONDS = 0.03
_LOOKS = hasattr(signal, "setitimer")


@dataclass(frozen=True, slots=True)
class Gap:
    """One turn of the event loop: how long it took, when it ended, what was on the stack.

    ``busy_seconds`` is what this thread computed in it: waiting for others is left out.
    """

    seconds: float
    busy_seconds: float
    at: float
    stack: str

    def __str__(self) -> str:
        return f"{self.seconds * 1000:.0f} ms at {self.at:.2f} s\n{self.stack}"


class Watchdog(QObject):
    """Listen to the event loop of this thread while the ``with`` block runs.

    A timer beats every 5 ms. Where the system has a timer of computing time, the stack is
    looked at whenever a beat is overdue: here, on this thread, as another one must not touch
    the frames of a thread that paints.
    """

    def __init__(self, keep: int = 5) -> None:
        super().__init__()
        self.gaps: list[Gap] = []
        self._keep = keep
        self._began = self._last = self._busy = 0.0
        self._seen: Counter[str] = Counter()
        self._former: Any = None
        self._timer = QTimer(self, interval=BEAT_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def __enter__(self) -> Watchdog:
        self._began = self._last = time.perf_counter()
        self._busy = time.thread_time()
        if _LOOKS:
            self._former = signal.signal(signal.SIGPROF, self._look)
            signal.setitimer(signal.ITIMER_PROF, _LOOK_SECONDS, _LOOK_SECONDS)
        self._timer.start()
        return self

    def __exit__(
        self,
        _kind: type[BaseException] | None,
        _error: BaseException | None,
        _where: TracebackType | None,
    ) -> None:
        self._timer.stop()
        if _LOOKS:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.signal(signal.SIGPROF, self._former or signal.SIG_IGN)
        self._beat()

    def longest(self) -> Gap:
        """Return the longest gap so far."""
        return self.gaps[0]

    def _beat(self) -> None:
        now = time.perf_counter()
        seconds, self._last = now - self._last, now
        busy = time.thread_time()
        busy_seconds, self._busy = busy - self._busy, busy
        seen, self._seen = self._seen, Counter()
        stack = "\n".join(f"  {count} x {words}" for words, count in seen.most_common(_KEPT))
        self.gaps.append(Gap(seconds, busy_seconds, now - self._began, stack))
        self.gaps.sort(key=lambda gap: -gap.seconds)
        del self.gaps[self._keep :]

    def _look(self, _signal: int, frame: FrameType | None) -> None:
        if frame is not None and time.perf_counter() - self._last >= _SUSPECT_SECONDS:
            self._seen[_words(frame)] += 1


def _words(frame: FrameType) -> str:
    """Return the lines of our own files on a stack, the deepest ones last, and the last line."""
    lines = traceback.extract_stack(frame)
    ours = [line for line in lines if f"{ROOT}/app/" in line.filename][-_DEPTH:]
    if lines and lines[-1] not in ours:
        ours.append(lines[-1])
    return " > ".join(f"{line.filename.rpartition('/')[2]}:{line.lineno}" for line in ours)


def walk(shell: Shell, customer_id: int, least_seconds: float = 0.3) -> dict[str, list[Gap]]:
    """Show every registered page until it has read what it shows; return the gaps of each.

    Jobs that were under way before a page was shown are not waited for.
    """
    found: dict[str, list[Gap]] = {}
    for spec in pages.REGISTERED:
        others = set(board().jobs)
        with Watchdog() as dog:
            begin = time.monotonic()
            params = {"customer_id": customer_id} if spec.id == "customer" else {}
            shell.navigate(spec.id, **params)
            while time.monotonic() < begin + least_seconds or set(board().jobs) - others:
                QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, BEAT_MS)
        found[spec.id] = dog.gaps
    return found
