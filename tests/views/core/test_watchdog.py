"""The watchdog of the tests tells what held the event loop up."""

from __future__ import annotations

import signal
import time

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.watchdog import Watchdog

BUSY_SECONDS = 0.15


def busy():
    until = time.perf_counter() + BUSY_SECONDS
    while time.perf_counter() < until:
        pass


def test_what_held_the_loop_up_is_named(qtbot):
    with Watchdog() as dog:
        done = []
        QTimer.singleShot(0, lambda: (busy(), done.append(1)))
        qtbot.waitUntil(lambda: done == [1])
        QApplication.processEvents()
    longest = dog.longest()
    assert longest.seconds >= BUSY_SECONDS
    assert "test_watchdog.py" in longest.stack or not hasattr(signal, "setitimer")
    assert sorted((gap.seconds for gap in dog.gaps), reverse=True) == [
        gap.seconds for gap in dog.gaps
    ]


def test_every_block_has_at_least_one_gap(qapp):
    with Watchdog() as dog:
        pass
    assert len(dog.gaps) == 1
    assert str(dog.longest()).startswith(f"{dog.longest().seconds * 1000:.0f} ms")
