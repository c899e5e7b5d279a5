"""Places on this computer: resources, books, preferences, logs."""

from __future__ import annotations

import contextlib
import os
import sys
from functools import cache
from pathlib import Path

APP_NAME = "Gendan"
BOOK_SUFFIX = ".gendan"
DATABASE_NAME = "book.db"


@cache
def resources() -> Path:
    """Return the folder of shipped resources, also in a frozen program."""
    frozen = getattr(sys, "_MEIPASS", None)
    base = Path(frozen) if frozen else Path(__file__).resolve().parent.parent
    return base / "resources"


def _chosen(variable: str) -> Path | None:
    value = os.environ.get(variable)
    return Path(value) if value else None


def config_folder() -> Path:
    """Return the folder of this person's preferences (``GENDAN_CONFIG_DIR`` overrides it)."""
    import platformdirs

    return _chosen("GENDAN_CONFIG_DIR") or Path(platformdirs.user_config_dir(APP_NAME, False))


def log_folder() -> Path:
    """Return the folder of log files (``GENDAN_LOG_DIR`` overrides it)."""
    import platformdirs

    return _chosen("GENDAN_LOG_DIR") or Path(platformdirs.user_log_dir(APP_NAME, False))


def books_folder() -> Path:
    """Return the default folder of books (``GENDAN_BOOKS_DIR`` overrides it)."""
    import platformdirs

    return _chosen("GENDAN_BOOKS_DIR") or Path(platformdirs.user_data_dir(APP_NAME, False))


def default_book() -> Path:
    """Return the book that opens when none is named."""
    return books_folder() / f"gendan{BOOK_SUFFIX}"


def demo_book() -> Path:
    """Return the place of the book with sample data."""
    return books_folder() / f"demo{BOOK_SUFFIX}"


def has_file(path: Path) -> bool:
    """Tell whether there is a file at a path; at one that is too long there is none."""
    with contextlib.suppress(OSError):
        return path.is_file()
    return False


def has_folder(path: Path) -> bool:
    """Tell whether there is a folder at a path; at one that is too long there is none."""
    with contextlib.suppress(OSError):
        return path.is_dir()
    return False


def book_folder(path: Path) -> Path:
    """Return the book folder a person means by a path: without its suffix, or a file in it."""
    if has_file(path) and path.parent.suffix == BOOK_SUFFIX:
        return path.parent
    named = path.with_name(path.name + BOOK_SUFFIX)
    return named if path.suffix != BOOK_SUFFIX and has_folder(named) else path


def is_book(path: Path) -> bool:
    """Tell whether there is a book at a path."""
    return has_file(book_folder(path) / DATABASE_NAME)
