"""A small pool of connections to one file; the query library joins one when it is asked for."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from sqlcipher3 import dbapi2

if TYPE_CHECKING:
    from sqlalchemy import Connection

_KEPT = 4


class Link:
    """One connection: the driver's own, and the query library's over it."""

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.is_spoilt = False
        """Whether it is thrown away after this use."""
        self._bound: Connection | None = None

    @property
    def connection(self) -> Connection:
        """Return the query library's connection; the first page of a window needs none."""
        if self._bound is None:
            from app.models.store import alchemy

            self._bound = alchemy.join(self.driver)
        return self._bound

    def rest(self) -> None:
        """Let the query library forget the transaction, which the driver has ended."""
        if self._bound is not None:
            self._bound.rollback()

    def close(self) -> None:
        """Close both."""
        self.driver.close()


class Pool:
    """Lend links; as many as are asked for at once, a few are kept for later."""

    def __init__(self, connect: Callable[[], Any]) -> None:
        self._connect = connect
        self._free: list[Link] = []
        self._lock = threading.Lock()

    @contextmanager
    def borrowed(self) -> Iterator[Link]:
        """Lend a link that nobody else uses meanwhile."""
        with self._lock:
            link = self._free.pop() if self._free else None
        link = link or Link(self._connect())
        try:
            yield link
        finally:
            self._take_back(link)

    def _take_back(self, link: Link) -> None:
        if not link.is_spoilt:
            link.rest()
            with self._lock:
                if len(self._free) < _KEPT:
                    self._free.append(link)
                    return
        with contextlib.suppress(dbapi2.Error):
            link.close()

    def close(self) -> None:
        """Close what is not lent."""
        with self._lock:
            free, self._free = self._free, []
        for link in free:
            link.close()
