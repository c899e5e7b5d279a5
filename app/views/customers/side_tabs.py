"""The right side of a customer's page: 跟单链, 成交, 回款, 联系人."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout

from app.i18n import _, ngettext
from app.services.customers.drafts import CustomerCard
from app.views.core.page import ViewContext
from app.views.customers.chain_tab import ChainTab
from app.views.customers.deal_tabs import DealTab, contract_rows, payment_rows
from app.views.customers.people_tab import PeopleTab
from app.views.widgets.tab_band import TabBand


class SideTabs(QFrame):
    """Show one of the four tabs; each says how many rows it has."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        self._view = view
        self.setObjectName("customer_side")
        self.chain_count = 0
        self.last_on: date | None = None
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        band = TabBand((), name="customer_tabs", spoken=_("客户的记录"))
        self.bar = band.bar
        self.bar.setUsesScrollButtons(True)
        rows.addWidget(band)
        self.chain = ChainTab(view)
        self.contracts = DealTab(view, "side_contracts", _("成交"), "handshake")
        self.payments = DealTab(view, "side_payments", _("回款"), "receipt")
        self.people = PeopleTab(view)
        self.stack = QStackedWidget()
        for tab in (self.chain, self.contracts, self.payments, self.people):
            self.stack.addWidget(tab)
            self.bar.addTab("")
        self.bar.currentChanged.connect(self.stack.setCurrentIndex)
        rows.addWidget(self.stack, 1)

    def show_card(self, card: CustomerCard) -> None:
        """Fill every tab."""
        self.chain.show_customer(card.id)
        contracts, contract_sums = contract_rows(self._view, card.id)
        payments, payment_sums = payment_rows(self._view, card.id)
        self.contracts.show_rows(contracts, contract_sums)
        self.payments.show_rows(payments, payment_sums)
        self.people.show_card(card)
        self.chain_count = self._view.office.followups.count(card.id)
        first = self.chain.entries[0] if self.chain.entries else None
        self.last_on = first.on if first is not None else None
        counts = (self.chain_count, len(contracts), len(payments), len(card.contacts))
        titles = (
            _("跟单链"),
            ngettext("成交", "成交", counts[1] or 2),
            ngettext("回款", "回款", counts[2] or 2),
            ngettext("联系人", "联系人", counts[3] or 2),
        )
        for at, (title, count) in enumerate(zip(titles, counts, strict=True)):
            self.bar.setTabText(at, f"{title}  {count}" if count else title)

    def focus_chain(self) -> bool:
        """Put the focus into the chain; tell whether there is one."""
        if not self.chain.entries or self.isHidden():
            return False
        self.bar.setCurrentIndex(0)
        self.chain.list.setFocus(Qt.FocusReason.OtherFocusReason)
        return True
