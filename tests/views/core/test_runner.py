"""Jobs run elsewhere and come back here, once, unless nobody is left to hear."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QObject, QThread

from app.errors import UserError
from app.views.core import runner
from app.views.core.jobstrip import JobStrip, progress_text
from app.views.core.runner import RunningJob, run_job


@pytest.fixture
def home(qapp):
    return QObject()


def test_the_result_arrives_on_this_thread(home, qtbot):
    seen = []
    here = threading.get_ident()

    def job(_progress):
        return threading.get_ident()

    run_job(home, job, lambda where: seen.append((where, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(seen))
    there, back = seen[0]
    assert there != here
    assert back == here


def test_an_error_goes_to_failed_and_not_to_done(home, qtbot):
    done, failed = [], []

    def job(_progress):
        raise UserError("disk_full", "没有存上：磁盘已满")

    run_job(home, job, done.append, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].code == "disk_full"
    assert done == []


def test_a_bug_goes_to_failed_as_well(home, qtbot):
    failed = []
    run_job(home, lambda _progress: 1 // 0, lambda _result: None, failed.append)
    qtbot.waitUntil(lambda: bool(failed))
    assert isinstance(failed[0], ZeroDivisionError)


def test_a_stop_is_not_an_error(home, qtbot):
    heard = []
    going = threading.Event()

    def job(progress):
        while True:
            progress.step(1, 10)
            going.set()

    running = run_job(
        home, job, heard.append, heard.append, cancelled=lambda: heard.append("stopped")
    )
    going.wait(10)
    running.stop()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == ["stopped"]


def test_progress_is_told_here(home, qtbot):
    steps, done = [], []
    here = QThread.currentThread()

    def job(progress):
        progress.step(3, 3, "三")
        return "ok"

    run_job(
        home, job, done.append,
        progress=lambda *step: steps.append((*step, QThread.currentThread() is here)),
    )  # fmt: skip
    qtbot.waitUntil(lambda: bool(done))
    assert steps == [(3, 3, "三", True)]


def test_nobody_is_called_after_the_parent_is_gone(qapp, qtbot):
    parent, heard = QObject(), []
    release = threading.Event()
    running = run_job(parent, lambda _progress: release.wait(10), heard.append)
    ended = []
    running.finished.connect(lambda: ended.append(1))
    parent.deleteLater()
    qtbot.wait(1)
    release.set()
    qtbot.waitUntil(lambda: bool(ended))
    assert heard == []


def test_writing_jobs_wait_for_each_other(home, qtbot):
    running, most, ended = [], [], []
    lock = threading.Lock()

    def job(_progress):
        with lock:
            running.append(1)
            most.append(len(running))
        QThread.msleep(5)
        with lock:
            running.pop()

    for _ in range(4):
        run_job(home, job, lambda _result: ended.append(1), writing=True)
    qtbot.waitUntil(lambda: len(ended) == 4)
    assert max(most) == 1


def test_the_board_lists_what_goes_on(home, qtbot):
    release, done = threading.Event(), []
    run_job(home, lambda _progress: release.wait(10), done.append, title="导入客户")
    assert "导入客户" in [job.title for job in runner.board().jobs]
    release.set()
    qtbot.waitUntil(lambda: bool(done))
    assert "导入客户" not in [job.title for job in runner.board().jobs]


def test_the_strip_shows_long_jobs_and_stops_them(theme, qtbot):
    board = runner.JobBoard()
    strip = JobStrip(board)
    qtbot.addWidget(strip)
    job = RunningJob("整理录音波形")
    board.add(job)
    assert strip.shown_jobs() == []
    job.started_at -= 10
    job.state = (148, 320, "")
    strip.refresh()
    assert strip.shown_jobs() == [job]
    assert strip.isVisibleTo(strip.parentWidget()) or not strip.isHidden()
    assert progress_text(job) == "148 / 320"
    strip.show_list()
    popup = strip.findChild(QObject, "job_popup")
    stop = popup.findChild(QObject, "job_stop")
    stop.click()
    assert job.progress.cancelled
    popup.close()
    board.remove(job)
    assert strip.isHidden()
