"""Put the words right that could not be read for one reason, in all rows at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtWidgets import QWidget

from app.services.transfer import choosing
from app.services.transfer.mapping import ColumnMatch
from app.services.transfer.outcomes import RowIssue
from app.services.transfer.read import SheetResult, parse_sheet
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.transfer.job import ImportJob, Place
from app.views.transfer.meanings import MeaningsDialog, meanings_for, words_of


def change_words(
    parent: QWidget, view: ViewContext, job: ImportJob, issue: RowIssue, again: Callable[[], None]
) -> None:
    """Ask what the words of the column of an issue mean; read its sheet anew and go ``again``."""
    place = next((one for one in job.places() if _is_there(job, one, issue)), None)
    if place is None:
        return
    result = job.sheet(place)
    match = next(
        (one for one in result.plan.matches if one.applies and one.heading == issue.column), None
    )
    if match is None:
        return
    staff = {one.name for one in view.office.staff.all()} | job.staff_names()
    wrong = {one.value for one in _issues(job) if one.column == issue.column and one.value}
    words = words_of(result, match)
    MeaningsDialog(
        parent,
        issue.column,
        sorted(words, key=lambda one: one.text not in wrong),
        meanings_for(result, match, sorted(staff)),
        partial(_read_anew, parent, view, job, place, match, again),
        dict(match.words),
    ).open()


def _issues(job: ImportJob) -> tuple[RowIssue, ...]:
    return (*job.plan.errors, *job.plan.warnings) if job.plan is not None else ()


def _is_there(job: ImportJob, place: Place, issue: RowIssue) -> bool:
    plan = job.sheet(place).plan
    return (plan.file, plan.sheet) == (issue.file, issue.sheet)


def _read_anew(
    parent: QWidget,
    view: ViewContext,
    job: ImportJob,
    place: Place,
    match: ColumnMatch,
    again: Callable[[], None],
    said: Mapping[str, str],
) -> None:
    plan = choosing.with_words(job.sheet(place).plan, match.index, said)
    reading = view.office.transfer.reading()

    def came(result: SheetResult) -> None:
        job.put(place, result)
        again()

    run_job(parent, lambda _progress: parse_sheet(plan, reading), came)
