"""Read a file from outside in a child process, so that a bad one harms nothing."""

from __future__ import annotations

import logging
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.errors import UserError
from app.services.jobs import Progress
from app.services.transfer import refusals, worker
from app.services.transfer.limits import Limits
from app.services.transfer.sheets import Part, Workbook, collect

_log = logging.getLogger(__name__)
_TICK = 0.2


class _OutOfMemoryError(Exception):
    """The child ended without a word, or said that memory ran out."""


def read_workbook(
    path: Path,
    *,
    limits: Limits | None = None,
    encoding: str = "",
    progress: Progress | None = None,
) -> Workbook:
    """Return the sheets of a file as plain values.

    The file is opened in a child process with the limits of reliability.md 2.5.
    Raise UserError when it is missing, damaged, locked, too large, or no table,
    and Cancelled when the progress says so.
    """
    bounds = limits or Limits()
    steps = progress or Progress()
    for sparse in (False, True):
        try:
            return collect(_parts(path, bounds, encoding, sparse, steps))
        except _OutOfMemoryError:
            _log.info("reader ran out of memory, sparse=%s", sparse)
    raise refusals.too_much_memory(path.name)


def _parts(
    path: Path, limits: Limits, encoding: str, sparse: bool, progress: Progress
) -> Iterator[Part]:
    ends_at = time.monotonic() + limits.seconds
    rows = 0
    with _child(path, limits, encoding, sparse) as pipe:
        while True:
            progress.step(rows, 0, path.name)
            if time.monotonic() > ends_at:
                raise refusals.too_slow(path.name, limits.seconds)
            if not pipe.poll(_TICK):
                continue
            message = _receive(pipe)
            if isinstance(message, worker.Finished):
                return
            if isinstance(message, worker.Refusal | worker.Breakdown):
                raise _reason(message, path.name)
            rows += len(message) if isinstance(message, list) else 0
            yield message


def _receive(pipe: Connection) -> worker.Message:
    try:
        message: worker.Message = pipe.recv()
    except EOFError:
        raise _OutOfMemoryError from None
    return message


def _reason(message: worker.Refusal | worker.Breakdown, name: str) -> UserError | _OutOfMemoryError:
    if isinstance(message, worker.Refusal):
        return message.error()
    if message.kind == "MemoryError":
        return _OutOfMemoryError()
    _log.warning("reader failed: %s at %s", message.kind, message.place)
    return refusals.damaged(name)


@contextmanager
def _child(path: Path, limits: Limits, encoding: str, sparse: bool) -> Iterator[Connection]:
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    child = spawn.Process(
        target=worker.serve, args=(there, path, limits, encoding, sparse), daemon=True
    )
    child.start()
    there.close()
    try:
        with here:
            yield here
    finally:
        _end(child)


def _end(child: BaseProcess) -> None:
    """End our own child for good: what it read is of no use any more."""
    child.join(_TICK)
    if child.is_alive():
        child.kill()
        child.join()
    child.close()
