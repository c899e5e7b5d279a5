"""Bring the query library and the driver's connections together."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.pool import NullPool
from sqlcipher3 import dbapi2

_handed = threading.local()


def make_engine(connect: Callable[[], Any]) -> Engine:
    """Return an engine over driver connections that somebody else keeps."""
    return create_engine(
        "sqlite+pysqlite://",
        module=dbapi2,
        creator=connect,
        poolclass=NullPool,
        pool_reset_on_return=None,
        hide_parameters=True,  # an error goes to the log, a customer's name does not
    )


@cache
def _joining() -> Engine:
    """Return the one engine, so that a statement is compiled once for all connections.

    At its first connection the library looks at the database and rolls back: that one is
    nobody's, for later ones are joined in the middle of a transaction.
    """
    made = make_engine(lambda: _handed.driver)
    _handed.driver = dbapi2.connect(":memory:", check_same_thread=False)
    made.connect().close()
    return made


def join(driver: Any) -> Connection:
    """Return the query library's connection over an open driver connection, which stays open."""
    engine = _joining()
    _handed.driver = driver
    joined = engine.connect()
    joined.detach()  # or the library would close the driver together with what it forgets
    return joined
