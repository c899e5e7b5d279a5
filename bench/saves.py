"""Save a follow-up with its next step: the service against the same rows by raw statements."""

from __future__ import annotations

import random
from typing import Any

from app.models.store import engine
from app.models.store.pool import Pool
from app.models.values.nextstep import Bucket
from app.services.followups.drafts import FollowupDraft, NextStepDraft
from app.services.office import Office
from bench.harness import Measured, side_by_side


def measure(office: Office, key: bytes | None) -> list[Measured]:
    """Return the row of the table.

    The peer replays the very statements the service ran, with fresh ids, by the
    bare driver in one transaction: same rows, same indexes, same durability.
    """
    customers = [row.id for row in office.customers.page(_all(), limit=500).rows]
    dice = random.Random(3)
    step = NextStepDraft(Bucket.next_week, "counter_rival", "带节拍实测视频")

    def ours() -> object:
        draft = FollowupDraft(dice.choice(customers), "工艺部同意来看样机", next_step=step)
        return office.followups.save(draft)

    statements = _recorded(office, key, ours)
    raw: Any = engine.connect(office.book.folder / "book.db", key)
    count = iter(range(1, 1 << 30))

    def peer() -> None:
        shift = next(count) << 40
        raw.execute("BEGIN IMMEDIATE")
        for sql, many in statements:
            for values in many:
                raw.execute(sql, _fresh(sql, values, shift))
        raw.execute("COMMIT")

    row = side_by_side(
        "save a follow-up with next step", ours, peer, rounds=301,
        against="same rows by the raw driver", goal="<= 2",
    )  # fmt: skip
    raw.close()
    return [row]


def _all() -> Any:
    from app.services.lists import ListFilter

    return ListFilter()


class _Recorder:
    """A driver connection that notes each statement with its values, one tuple per run."""

    def __init__(self, driver: Any, found: list[tuple[str, list[tuple[Any, ...]]]]) -> None:
        self._driver = driver
        self._found = found

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def cursor(self) -> _Recorder:
        return _Recorder(self._driver.cursor(), self._found)

    def execute(self, sql: str, values: Any = ()) -> Any:
        if sql.partition(" ")[0] not in ("BEGIN", "COMMIT"):
            self._found.append((sql, [tuple(values)]))
        return self._driver.execute(sql, values)

    def executemany(self, sql: str, values: Any) -> Any:
        self._found.append((sql, [tuple(one) for one in values]))
        return self._driver.executemany(sql, values)


def _recorded(
    office: Office, key: bytes | None, act: Any
) -> list[tuple[str, list[tuple[Any, ...]]]]:
    found: list[tuple[str, list[tuple[Any, ...]]]] = []
    database = office.book.database
    kept = database._pool
    database._pool = Pool(lambda: _Recorder(engine.connect(database.file, key), found))
    try:
        act()
    finally:
        database._pool.close()
        database._pool = kept
    return found


def _fresh(sql: str, values: tuple[Any, ...], shift: int) -> tuple[Any, ...]:
    """Give inserted rows an id of their own; the first value of an insert is its id."""
    if sql.startswith("INSERT INTO") and "(id," in sql.replace('"', ""):
        return (values[0] ^ shift, *values[1:])
    return values
