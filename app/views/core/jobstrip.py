"""Background tasks in the status bar: one line, and a list with 停止 behind it."""

from __future__ import annotations

import time

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, ngettext
from app.views.core import theme as themes
from app.views.core.runner import JobBoard, RunningJob, board
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

_QUIET_SECONDS = 2.0


def progress_text(job: RunningJob) -> str:
    """Return how far a job is: its own words, or done / total."""
    done, total, text = job.state
    if text:
        return text
    return f"{done:,} / {total:,}" if total else f"{done:,}" if done else ""


class JobRow(QWidget):
    """Show one task: title, how far, bar, 停止."""

    def __init__(self, job: RunningJob, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._job = job
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, theme.px(6), 0, theme.px(6))
        rows.setSpacing(theme.px(4))
        top = QHBoxLayout()
        self._title = Label(job.title, "small")
        self._far = Label("", "small", "text2")
        top.addWidget(self._title)
        top.addStretch(1)
        top.addWidget(self._far)
        low = QHBoxLayout()
        low.setSpacing(theme.px(8))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(job.title)
        self._stop = Button(_("停止"), height=24, name="job_stop")
        self._stop.clicked.connect(self._on_stop)
        low.addWidget(self._bar, 1)
        low.addWidget(self._stop)
        rows.addLayout(top)
        rows.addLayout(low)
        job.stepped.connect(self._show)
        self._show(*job.state)

    def _show(self, done: int, total: int, _text: str) -> None:
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        self._far.setText(progress_text(self._job))

    def _on_stop(self) -> None:
        self._stop.setEnabled(False)
        self._far.setText(_("正在停止"))
        self._job.stop()


class JobStrip(QWidget):
    """Tell in the status bar what goes on for more than two seconds; a click lists it."""

    def __init__(self, jobs: JobBoard | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._board = jobs or board()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.px(8))
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedWidth(theme.px(96))
        self._button = Button("", "link", height=22, name="job_list")
        self._button.clicked.connect(self.show_list)
        row.addWidget(self._bar)
        row.addWidget(self._button)
        self._tick = QTimer(self)
        self._tick.setInterval(250)
        self._tick.timeout.connect(self.refresh)
        self._board.changed.connect(self.refresh)
        self.refresh()

    def shown_jobs(self) -> list[RunningJob]:
        """Return the titled jobs that have lasted more than two seconds."""
        now = time.monotonic()
        return [
            job for job in self._board.jobs if job.title and now - job.started_at >= _QUIET_SECONDS
        ]

    def refresh(self) -> None:
        """Show the first job and how many there are."""
        waiting = any(job.title for job in self._board.jobs)
        if waiting != self._tick.isActive():
            if waiting:
                self._tick.start()
            else:
                self._tick.stop()
        jobs = self.shown_jobs()
        self.setVisible(bool(jobs))
        if not jobs:
            return
        done, total, _text = jobs[0].state
        self._bar.setRange(0, total)
        self._bar.setValue(done)
        words = f"{jobs[0].title} {progress_text(jobs[0])}".strip()
        if len(jobs) > 1:
            more = ngettext("等 {count} 项", "等 {count} 项", len(jobs)).format(count=len(jobs))
            words = f"{words} {more}"
        self._button.setText(words)

    def show_list(self) -> None:
        """Open the list of tasks over the strip."""
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("card", "popup")
        popup.setObjectName("job_popup")
        popup.setAccessibleName(_("后台任务"))
        theme = themes.current()
        rows = QVBoxLayout(popup)
        rows.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        for job in self._board.jobs:
            if job.title:
                row = JobRow(job)
                job.finished.connect(row.hide)
                rows.addWidget(row)
        popup.setFixedWidth(theme.px(360))
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, -popup.height() - 4)))
        popup.show()
