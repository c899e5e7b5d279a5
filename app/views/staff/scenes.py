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


def handover(shell: Shell) -> QWidget:
    """Open the hand-over of somebody who owns customers, shared out by region."""
    from app.services.staff.handover import Rule
    from app.views.staff.handover_dialog import HandoverDialog

    assert shell.view is not None
    staff = shell.view.office.staff.all()
    owned = {one.id: len(shell.view.office.handover.estate(one.id).customers) for one in staff}
    dialog = HandoverDialog(shell.view, shell, max(owned, key=lambda one: owned[one]))
    dialog.rule.set_value(Rule.region)
    dialog.show()
    return dialog
