"""Save the rows with problems and their reasons as a workbook."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from app.i18n import _, ngettext
from app.services.transfer.outcomes import ImportPlan, ImportReport
from app.services.transfer.problems import write_problems
from app.services.transfer.read import ReadResult
from app.views.core.page import ViewContext
from app.views.core.runner import run_job


def save_problems(
    view: ViewContext,
    parent: QWidget,
    told: ImportPlan | ImportReport | None,
    read: ReadResult,
    path: str = "",
) -> None:
    """Ask for a place unless it is given, and write the rows there."""
    if told is None:
        return
    chosen = path
    if not chosen:
        chosen, _filter = QFileDialog.getSaveFileName(
            parent, _("导出问题行"), _("问题行") + ".xlsx", "Excel (*.xlsx)"
        )
    if not chosen:
        return
    target = Path(chosen)

    def said(count: int) -> None:
        words = ngettext("已存 {count} 行到 {file}", "已存 {count} 行到 {file}", count)
        view.toast(words.format(count=f"{count:,}", file=target.name))

    run_job(
        parent,
        lambda _progress: write_problems((*told.errors, *told.warnings), target, read),
        said,
        title=_("导出问题行"),
    )
