"""Run the benchmarks: ``python -m bench --customers 100000 --place FOLDER``."""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from bench import (
    books,
    duplicates,
    encryption,
    features,
    gaps,
    imports,
    kpis,
    lists,
    saves,
    searches,
    sequences,
    startup,
    table,
    tryton,
)
from bench.harness import publish


def main() -> None:
    """Measure on a plain and a sealed demo book and write the tables."""
    words = argparse.ArgumentParser(description=main.__doc__)
    words.add_argument("--customers", type=int, default=100_000)
    words.add_argument("--place", type=Path, default=Path(tempfile.gettempdir()) / "gendan-bench")
    words.add_argument("--only", default="")
    words.add_argument("--tryton", type=Path, help="a folder with trytond, see bench/tryton.py")
    words.add_argument("--rows", type=int, default=100_000, help="rows to import")
    words.add_argument("--table", action="store_true", help="only make the table of the results")
    chosen = words.parse_args()
    if chosen.table:
        table.write()
        return
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
            ("sequences", sequences),
            ("encryption", encryption),
        ):
            if chosen.only in ("", name):
                publish(f"{name}-{chosen.customers}", room.measure(office, None), facts)
        if chosen.only in ("", "imports"):
            publish(f"imports-{chosen.rows}", imports.measure(office, chosen.rows), facts)
        if chosen.only in ("", "tryton") and (found := tryton.measure(office, chosen.tryton)):
            publish(f"tryton-{chosen.customers}", found, facts)
    finally:
        folder = office.folder
        office.close()
    if chosen.only in ("", "features"):
        rows = features.measure(chosen.place, chosen.customers)
        publish(f"features-{chosen.customers}", rows, facts)
    if chosen.only in ("", "startup"):
        publish(f"startup-{chosen.customers}", startup.measure(folder), facts)
    if chosen.only in ("", "gaps"):
        publish(f"gaps-{chosen.customers}", gaps.measure(folder), facts)
    table.write()


if __name__ == "__main__":
    main()
