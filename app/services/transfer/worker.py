"""The child process that opens files from outside, with bounds on what it may take."""

from __future__ import annotations

import logging
import os
import sys
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TypeAlias

from app.errors import UserError
from app.services.transfer import formats, refusals
from app.services.transfer.limits import Gate, Limits
from app.services.transfer.sheets import Part


@dataclass(frozen=True, slots=True)
class Refusal:
    """A user error on its way to the parent."""

    code: str
    message: str
    advice: str
    values: dict[str, object]

    def error(self) -> UserError:
        """Return the user error again."""
        return UserError(self.code, self.message, advice=self.advice, **self.values)


@dataclass(frozen=True, slots=True)
class Breakdown:
    """What ended the reader unexpectedly: the kind of exception and its place."""

    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class Finished:
    """The file is read to its end."""


Message: TypeAlias = Part | Refusal | Breakdown | Finished


def open_source(path: Path, limits: Limits, encoding: str, *, sparse: bool) -> formats.Source:
    """Read the first bytes of a file; raise a user error if it is missing or empty."""
    try:
        with path.open("rb") as stream:
            head = stream.read(limits.sniffed)
    except OSError as error:
        raise refusals.missing(path.name) from error
    if not head.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise refusals.empty(path.name)
    return formats.Source(path, head, limits, encoding, sparse)


def serve(pipe: Connection, path: Path, limits: Limits, encoding: str, sparse: bool) -> None:
    """Send the parts of one file through the pipe, the end or the reason last."""
    settle(limits)
    with pipe:
        send(pipe, path, limits, encoding, sparse=sparse)


def settle(limits: Limits) -> None:
    """Make this process one that may read what comes from outside."""
    _mute()
    _bound_memory(limits)


def send(pipe: Connection, path: Path, limits: Limits, encoding: str, *, sparse: bool) -> None:
    """Send the parts of a file, the end or the reason last; the pipe stays open."""
    with _Report(pipe):
        source = open_source(path, limits, encoding, sparse=sparse)
        chosen = formats.choose(source)
        gate = Gate(source.name, limits, chosen.rows(limits))
        for part in gate.pass_on(chosen.read(source)):
            pipe.send(part)
        pipe.send(Finished())


class _Report:
    """Tell the parent what ended the reading, whatever it was."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if isinstance(error, UserError):
            values = dict(error.values)
            self._pipe.send(Refusal(error.code, error.message, error.advice, values))
        elif kind is not None and not issubclass(kind, BrokenPipeError):
            self._pipe.send(Breakdown(kind.__name__, _place(trace)))
        return True


def _place(trace: TracebackType | None) -> str:
    """Return file and line where the error rose, without any value."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    return f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else ""


def _mute() -> None:
    """Keep the readers' own words off the terminal: they quote what they read."""
    logging.disable(logging.CRITICAL)
    sink = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            os.dup2(sink, stream.fileno())


def _bound_memory(limits: Limits) -> None:
    """Bound the address space where the system can (not on Windows, not on macOS)."""
    if sys.platform == "linux":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
