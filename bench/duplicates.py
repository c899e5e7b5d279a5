"""Duplicates: the check while a name is typed against LIKE, and a look through the whole book."""

from __future__ import annotations

import random
from typing import Any

from app.models.store import engine
from app.services.customers.duplicates import Typed
from app.services.jobs import Progress
from app.services.office import Office
from bench.harness import Measured, p99, timed

_LIKE = (
    "SELECT id, name FROM customer WHERE (name LIKE ? OR short_name LIKE ? OR main_phone = ? "
    "OR uscc = ?) AND deleted_at = 0 LIMIT 50"
)


def measure(office: Office, key: bytes | None, checks: int = 120) -> list[Measured]:
    """Return the check on entry by kind of name, and the scan's time for each customer.

    The peer of the scan is a self-join on the names as they are: it finds equal ones only.
    """
    raw: Any = engine.connect(office.book.folder / "book.db", key)
    rows = raw.execute("SELECT name, main_phone FROM customer").fetchall()
    dice = random.Random(13)
    kinds = {
        "name in the book": lambda: Typed(dice.choice(rows)[0]),
        "name, one character off": lambda: Typed(_off(dice, dice.choice(rows)[0])),
        "short name": lambda: Typed(dice.choice(rows)[0][2:4]),
        "name and phone": lambda: Typed(*_with_phone(dice, rows)),
        "new name": lambda: Typed("龘" + dice.choice(rows)[0][::-1]),
    }
    found = [
        _kind(office, raw, name, [make() for _ in range(checks)]) for name, make in kinds.items()
    ]
    found.append(_scan(office, raw, len(rows)))
    raw.close()
    return found


def _off(dice: random.Random, name: str) -> str:
    at = dice.randrange(2, max(3, len(name) - 4))
    return name[:at] + dice.choice("华新明达") + name[at + 1 :]


def _with_phone(dice: random.Random, rows: list[Any]) -> tuple[str, str, tuple[str, ...]]:
    return dice.choice(rows)[0], "", (dice.choice(rows)[1],)


def _kind(office: Office, raw: Any, name: str, typed: list[Typed]) -> Measured:
    suspects = office.customers.duplicates.suspects
    suspects(typed[0])
    mine = sorted(timed(lambda one=one: suspects(one)) for one in typed)
    theirs = sorted(timed(lambda one=one: _like(raw, one)) for one in typed[:20])
    return Measured(
        f"check {name}", "LIKE", mine[len(mine) // 2], theirs[len(theirs) // 2], p99(mine),
        len(mine), "p99 <= 50 ms",
    )  # fmt: skip


def _like(raw: Any, typed: Typed) -> object:
    part = f"%{typed.name[2:6] or typed.name}%"
    phone = typed.phones[0] if typed.phones else "-"
    return raw.execute(_LIKE, (part, part, phone, typed.uscc or "-")).fetchall()


def _scan(office: Office, raw: Any, customers: int) -> Measured:
    """Return the milliseconds for 1,000 customers."""
    join = (
        "SELECT a.id, b.id FROM customer a JOIN customer b ON b.name_key = a.name_key "
        "AND b.id > a.id WHERE a.deleted_at = 0 AND b.deleted_at = 0"
    )
    mine = timed(lambda: office.customers.duplicates.scan(Progress())) * 1000 / customers
    theirs = timed(lambda: raw.execute(join).fetchall()) * 1000 / customers
    return Measured(
        "scan, for 1,000 customers", "join of equal names", mine, theirs, mine, 1, "near-linear"
    )
