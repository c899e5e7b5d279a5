"""Rotating log files that hold ids and codes, never names or numbers of customers."""

from __future__ import annotations

import logging
from pathlib import Path

from app import paths

FILE_NAME = "gendan.log"


class _Held(logging.Handler):
    """Keep what is logged until the file is there."""

    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a record."""
        self.records.append(record)


def log_file() -> Path:
    """Return the file of the running log."""
    return paths.log_folder() / FILE_NAME


def hold_log() -> None:
    """Keep what is logged in memory; ``start_logging`` writes it to the file first."""
    _lead_to(_Held())


def start_logging() -> Path:
    """Send the log to a rotating file and return its path."""
    from logging.handlers import RotatingFileHandler

    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=1 << 20, backupCount=5, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    held = _held()
    stop_logging()
    _lead_to(handler)
    for record in held:
        handler.handle(record)
    return file


def write_held() -> None:
    """Start the log, if it is still held."""
    if any(isinstance(one, _Held) for one in logging.getLogger("app").handlers):
        start_logging()


def _held() -> list[logging.LogRecord]:
    handlers = logging.getLogger("app").handlers
    return [record for one in handlers if isinstance(one, _Held) for record in one.records]


def _lead_to(handler: logging.Handler) -> None:
    root = logging.getLogger("app")
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False


def stop_logging() -> None:
    """Close the running log; nothing is logged anywhere until it is started again."""
    root = logging.getLogger("app")
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        handler.close()
    root.addHandler(logging.NullHandler())
    root.propagate = True
