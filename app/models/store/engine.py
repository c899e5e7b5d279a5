"""Open the database file: one library, one order of pragmas (reliability.md 3.1)."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.errors import BookError
from app.i18n import N_
from app.models.store import failures

APPLICATION_ID = 0x47454E44  # "GEND"
OLDEST_ENGINE = (3, 51, 3)
OLDEST_CIPHER = 4
PAGE_SIZE = 4096


def require_engine() -> None:
    """Refuse an engine with the WAL-reset race (before 3.51.3)."""
    if dbapi2.sqlite_version_info < OLDEST_ENGINE:
        raise BookError(
            "engine_too_old",
            N_("数据库引擎 {found} 太旧，至少要 {needed}"),
            advice=N_("重新安装软件；数据没有改动"),
            found=dbapi2.sqlite_version,
            needed=".".join(map(str, OLDEST_ENGINE)),
        )


def require_cipher(driver: Any) -> None:
    """Refuse an engine without the cipher: it would take a key and keep everything readable."""
    rows = driver.execute("PRAGMA cipher_version").fetchall()
    found = str(rows[0][0]) if rows else "0"
    if int(found.partition(".")[0]) < OLDEST_CIPHER:
        raise BookError(
            "no_cipher",
            N_("这个数据库引擎不能加密"),
            advice=N_("重新安装软件；数据没有改动"),
        )


def connect(file: Path, key: bytes | None, *, create: bool = False, read_only: bool = False) -> Any:
    """Open one driver connection with its key and pragmas, never creating by accident.

    ``key`` is the 32-byte data key, or None for a plain book. ``read_only`` leaves every
    byte as it is, for looking at a file that may not be ours.
    """
    require_engine()
    mode = _untouching(file) if read_only else "rwc" if create else "rw"
    uri = f"{file.resolve().as_uri()}?mode={mode}"
    driver = dbapi2.connect(uri, uri=True, isolation_level=None, check_same_thread=False)
    try:
        _unlock(driver, key)
        if not read_only:
            _prepare(driver)
    except BaseException:
        driver.close()
        raise
    return driver


def _untouching(file: Path) -> str:
    """Return the mode that leaves no trace beside a file: without a log it is taken as it is."""
    return "ro" if has_log(file) else "ro&immutable=1"


def has_log(file: Path) -> bool:
    """Tell whether a log lies beside the file: it was not folded in when the file was closed."""
    log = file.with_name(f"{file.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _unlock(driver: Any, key: bytes | None) -> None:
    driver.execute("PRAGMA cipher_log_level = NONE")  # it would write to standard error itself
    if key is not None:
        require_cipher(driver)
        driver.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    driver.execute("PRAGMA busy_timeout = 5000")
    driver.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _prepare(driver: Any) -> None:
    driver.execute("PRAGMA journal_mode = WAL")
    for setting in (
        "synchronous = FULL",
        "foreign_keys = ON",
        "trusted_schema = OFF",
        "cell_size_check = ON",
        "mmap_size = 0",
        "temp_store = MEMORY",
        "secure_delete = ON",
        "journal_size_limit = 67108864",
        "cache_size = -32768",
    ):
        driver.execute(f"PRAGMA {setting}")
    if sys.platform == "darwin":
        driver.execute("PRAGMA fullfsync = ON")
        driver.execute("PRAGMA checkpoint_fullfsync = ON")


def require_ours(driver: Any) -> None:
    """Refuse a database that is not a book."""
    if driver.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise BookError(
            "not_a_book",
            N_("这不是跟单的数据文件"),
            advice=N_("选一个以 .gendan 结尾的文件夹；这个文件没有改动"),
        )


def file_problem(file: Path) -> BookError | None:
    """Return why the file cannot be a whole book, without opening it."""
    size = file.stat().st_size
    return None if size >= PAGE_SIZE and size % PAGE_SIZE == 0 else failures.damaged()
