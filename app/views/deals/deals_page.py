"""商机与回款: contracts and payments with their sums."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, ClassVar

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import N_, _, ngettext, translate
from app.models.values.changes import Kind
from app.models.values.pages import Sort
from app.models.values.periods import By, period_of
from app.services.deals import CONTRACTS, PAYMENTS, ContractView, DealFilter, PaymentView
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.deals import acts
from app.views.deals.deal_list import DealList
from app.views.itemmodels.deals import contract_columns, payment_columns
from app.views.widgets.buttons import Button, Select
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.search_field import SearchField
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.tab_band import TabBand

TABS = ("contracts", "payments")
_PERIODS = (
    ("", N_("全部时间")),
    (By.month, N_("本月")),
    (By.quarter, N_("本季")),
    (By.year, N_("今年")),
)
_CONTRACT_STATES = (
    ("", N_("全部状态")),
    ("outstanding", N_("还有未回款")),
    ("effective", N_("有效的")),
    *((code, labels.CONTRACT_STATUS[code]) for code in ("active", "done", "draft", "pending")),
    ("void", labels.CONTRACT_STATUS["void"]),
)
_PAYMENT_STATES = (
    ("", N_("全部类型")),
    ("received", N_("回款")),
    ("refund", N_("退款")),
)


class DealsPage(Page):
    """Show the tabs 合同 and 回款."""

    PAGE_ID = "deals"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.contract, Kind.payment, Kind.customer, Kind.staff, Kind.batch}
    )

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._focus_late = False
        self._add_head()
        self._add_tabs()
        today = view.office.context.today
        self.contracts = DealList(
            view, CONTRACTS, contract_columns(today), Sort("signed_on", True),
            "contracts_table", _("合同"),
        )  # fmt: skip
        self.payments = DealList(
            view, PAYMENTS, payment_columns(today), Sort("paid_on", True),
            "payments_table", _("回款"),
        )  # fmt: skip
        first = Button(_("登记合同"), "primary", "plus", name="first_contract")
        first.clicked.connect(self.sign)
        self.contracts.empty.add_button(first)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.contracts)
        self.stack.addWidget(self.payments)
        self.body.addWidget(self.stack, 1)
        self._connect()
        self._switch(0)

    # -- building ------------------------------------------------------------------------

    def _add_head(self) -> None:
        self.head = self.add_header(_("商机与回款"))
        self.search = SearchField(_("客户、编号、名称"), name="deal_search", width=264)
        self.search.setFixedWidth(themes.current().px(264))
        people = [(one.id, one.name) for one in self.view.office.staff.all()]
        self.person = StaffPicker(people, everyone=True, name="deal_person")
        self.period = Select(
            [(by, translate(said)) for by, said in _PERIODS], name="deal_period", spoken=_("时间")
        )
        self.state = Select(name="deal_state", spoken=_("状态"))
        key = self.view.actions.shortcut_text("new") or "Ctrl+N"
        self.new = Button(_("登记合同"), "primary", "plus", key=key, name="deal_new")
        self.fold = FilterFold(
            [(_("人员"), self.person), (_("时间"), self.period)], name="deal_filter"
        )
        for tool in (self.search, self.fold, self.state, self.new):
            self.head.add_tool(tool)

    def _add_tabs(self) -> None:
        titles = (_title(at) for at in range(len(TABS)))
        band = TabBand(titles, name="deal_tabs", spoken=_("合同与回款"))
        self.bar = band.bar
        self.body.addWidget(band)

    def _connect(self) -> None:
        self.bar.currentChanged.connect(self._switch)
        self.search.searched.connect(lambda _text: self._load())
        self.search.went_down.connect(self.focus_first)
        self.search.entered.connect(self.focus_first)
        self.person.changed.connect(lambda _id: self._load())
        self.period.activated.connect(lambda _at: self._load())
        self.state.activated.connect(lambda _at: self._load())
        self.new.clicked.connect(self.new_one)
        for at, deals in enumerate((self.contracts, self.payments)):
            deals.loaded.connect(lambda totals, at=at: self._show_count(at, totals.count))
            deals.opened.connect(self._open_row)
            deals.menu_wanted.connect(self._menu)
            deals.table.typed.connect(self._type_ahead)
            deals.table.left_up.connect(self.focus_search)
            deals.table.paste_wanted.connect(self.paste)

    # -- showing -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read both lists; the hidden one for its count."""
        wanted = self._wanted()
        self.contracts.load(wanted if self._at() == 0 else DealFilter())
        self.payments.load(wanted if self._at() == 1 else DealFilter())

    def _load(self) -> None:
        self.fold.mark(bool(self.person.staff_id() or self.period.value()))
        self.list().load(self._wanted())

    def _at(self) -> int:
        return self.bar.currentIndex()

    def list(self) -> DealList:
        """Return the list that is shown."""
        return self.payments if self._at() else self.contracts

    def _wanted(self) -> DealFilter:
        since, until = self._days()
        return DealFilter(
            text=self.search.text().strip(),
            staff_id=self.person.staff_id() or 0,
            state=str(self.state.value() or ""),
            since=since,
            until=until,
        )

    def _days(self) -> tuple[date | None, date | None]:
        chosen = str(self.period.value() or "")
        if not chosen:
            return None, None
        period = period_of(self.view.office.context.today(), By(chosen))
        return period.start, period.end

    def _switch(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        states = _PAYMENT_STATES if at else _CONTRACT_STATES
        self.state.clear()
        self.state.set_choices([(code, translate(said)) for code, said in states])
        self.new.setText(_("登记回款") if at else _("登记合同"))
        self._load()
        self.status_changed.emit()

    def show_tab(self, name: str) -> None:
        """Show 合同 (contracts) or 回款 (payments)."""
        self.bar.setCurrentIndex(TABS.index(name) if name in TABS else 0)

    def _show_count(self, at: int, count: int) -> None:
        if self._focus_late and at == self._at():
            self._focus_late = False
            self.list().focus()
        self.bar.setTabText(at, f"{_title(at)}  {count:,}")
        self.status_changed.emit()

    # -- acts ----------------------------------------------------------------------------

    def _type_ahead(self, text: str) -> None:
        self.focus_search()
        self.search.setText(text)
        self.search.setCursorPosition(len(text))

    def new_one(self) -> None:
        """Open the form of this tab."""
        if self._at():
            self.pay()
        else:
            self.sign()

    def sign(self) -> None:
        """Ask for a new contract."""
        from app.views.deals.contract_form import new_contract

        new_contract(self.view, None, self)

    def pay(self) -> None:
        """Ask for a payment, on the current contract when there is one."""
        from app.views.deals.payment_form import new_payment

        row = self.contracts.current() if not self._at() else None
        if isinstance(row, ContractView) and row.effective:
            new_payment(self.view, row.customer_id, self, row)
        else:
            new_payment(self.view, None, self)

    def _open_row(self, row: object) -> None:
        from app.views.deals.contract_form import edit_contract

        if isinstance(row, ContractView):
            edit_contract(self.view, row, self)
        elif isinstance(row, PaymentView):
            self.view.navigate("customer", customer_id=row.customer_id)

    def _menu(self, row: object, at: QPoint) -> None:
        menu = None
        if isinstance(row, ContractView):
            menu = acts.contract_menu(self.view, self, row)
        elif isinstance(row, PaymentView):
            menu = acts.payment_menu(self.view, self, row)
        if menu is not None:
            menu.addSeparator()
            menu.addAction(_("打开客户"), self.open_customer)
            menu.popup(at)

    def open_customer(self) -> None:
        """Show the customer of the current row."""
        found = self.current_customer()
        if found is not None:
            self.view.navigate("customer", customer_id=found)

    def export(self) -> None:
        """Write what the list shows to a file."""
        from app.views.transfer.export_dialog import export_sheet

        export_sheet(self.view, self, self.list().sheet(self._said()))

    def print(self) -> None:
        """Print what the list shows."""
        from app.views.lists.print_dialog import print_sheet

        print_sheet(self.view, self, self.list().sheet(self._said()))

    def paste(self) -> None:
        """Offer what is on the clipboard as contracts or payments."""
        from app.services.transfer.fields import Kind as Rows
        from app.views.transfer.paste_dialog import paste_rows

        paste_rows(self.view, self, Rows.payments if self._at() else Rows.contracts)

    def _said(self) -> tuple[str, ...]:
        """Return in words what narrows the list."""
        text = self.search.text().strip()
        found = [_("搜索“{text}”").format(text=text)] if text else []
        choices = [one for one in (self.person, self.period, self.state) if one.value()]
        return (*found, *(f"{one.accessibleName()}：{one.currentText()}" for one in choices))

    # -- what the window asks --------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Show a ``tab``: contracts or payments."""
        self.show_tab(str(params.get("tab", TABS[self._at()])))

    def params(self) -> dict[str, Any]:
        """Return the tab for coming back."""
        return {"tab": TABS[self._at()]}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {
            "new": self.new_one,
            "find": self.focus_search,
            "refresh": self.reload,
            "sign": self.sign,
            "payment": self.pay,
            "copy": self.list().table.copy,
            "export": self.export,
            "print": self.print,
        }
        if self.current_customer() is not None:
            found["open"] = self.open_customer
        return found

    def status_left(self) -> str:
        """Return how many rows are shown."""
        shown = self.list()
        return _("{what} {count} 份").format(
            what=_title(self._at()), count=f"{shown.totals.count:,}"
        )

    def focus_first(self) -> None:
        """Put the focus into the list as soon as it is there."""
        self._focus_late = not self.list().focus()
        if self._focus_late:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the focus into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current_customer(self) -> int | None:
        """Return the customer of the current row."""
        row = self.list().current()
        return row.customer_id if isinstance(row, ContractView | PaymentView) else None

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.list().table, self.search)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("Enter", _("编辑合同")),
            ("Ctrl+N", _("登记")),
            ("Ctrl+V", _("从表格粘贴…")),
            ("Ctrl+E", _("导出")),
            ("Ctrl+P", _("打印")),
            (_("字母、数字"), _("开始搜索")),
            ("Shift+F10", _("作废、登记回款…")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Fold the filters of narrow windows."""
        compact = mode == "compact"
        self.fold.set_folded(compact)
        self.search.setFixedWidth(themes.current().px(180 if compact else 264))
        for deals in (self.contracts, self.payments):
            deals.table.set_stacked(compact)


def _title(at: int) -> str:
    """Return the words of a tab: of many, where a language tells one from many."""
    return (ngettext("合同", "合同", 2), ngettext("回款", "回款", 2))[at]
