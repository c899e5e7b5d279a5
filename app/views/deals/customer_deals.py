"""成交与回款 on a customer's page: the contracts with what has come on each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from app.i18n import N_, _
from app.models.values.pages import Sort
from app.services.customers.drafts import CustomerCard
from app.services.deals import ContractView
from app.views.core import format as fmt
from app.views.core.page import ViewContext
from app.views.deals import states
from app.views.deals.acts import contract_menu
from app.views.deals.deal_table import DealTable
from app.views.itemmodels.column import Column
from app.views.itemmodels.deals import BAR
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.empty_state import NOTHING_YET, EmptyState

_MOST_ROWS = 12


class CustomerDeals(Card):
    """List one customer's contracts; Enter edits, the menu records a payment or voids."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(_("成交与回款"), icon="money", padded=False, name="customer_deals")
        self._view = view
        self._card: CustomerCard | None = None
        self._first_id = 0
        pay = Button(_("登记回款"), "default", "receipt", height=24, name="pay_button")
        pay.clicked.connect(lambda: self.pay(None))
        sign = Button(_("登记合同"), "default", "plus", height=24, name="sign_button")
        sign.clicked.connect(self.sign)
        self._pay = pay
        self.add_tool(pay)
        self.add_tool(sign)
        self.table = DealTable(name="customer_contracts", spoken=_("这家客户的合同"))
        self.model: PagedTableModel[ContractView] = PagedTableModel(
            self._columns(), Sort("signed_on", True), row_id=lambda row: row.id, parent=self
        )
        self.table.setModel(self.model)
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.table.activated_row.connect(self.edit)
        self.table.menu_wanted.connect(self._menu)
        begin = _("签了就登记，首单、复购和客单价都从这里来。")
        self.empty = EmptyState(NOTHING_YET, _("还没有合同"), begin, icon="handshake")
        first = Button(_("登记合同"), "default", "plus", name="sign_first")
        first.clicked.connect(self.sign)
        self.empty.add_button(first)
        self.body.setSpacing(0)
        self.body.addWidget(self.table)
        self.body.addWidget(self.empty)

    def _columns(self) -> tuple[Column[ContractView], ...]:
        today = self._view.office.context.today
        return (
            Column("name", N_("名称"), states.name_of, width=310, kind="strong", flex=1, least=150),
            Column(
                "kind",
                N_("类型"),
                lambda row: states.kind_tag(row, self._first_id)[0],
                width=72,
                kind="tag",
                value=lambda row: states.kind_tag(row, self._first_id),
            ),
            Column(
                "amount",
                N_("金额 ¥"),
                lambda row: fmt.money(row.amount_fen),
                align="right",
                width=92,
            ),
            Column("signed", N_("签约"), lambda row: fmt.day(row.signed_on, today()), width=104),
            Column("share", N_("回款"), _came, width=96, kind=BAR, value=states.share_received),
            Column(
                "status",
                N_("状态"),
                lambda row: states.status_tag(row)[0],
                width=86,
                kind="tag",
                value=states.status_tag,
            ),
        )

    def show_card(self, card: CustomerCard) -> None:
        """Show the contracts of a customer."""
        self._card = card
        contracts = self._view.office.deals.contracts(card.id).rows
        signings = [one for one in contracts if one.effective and one.kind != "supplement"]
        days = [(one.signed_on, one.id) for one in signings if one.signed_on is not None]
        self._first_id = min(days)[1] if days else 0
        parts = [
            _("已签 {fen}").format(fen=fmt.money_marked(card.signed_fen)),
            _("已回 {fen}").format(fen=fmt.money_marked(card.received_fen)),
        ]
        left = sum(one.outstanding_fen for one in contracts)
        if left:
            parts.append(_("未回 {fen}").format(fen=fmt.money_marked(left)))
        self.subtitle.setText(" · ".join(parts) if contracts else "")
        self._pay.setVisible(bool(contracts))
        self.model.set_source(ListSource(contracts))
        self.table.setVisible(bool(contracts))
        self.empty.setVisible(not contracts)
        self.table.show_whole(min(len(contracts), _MOST_ROWS))

    # -- acts ----------------------------------------------------------------------------

    def _menu(self, row: object, at: object) -> None:
        if isinstance(row, ContractView):
            menu: QMenu = contract_menu(self._view, self, row)
            menu.popup(at)  # type: ignore[arg-type]  # a point of the screen

    def sign(self) -> None:
        """Open the form for a new contract."""
        from app.views.deals.contract_form import new_contract

        if self._card is not None:
            new_contract(self._view, self._card.id, self)

    def edit(self, row: object) -> None:
        """Open the form of a contract."""
        from app.views.deals.contract_form import edit_contract

        if isinstance(row, ContractView):
            edit_contract(self._view, row, self)

    def pay(self, contract: ContractView | None) -> None:
        """Open the form for a payment."""
        from app.views.deals.payment_form import new_payment

        if self._card is not None:
            new_payment(self._view, self._card.id, self, contract)


def _came(row: ContractView) -> str:
    share = states.share_received(row)
    return "" if share is None else fmt.percent(share, 0)
