"""Background work: a job is a plain function taking ``Progress``; results come back here."""

from __future__ import annotations

import atexit
import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal

from app.errors import Cancelled
from app.services.jobs import Progress

T = TypeVar("T")
_log = logging.getLogger(__name__)
_REPORT_SECONDS = 0.05


class RunningJob(QObject):
    """Tell about one job that is under way, and stop it."""

    stepped = Signal(int, int, str)
    finished = Signal()
    ended = Signal(object, object)

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title
        self.started_at = time.monotonic()
        self.state: tuple[int, int, str] = (0, 0, "")
        self.progress = Progress(self._report)
        self._last = 0.0

    def stop(self) -> None:
        """Ask the job to stop at its next step."""
        self.progress.cancel()

    def _report(self, done: int, total: int, text: str) -> None:
        self.state = (done, total, text)
        now = time.monotonic()
        if now - self._last >= _REPORT_SECONDS or done >= total > 0:
            self._last = now
            self.stepped.emit(done, total, text)


class JobBoard(QObject):
    """Know all jobs under way; the status bar shows them."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.jobs: list[RunningJob] = []
        self.reading = QThreadPool()
        # one writing job at a time: the book has one writer
        self.writing = QThreadPool()
        self.writing.setMaxThreadCount(1)

    def add(self, job: RunningJob) -> None:
        """List a job."""
        self.jobs.append(job)
        self.changed.emit()

    def remove(self, job: RunningJob) -> None:
        """Drop a job that has ended."""
        if job in self.jobs:
            self.jobs.remove(job)
            self.changed.emit()

    def stop_all(self) -> None:
        """Ask all jobs to stop and wait until their threads are free."""
        for job in tuple(self.jobs):
            job.stop()
        self.reading.waitForDone()
        self.writing.waitForDone()


_board: JobBoard | None = None


def board() -> JobBoard:
    """Return the list of jobs of the program."""
    global _board
    if _board is None:
        _board = JobBoard()
        # a thread that still runs while the interpreter goes down takes it down hard
        atexit.register(_board.stop_all)
    return _board


class _Task(QRunnable):
    def __init__(self, job: Callable[[Progress], Any], running: RunningJob) -> None:
        super().__init__()
        self._job = job
        self._running = running

    def run(self) -> None:
        """Do the job on this thread and hand over result or error."""
        result: Any = None
        error: BaseException | None = None
        try:
            result = self._job(self._running.progress)
        except Cancelled as stopped:
            error = stopped
        except Exception as failure:  # the border where a bug in a job becomes a message
            _log.exception("a job failed")
            error = failure
        self._running.ended.emit(result, error)


def run_job(
    parent: QObject,
    job: Callable[[Progress], T],
    done: Callable[[T], None],
    failed: Callable[[BaseException], None] | None = None,
    *,
    title: str = "",
    progress: Callable[[int, int, str], None] | None = None,
    cancelled: Callable[[], None] | None = None,
    writing: bool = False,
) -> RunningJob:
    """Run a job on another thread; call back on this one unless ``parent`` is gone.

    ``failed`` gets the error and defaults to showing it; a stop asked for by a person calls
    ``cancelled`` instead. ``title`` lists the job in the status bar. Writing jobs run one
    after the other.
    """
    from PySide6.QtCore import Qt

    running = RunningJob(title)
    home = board()

    def end(result: Any, error: BaseException | None) -> None:
        home.remove(running)
        running.finished.emit()
        if not shiboken6.isValid(parent):
            return
        if error is None:
            done(result)
        elif isinstance(error, Cancelled):
            if cancelled is not None:
                cancelled()
        elif failed is not None:
            failed(error)
        else:
            _show(parent, error)

    running.ended.connect(_on_this_thread(running, end), Qt.ConnectionType.QueuedConnection)
    if progress is not None:
        running.stepped.connect(_on_this_thread(running, progress))
    home.add(running)
    (home.writing if writing else home.reading).start(_Task(job, running))
    return running


class _Receiver(QObject):
    """Receive on the thread it was made on; a bare function has no thread of its own."""

    def __init__(self, parent: QObject, call: Callable[..., None]) -> None:
        super().__init__(parent)
        self._call = call

    def take(self, *values: Any) -> None:
        """Pass the values on."""
        self._call(*values)


def _on_this_thread(parent: QObject, call: Callable[..., None]) -> Callable[..., None]:
    return _Receiver(parent, call).take


def _show(parent: QObject, error: BaseException) -> None:
    from PySide6.QtWidgets import QWidget

    from app.views.core.errors import show_error

    show_error(parent if isinstance(parent, QWidget) else None, error)
