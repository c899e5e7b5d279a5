"""States of the KPI page that are worth a picture."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.views.core.runner import board
from app.views.core.shell import Shell
from app.views.kpi.macro_page import MacroPage


def more_metrics(shell: Shell) -> QWidget:
    """Open every further metric of the newest whole month."""
    shell.navigate("kpi")
    page = shell.page()
    assert isinstance(page, MacroPage)
    dialog = page.open_more()
    board().reading.waitForDone()
    QApplication.processEvents()
    if dialog is None:
        return shell
    dialog.choose("order_value_fen")
    return dialog
