"""Engine errors as errors for people, by type and text (reliability.md 4.3)."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlcipher3 import dbapi2

from app.errors import BookError, UserError
from app.i18n import N_

DISK_ERROR = "disk_error"
DAMAGED = "damaged_book"
_SMALLEST_NEED = 256 * 1024
DISK_FULL = N_("没有存上：磁盘已满")
_SAFE = N_("已存的都还在，没存的留在屏幕上。腾出空间后再存一次")


def disk_full() -> UserError:
    """Return the error for a full disk."""
    return UserError("disk_full", DISK_FULL, advice=_SAFE)


def damaged() -> BookError:
    """Return the error for a damaged book."""
    return BookError(
        DAMAGED,
        N_("数据文件已损坏，没有打开"),
        advice=N_("原文件没有改动。从备份恢复，或把整个文件夹交给懂行的人"),
    )


def damage_met(parts: str = "") -> BookError:
    """Return the error for damage in an open book; ``parts`` are words for what is damaged."""
    return BookError(
        DAMAGED,
        N_("数据文件有损坏（{parts}），已停止保存") if parts else N_("数据文件有损坏，已停止保存"),
        advice=N_(
            "已存的没有再动，读得出的照常能看。没存上的先抄下来，退出后把整个数据文件夹"
            "复制一份留好，再从备份恢复"
        ),
        parts=parts,
    )


def read_only(folder: Path) -> BookError:
    """Return the error for a book that cannot be written to where it lies."""
    return BookError(
        "read_only",
        N_("数据文件夹不能写，没有打开：{folder}"),
        advice=N_("把整个文件夹复制到能写的地方再打开，或改文件夹的权限；数据没有改动"),
        folder=folder,
    )


_DAMAGE_MARKS = ("malformed", "not a database", "corrupt")
_KNOWN: tuple[tuple[str, str, str, str], ...] = (
    (
        "disk I/O error",
        DISK_ERROR,
        N_("没有存上：磁盘读写出错"),
        N_("已存的都还在。检查硬盘或移动盘是否接好，再重新打开软件"),
    ),
    (
        "readonly",
        "read_only",
        N_("没有存上：数据文件是只读的"),
        N_("检查文件夹的写入权限后再存一次"),
    ),
    (
        "locked",
        "book_busy",
        N_("没有存上：数据正被另一个操作占用"),
        N_("等几秒再存一次，内容还在屏幕上"),
    ),
    (
        "unable to open",
        "book_missing",
        N_("打不开数据文件"),
        N_("看看文件夹是否还在原处、能否读写"),
    ),
)


def _cause(error: BaseException) -> BaseException:
    """Return the engine's own error where the query library has wrapped it."""
    wrapped = getattr(error, "orig", None)
    return wrapped if isinstance(wrapped, BaseException) else error


def is_damage(error: BaseException) -> bool:
    """Tell whether the engine met a damaged page or file."""
    cause = _cause(error)
    words = str(cause)
    return isinstance(cause, dbapi2.Error) and any(mark in words for mark in _DAMAGE_MARKS)


def as_user_error(error: BaseException) -> UserError | None:
    """Return the error for people that an engine error means, None for a bug."""
    cause = _cause(error)
    if isinstance(cause, OSError):
        return disk_full() if cause.errno == 28 else None
    if not isinstance(cause, dbapi2.Error):
        return None
    words = str(cause)
    if "full" in words:
        return disk_full()
    if is_damage(cause):
        return damaged()
    for mark, code, message, advice in _KNOWN:
        if mark in words:
            return UserError(code, message, advice=advice)
    return None


def _engine_errors() -> tuple[type[BaseException], ...]:
    """Return what the driver raises, and the query library where it is loaded."""
    library = sys.modules.get("sqlalchemy.exc")
    wrapped = () if library is None else (library.DBAPIError,)
    return (dbapi2.Error, OSError, *wrapped)


@contextmanager
def told_plainly(file: Path | None = None) -> Iterator[None]:
    """Raise a ``UserError`` for every engine error that a person can act on.

    ``file`` is where the engine works: on a full disk it often says only that a call failed.
    """
    try:
        yield
    except _engine_errors() as error:
        known = as_user_error(error)
        if known is None:
            raise
        if known.code == DISK_ERROR and file is not None and _is_full(file):
            known = disk_full()
        raise known from error


def _is_full(file: Path) -> bool:
    """Tell whether the disk of a file has no room for the engine's smallest needs."""
    with contextlib.suppress(OSError):
        return shutil.disk_usage(file.parent).free < _SMALLEST_NEED
    return False
