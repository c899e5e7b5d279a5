"""清单: next steps, follow-ups, contracts and payments as lists of any length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import _, translate
from app.models.values.changes import Kind
from app.services.deals import ContractView
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.deals import record_kinds as deals
from app.views.followups import record_kinds as followups
from app.views.lists.record_list import RecordList
from app.views.lists.state import ListState
from app.views.widgets.buttons import icon_button
from app.views.widgets.search_field import SearchField
from app.views.widgets.tab_band import TabBand

KINDS = (followups.STEPS, followups.FOLLOWUPS, deals.CONTRACTS, deals.PAYMENTS)


class RecordsPage(Page):
    """Show one list of records at a time; each is made when it is first shown."""

    PAGE_ID = "records"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.next_step, Kind.followup, Kind.contract, Kind.payment, Kind.customer, Kind.staff,
         Kind.batch, Kind.setting}
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._lists: dict[str, RecordList] = {}
        self._focus_late = False
        self.narrow = False
        self._add_head()
        self._add_tabs()
        self.stack = QStackedWidget()
        self.body.addWidget(self.stack, 1)
        self.bar.currentChanged.connect(lambda _at: self._switch())
        self._switch()

    def _add_head(self) -> None:
        self.head = self.add_header(_("清单"))
        self.search = SearchField(_("客户、内容、编号"), name="record_search", width=264)
        self.search.setFixedWidth(themes.current().px(264))
        self.search.searched.connect(self._search)
        self.search.went_down.connect(self.focus_first)
        self.search.entered.connect(self.focus_first)
        self.filtering = icon_button("filter", _("加条件"), "default", name="record_filter")
        self.filtering.clicked.connect(
            lambda: self.list().controls.ask_condition("", self.filtering)
        )
        for tool in (self.search, self.filtering):
            self.head.add_tool(tool)

    def _add_tabs(self) -> None:
        titles = (translate(kind.title) for kind in KINDS)
        band = TabBand(titles, name="record_tabs", spoken=_("清单"))
        self.bar = band.bar
        self.body.addWidget(band)

    def list(self) -> RecordList:
        """Return the list that is shown."""
        kind = KINDS[max(0, self.bar.currentIndex())]
        made = self._lists.get(kind.name)
        if made is None:
            made = self._lists[kind.name] = RecordList(self.view, kind)
            made.answered.connect(self._answered)
            made.opened.connect(self.open_record)
            made.table.typed.connect(self._type_ahead)
            made.table.left_up.connect(self.focus_search)
            made.view_row.export_wanted.connect(self.export)
            made.table.paste_wanted.connect(self.paste)
            made.set_narrow(self.narrow)
            self.stack.addWidget(made)
        return made

    def _switch(self) -> None:
        shown = self.list()
        self.stack.setCurrentWidget(shown)
        if self.search.text().strip() != shown.state.text:
            self.search.blockSignals(True)
            self.search.setText(shown.state.text)
            self.search.blockSignals(False)
        shown.reload()

    def _answered(self) -> None:
        self.head.set_subtitle(self.status_left())
        self.status_changed.emit()
        if self._focus_late:
            self.focus_first()

    def reload(self) -> None:
        """Read the shown list again."""
        self.list().reload()

    def _search(self, text: str) -> None:
        shown = self.list()
        shown.set_state(replace(shown.state, text=text))

    def _type_ahead(self, text: str) -> None:
        self.focus_search()
        self.search.setText(text)
        self.search.setCursorPosition(len(text))

    # -- acts ---------------------------------------------------------------------------------

    def open_record(self, row: Any) -> None:
        """Show the contract, or the customer of any other record."""
        if isinstance(row, ContractView):
            from app.views.deals.contract_form import edit_contract

            edit_contract(self.view, row, self)
        else:
            self.view.navigate("customer", customer_id=row.customer_id)

    def open_customer(self) -> None:
        """Show the customer of the current record."""
        found = self.current_customer()
        if found is not None:
            self.view.navigate("customer", customer_id=found)

    def export(self) -> None:
        """Write what the list shows to a file."""
        from app.views.transfer.export_dialog import export_sheet

        export_sheet(self.view, self, self.list().sheet())

    def print(self) -> None:
        """Print what the list shows."""
        from app.views.lists.print_dialog import print_sheet

        print_sheet(self.view, self, self.list().sheet())

    def paste(self) -> None:
        """Offer what is on the clipboard as records of this kind."""
        from app.services.transfer.fields import Kind as Rows
        from app.views.transfer.paste_dialog import paste_rows

        paste_rows(self.view, self, Rows(self.list().kind.name))

    # -- what the window asks -------------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Show a list by ``name``, with a ``state`` or one of its views."""
        names = [kind.name for kind in KINDS]
        name = str(params.get("name", names[max(0, self.bar.currentIndex())]))
        self.bar.setCurrentIndex(names.index(name) if name in names else 0)
        state = params.get("state")
        if isinstance(state, ListState):
            self.list().set_state(state)
        elif "view" in params:
            self.list().set_state(self.list().saved.named(str(params["view"])))

    def params(self) -> dict[str, Any]:
        """Return the present list for coming back."""
        return {"name": self.list().kind.name, "state": self.list().state}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {
            "find": self.focus_search,
            "refresh": self.reload,
            "copy": self.list().table.copy,
            "export": self.export,
            "print": self.print,
        }
        if self.current_customer() is not None:
            found["open"] = self.open_customer
        return found

    def status_left(self) -> str:
        """Return how many records are shown."""
        shown = self.list()
        count = fmt.count(shown.total)
        return _("{what} {count} 条").format(what=translate(shown.kind.title), count=count)

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
        """Return the customer of the current record."""
        row = self.list().current()
        return int(row.customer_id) if row is not None else None

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.list().table, self.search)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("Enter", _("打开")),
            ("← →", _("收起、展开一组")),
            ("Ctrl+E", _("导出")),
            ("Ctrl+P", _("打印")),
            ("Ctrl+C", _("复制")),
            ("Ctrl+V", _("从表格粘贴…")),
            (_("字母、数字"), _("开始搜索")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Fold the tools of narrow windows."""
        self.narrow = mode == "compact"
        self.search.setFixedWidth(themes.current().px(200 if self.narrow else 264))
        self.filtering.setVisible(self.narrow)
        for shown in self._lists.values():
            shown.set_narrow(self.narrow)
