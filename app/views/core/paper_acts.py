"""Print a report, or write it as PDF or workbook, from a page."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtGui import QPagedPaintDevice
from PySide6.QtWidgets import QDialog, QFileDialog, QWidget

from app.i18n import _
from app.services.jobs import Progress
from app.services.kpi.reporting.shapes import Report
from app.services.kpi.reporting.workbook import write_workbook
from app.views.core.page import ViewContext
from app.views.core.paper import page_layout, print_to
from app.views.core.paper_apart import write_apart
from app.views.core.runner import run_job

_PDF = "PDF (*.pdf)"
_XLSX = "Excel (*.xlsx)"


def print_report(parent: QWidget, report: Report) -> None:
    """Ask for a printer and print one page A4 landscape."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setPageLayout(page_layout())
    printer.setDocName(report.title)
    dialog = QPrintDialog(printer, parent)
    if dialog.exec() == QDialog.DialogCode.Accepted:
        device: QPagedPaintDevice = printer
        print_to(device, report)


def save_report(
    view: ViewContext,
    parent: QWidget,
    title: str,
    make: Callable[[], Report],
    *,
    paper: bool = False,
) -> None:
    """Ask for a file, PDF or Excel, and write the report there; ``make`` runs in the job."""
    kinds = (_PDF, _XLSX) if paper else (_XLSX, _PDF)
    ending = "pdf" if paper else "xlsx"
    name = f"{title}.{ending}"
    chosen, kind = QFileDialog.getSaveFileName(parent, _("导出到"), name, ";;".join(kinds))
    if not chosen:
        return
    path = Path(chosen)
    if path.suffix.lower() not in (".pdf", ".xlsx"):
        path = path.with_name(path.name + (".pdf" if kind == _PDF else ".xlsx"))
    write_report(view, parent, make, path)


def write_report(
    view: ViewContext, parent: QWidget, make: Callable[[], Report], path: Path
) -> None:
    """Make and write a report in a job, as PDF if the name says so, and tell where it is."""
    write = write_apart if path.suffix.lower() == ".pdf" else write_workbook

    def work(_progress: Progress) -> None:
        write(make(), path)

    def done(_nothing: None) -> None:
        view.toast(_("已导出到 {file}").format(file=path.name))

    run_job(parent, work, done, title=_("导出"))
