"""Books to measure on, made once in a folder and reused."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from app.services.office import Office

DEMO_MOST = 100_000
"""A larger book is this one many times over: customers and contacts without their chains."""
_SYLLABLES = "新东南西北中大金长"
_COPIED = ("contact", "employment", "contact_channel", "owner_spell")
_SHIFTED = ("id", "customer_id", "contact_id")


def demo_office(place: Path, customers: int, *, sealed: bool = False) -> Office:
    """Open the demo book of a size, making it first when it is not there."""
    from app.bootstrap import open_office

    if customers > DEMO_MOST:
        return _multiplied(place, customers)
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


def _multiplied(place: Path, customers: int) -> Office:
    from app.bootstrap import open_office
    from app.services.customers import searching
    from app.services.jobs import Progress

    folder = place / f"bench-{customers}-plain.gendan"
    if folder.exists():
        return open_office(folder)
    base = demo_office(place, DEMO_MOST)
    base.close()
    made = folder.with_name(f"part-of-{folder.name}")
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(base.folder, made, ignore=shutil.ignore_patterns("*.lock", "backups"))
    _copy_customers(made / "book.db", customers // DEMO_MOST - 1)
    office = open_office(made)
    with office.context.write() as unit:
        searching.rebuild_search(unit, Progress())
    office.close()
    made.rename(folder)
    return open_office(folder)


def _copy_customers(file: Path, times: int) -> None:
    from app.models.store import engine

    raw = engine.connect(file, None)
    raw.execute("PRAGMA synchronous = OFF")
    names = [row[1] for row in raw.execute("PRAGMA table_info(customer)")]
    rows = raw.execute("SELECT * FROM customer ORDER BY id").fetchall()
    marks = ", ".join("?" * len(names))
    for number in range(1, times + 1):
        raw.execute("BEGIN IMMEDIATE")
        fresh = (_copy_of(dict(zip(names, row, strict=True)), number) for row in rows)
        raw.executemany(f"INSERT INTO customer VALUES ({marks})", fresh)
        for table in _COPIED:
            _copy_rows(raw, table, number)
        raw.execute("COMMIT")
    raw.execute("ANALYZE")
    raw.close()


def _shift(number: int) -> int:
    return number << 50  # below the bits of any instant a demo may have


def _copy_of(row: dict[str, Any], number: int) -> tuple[Any, ...]:
    from app.services.customers.writing import names_of

    name = f"{row['name'][:2]}{_SYLLABLES[(number - 1) % len(_SYLLABLES)]}{row['name'][2:]}"
    fresh = names_of(name) | {
        "id": row["id"] + _shift(number), "code": f"{row['code']}-{number}" if row["code"] else "",
        "uscc": "", "main_phone": f"{row['main_phone'][:-1]}{number % 10}", "parent_id": 0,
    }  # fmt: skip
    return tuple((row | fresh).values())


def _copy_rows(raw: Any, table: str, number: int) -> None:
    names = [row[1] for row in raw.execute(f"PRAGMA table_info({table})")]
    shown = []
    for name in names:
        if name in _SHIFTED:
            shown.append(f"{name} + {_shift(number)}")
        elif name == "normal":
            shown.append(f"substr(normal, 1, length(normal) - 1) || {number % 10}")
        else:
            shown.append(f'"{name}"')
    first = raw.execute(f"SELECT min(id) FROM {table}").fetchone()[0] + _shift(1)
    own = f"FROM {table} WHERE id < {first}"
    raw.execute(f"INSERT INTO {table} SELECT {', '.join(shown)} {own}")


def opened(folder: Path) -> Office:
    """Open a plain book."""
    from app.bootstrap import open_office

    return open_office(folder)


def empty_office(folder: Path) -> Office:
    """Make a plain book without anything in it, over an older one."""
    from app.bootstrap import open_office

    shutil.rmtree(folder, ignore_errors=True)
    asked = [sys.executable, "-m", "app", "--book", str(folder), "new", "--no-encryption"]
    subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
    return open_office(folder)


def sealed_customers(office: Office, key: bytes) -> Any:
    """Return the customers of an encrypted copy of a plain book."""
    from app.models.store import engine
    from app.models.store.database import Database
    from app.services.context import Context
    from app.services.customers import Customers

    file = office.book.folder / "sealed.db"
    file.unlink(missing_ok=True)
    raw = engine.connect(office.book.folder / "book.db", None)
    raw.execute(f"ATTACH DATABASE '{file}' AS sealed KEY \"x'{key.hex()}'\"")
    raw.execute("SELECT sqlcipher_export('sealed')")
    raw.close()
    known = office.context
    database = Database(lambda: engine.connect(file, key), file)
    return Customers(Context(database, known.clock, known.zone, known.bus))
