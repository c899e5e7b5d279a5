"""Long selects read in batches, stopped at any moment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlcipher3 import dbapi2

from app.errors import Cancelled

_STEPS_BETWEEN_LOOKS = 20_000
_BATCH = 5_000


def batches(
    driver: Any, sql: str, values: tuple[Any, ...], watch: Callable[[], None]
) -> Iterator[Sequence[Any]]:
    """Yield the rows of a select; a stop that ``watch`` raises stops the engine too."""
    stops: list[BaseException] = []

    def must_stop() -> bool:
        try:
            watch()
        except (Cancelled, KeyboardInterrupt) as stop:
            stops.append(stop)
        return bool(stops)

    watch()
    driver.set_progress_handler(must_stop, _STEPS_BETWEEN_LOOKS)
    try:
        found = driver.execute(sql, values)
        while rows := found.fetchmany(_BATCH):
            yield rows
    except dbapi2.OperationalError:
        if stops:
            raise stops[0] from None
        raise
    finally:
        driver.set_progress_handler(None, 0)
