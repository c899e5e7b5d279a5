"""States of the customer page that are worth a picture."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.services.customers import CustomerFilter
from app.views.core.shell import Shell
from app.views.customers.list_page import ListPlace
from app.views.itemmodels.customers import NEWEST


def customer(shell: Shell) -> QWidget:
    """Show the customer with whom something happened last and who has signed, if there is one."""
    office = shell.office
    if office is None:
        return shell
    wanted = CustomerFilter()
    total = office.customers.count(wanted)
    rows = office.customers.page(wanted, NEWEST, limit=50).rows
    at = next((n for n, row in enumerate(rows) if row.life != "prospect"), 0)
    if rows:
        place = ListPlace(wanted, NEWEST, at, total)
        shell.navigate("customer", customer_id=rows[at].id, place=place)
    return shell
