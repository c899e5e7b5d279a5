"""Write a PDF in a child process: laying out pages holds the interpreter for whole blinks."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection
from pathlib import Path

from app import i18n
from app.errors import UserError
from app.i18n import N_
from app.services.kpi.reporting.shapes import Report
from app.services.transfer.worker import Refusal


def write_apart(report: Report, path: Path) -> None:
    """Write a report as PDF in a process of its own; raise ``UserError`` export_failed.

    Call it from a job: it waits for the child.
    """
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe(duplex=False)
    child = spawn.Process(target=_serve, args=(there, report, path, i18n.language()), daemon=True)
    child.start()
    there.close()
    try:
        with here:
            told = here.recv()
    except EOFError:
        told = Refusal(
            "export_failed",
            N_("{name} 没有写成"),
            N_("换一个文件夹再试；原来的文件没有动"),
            {"name": path.name},
        )
    finally:
        child.join()
        child.close()
    if isinstance(told, Refusal):
        raise told.error()


def _serve(answer: Connection, report: Report, path: Path, language: str) -> None:
    """Write the report in the child and tell how it went."""
    from PySide6.QtGui import QGuiApplication

    from app.views.core.paper import write_pdf

    i18n.set_language(language)
    program = QGuiApplication(["Gendan"])
    try:
        write_pdf(report, path)
        answer.send(None)
    except UserError as error:
        answer.send(Refusal(error.code, error.message, error.advice, dict(error.values)))
    finally:
        answer.close()
        del program
