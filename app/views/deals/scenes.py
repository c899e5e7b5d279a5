"""The forms of deals, for pictures."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.views.core.shell import Shell
from app.views.deals.contract_form import contract_form
from app.views.deals.payment_form import PaymentForm


def contract(shell: Shell) -> QWidget:
    """Show the contract form of the customer with the newest contract."""
    if shell.view is None:
        return shell
    form = contract_form(shell.view, _customer(shell), shell)
    form.show()
    return form


def payment(shell: Shell) -> QWidget:
    """Show the payment form of the customer with the newest contract."""
    if shell.view is None:
        return shell
    form = PaymentForm(shell.view, _customer(shell), shell)
    form.show()
    return form


def payments(shell: Shell) -> QWidget:
    """Show the list of payments."""
    shell.navigate("deals", tab="payments")
    return shell


def _customer(shell: Shell) -> int:
    rows = shell.office.deals.contracts(limit=1).rows if shell.office is not None else ()
    return rows[0].customer_id if rows else 0
