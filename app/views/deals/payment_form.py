"""The payment form: money that came, or a refund with its reason."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from app.i18n import _
from app.services.deals import ContractView, PaymentDraft
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.past_date import PastDateEdit
from app.views.deals.form_frame import DealForm, focus
from app.views.widgets.buttons import Select
from app.views.widgets.customer_picker import CustomerPicker
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import Label

NO_CONTRACT = 0


class PaymentForm(DealForm):
    """Ask for a payment; it fills in what is still open on the contract."""

    def __init__(
        self,
        view: ViewContext,
        customer_id: int = 0,
        parent: QWidget | None = None,
        *,
        contract: ContractView | None = None,
        refund: bool = False,
    ) -> None:
        super().__init__(_("登记回款"), "payment_form", parent)
        theme = themes.current()
        self.resize(theme.px(540), theme.px(390))
        self._view = view
        self._contracts: dict[int, ContractView] = {}
        self.payment_id = 0
        self._add_who(customer_id)
        self._add_what()
        if customer_id:
            self._offer_contracts(customer_id, contract)
        self.sign.set_value(refund)
        self._switch_sign()
        focus(self.amount if customer_id else self.customer)

    # -- fields --------------------------------------------------------------------------

    def _add_who(self, customer_id: int) -> None:
        office = self._view.office
        self.customer = CustomerPicker(office.customers.search, name="payment_customer")
        if customer_id:
            card = office.customers.card(customer_id)
            self.customer.set_customer(card.id, card.name)
        self.customer.changed.connect(lambda one: self._offer_contracts(int(one or 0), None))
        missing = _("先选客户")
        self.form.add(_("客户名称"), self.customer, required=True,
                      check=lambda: "" if self.customer.customer_id() else missing)  # fmt: skip
        self.contract = Select([(NO_CONTRACT, _("不对应合同"))], name="payment_contract",
                               spoken=_("合同"))  # fmt: skip
        self.contract.currentIndexChanged.connect(lambda _at: self._show_open())
        self.form.add(_("合同"), self.contract)
        self.open_words = Label("", "small", "text2")
        self.form.add("", self.open_words)

    def _add_what(self) -> None:
        self.sign = Segmented(
            [(False, _("回款")), (True, _("退款"))], name="payment_sign", spoken=_("类型")
        )
        self.sign.changed.connect(lambda _refund: self._switch_sign())
        self.form.add(_("类型"), self.sign)
        self.amount = MoneyEdit(name="payment_amount", spoken=_("金额"))
        self.form.add(_("金额"), self.amount, required=True, check=self._amount_problem)
        self.day = PastDateEdit(name="payment_day", today=self._view.office.context.today)
        self.day.set_value(self._view.office.context.today())
        self.form.add(_("日期"), self.day, check=self._day_problem)
        methods = self._view.office.admin.choices("payment_method")
        words = [("", "—"), *((one.label, one.label) for one in methods)]
        self.method = Select(words, name="payment_method", spoken=_("方式"))
        self.form.add(_("方式"), self.method)
        self.note = QLineEdit()
        self.note.setObjectName("payment_note")
        self.note.setMaxLength(300)
        self.note_row = self.form.add(_("备注"), self.note, check=self._note_problem)

    def _offer_contracts(self, customer_id: int, chosen: ContractView | None) -> None:
        """Offer the customer's contracts; the first with something open is chosen."""
        found = self._view.office.deals.contracts(customer_id).rows if customer_id else ()
        self._contracts = {one.id: one for one in found if one.effective}
        self.contract.set_choices(
            [
                *((one.id, f"{one.code} {one.name}".strip()) for one in self._contracts.values()),
                (NO_CONTRACT, _("不对应合同")),
            ]
        )
        due = [one for one in self._contracts.values() if one.outstanding_fen]
        best = chosen.id if chosen else due[-1].id if due else NO_CONTRACT
        self.contract.set_value(best)
        self._show_open()

    def _chosen(self) -> ContractView | None:
        found = self.contract.value()
        return self._contracts.get(found) if isinstance(found, int) else None

    def _show_open(self) -> None:
        contract = self._chosen()
        self.open_words.setVisible(contract is not None)
        if contract is None:
            return
        self.open_words.setText(
            _("合同 {total}，已回 {received}，未回 {left}").format(
                total=fmt.money_marked(contract.amount_fen),
                received=fmt.money_marked(contract.received_fen),
                left=fmt.money_marked(contract.outstanding_fen),
            )
        )
        if not self._is_refund():
            self.amount.set_value(contract.outstanding_fen or None)

    def _is_refund(self) -> bool:
        return bool(self.sign.value())

    def _switch_sign(self) -> None:
        refund = self._is_refund()
        self.setWindowTitle(_("登记退款") if refund else _("登记回款"))
        self.note_row.label.setText(_("原因（必填）") if refund else _("备注"))
        self.note.setPlaceholderText(_("数量减少，退差价") if refund else _("首期 30%"))
        if refund:
            self.amount.set_value(None)
        else:
            self._show_open()

    # -- checks --------------------------------------------------------------------------

    def _amount_problem(self) -> str:
        fen = self.amount.value()
        return self.amount.problem() or ("" if fen else _("金额还没填"))

    def _day_problem(self) -> str:
        return self.day.problem() or ("" if self.day.value() else _("日期还没填"))

    def _note_problem(self) -> str:
        missing = self._is_refund() and not self.note.text().strip()
        return _("退款要写原因") if missing else ""

    # -- saving --------------------------------------------------------------------------

    def draft(self) -> PaymentDraft:
        """Return the payment; a refund is negative."""
        contract = self._chosen()
        fen = self.amount.value() or 0
        return PaymentDraft(
            self.customer.customer_id() or 0,
            self.day.value() or self._view.office.context.today(),
            -fen if self._is_refund() else fen,
            contract.id if contract else NO_CONTRACT,
            method=str(self.method.value() or ""),
            note=self.note.text().strip(),
        )

    def keep(self) -> None:
        """Write the payment."""
        self.payment_id = self._view.office.deals.add_payment(self.draft())


def new_payment(
    view: ViewContext,
    customer_id: int | None = None,
    parent: QWidget | None = None,
    contract: ContractView | None = None,
    *,
    refund: bool = False,
) -> None:
    """Ask for a payment (the window's command 登记回款)."""
    form = PaymentForm(
        view,
        customer_id or 0,
        parent or QApplication.activeWindow(),
        contract=contract,
        refund=refund,
    )
    if form.exec():
        fen = form.draft().amount_fen
        words = _("已登记退款 {amount}") if fen < 0 else _("已登记回款 {amount}")
        said(view, words.format(amount=fmt.money_marked(abs(fen))))
