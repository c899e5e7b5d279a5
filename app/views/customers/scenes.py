"""States of the customer page that are worth a picture."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget

from app.services.lists import ListFilter
from app.views.calibration.popover import RatePopUp, open_calibration
from app.views.core.runner import board
from app.views.core.shell import Shell
from app.views.customers.contact_dialog import ContactDialog
from app.views.customers.customer_form import CustomerForm
from app.views.customers.duplicates_page import DuplicatesPage
from app.views.customers.list_page import CustomersPage, ListPlace
from app.views.customers.merging import MergeDialog
from app.views.features.feature_dialog import FeatureDialog
from app.views.itemmodels.customers import NEWEST
from app.views.lists.column_chooser import ColumnChooser
from app.views.lists.condition_popup import ConditionPopUp
from app.views.lists.print_dialog import PrintDialog
from app.views.radar.item_dialog import RadarDialog
from app.views.transfer.export_dialog import ExportDialog

_TICKED = (0, 3, 8)
_SIDE_BY_SIDE = 3


def customer(shell: Shell) -> QWidget:
    """Show the customer with whom something happened last and who has signed, if there is one."""
    office = shell.office
    if office is None:
        return shell
    wanted = ListFilter()
    total = office.customers.count(wanted)
    rows = office.customers.page(wanted, NEWEST, limit=50).rows
    at = next((n for n, row in enumerate(rows) if row.life != "prospect"), 0)
    if rows:
        place = ListPlace(wanted, NEWEST, at, total)
        shell.navigate("customer", customer_id=rows[at].id, place=place)
    return shell


def customers_found(shell: Shell) -> QWidget:
    """Show the list searched by pinyin initials, with some rows ticked."""
    page = _list(shell)
    page.open(view="all", text="jm")
    _settle()
    for number in _TICKED:
        if number < page.rows.model.rowCount():
            page.rows.model.toggle(number)
    return shell


def duplicates(shell: Shell) -> QWidget:
    """Look for duplicates and show what was found."""
    shell.navigate("duplicates", start=True)
    page = shell.page()
    assert isinstance(page, DuplicatesPage)
    board().reading.waitForDone()
    _settle()
    return shell


def merging(shell: Shell) -> QWidget:
    """Show the newest customers side by side, to be merged."""
    page = _list(shell)
    for number in range(_SIDE_BY_SIDE):
        page.rows.model.toggle(number)
    page.acts.merge(page.rows.chosen())
    _settle()
    return page.findChild(MergeDialog) or shell


def columns(shell: Shell) -> QWidget:
    """Open the column chooser."""
    page = _list(shell)
    page.choose_columns()
    return page.findChild(ColumnChooser) or shell


def export_list(shell: Shell) -> QWidget:
    """Open the export of the list."""
    page = _list(shell)
    page.export(ticked=False)
    return page.findChild(ExportDialog) or shell


def print_list(shell: Shell) -> QWidget:
    """Look at the first page of the list on paper."""
    page = _list(shell)
    page.commands()["print"]()
    _settle()
    return page.findChild(PrintDialog) or shell


def condition(shell: Shell) -> QWidget:
    """Open the pop-up for a condition on the region."""
    page = _list(shell)
    page.controls.ask_condition("region")
    return page.findChild(ConditionPopUp) or shell


def customer_form(shell: Shell) -> QWidget:
    """Show the form for a new customer."""
    return _shown(CustomerForm(shell.view, shell)) if shell.view is not None else shell


def contact_form(shell: Shell) -> QWidget:
    """Show the form for a new contact."""
    if shell.view is None:
        return shell
    return _shown(ContactDialog(shell.view, _customer_id(shell), shell))


def rating(shell: Shell) -> QWidget:
    """Show the pop-up that rates a customer."""
    if shell.view is None or not _customer_id(shell):
        return shell
    found: RatePopUp = open_calibration(shell, shell.view, _customer_id(shell))
    return found


def features_form(shell: Shell) -> QWidget:
    """Show the form of what is known about a customer."""
    if shell.view is None or not _customer_id(shell):
        return shell
    return _shown(FeatureDialog(shell.view, _customer_id(shell), shell))


def radar_form(shell: Shell) -> QWidget:
    """Show the form for a fact about a customer."""
    return _shown(RadarDialog(shell.view, shell)) if shell.view is not None else shell


def _list(shell: Shell) -> CustomersPage:
    shell.navigate("customers")
    _settle()
    page = shell.page()
    assert isinstance(page, CustomersPage)
    return page


def _settle() -> None:
    from app.views.core.screenshots import settle

    settle()


def _shown(dialog: QWidget) -> QWidget:
    dialog.show()
    QApplication.processEvents()
    return dialog


def _customer_id(shell: Shell) -> int:
    if shell.office is None:
        return 0
    rows = shell.office.customers.page(ListFilter(), NEWEST, limit=1).rows
    return rows[0].id if rows else 0
