"""What long work tells about itself, and how it is stopped."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.errors import Cancelled

Report = Callable[[int, int, str], None]


class Progress:
    """Report steps of a job and raise ``Cancelled`` once somebody asked to stop."""

    def __init__(self, report: Report | None = None) -> None:
        self._report = report
        self._stop = threading.Event()

    def step(self, done: int, total: int, text: str = "") -> None:
        """Report ``done`` of ``total`` (0 is unknown); raise ``Cancelled`` on request."""
        if self._stop.is_set():
            raise Cancelled
        if self._report is not None:
            self._report(done, total, text)

    def cancel(self) -> None:
        """Ask the job to stop at its next step."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether somebody asked to stop."""
        return self._stop.is_set()
