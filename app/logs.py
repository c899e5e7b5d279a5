"""Rotating log files that hold ids and codes, never names or numbers of customers."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from app import paths

FILE_NAME = "gendan.log"


def log_file() -> Path:
    """Return the file of the running log."""
    return paths.log_folder() / FILE_NAME


def start_logging() -> Path:
    """Send the log to a rotating file and return its path."""
    file = log_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    handler = RotatingFileHandler(file, maxBytes=1 << 20, backupCount=5, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger("app")
    stop_logging()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    root.propagate = False
    return file


def stop_logging() -> None:
    """Close the running log; nothing is logged anywhere until it is started again."""
    root = logging.getLogger("app")
    for handler in root.handlers[:]:
        root.removeHandler(handler)
        handler.close()
    root.addHandler(logging.NullHandler())
    root.propagate = True
