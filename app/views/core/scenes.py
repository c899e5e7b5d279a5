"""States of the window worth a picture."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from app.views.core.shell import Shell


def goto(shell: Shell) -> QWidget:
    """Open 到哪里 with two letters typed."""
    shell.show_palette()
    shell.palette_box.field.setText("qm")
    return shell.palette_box


def components(shell: Shell) -> QWidget:
    """Show the sheet of states and components."""
    from app.views.core.gallery import GalleryPage

    shell.navigate("gallery")
    page = shell.page()
    if isinstance(page, GalleryPage):
        page.show_rings()
    return shell


def changes(shell: Shell) -> QWidget:
    """Show the change history of the customer that was worked with last."""
    from app.services.lists import ListFilter
    from app.views.core.change_history import show_customer

    rows = shell.office.customers.page(ListFilter()).rows if shell.office is not None else ()
    if shell.view is None or not rows:
        return shell
    dialog: QWidget = show_customer(shell.view, rows[0].id, shell)
    return dialog
