"""What every table of a book shares."""

from __future__ import annotations

import secrets
import time
from datetime import date
from threading import Lock
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, Dialect, Integer, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from app.models.values.changes import Kind

NEVER_AT = 253_402_300_799_999
"""An instant (ms) after every other one: sorts "no date" last, and is never null."""

NO_DAY = ""
"""How "no day" is stored; compare day columns with it, never with None."""

_EPOCH_MS = 1_577_836_800_000  # 2020-01-01 UTC


class Day(TypeDecorator[date]):
    """Keep a business day as ISO text, and no day as empty text, so that it sorts."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | str | None, dialect: Dialect) -> str:
        """Return ISO text, empty for no day."""
        if value is None:
            return ""
        return value if isinstance(value, str) else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        """Return the day, None for empty text."""
        return date.fromisoformat(value) if value else None


Id = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """The tables of a book."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {
        int: Id,
        str: Text(),
        bool: Boolean(),
        date: Day(),
    }


class Row(Base):
    """Give a table its identity, its stamps and its place in the recycle bin.

    ``created_at``, ``updated_at`` and ``deleted_at`` are UTC milliseconds; 0 in
    ``deleted_at`` is a living row. ``batch_id`` is the import that made the row.
    A table without ``KIND`` is nobody's record: it is not audited or announced.
    """

    __abstract__ = True
    KIND: ClassVar[Kind | None] = None

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    created_at: Mapped[int] = mapped_column(default=0, server_default="0")
    created_by: Mapped[int] = mapped_column(default=0, server_default="0")
    updated_at: Mapped[int] = mapped_column(default=0, server_default="0")
    updated_by: Mapped[int] = mapped_column(default=0, server_default="0")
    deleted_at: Mapped[int] = mapped_column(default=0, server_default="0")
    batch_id: Mapped[int] = mapped_column(default=0, server_default="0")


class IdMaker:
    """Make 63-bit ids that grow with time and are unique across machines.

    41 bits of milliseconds since 2020, 10 bits of a random node, 12 bits of a
    counter; a counter that runs over borrows the next millisecond.
    """

    def __init__(self, node: int | None = None, start_ms: int | None = None) -> None:
        self._node = secrets.randbelow(1024) if node is None else node
        self._frozen = start_ms is not None
        self._ms = start_ms or 0
        self._count = 0
        self._lock = Lock()

    def __call__(self) -> int:
        """Return the next id."""
        with self._lock:
            now = self._ms if self._frozen else time.time_ns() // 1_000_000
            if now > self._ms:
                self._ms, self._count = now, 0
            elif self._count == 4095:
                self._ms, self._count = self._ms + 1, 0
            else:
                self._count += 1
            return (self._ms - _EPOCH_MS) << 22 | self._node << 12 | self._count


def text_column(default: str = "") -> Mapped[str]:
    """Return a text column that is never null."""
    return mapped_column(Text, default=default, server_default=default)


def count_column(default: int = 0) -> Mapped[int]:
    """Return a whole-number column that is never null."""
    return mapped_column(Id, default=default, server_default=str(default))


def flag_column() -> Mapped[bool]:
    """Return a yes/no column that starts with no."""
    return mapped_column(Boolean, default=False, server_default="0")


def day_column() -> Mapped[date | None]:
    """Return a business-day column; no day is stored as empty text."""
    return mapped_column(Day, nullable=False, default=None, server_default="")
