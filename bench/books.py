"""Demo books to measure on, made once in a folder and reused."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.services.office import Office


def demo_office(place: Path, customers: int, *, sealed: bool = False) -> Office:
    """Open the demo book of a size, making it first when it is not there."""
    from app.bootstrap import open_office

    kind = "sealed" if sealed else "plain"
    folder = place / f"bench-{customers}-{kind}.gendan"
    if not folder.exists():
        lock = [] if sealed else ["--no-encryption"]
        subprocess.run(
            [
                sys.executable, "-m", "app", "--book", str(folder), "--now",
                "2026-11-23T10:30:00+08:00", "demo", "--customers", str(customers),
                "--years", "5", "--seed", "7", "--staff", "30", *lock,
            ],
            check=True,
            env={**__import__("os").environ, "GENDAN_PASSPHRASE": "bench passphrase"},
        )  # fmt: skip
    return open_office(folder, passphrase=lambda _: "bench passphrase")
