"""号段归属 from a table of number ranges that the office has installed (product.md 5.3).

Layout of ``phone.dat``: version (4 bytes), offset of the index (int32), then records
"省|市|邮编|区号" that end with a nought byte, then index rows of nine bytes: the first
seven digits (int32), the offset of the record (int32), the type (one byte); little endian.
"""

from __future__ import annotations

import contextlib
import os
import struct
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from app import paths
from app.errors import UserError
from app.i18n import N_

NAME = "phone.dat"
ISSUERS = {
    1: N_("中国移动"), 2: N_("中国联通"), 3: N_("中国电信"), 4: N_("电信虚拟运营商"),
    5: N_("联通虚拟运营商"), 6: N_("移动虚拟运营商"), 7: N_("中国广电"),
}  # fmt: skip
_ROW = struct.Struct("<iiB")
_HEAD = struct.Struct("<4si")
_LARGEST = 64 << 20


@dataclass(frozen=True, slots=True)
class Range:
    """Where a range of seven digits belongs, and who issued it first (号段原属)."""

    province: str
    city: str
    postcode: str
    area_code: str
    issuer: str


class PhoneTable:
    """Find ranges in a table that is held in memory; raise ``UserError`` bad_phone_table."""

    def __init__(self, content: bytes) -> None:
        if len(content) < _HEAD.size or len(content) > _LARGEST:
            raise _bad()
        version, self._first = _HEAD.unpack_from(content)
        self.version = version.decode("ascii", "replace").strip("\0")
        rest = len(content) - self._first
        if not _HEAD.size <= self._first < len(content) or rest % _ROW.size:
            raise _bad()
        self._content = content
        self.count = rest // _ROW.size
        # a damaged table is found out now, not at a call
        for at in {0, self.count // 2, self.count - 1}:
            self._range(at)

    def find(self, digits: str) -> Range | None:
        """Return the range of a mobile number, None when the table does not know it."""
        if len(digits) != 11 or not digits.isdecimal() or digits[0] != "1":
            return None
        wanted, low, high = int(digits[:7]), 0, self.count
        while low < high:
            middle = (low + high) // 2
            if self._row(middle)[0] < wanted:
                low = middle + 1
            else:
                high = middle
        if low == self.count or self._row(low)[0] != wanted:
            return None
        with contextlib.suppress(UserError):  # one damaged record leaves the others of use
            return self._range(low)
        return None

    def _row(self, at: int) -> tuple[int, int, int]:
        prefix, offset, kind = _ROW.unpack_from(self._content, self._first + at * _ROW.size)
        return int(prefix), int(offset), int(kind)

    def _range(self, at: int) -> Range:
        _prefix, offset, kind = self._row(at)
        end = self._content.find(b"\0", offset, self._first)
        if not _HEAD.size <= offset < self._first or end < 0:
            raise _bad()
        try:
            parts = self._content[offset:end].decode("utf-8").split("|")
        except UnicodeDecodeError as error:
            raise _bad() from error
        if len(parts) != 4:
            raise _bad()
        province, city, postcode, area = parts
        return Range(province, city, postcode, area, ISSUERS.get(kind, ""))


def table_file() -> Path:
    """Return where this computer keeps the table."""
    return paths.config_folder() / NAME


def installed() -> PhoneTable | None:
    """Return the table of this computer, None without one or with a damaged one."""
    file = table_file()
    with contextlib.suppress(OSError):
        stat = file.stat()
        return _read(file, stat.st_mtime_ns, stat.st_size)
    return None


@lru_cache(maxsize=1)
def _read(file: Path, _changed: int, _size: int) -> PhoneTable | None:
    with contextlib.suppress(UserError, OSError):
        return PhoneTable(file.read_bytes())
    return None


def install(file: Path) -> PhoneTable:
    """Check a table and keep a copy of it on this computer; raise ``UserError``."""
    try:
        if file.stat().st_size > _LARGEST:
            raise _bad()
        content = file.read_bytes()
    except OSError as error:
        raise UserError(
            "unreadable_phone_table",
            N_("读不了号段表：{file}"),
            advice=N_("看看文件还在不在、能不能打开；原来的号段表没有动"),
            file=file.name,
        ) from error
    table = PhoneTable(content)
    target = table_file()
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}.tmp")
    fresh.write_bytes(content)
    fresh.replace(target)
    return table


def _bad() -> UserError:
    return UserError(
        "bad_phone_table",
        N_("这不是号段表（phone.dat）"),
        advice=N_("换一个文件；原来的号段表没有动"),
    )
