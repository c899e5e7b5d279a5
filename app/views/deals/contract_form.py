"""The contract form: new, edit, or in place of a void one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.services.deals import ContractDraft, ContractView, ShareDraft
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.customers.past_date import PastDateEdit
from app.views.deals.form_frame import DealForm, focus
from app.views.deals.share_rows import ShareRows
from app.views.widgets.buttons import CheckBox, Select
from app.views.widgets.chips import ChipGroup, Choice
from app.views.widgets.customer_picker import CustomerPicker
from app.views.widgets.money_edit import MoneyEdit
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import Label

SUPPLEMENT, FRAMEWORK = "supplement", "framework"
_STATUSES = ("active", "done", "draft", "pending", "rejected", "withdrawn", "ended")


class ContractForm(DealForm):
    """Ask for a contract; the shares follow the signer until somebody else shares."""

    def __init__(
        self,
        view: ViewContext,
        draft: ContractDraft,
        parent: QWidget | None = None,
        *,
        contract: ContractView | None = None,
        replaced: ContractView | None = None,
    ) -> None:
        title = _("编辑合同") if contract else _("登记合同")
        super().__init__(title, "contract_form", parent)
        theme = themes.current()
        self.resize(theme.px(600), theme.px(556))
        self._view = view
        self._draft = draft
        self._contract = contract
        self._replaced = replaced
        self.contract_id = contract.id if contract else 0
        self._add_who()
        self._add_what()
        self._add_people()
        self._switch_kind()
        focus(self.amount if draft.customer_id else self.customer)

    # -- fields --------------------------------------------------------------------------

    def _add_who(self) -> None:
        office = self._view.office
        self.customer = CustomerPicker(office.customers.search, name="contract_customer")
        if self._draft.customer_id:
            card = office.customers.card(self._draft.customer_id)
            self.customer.set_customer(card.id, card.name)
        missing = _("先选客户")
        self.form.add(_("客户名称"), self.customer, required=True,
                      check=lambda: "" if self.customer.customer_id() else missing)  # fmt: skip
        self.code = _line("contract_code", self._draft.code, _("不填就自动编号"))
        self.form.add(_("编号"), self.code)
        self.name = _line("contract_name", self._draft.name, _("二厂视觉检测线 2 条"))
        self.form.add(_("名称"), self.name)

    def _add_what(self) -> None:
        draft = self._draft
        self.kind = ChipGroup(
            [Choice(code, translate(words)) for code, words in labels.CONTRACT_KIND.items()],
            name="contract_kind",
            spoken=_("性质"),
        )
        self.kind.set_value(draft.kind)
        self.kind.changed.connect(lambda _kind: self._switch_kind())
        self.hint = Label("", "small", "text2", wrap=True)
        self.as_new = CheckBox(_("算一次新的成交"), name="contract_as_new")
        self.as_new.setChecked(draft.as_new)
        self.form.add(_("性质"), _under(self.kind, self.hint, self.as_new))
        self.amount = MoneyEdit(name="contract_amount", spoken=_("合同金额"), negative=True)
        self.amount.set_value(draft.amount_fen)
        self.form.add(_("金额"), self.amount, check=self._amount_problem)
        self.signed = PastDateEdit(name="contract_signed", today=self._view.office.context.today)
        self.signed.set_value(draft.signed_on)
        self.form.add(_("签约日"), self.signed, required=True, check=self._day_problem)
        if self._replaced is not None:
            self._add_replaced(self._replaced)
        statuses = [(code, translate(labels.CONTRACT_STATUS[code])) for code in _STATUSES]
        if draft.status not in _STATUSES:
            statuses.append((draft.status, labels.of(labels.CONTRACT_STATUS, draft.status)))
        self.status = Select(statuses, name="contract_status", spoken=_("状态"))
        self.status.set_value(draft.status)
        self.form.add(_("状态"), self.status)

    def _add_replaced(self, replaced: ContractView) -> None:
        words = _("视同原签：签约日仍算 {day}").format(day=fmt.day(replaced.signed_on))
        self.as_first = CheckBox(words, name="contract_as_first")
        self.as_first.setChecked(True)
        self.as_first.toggled.connect(self._use_first_day)
        self.form.add("", self.as_first)
        self._use_first_day(True)

    def _use_first_day(self, on: bool) -> None:
        replaced = self._replaced
        if replaced is not None:
            day = replaced.signed_on if on else self._view.office.context.today()
            self.signed.set_value(day)
            self.signed.setEnabled(not on)

    def _add_people(self) -> None:
        people = [(one.id, one.name) for one in self._view.office.staff.all()]
        self.signer = StaffPicker(people, name="contract_signer", spoken=_("签约人"))
        self.signer.set_value(self._draft.signer_id)
        self.form.add(_("签约人"), self.signer)
        shares = self._draft.shares or (ShareDraft(self._draft.signer_id, 100),)
        self.shares = ShareRows(people, shares)
        self.signer.changed.connect(lambda one: self.shares.set_single(int(one)))
        self.shares.changed.connect(self.order_tabs)
        self.form.add(_("业绩分成"), self.shares, check=self.shares.problem)
        self.note = _line("contract_note", self._draft.note, "")
        self.form.add(_("备注"), self.note)

    def _switch_kind(self) -> None:
        kind = self.kind.value()
        hints = {
            "new": "",
            "renewal": _("续约算一次成交，客户会成为重复购买"),
            SUPPLEMENT: _("补充协议只加减金额，不算一次新的成交"),
            FRAMEWORK: _("框架合同可以没有金额，算一次成交，不进客单价"),
        }
        self.hint.setText(hints[str(kind)])
        self.hint.setVisible(bool(self.hint.text()))
        self.as_new.setVisible(kind == SUPPLEMENT)

    # -- checks --------------------------------------------------------------------------

    def _amount_problem(self) -> str:
        problem = self.amount.problem()
        if problem:
            return problem
        fen, kind = self.amount.value(), self.kind.value()
        if fen is None and kind != FRAMEWORK:
            return _("金额还没填；没有金额的选框架合同")
        if fen is not None and fen < 0 and kind != SUPPLEMENT:
            return _("只有补充协议的金额可以是负数")
        return ""

    def _day_problem(self) -> str:
        return self.signed.problem() or ("" if self.signed.value() else _("签约日还没填"))

    # -- saving --------------------------------------------------------------------------

    def draft(self) -> ContractDraft:
        """Return the contract."""
        signer = self.signer.staff_id()
        kind = str(self.kind.value())
        return replace(
            self._draft,
            customer_id=self.customer.customer_id() or 0,
            code=self.code.text().strip(),
            name=self.name.text().strip(),
            kind=kind,
            status=str(self.status.value()),
            signed_on=self.signed.value(),
            amount_fen=self.amount.value(),
            signer_id=signer or 0,
            shares=self.shares.drafts(),
            as_new=kind == SUPPLEMENT and self.as_new.isChecked(),
            note=self.note.text().strip(),
        )

    def keep(self) -> None:
        """Write the contract."""
        deals = self._view.office.deals
        if self._contract is None:
            self.contract_id = deals.add_contract(self.draft())
        else:
            deals.edit_contract(self._contract.id, self.draft())


def _under(field: QWidget, *notes: QWidget) -> QWidget:
    """Return a field with notes under it that leave no gap while they are hidden."""
    box = QWidget()
    rows = QVBoxLayout(box)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(themes.current().px(4))
    for widget in (field, *notes):
        rows.addWidget(widget)
    box.setFocusProxy(field)
    return box


def _line(name: str, text: str, hint: str) -> QLineEdit:
    made = QLineEdit(text)
    made.setObjectName(name)
    made.setPlaceholderText(hint)
    made.setMaxLength(200)
    return made


def _fresh(view: ViewContext, customer_id: int) -> ContractDraft:
    today: date = view.office.context.today()
    actor = view.office.context.actor.staff_id
    fen = None
    if customer_id:
        fen = view.office.customers.card(customer_id).expected_fen
    return ContractDraft(customer_id, today, fen, signer_id=actor)


def contract_form(
    view: ViewContext, customer_id: int | None, parent: QWidget | None = None
) -> ContractForm:
    """Return the form for a new contract, with the expected amount filled in."""
    return ContractForm(view, _fresh(view, customer_id or 0), parent)


def new_contract(
    view: ViewContext, customer_id: int | None = None, parent: QWidget | None = None
) -> None:
    """Ask for a new contract (the window's command 签约)."""
    form = contract_form(view, customer_id, parent or QApplication.activeWindow())
    if form.exec():
        amount = fmt.money_marked(form.draft().amount_fen)
        said(view, _("已登记合同 {amount}").format(amount=amount))


def edit_contract(view: ViewContext, contract: ContractView, parent: QWidget | None = None) -> None:
    """Ask for changes of a contract."""
    form = ContractForm(view, _known(view, contract), parent, contract=contract)
    if form.exec():
        said(view, _("已改合同 {code}").format(code=contract.code))


def replace_contract(
    view: ViewContext, contract: ContractView, parent: QWidget | None = None
) -> None:
    """Ask for the contract that stands for a void one."""
    draft = replace(
        _known(view, contract), code="", status="active", replaces_id=contract.id, note=""
    )
    form = ContractForm(view, draft, parent, replaced=contract)
    if form.exec():
        said(view, _("已登记代替 {code} 的合同").format(code=contract.code))


def _known(view: ViewContext, contract: ContractView) -> ContractDraft:
    shares = view.office.deals.shares(contract.id)
    return ContractDraft(
        contract.customer_id,
        contract.signed_on,
        contract.amount_fen,
        contract.code,
        contract.name,
        contract.kind,
        contract.status,
        contract.signer_id,
        tuple(ShareDraft(one.staff_id, one.weight) for one in shares),
        contract.as_new,
        contract.replaces_id,
        contract.note,
    )
