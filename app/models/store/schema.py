"""The schema number of a book, readable without the migration library."""

from __future__ import annotations

import contextlib
from typing import Any

from sqlcipher3 import dbapi2

from app import __version__
from app.errors import BookError
from app.i18n import N_
from app.models.store import header

NEWEST = 14
"""Number of the newest revision; kept in the file as its user version."""


def number_of(driver: Any) -> int:
    """Return the schema number of an open file."""
    return int(driver.execute("PRAGMA user_version").fetchone()[0])


def refuse_newer(driver: Any) -> None:
    """Refuse a file of a newer program, untouched."""
    found = number_of(driver)
    if found <= NEWEST:
        return
    version = _written_with(driver)
    raise BookError(
        "newer_book",
        N_("这份数据由较新的版本 {version} 写成（结构 {found}，本软件认得 {known}）")
        if version
        else N_("这份数据由较新的版本写成（结构 {found}，本软件认得 {known}）"),
        advice=N_("升级软件后再打开；数据没有改动"),
        version=version,
        found=found,
        known=NEWEST,
    )


def _written_with(driver: Any) -> str:
    """Return the version that wrote a file last; a newer one may keep it elsewhere."""
    with contextlib.suppress(dbapi2.Error):
        found = header.read(driver)
        if found is not None and found.written_with != __version__:
            return found.written_with
    return ""
