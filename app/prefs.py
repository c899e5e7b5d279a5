"""Preferences of one person on one computer, kept in a small JSON file."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app import paths

LAST_BOOK = "last_book"
LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class StartOptions:
    """What was asked for at the start of the program; empty text and None mean nothing was.

    ``now`` is an instant as written; the passphrase itself is read only when it is needed.
    """

    book: Path | None = None
    language: str = ""
    actor: str = ""
    now: str = ""
    passphrase_stdin: bool = False
    demo: bool = False


class Prefs:
    """Read and keep preferences; a damaged file counts as an empty one."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file or paths.config_folder() / "prefs.json"
        self._values: dict[str, Any] = {}
        with contextlib.suppress(OSError, ValueError):
            loaded = json.loads(self._file.read_text("utf-8"))
            if isinstance(loaded, dict):
                self._values = loaded

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of the key, or the default."""
        return self._values.get(key, default)

    def set(self, key: str, value: Any) -> None:
        """Keep the value; it is written at once, or silently not at all on a full disk."""
        if self._values.get(key) == value:
            return
        self._values[key] = value
        with contextlib.suppress(OSError):
            self._write()

    def _write(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._file.with_suffix(f".{os.getpid()}.tmp")
        fresh.write_text(json.dumps(self._values, ensure_ascii=False, indent=1), "utf-8")
        fresh.replace(self._file)
