"""The formats that can be read: one module each, found by import."""

from __future__ import annotations

import importlib
import pkgutil
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.services.transfer import refusals
from app.services.transfer.limits import Limits
from app.services.transfer.sheets import Part

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, its first bytes, and what the person chose about it.

    ``sparse`` asks for a reading that does not span the whole used range.
    """

    path: Path
    head: bytes
    limits: Limits
    encoding: str = ""
    sparse: bool = False

    @property
    def name(self) -> str:
        """Return the file's name, as messages show it."""
        return self.path.name

    @property
    def suffix(self) -> str:
        """Return the file's ending in lower case, with its dot."""
        return self.path.suffix.lower()

    @property
    def is_ole(self) -> bool:
        """Tell whether the file is an OLE container (xls, or a locked xlsx)."""
        return self.head.startswith(_OLE)

    @property
    def is_zip(self) -> bool:
        """Tell whether the file is a zip archive (xlsx, ods)."""
        return self.head.startswith(_ZIP)

    @property
    def is_web_page(self) -> bool:
        """Tell whether the file is HTML or XML, as many systems name .xls."""
        narrow = self.head[:2048].replace(b"\x00", b"")  # UTF-16 has one beside each letter
        start = narrow.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
        return start.startswith((b"<!doctype", b"<html", b"<table", b"<?xml", b"<meta"))

    def members(self) -> frozenset[str]:
        """Return the names inside the archive, none if it cannot be opened."""
        try:
            with zipfile.ZipFile(self.path) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, OSError, ValueError):
            return frozenset()


@dataclass(frozen=True, slots=True)
class Format:
    """A readable format: how to recognise it by its bytes and how to read it.

    Formats are asked in the order of ``rank``; the first that recognises the
    file reads it. ``rows`` tells the most rows it may give.
    """

    name: str
    label: str
    suffixes: tuple[str, ...]
    rank: int
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Iterator[Part]]
    rows: Callable[[Limits], int]


def _discover() -> tuple[Format, ...]:
    found = [
        importlib.import_module(f"{__name__}.{module.name}").FORMAT
        for module in pkgutil.iter_modules(__path__)
        if not module.name.startswith("_")
    ]
    return tuple(sorted(found, key=lambda one: one.rank))


def all_formats() -> tuple[Format, ...]:
    """Return the formats in the order in which they are asked."""
    return _FORMATS


def choose(source: Source) -> Format:
    """Find the format of a file by its content, not by its name."""
    for one in _FORMATS:
        if one.recognises(source):
            return one
    packed = source.head.startswith((_ZIP, _OLE))
    if packed and any(source.suffix in one.suffixes for one in _FORMATS):
        raise refusals.damaged(source.name)
    raise refusals.not_a_table(source.name)


_FORMATS: tuple[Format, ...] = _discover()
