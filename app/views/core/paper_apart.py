"""Write a PDF in a child process: laying out pages holds the interpreter for whole blinks."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from app import i18n
from app.errors import Cancelled, UserError
from app.i18n import N_
from app.services.jobs import Progress
from app.services.transfer.worker import Refusal
from app.views.core.paper import write_pdf

_LOOK_SECONDS = 0.1


def write_apart(
    made: object,
    path: Path,
    write: Callable[[Any, Path], None] = write_pdf,
    progress: Progress | None = None,
) -> None:
    """Write a report as PDF in a process of its own; raise ``UserError`` export_failed.

    ``write`` writes something else than a report. Call it from a job: it waits for the
    child, and ends it on a stop.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    child = spawn.Process(
        target=_serve, args=(there, write, made, path, i18n.language()), daemon=True
    )
    try:
        child.start()
    except OSError as error:  # no room for another process
        raise _lost(path).error() from error
    finally:
        there.close()
    try:
        with here:
            while progress is not None and not here.poll(_LOOK_SECONDS):
                progress.step(0, 0)
            told = here.recv()
    except Cancelled:
        child.terminate()
        child.join()
        path.with_name(f".{path.name}.part").unlink(missing_ok=True)
        raise
    except EOFError:
        told = _lost(path)
    finally:
        child.join()
        child.close()
    if isinstance(told, Refusal):
        raise told.error()


def _lost(path: Path) -> Refusal:
    return Refusal(
        "export_failed",
        N_("{name} 没有写成"),
        N_("换一个文件夹再试；原来的文件没有动"),
        {"name": path.name},
    )


def _serve(
    answer: Connection, write: Callable[[Any, Path], None], made: object, path: Path, language: str
) -> None:
    """Write in the child and tell how it went."""
    from PySide6.QtGui import QGuiApplication

    i18n.set_language(language)
    program = QGuiApplication(["Gendan"])
    try:
        write(made, path)
        answer.send(None)
    except UserError as error:
        answer.send(Refusal(error.code, error.message, error.advice, dict(error.values)))
    finally:
        answer.close()
        del program
