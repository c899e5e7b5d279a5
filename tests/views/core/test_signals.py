"""Changes reach the window through one signal, whichever thread wrote."""

from __future__ import annotations

import threading

from PySide6.QtCore import QThread

from app.models.values.changes import Changes, Kind
from app.services.bus import Bus
from app.views.core.signals import Signals


def test_changes_of_any_thread_arrive_here(qapp, qtbot):
    bus, signals, heard = Bus(), Signals(), []
    here = QThread.currentThread()
    signals.follow(bus.subscribe)
    signals.changed.connect(
        lambda changes: heard.append((changes, QThread.currentThread() is here))
    )
    changes = Changes({Kind.customer: frozenset({1})})
    writer = threading.Thread(target=bus.publish, args=(changes,))
    writer.start()
    writer.join()
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [(changes, True)]


def test_a_new_bus_replaces_the_old_one(qapp, qtbot):
    first, second, signals, heard = Bus(), Bus(), Signals(), []
    signals.changed.connect(heard.append)
    signals.follow(first.subscribe)
    signals.follow(second.subscribe)
    first.publish(Changes({Kind.staff: frozenset()}))
    wanted = Changes({Kind.customer: frozenset({2})})
    second.publish(wanted)
    qtbot.waitUntil(lambda: bool(heard))
    signals.leave()
    second.publish(wanted)
    qtbot.wait(5)
    assert heard == [wanted]
