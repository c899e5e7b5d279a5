"""Start-up: spawn to window shown, and to Today's first rows, against a bare PySide6 window."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
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


def _run(command: list[str], marks: tuple[str, ...]) -> dict[str, float]:
    env = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    begin = time.time()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env)
    seen: dict[str, float] = {}
    assert process.stdout is not None
    for line in process.stdout:
        word, _, moment = line.partition(" ")
        if word in marks:
            seen[word] = (float(moment) - begin) * 1000
        if len(seen) == len(marks):
            break
    process.kill()
    process.wait()
    return seen


def measure(book: Path, rounds: int = 7) -> list[Measured]:
    """Return window-shown and first-rows times as ratios to the bare window."""
    bare, shown, rows = [], [], []
    ours = [sys.executable, "-m", "bench.start_probe", str(book)]
    for _ in range(rounds):
        bare.append(_run([sys.executable, "-c", _BARE], ("shown",))["shown"])
        seen = _run(ours, ("shown", "rows"))
        shown.append(seen["shown"])
        rows.append(seen["rows"])
    floor = statistics.median(bare)
    return [
        Measured("start: window shown", "bare PySide6 window", statistics.median(shown), floor,
                 max(shown), rounds, "<= 1.3"),
        Measured("start: Today's rows", "bare PySide6 window", statistics.median(rows), floor,
                 max(rows), rounds, "<= 3"),
    ]  # fmt: skip
