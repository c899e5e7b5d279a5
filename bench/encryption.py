"""The encrypted book against a plain copy of it, both through the services, warm."""

from __future__ import annotations

import os
import random
from typing import Any

from app.models.values.pages import Sort
from app.services.jobs import Progress
from app.services.lists import ListFilter
from app.services.office import Office
from bench import books
from bench.harness import Measured, side_by_side

_GOAL = "<= 1.2"


def measure(office: Office, key: bytes | None) -> list[Measured]:
    """Return a first page, a page in the middle and a search, plain book as peer."""
    sealed = books.sealed_customers(office, os.urandom(32))
    plain = office.customers
    everything, sort = ListFilter(), Sort("name")
    keys = list(plain.anchors(everything, sort, 1024, Progress()))
    middle = keys[len(keys) // 2]
    try:
        return [
            _row("first page", sealed, plain, lambda one: one.page(everything, sort)),
            _row("middle page", sealed, plain, lambda one: one.page(everything, sort, key=middle)),
            _searches(sealed, plain),
        ]
    finally:
        sealed._context.database.close()
        sealed._context.database.file.unlink()


def _row(name: str, sealed: Any, plain: Any, act: Any) -> Measured:
    return side_by_side(
        f"encrypted: {name}", lambda: act(sealed), lambda: act(plain),
        against="plain book", goal=_GOAL,
    )  # fmt: skip


def _searches(sealed: Any, plain: Any) -> Measured:
    names = [row.name for row in plain.page(ListFilter(), Sort("created_on"), limit=200).rows]
    dice = random.Random(17)
    queries = [name[at : at + 2] for name in names for at in [dice.randrange(len(name) - 2)]]
    for query in queries[:60]:  # warm: the pages of the index are in both caches
        sealed.search(query)
        plain.search(query)
    mine, theirs = iter(queries[:60]), iter(queries[:60])
    return side_by_side(
        "encrypted: search, 2 Han", lambda: sealed.search(next(mine)),
        lambda: plain.search(next(theirs)), against="plain book", goal=_GOAL, rounds=59,
    )  # fmt: skip
