"""Search keystrokes: every kind of query, p50 and p99, against LIKE on the same file."""

from __future__ import annotations

import random
from typing import Any

from app.models.store import engine
from app.models.values import pinyin
from app.services.office import Office
from bench.harness import Measured, p99, timed


def measure(office: Office, key: bytes | None, queries: int = 120) -> list[Measured]:
    """Return one row for each kind of query; the goal is on the p99."""
    raw: Any = engine.connect(office.book.folder / "book.db", key)
    names = [row[0] for row in raw.execute("SELECT name FROM customer").fetchall()]
    phones = [row[0] for row in raw.execute("SELECT main_phone FROM customer").fetchall()]
    people = [row[0] for row in raw.execute("SELECT main_contact FROM customer").fetchall()]
    dice = random.Random(11)
    kinds = {
        "1 Han": lambda: _piece(dice, names, 1),
        "2 Han": lambda: _piece(dice, names, 2),
        "4 Han": lambda: _piece(dice, names, 4),
        "2 initials": lambda: pinyin.initials(_piece(dice, names, 2)),
        "4 initials": lambda: pinyin.initials(_piece(dice, names, 4)),
        "full pinyin": lambda: pinyin.full(_piece(dice, names, 2)),
        "phone, last 4": lambda: (dice.choice(phones) or "0000")[-4:],
        "contact": lambda: dice.choice(people) or "无",
        "miss": lambda: "龘" + _piece(dice, names, 1),
    }
    found = [
        _kind(office, raw, name, [make() for _ in range(queries)]) for name, make in kinds.items()
    ]
    raw.close()
    return found


def _piece(dice: random.Random, names: list[str], size: int) -> str:
    name = dice.choice(names)
    start = dice.randrange(max(1, len(name) - size))
    return name[start : start + size]


def _kind(office: Office, raw: Any, name: str, queries: list[str]) -> Measured:
    like = (
        "SELECT id, name FROM customer WHERE (name LIKE ? OR main_contact LIKE ? "
        "OR main_phone LIKE ?) AND deleted_at = 0 ORDER BY id DESC LIMIT 50"
    )
    office.customers.search(queries[0])
    mine = sorted(timed(lambda text=text: office.customers.search(text)) for text in queries)
    theirs = sorted(
        timed(lambda text=text: raw.execute(like, (f"%{text}%",) * 3).fetchall())
        for text in queries[:20]
    )
    middle = mine[len(mine) // 2]
    return Measured(
        f"search {name}", "LIKE", middle, theirs[len(theirs) // 2], p99(mine), len(mine),
        "p99 <= 8 ms",
    )  # fmt: skip
