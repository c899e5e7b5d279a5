"""Run the benchmarks: ``python -m bench --customers 100000 --place FOLDER``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import books, duplicates, kpis, lists, saves, searches, startup
from bench.harness import publish


def main() -> None:
    """Measure on a plain and a sealed demo book and write the tables."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument("--customers", type=int, default=100_000)
    words.add_argument("--place", type=Path, default=Path(tempfile.gettempdir()) / "gendan-bench")
    words.add_argument("--only", default="")
    chosen = words.parse_args()
    chosen.place.mkdir(parents=True, exist_ok=True)
    office = books.demo_office(chosen.place, chosen.customers)
    facts: dict[str, object] = {"customers": chosen.customers, "encrypted": False}
    try:
        for name, room in (
            ("lists", lists),
            ("searches", searches),
            ("duplicates", duplicates),
            ("saves", saves),
            ("kpis", kpis),
        ):
            if chosen.only in ("", name):
                publish(f"{name}-{chosen.customers}", room.measure(office, None), facts)
    finally:
        folder = office.folder
        office.close()
    if chosen.only in ("", "startup"):
        publish(f"startup-{chosen.customers}", startup.measure(folder), facts)


if __name__ == "__main__":
    main()
