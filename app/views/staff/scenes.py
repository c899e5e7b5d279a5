"""States of the staff page that are worth a picture."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.core.shell import Shell
from app.views.staff.summary_page import StaffPage


def targets(shell: Shell) -> QWidget:
    """Open the targets of this month."""
    shell.navigate("staff")
    page = shell.page()
    assert isinstance(page, StaffPage)
    return page.open_targets()
