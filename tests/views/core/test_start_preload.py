"""What is loaded behind the first page: nothing of Qt on another thread, all of it in turns."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QObject, QTimer

from app.views.core import pages, start_preload
from app.views.core.start_turns import in_turns
from tests.architecture.tree import ROOT


def asked(code):
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


BEHIND = """
import json, sys
from importlib import import_module
from pkgutil import walk_packages
for name in {plain}:
    import_module(name)
for package in {packages}:
    for one in walk_packages(import_module(package).__path__, package + "."):
        import_module(one.name)
print(json.dumps(sorted(name.partition(".")[0] for name in sys.modules)))
"""


def test_other_threads_import_nothing_of_qt():
    names = (*start_preload.BEHIND_CHARTS, *start_preload.BEHIND_CUSTOMERS)
    plain, packages = repr(names), repr(start_preload.SERVICES)
    found = asked(BEHIND.replace("{plain}", plain).replace("{packages}", packages))
    assert {"numpy", "app"} <= set(found)
    assert {"PySide6", "shiboken6", "pyqtgraph"} & set(found) == set()


PRELOADED = """
import json, sys, threading
from types import SimpleNamespace
from PySide6.QtWidgets import QApplication, QWidget
from app.views.core import start_preload
application = QApplication([])
window = QWidget()
office = SimpleNamespace(load_all=lambda: None)
threads, loads = set(), []
class Watch:
    def find_spec(self, name, path=None, target=None):
        if name.startswith(("app.views", "pyqtgraph")):
            loads.append(name)
            threads.add(threading.current_thread() is threading.main_thread())
sys.meta_path.insert(0, Watch())
start_preload.preload(window, office, lambda: None)
wanted = {wanted}
while not all(name in sys.modules for name in wanted):
    application.processEvents()
print(json.dumps([sorted(threads), len(loads)]))
"""


def test_every_screen_is_loaded_in_the_end_and_on_the_windows_thread_alone():
    wanted = [*(spec.module for spec in pages.REGISTERED), "pyqtgraph", "app.views.core.charts"]
    threads, count = asked(PRELOADED.replace("{wanted}", repr(wanted)))
    assert threads == [True]
    assert count > len(wanted)


@pytest.fixture
def turns(qtbot):
    """Count turns of the event loop."""
    counted = []
    timer = QTimer()
    timer.timeout.connect(lambda: counted.append(1))
    timer.start(0)
    yield counted
    timer.stop()


def test_slow_pieces_leave_turns_to_others_and_the_end_comes_once(qtbot, turns):
    seen, ended = [], []

    def slow():
        for name in ("json", "PySide6.QtGui:QPen", "decimal"):
            until = time.perf_counter() + 0.02
            while time.perf_counter() < until:
                pass
            seen.append(len(turns))
            yield name

    parent = QObject()
    in_turns(parent, slow(), lambda: ended.append(1))
    assert (seen, ended) == ([], [])
    qtbot.waitUntil(lambda: ended == [1])
    assert seen == sorted(set(seen))
    assert "QPen" in vars(QtGui)
