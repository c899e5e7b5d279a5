"""成交 and 回款 beside a customer: what was signed and what has come, newest first."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.services.deals import ContractView, PaymentView
from app.views.core import format as fmt
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.deals import acts, states
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.text import Label
from app.views.widgets.timeline import TimelineList, TimelineRow


class DealTab(QWidget):
    """Show rows of one kind as a short chain with a line of sums over it."""

    counted = Signal(int)

    def __init__(self, view: ViewContext, name: str, spoken: str, sign: str) -> None:
        super().__init__()
        self._view = view
        theme = themes.current()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, theme.px(10), 0, 0)
        rows.setSpacing(theme.px(6))
        self.sums = Label("", "small", "text2", wrap=True)
        self.sums.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.list = TimelineList(name=name, spoken=spoken)
        self.empty = EmptyState(NOTHING_YET, _("还没有{what}").format(what=spoken), icon=sign)
        rows.addWidget(self.sums)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.empty, 1)
        self.list.opened.connect(self._open)
        self.list.menu_wanted.connect(self._menu)

    def show_rows(self, found: list[TimelineRow], sums: str) -> None:
        """Show rows and their sums."""
        self.list.set_rows(found)
        self.sums.setText(sums)
        self.sums.setVisible(bool(found))
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found)
        self.counted.emit(len(found))

    def _open(self, row: TimelineRow) -> None:
        from app.views.deals.contract_form import edit_contract

        if isinstance(row.source, ContractView):
            edit_contract(self._view, row.source, self)

    def _menu(self, row: TimelineRow | None, at: QPoint) -> None:
        source = row.source if row is not None else None
        if isinstance(source, ContractView):
            acts.contract_menu(self._view, self, source).popup(at)
        elif isinstance(source, PaymentView):
            acts.payment_menu(self._view, self, source).popup(at)


def contract_rows(view: ViewContext, customer_id: int) -> tuple[list[TimelineRow], str]:
    """Return the contracts of a customer as rows, and their sums."""
    contracts = view.office.deals.contracts(customer_id).rows
    today = view.office.context.today()
    rows = [
        TimelineRow(
            one.id,
            "handshake",
            states.name_of(one),
            fmt.day(one.signed_on, today),
            _contract_words(one),
            "good" if one.effective else "",
            source=one,
        )
        for one in contracts
    ]
    counted = [one for one in contracts if one.effective]
    signed = sum(one.amount_fen or 0 for one in counted)
    left = sum(one.outstanding_fen for one in counted)
    sums = _("已签 {signed} · 未回 {left}").format(
        signed=fmt.money_marked(signed), left=fmt.money_marked(left)
    )
    return rows, sums


def _contract_words(contract: ContractView) -> str:
    parts = [
        _("框架合同，没有金额")
        if contract.amount_fen is None
        else (fmt.money_marked(contract.amount_fen)),
        labels.of(labels.CONTRACT_KIND, contract.kind),
        states.status_tag(contract)[0],
        contract.signer,
        contract.void_reason or contract.note,
    ]
    return " · ".join(part for part in parts if part)


def payment_rows(view: ViewContext, customer_id: int) -> tuple[list[TimelineRow], str]:
    """Return the payments of a customer as rows, and their sum."""
    payments = view.office.deals.payments(customer_id).rows
    today = view.office.context.today()
    rows = []
    for one in payments:
        words, tone = states.sign_of(one)
        title = _("{kind} {amount}").format(kind=words, amount=fmt.money_marked(one.amount_fen))
        parts = (one.contract_code, one.method, one.staff, one.note)
        text = " · ".join(part for part in parts if part)
        when = fmt.day(one.paid_on, today)
        rows.append(TimelineRow(one.id, "receipt", title, when, text, tone, source=one))
    total = fmt.money_marked(sum(one.amount_fen for one in payments))
    return rows, _("已回 {total}").format(total=total)
