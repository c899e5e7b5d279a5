"""The schema number of a book, readable without the migration library."""

from __future__ import annotations

from typing import Any

from app.errors import BookError
from app.i18n import N_

NEWEST = 1
"""Number of the newest revision; kept in the file as its user version."""


def number_of(driver: Any) -> int:
    """Return the schema number of an open file."""
    return int(driver.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(driver: Any) -> None:
    """Refuse a file of a newer program, untouched."""
    found = number_of(driver)
    if found > NEWEST:
        raise BookError(
            "newer_book",
            N_("这份数据由较新的版本创建（结构 {found}，本软件认得 {known}）"),
            advice=N_("升级软件后再打开；数据没有改动"),
            found=found,
            known=NEWEST,
        )
