"""One program at a time: the lock file of a book, released by the system on a kill."""

from __future__ import annotations

import contextlib
import errno
import getpass
import json
import os
import time
from pathlib import Path

from app import filelock
from app.errors import BookError
from app.i18n import N_
from app.models.store import failures

FILE_NAME = "book.lock"
_HOLDER_BYTES = 512


class BookLock:
    """Hold the book for this process; another one gets ``BookError`` book_in_use."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE_NAME
        self._descriptor = _open(self._file)
        try:
            filelock.take(self._descriptor)
        except OSError:
            holder = self._holder()
            os.close(self._descriptor)
            raise _in_use(holder) from None
        self._sign()

    def _sign(self) -> None:
        holder = {
            "host": _host(),
            "user": _user(),
            "pid": os.getpid(),
            "since": time.strftime("%Y-%m-%d %H:%M"),
        }
        text = json.dumps(holder, ensure_ascii=False).encode("utf-8")[:_HOLDER_BYTES]
        with contextlib.suppress(OSError):
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, text)

    def _holder(self) -> dict[str, object]:
        try:
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            loaded = json.loads(os.read(self._descriptor, _HOLDER_BYTES))
            return loaded if isinstance(loaded, dict) else {}
        except (OSError, ValueError):
            return {}

    def release(self) -> None:
        """Let the next program have the book; safe to call twice."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _open(file: Path) -> int:
    try:
        return os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    except PermissionError as error:
        raise failures.read_only(file.parent) from error
    except OSError as error:
        if error.errno == errno.EROFS:
            raise failures.read_only(file.parent) from error
        raise


def _host() -> str:
    return os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "?")


def _user() -> str:
    with contextlib.suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "?"


def _in_use(holder: dict[str, object]) -> BookError:
    return BookError(
        "book_in_use",
        N_("数据正由 {host} 上的 {user} 使用（{since} 开始）"),
        advice=N_("在那边退出后再打开；数据没有改动"),
        host=holder.get("host", "?"),
        user=holder.get("user", "?"),
        since=holder.get("since", "?"),
    )
