"""Start-up: spawn to window shown, and to Today's first rows, against a bare PySide6 window;

and the longest gap of the event loop behind them, while screens and charts are loaded.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.harness import Measured

_BARE = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget
app = QApplication(sys.argv)
window = QMainWindow(); window.setCentralWidget(QTableWidget(30, 10)); window.resize(1440, 900)
window.show(); app.processEvents()
print("shown", time.time(), flush=True)
"""
_CHARTS = """
import sys, time
from PySide6.QtWidgets import QApplication
app = QApplication(sys.argv)
begin = time.perf_counter(); import pyqtgraph
print("gap", (time.perf_counter() - begin) * 1000, flush=True)
"""
_STAY_SECONDS = 10


def _run(command: list[str], marks: tuple[str, ...], place: str) -> dict[str, float]:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    env |= {"GENDAN_CONFIG_DIR": place, "GENDAN_LOG_DIR": place}  # not this person's own
    begin = time.time()
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
    )
    seen: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        word, _, moment = line.partition(" ")
        if word in marks:
            seen[word] = float(moment) if word == "gap" else (float(moment) - begin) * 1000
    # both leave by themselves: a killed program leaves a book to be checked at its next start
    process.wait()
    return seen


def measure(book: Path, rounds: int = 9) -> list[Measured]:
    """Return the times of the drawn window and the drawn rows as ratios to the bare window."""
    bare, shown, rows = [], [], []
    ours = [sys.executable, "-m", "bench.start_probe", str(book)]
    with tempfile.TemporaryDirectory() as place:
        for _ in range(rounds):
            bare.append(_run([sys.executable, "-c", _BARE], ("shown",), place)["shown"])
            seen = _run(ours, ("shown", "rows"), place)
            shown.append(seen["shown"])
            rows.append(seen["rows"])
        gaps = _longest_gaps(book, place)
    floor = statistics.median(bare)
    return [
        Measured("start: window shown", "bare PySide6 window", statistics.median(shown), floor,
                 max(shown), rounds, "<= 1.3"),
        Measured("start: Today's rows", "bare PySide6 window", statistics.median(rows), floor,
                 max(rows), rounds, "<= 3"),
        gaps,
    ]  # fmt: skip


def _longest_gaps(book: Path, place: str, rounds: int = 3) -> Measured:
    """Return the longest gap of the event loop in ten seconds behind the rows.

    The peer is what one import of the chart library takes at once: the window loads it then.
    """
    ours = [sys.executable, "-m", "bench.start_probe", str(book), str(_STAY_SECONDS)]
    gaps = [_run(ours, ("gap",), place)["gap"] for _ in range(rounds)]
    charts = [_run([sys.executable, "-c", _CHARTS], ("gap",), place)["gap"] for _ in range(rounds)]
    return Measured(
        f"start: longest gap in {_STAY_SECONDS} s behind the rows", "the chart library's import",
        statistics.median(gaps), statistics.median(charts), max(gaps), rounds, "<= 50 ms",
    )  # fmt: skip
