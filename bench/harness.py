"""Measure ours beside a peer in one run: A B A B, medians and spread, results as JSON."""

from __future__ import annotations

import json
import platform
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Measured:
    """One row of the table: medians in milliseconds and the ratio ours / peer."""

    name: str
    peer: str
    ours_ms: float
    peer_ms: float
    ours_p99_ms: float
    rounds: int
    goal: str = ""

    @property
    def ratio(self) -> float:
        """Return ours divided by the peer's time."""
        return self.ours_ms / self.peer_ms if self.peer_ms else float("nan")


def timed(act: Callable[[], object]) -> float:
    """Return the milliseconds an act takes."""
    begin = time.perf_counter()
    act()
    return (time.perf_counter() - begin) * 1000


def side_by_side(
    name: str,
    ours: Callable[[], object],
    peer: Callable[[], object],
    *,
    against: str,
    goal: str = "",
    rounds: int = 41,
) -> Measured:
    """Run both in turns and return medians."""
    ours()
    peer()
    mine, theirs = [], []
    for _ in range(rounds):
        mine.append(timed(ours))
        theirs.append(timed(peer))
    return Measured(
        name, against, statistics.median(mine), statistics.median(theirs), p99(mine), rounds, goal
    )


def p99(times: Sequence[float]) -> float:
    """Return the 99th percentile by nearest rank."""
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(len(ordered) * 0.99))]


def machine() -> dict[str, str]:
    """Return what the figures were measured on."""
    from sqlcipher3 import dbapi2

    return {
        "system": platform.platform(),
        "python": platform.python_version(),
        "engine": dbapi2.sqlite_version,
        "sqlalchemy": metadata.version("sqlalchemy"),
        "pyside": metadata.version("PySide6-Essentials"),
    }


def publish(title: str, rows: Sequence[Measured], facts: dict[str, object]) -> Path:
    """Print the table and write it as JSON; return the file."""
    print(f"\n{title}: {facts}")
    print(f"{'what':48} {'ours ms':>10} {'p99':>9} {'peer ms':>10} {'ratio':>8}  goal / peer")
    for row in rows:
        print(
            f"{row.name:48} {row.ours_ms:10.3f} {row.ours_p99_ms:9.3f} "
            f"{row.peer_ms:10.3f} {row.ratio:8.3f}  {row.goal} / {row.peer}"
        )
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"{title}.json"
    content = {
        "machine": machine(),
        "facts": facts,
        "rows": [{**asdict(row), "ratio": row.ratio} for row in rows],
    }
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return file
