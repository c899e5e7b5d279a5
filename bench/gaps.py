"""Longest gap of the event loop at each page: shown first, again, and beside an import."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.harness import Measured

RULE_MS = 50.0


def measure(book: Path) -> list[Measured]:
    """Walk every page of a copy of a plain book; the peer of an import is the page without."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / book.name
        shutil.copytree(book, copy, ignore=shutil.ignore_patterns("backups", "book.lock"))
        done = subprocess.run(
            [sys.executable, "-m", "bench.gap_probe", str(copy)],
            check=True, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
    found = json.loads(done.stdout.splitlines()[-1])
    first, again, beside = found["first"], found["again"], found["beside"]
    rule, goal = "the rule of 50 ms", "<= 50 ms"
    return [
        *(Measured(f"gap: {page}, first", rule, ms, RULE_MS, ms, 1) for page, ms in first.items()),
        *(Measured(f"gap: {page}", rule, ms, RULE_MS, ms, 1, goal) for page, ms in again.items()),
        *(Measured(f"gap: {page}, importing", "without an import", ms, again[page], ms, 1, goal)
          for page, ms in beside.items()),
    ]  # fmt: skip
