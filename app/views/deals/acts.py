"""What is done to a contract or a payment from a list."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.deals import ContractView, PaymentView
from app.views.core import format as fmt
from app.views.core.change_history import show_record
from app.views.core.errors import show_error
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.lists.name_dialog import ask_name


def contract_menu(view: ViewContext, parent: QWidget, contract: ContractView) -> QMenu:
    """Return the menu of a contract."""
    from app.views.deals.contract_form import edit_contract, replace_contract
    from app.views.deals.payment_form import new_payment

    menu = QMenu(parent)
    menu.setObjectName("contract_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction(_("编辑…"), partial(edit_contract, view, contract, parent))
    if contract.effective:
        pay = partial(new_payment, view, contract.customer_id, parent, contract)
        menu.addAction(_("登记回款…"), pay)
        refund = partial(new_payment, view, contract.customer_id, parent, contract, refund=True)
        menu.addAction(_("登记退款…"), refund)
    menu.addSeparator()
    if contract.status != "void":
        menu.addAction(_("作废…"), partial(void, view, parent, contract))
    else:
        menu.addAction(_("重新签一份代替…"), partial(replace_contract, view, contract, parent))
    _add_history(menu, view, "contract", contract, parent)
    menu.addAction(_("删除"), partial(remove_contract, view, parent, contract))
    return menu


def void(view: ViewContext, parent: QWidget, contract: ContractView) -> None:
    """Void a contract after asking why; the figures of past months follow."""
    reason = ask_name(
        parent,
        _("作废 {code}").format(code=contract.code),
        _("为什么作废（以前各期的统计会跟着变）"),
        agree=_("作废"),
        hint=_("客户取消、条款重谈"),
    )
    if not reason:
        return
    try:
        view.office.deals.void_contract(contract.id, reason)
    except UserError as error:
        show_error(parent, error)
        return
    said(view, _("{code} 已作废").format(code=contract.code))


def remove_contract(view: ViewContext, parent: QWidget, contract: ContractView) -> None:
    """Put a contract into the recycle bin."""
    try:
        view.office.deals.remove_contract(contract.id)
    except UserError as error:
        show_error(parent, error)
        return
    said(view, _("已删除合同 {code}").format(code=contract.code))


def payment_menu(view: ViewContext, parent: QWidget, payment: PaymentView) -> QMenu:
    """Return the menu of a payment."""
    menu = QMenu(parent)
    menu.setObjectName("payment_menu")
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    _add_history(menu, view, "payment", payment, parent)
    menu.addAction(_("删除"), partial(remove_payment, view, parent, payment))
    return menu


def _add_history(
    menu: QMenu, view: ViewContext, table: str, row: ContractView | PaymentView, parent: QWidget
) -> None:
    title = f"{row.customer} {row.code}".strip()
    menu.addAction(_("变更记录…"), partial(show_record, view, table, row.id, title, parent))


def remove_payment(view: ViewContext, parent: QWidget, payment: PaymentView) -> None:
    """Put a payment into the recycle bin."""
    try:
        view.office.deals.remove_payment(payment.id)
    except UserError as error:
        show_error(parent, error)
        return
    amount = fmt.money_marked(payment.amount_fen)
    said(view, _("已删除回款 {amount}").format(amount=amount))
