"""The header row of a book: which one it is, who wrote it last, whether it was closed in order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app import __version__


@dataclass(frozen=True, slots=True)
class Header:
    """What a book says of itself; ``is_closed`` is False from its first write to its close."""

    file_id: str
    written_with: str
    is_closed: bool


def read(driver: Any) -> Header | None:
    """Return the header of an open file, None if it has none."""
    found = driver.execute("SELECT file_id, written_with, clean_close FROM book_header").fetchone()
    return None if found is None else Header(found[0], found[1], bool(found[2]))


def sign(driver: Any, file_id: str) -> None:
    """Write the header of a new book."""
    driver.execute(
        "INSERT INTO book_header (file_id, made_with, written_with, clean_close)"
        " VALUES (?, ?, ?, 1)",
        (file_id, __version__, __version__),
    )


def mark_open(driver: Any) -> None:
    """Note that this program writes to the book and has not closed it yet."""
    driver.execute("UPDATE book_header SET clean_close = 0, written_with = ?", (__version__,))


def mark_closed(driver: Any) -> None:
    """Note that the book was closed in order."""
    driver.execute("UPDATE book_header SET clean_close = 1")
