"""客户: find, cut and act on any number of customers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.i18n import _
from app.models.values.changes import Changes, Kind
from app.models.values.pages import Sort
from app.services.customers import Condition, CustomerFilter
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.customers import list_menus, list_views, words
from app.views.customers.bulk_bar import BulkBar
from app.views.customers.condition_popup import ConditionPopUp
from app.views.customers.condition_words import Vocabulary, column_of
from app.views.customers.filter_row import FilterRow
from app.views.customers.list_acts import ListActs
from app.views.customers.list_empty import ListEmpty
from app.views.customers.list_loader import Answer, ListLoader
from app.views.customers.list_state import ListState, ListView
from app.views.customers.list_table import CustomerTable
from app.views.customers.view_row import ViewRow
from app.views.itemmodels.customers import (
    FEATURE,
    CustomersTableModel,
    CustomerSource,
    Listed,
    Words,
    customer_columns,
)
from app.views.widgets.buttons import Button
from app.views.widgets.search_field import SearchField
from app.views.widgets.skeleton import Skeleton

LAST_VIEW = "customers.view"
_COUNT_LATER_MS = 1_200


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a customer stands: the list it was opened from."""

    wanted: CustomerFilter
    sort: Sort
    at: int
    total: int


class CustomersPage(Page):
    """Show the customer list with its views, conditions, search and bulk acts."""

    PAGE_ID = "customers"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.customer, Kind.contact, Kind.followup, Kind.next_step, Kind.calibration,
         Kind.stage, Kind.contract, Kind.staff, Kind.feature}
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        office = view.office
        self.calendar = words.Calendar(office)
        self.words = Words(self.calendar, office.admin.stage_names())
        self.vocabulary = Vocabulary(office, self.calendar.today)
        self.views = list_views.all_views(view, len(self.words.stages))
        self.state = self._first_state()
        self.answer: Answer | None = None
        self.counts: dict[str, int] = {}
        self._expected: int | None = None
        self.loader = ListLoader(office, self)
        self.loader.answered.connect(self._show)
        self.loader.counted.connect(self._show_counts)
        self.loader.summed.connect(self._show_sum)
        self.acts = ListActs(view, self, self._after_bulk)
        self._build()
        self._count_late = QTimer(self)
        self._count_late.setSingleShot(True)
        self._count_late.setInterval(_COUNT_LATER_MS)
        self._count_late.timeout.connect(lambda: self.loader.count(self.views))

    def _first_state(self) -> ListState:
        wanted = self.view.prefs.get(LAST_VIEW)
        mine = "mine" if self.view.office.context.actor.role == "sales" else "all"
        named = {one.id: one for one in self.views}
        return named.get(wanted, named[mine]).state()

    # -- building -----------------------------------------------------------------------

    def _build(self) -> None:
        self._add_head()
        self.view_row = ViewRow()
        self.view_row.set_views(self.views)
        self.body.addWidget(self.view_row)
        self.filter_row = FilterRow()
        self.body.addWidget(self.filter_row)
        self.bulk = BulkBar()
        self.body.addWidget(self.bulk)
        self.error_bar = ErrorBar()
        box = QHBoxLayout()
        side = themes.current().px(16)
        box.setContentsMargins(side, 0, side, 0)
        box.addWidget(self.error_bar)
        self.body.addLayout(box)
        self.table = CustomerTable(spoken=_("客户列表"), prefs=self.view.prefs)
        self.model = self._make_model()
        self.table.setModel(self.model)
        self.table.freeze_first()
        self.empty = ListEmpty()
        self.stack = QStackedWidget()
        self.waiting = Skeleton()
        for widget in (self.waiting, self.table, self.empty):
            self.stack.addWidget(widget)
        self.body.addWidget(self.stack, 1)
        self._connect()

    def _add_head(self) -> None:
        self.head = self.add_header(_("客户"))
        self.search = SearchField(_("名称、电话、联系人、拼音首字母"), name="customer_search", width=320)
        self.search.setFixedWidth(themes.current().px(320))
        self.importing = Button(_("导入"), "default", "arrow_import", name="import_button")
        key = self.view.actions.shortcut_text("new") or "Ctrl+N"
        self.new = Button(_("新建客户"), "primary", "plus", key=key, name="new_customer")
        for tool in (self.search, self.importing, self.new):
            self.head.add_tool(tool)

    def _make_model(self) -> CustomersTableModel:
        fields = self.view.office.features.fields()
        model = CustomersTableModel(customer_columns(self.words, fields), self.state.sort, self)
        model.dataChanged.connect(lambda *_roles: self._ticks_changed())
        model.sorted_by.connect(self._on_sorted)
        model.failed.connect(self._fail)
        return model

    def _connect(self) -> None:
        self.search.searched.connect(self._on_search)
        self.search.went_down.connect(self.focus_list)
        self.search.entered.connect(self.focus_list)
        self.importing.clicked.connect(lambda: self.view.actions.run("import"))
        self.new.clicked.connect(self.new_customer)
        self.view_row.chosen.connect(self._choose_view)
        self.view_row.columns_wanted.connect(self.choose_columns)
        self.view_row.export_wanted.connect(lambda: self.export(ticked=False))
        list_views.connect(self)
        self.filter_row.removed.connect(lambda field: self.set_state(self.state.without(field)))
        self.filter_row.edit_wanted.connect(self._edit_condition)
        self.filter_row.add_wanted.connect(lambda anchor: self._ask_condition(anchor, None))
        self.filter_row.sorted.connect(self._on_sort_chosen)
        self.filter_row.about_removed.connect(
            lambda: self.set_state(replace(self.state, ids=(), about=""))
        )
        self.bulk.wanted.connect(self._bulk_act)
        self.bulk.cleared.connect(self.untick)
        table = self.table
        table.activated_row.connect(lambda row: self.open_customer(row) if row else None)
        table.typed.connect(self._type_ahead)
        table.left_up.connect(lambda: self.search.setFocus(Qt.FocusReason.BacktabFocusReason))
        table.delete_wanted.connect(self.remove)
        table.all_wanted.connect(self.tick_all)
        table.none_wanted.connect(self.untick)
        table.edit_wanted.connect(self.edit_customer)
        table.menu_wanted.connect(lambda _row, at: list_menus.row_menu(self).popup(at))
        table.head.tick_wanted.connect(self._toggle_all)
        table.head.menu_wanted.connect(
            lambda key, at: list_menus.column_menu(self, key).popup(at)
        )
        self.empty.drop_wanted.connect(lambda field: self.set_state(self.state.without(field)))
        self.empty.clear_wanted.connect(self._clear_all)
        self.empty.new_wanted.connect(self.new_customer)
        self.empty.import_wanted.connect(lambda: self.view.actions.run("import"))
        self.loader.failed.connect(self._fail)

    # -- reading -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read list and counts again, keeping place and ticks."""
        self.vocabulary.forget()
        self._show_state()
        self._load()
        self._count_late.start(0 if not self.counts else _COUNT_LATER_MS)

    def _load(self) -> None:
        self.error_bar.clear()
        self.loader.load(self.state, self.feature_ids())

    def feature_ids(self) -> list[int]:
        """Return the features whose columns are shown."""
        shown = self.table.shown_columns()
        return [int(key[len(FEATURE) :]) for key in shown if key.startswith(FEATURE)]

    def set_state(self, state: ListState) -> None:
        """Show another list."""
        if state == self.state:
            return
        if state.wanted() != self.state.wanted() or state.text != self.state.text:
            self.model.untick_all()
        self.state = state
        self._show_state()
        self._load()

    def _show_state(self) -> None:
        state = self.state
        self.filter_row.show_state(state.where, state.sort, self.vocabulary, state.about)
        self.view_row.show_state(state.view_id, self.changed(), self.counts)
        self.table.set_filtered(column_of(one.field) for one in state.where)
        if self.search.text().strip() != state.text:
            self.search.blockSignals(True)
            self.search.setText(state.text)
            self.search.blockSignals(False)

    def current_view(self) -> ListView | None:
        """Return the view the list began with."""
        return next((one for one in self.views if one.id == self.state.view_id), None)

    def changed(self) -> bool:
        """Tell whether the list is not as its view was saved."""
        view = self.current_view()
        return view is not None and (view.where, view.sort) != (self.state.where, self.state.sort)

    def _show(self, answer: Answer) -> None:
        first = self.answer is None
        same = not first and answer.state == self.answer.state  # type: ignore[union-attr]  # not first
        current, scrolled = self._current_id(), self.table.verticalScrollBar().value()
        row = self.table.currentIndex().row()
        self.answer = answer
        self.words.query = answer.state.text
        if self.model.order != answer.state.sort:
            self.model.blockSignals(True)
            self.model.set_sort(answer.state.sort)
            self.model.blockSignals(False)
        self.model.set_source(
            CustomerSource(
                self.view.office,
                answer.wanted,
                answer.total,
                self.feature_ids(),
                (answer.state.sort, answer.first),
            )
        )
        self.table.show_order()
        if same:
            self._come_back(current, row, scrolled)
        elif answer.total:
            self.table.go_to(0)
        self._show_answer(answer)

    def _current_id(self) -> int:
        row = self.table.current_object()
        return row.customer.id if isinstance(row, Listed) else 0

    def _come_back(self, customer_id: int, row: int, scrolled: int) -> None:
        """Keep the place after the same list was read again."""
        self.table.verticalScrollBar().setValue(scrolled)
        self.model.row(max(0, row))
        found = self.model.find_loaded(customer_id)
        at = found if found >= 0 else row
        if at >= 0:
            self.table.choose(at)

    def _show_answer(self, answer: Answer) -> None:
        self.head.set_subtitle(_("全部 {firms}").format(firms=words.firms(answer.everything)))
        if answer.state.text:
            self.search.set_note(self._rule_words(answer))
        if answer.total:
            self.stack.setCurrentWidget(self.table)
        else:
            self.empty.show_answer(answer, self.vocabulary)
            self.stack.setCurrentWidget(self.empty)
        self._ticks_changed()
        self.status_changed.emit()

    def _rule_words(self, answer: Answer) -> str:
        took = _("{ms} ms").format(ms=answer.milliseconds)
        if not answer.total:
            return took
        rule = labels.search_rule(answer.rule, answer.state.text)
        return f"{rule} · {took}" if rule else took

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self.view_row.show_state(self.state.view_id, self.changed(), self.counts)

    def _fail(self, error: BaseException) -> None:
        self.error_bar.show_error(error, self._load)

    # -- search, order, conditions ---------------------------------------------------------

    def _on_search(self, text: str) -> None:
        self.set_state(replace(self.state, text=text))

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)
        self.search.setCursorPosition(len(text))

    def _on_sort_chosen(self, sort: Sort) -> None:
        self.set_state(replace(self.state, sort=sort))

    def _on_sorted(self, sort: Sort) -> None:
        """Follow a click on a header: the model has turned already."""
        if sort != self.state.sort:
            self.state = replace(self.state, sort=sort)
            self._show_state()
            self._load()

    def _edit_condition(self, field: str, anchor: QWidget) -> None:
        present = next((one for one in self.state.where if one.field == field), None)
        self._ask_condition(anchor, present)

    def ask_condition(self, field: str) -> None:
        """Open the pop-up for the condition of a field."""
        present = next((one for one in self.state.where if one.field == field), None)
        self._ask_condition(self.filter_row.add, present or Condition(field, ""))

    def _ask_condition(self, anchor: QWidget, present: Condition | None) -> None:
        popup = ConditionPopUp(self.view.office, self.vocabulary, self, present)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.applied.connect(lambda one: self.set_state(self.state.with_condition(one)))
        popup.show_under(anchor)

    def _clear_all(self) -> None:
        self.set_state(ListState("all"))

    # -- views ------------------------------------------------------------------------------

    def _choose_view(self, view: ListView) -> None:
        self.view.prefs.set(LAST_VIEW, view.id)
        self.set_state(replace(view.state(), text=self.state.text))
        self._show_state()

    def choose_columns(self) -> None:
        """Open the column chooser."""
        list_menus.column_chooser(self).show_under(self.view_row.export, right=True)

    # -- ticks --------------------------------------------------------------------------------

    def tick_all(self) -> None:
        """Tick every customer of the filter, not only those in memory."""
        if self.answer is not None and self.answer.total:
            self.model.tick_all(self.answer.wanted)

    def untick(self) -> None:
        """Take all ticks away; without any, give up the search."""
        if self.ticked_count():
            self.model.untick_all()
        elif self.state.text:
            self.search.clear()

    def _toggle_all(self) -> None:
        if self.model.whole:
            self.untick()
        else:
            self.tick_all()

    def ticked_count(self) -> int:
        """Return how many customers are ticked."""
        return self.model.ticked_count(self.answer.total if self.answer is not None else 0)

    def _ticks_changed(self) -> None:
        count = self.ticked_count()
        self._expected = None
        self.bulk.show_state(count, None, whole=self.model.whole)
        head = self.table.head
        head.all_ticked = self.model.whole and not self.model.ticked
        head.viewport().update()
        self.table.viewport().update()
        if count:
            self.loader.sum(self.model.chosen())
        self.status_changed.emit()

    def _show_sum(self, fen: int) -> None:
        self._expected = fen
        self.bulk.show_state(self.ticked_count(), fen, whole=self.model.whole)

    # -- acts -----------------------------------------------------------------------------------

    def _bulk_act(self, name: str) -> None:
        chosen = self.model.chosen()
        acts: Mapping[str, Any] = {
            "owner": self.acts.give_to,
            "rate": self.acts.rate,
            "next_step": self.acts.plan,
            "delete": self.acts.remove,
        }
        if name == "export":
            self.export(ticked=True)
        else:
            acts[name](chosen)

    def _after_bulk(self) -> None:
        self.model.untick_all()

    def remove(self) -> None:
        """Delete the ticked customers, or the ones chosen in the list."""
        self.acts.remove(self.chosen())

    def chosen(self) -> Any:
        """Return the ticked customers, or the ones chosen in the list."""
        return list_menus.chosen(self)

    def export(self, *, ticked: bool) -> None:
        """Write the list, or the ticked customers, to a file."""
        list_menus.export(self, ticked=ticked)

    def new_customer(self) -> None:
        """Open the form for a new customer."""
        from app.views.customers.customer_form import new_customer

        new_customer(self.view, None)

    def edit_customer(self) -> None:
        """Open the form of the current customer."""
        from app.views.customers.customer_form import edit_customer

        if self._current_id():
            edit_customer(self.view, self._current_id(), self)

    def open_customer(self, row: Listed) -> None:
        """Show one customer, remembering the list for ↑ and ↓ there."""
        answer = self.answer
        if answer is None:
            return
        at = self.table.currentIndex().row()
        place = ListPlace(answer.wanted, answer.state.sort, at, answer.total)
        self.view.navigate("customer", customer_id=row.customer.id, place=place)

    def open_current(self) -> None:
        """Show the current customer."""
        row = self.table.current_object()
        if isinstance(row, Listed):
            self.open_customer(row)

    # -- what the window asks --------------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Show a given list: ``state``, or ``view``, ``where``, ``ids`` with ``about``, ``text``."""
        state = params.get("state")
        if isinstance(state, ListState):
            self.set_state(state)
            return
        named = {one.id: one for one in self.views}
        fresh = named.get(str(params.get("view", "all")), named["all"]).state()
        self.set_state(
            replace(
                fresh,
                where=tuple(params.get("where", fresh.where)),
                ids=tuple(params.get("ids", ())),
                about=str(params.get("about", "")),
                text=str(params.get("text", "")),
            )
        )

    def params(self) -> dict[str, Any]:
        """Return the present list for coming back."""
        return {"state": self.state}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {
            "new": self.new_customer,
            "find": self.focus_search,
            "refresh": self.reload,
            "select_all": self.tick_all,
            "copy": self.table.copy,
            "export": lambda: self.export(ticked=self.ticked_count() > 0),
        }
        if self._current_id():
            chosen = self.chosen
            found |= {
                "open": self.open_current,
                "owner": lambda: self.acts.give_to(chosen()),
                "delete": self.remove,
            }
        return found

    def status_left(self) -> str:
        """Return matches, ticks, total and the time the query took."""
        if self.answer is None:
            return ""
        answer, ticked = self.answer, self.ticked_count()
        total = _("{count}+ 家").format(count=words.count(answer.total)) if answer.more else (
            words.firms(answer.total)
        )
        parts = [_("符合条件 {firms}").format(firms=total)]
        if ticked:
            parts.append(_("已选 {firms}").format(firms=words.firms(ticked)))
        parts.append(_("共 {firms}").format(firms=words.firms(answer.everything)))
        parts.append(_("查询 {ms} ms").format(ms=answer.milliseconds))
        return "    ".join(parts)

    def focus_first(self) -> None:
        """Put the focus into the list."""
        self.focus_list()

    def focus_list(self) -> None:
        """Put the focus into the list, or into the search when the list is empty."""
        shown = self.stack.currentWidget()
        target = self.search if shown is self.empty else self.table
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the focus into the search field and choose its text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current_customer(self) -> int | None:
        """Return the customer of the current row."""
        return self._current_id() or None

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.table, self.search)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return list_menus.keys()

    def adapt(self, mode: WidthMode) -> None:
        """Fold the tools of narrow windows."""
        list_menus.adapt(self, mode)

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches({Kind.feature}) and Kind.customer not in changes.ids:
            self.vocabulary.forget()
        super()._on_changes(changes)
