"""客户: find, cut and act on any number of customers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.values import grams
from app.models.values.changes import Kind
from app.models.values.pages import Sort
from app.services.lists import ListFilter
from app.services.lists.orders import Order
from app.services.lists.sheets import ListSheet
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.taborder import order_tabs_soon
from app.views.customers import list_menus, words
from app.views.customers.list_acts import ListActs
from app.views.customers.list_loader import Answer
from app.views.customers.list_rows import ListRows
from app.views.customers.list_views import SORTS, built_in
from app.views.customers.vocabulary import customer_vocabulary, groups
from app.views.itemmodels.customers import Listed
from app.views.lists.controls import FilterControls
from app.views.lists.copied import tell_copies
from app.views.lists.filter_row import FilterRow
from app.views.lists.shown_views import ShownViews
from app.views.lists.state import ListState, ListView
from app.views.lists.view_row import ViewRow
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.search_field import SearchField

_COUNT_LATER_MS = 1_200
_RULES = {"name": "名称", "contact": "联系人", "phone": "电话", "mail": "邮箱"}


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a customer stands: the list it was opened from.

    ``seen`` is told the place of each customer that is stepped to, so that the list is there
    when one comes back.
    """

    wanted: ListFilter
    sort: Sort
    at: int
    total: int
    order: Order | None = None
    seen: Callable[[int], None] | None = None


class CustomersPage(Page):
    """Show the customer list with its views, conditions, search and bulk acts."""

    PAGE_ID = "customers"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.customer, Kind.contact, Kind.followup, Kind.next_step, Kind.calibration,
         Kind.stage, Kind.contract, Kind.staff, Kind.feature, Kind.batch, Kind.setting}
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self.vocabulary = customer_vocabulary(view.office)
        self.saved = ShownViews(view, self, self, "customers", self._built_in)
        mine = view.office.context.actor.role == "sales"
        self.state = self.saved.first("mine" if mine else "all")
        self.counts: dict[str, int] = {}
        self._focus_late = False
        self._add_head()
        self.view_row = ViewRow()
        self.filter_row = FilterRow(SORTS)
        self.rows = ListRows(view, self.state, self.vocabulary)
        self.controls = FilterControls(
            self.filter_row, self.vocabulary, self, self.set_state, self.rows.sort_titles,
            partial(groups, self.vocabulary),
        )  # fmt: skip
        self.table = self.rows.table
        tell_copies(view, self.table)
        self.acts = ListActs(view, self, self.vocabulary, self.rows.untick)
        for widget in (self.view_row, self.filter_row):
            self.body.addWidget(widget)
        self.body.addWidget(self.rows, 1)
        self._count_late = QTimer(self)
        self._count_late.setSingleShot(True)
        self._count_late.timeout.connect(lambda: self.rows.count(self.saved.views))
        self._connect()
        self.saved.attach(self.view_row, self.table.layout_)
        self.saved.use_columns(self.state)
        self._show_text()

    def _built_in(self) -> Sequence[ListView]:
        office = self.view.office
        stages = len(office.admin.stage_names())
        return built_in(office.context.actor, office.context.today(), stages)

    # -- building -----------------------------------------------------------------------

    def _add_head(self) -> None:
        self.head = self.add_header(_("客户"))
        hint = _("名称、电话、联系人、拼音首字母")
        self.search = SearchField(hint, name="customer_search", width=320)
        self.search.setFixedWidth(themes.current().px(320))
        self.importing = Button(_("导入"), "default", "arrow_import", name="import_button")
        key = self.view.actions.shortcut_text("new") or "Ctrl+N"
        self.new = Button(_("新建客户"), "primary", "plus", key=key, name="new_customer")
        self.filtering = icon_button("filter", _("加条件"), "default", name="filter_button")
        self.filtering.clicked.connect(lambda: self.controls.ask_condition("", self.filtering))
        self.checking = icon_button("merge", _("查重"), "default", name="duplicates_button")
        self.checking.clicked.connect(lambda: self.view.actions.run("duplicates"))
        for tool in (self.search, self.filtering, self.checking, self.importing, self.new):
            self.head.add_tool(tool)

    def _connect(self) -> None:
        self.search.searched.connect(lambda text: self.set_state(replace(self.state, text=text)))
        self.search.went_down.connect(self.focus_first)
        self.search.entered.connect(self.focus_first)
        self.importing.clicked.connect(self._import)
        self.new.clicked.connect(self.new_customer)
        self.view_row.columns_wanted.connect(self.choose_columns)
        self.view_row.export_wanted.connect(lambda: self.export(ticked=False))
        self._connect_filters()
        self._connect_rows()

    def _connect_filters(self) -> None:
        row = self.filter_row
        row.frozen_chosen.connect(self.table.layout_.set_frozen)
        row.height_chosen.connect(self.table.layout_.set_height)
        row.fold_all_wanted.connect(self.rows.fold_all)
        row.about_removed.connect(lambda: self.set_state(replace(self.state, ids=(), about="")))

    def _connect_rows(self) -> None:
        rows, table = self.rows, self.rows.table
        rows.answered.connect(self._show_answer)
        rows.counted.connect(self._show_counts)
        rows.ticks_changed.connect(self.status_changed)
        rows.sorted.connect(self.controls.sort_by)
        rows.sorted_also.connect(self.controls.sort_also_by)
        rows.bulk.wanted.connect(self._bulk_act)
        rows.empty.drop_wanted.connect(lambda at: self.set_state(self.state.without(at)))
        rows.empty.clear_wanted.connect(lambda: self.set_state(ListState("all")))
        rows.empty.new_wanted.connect(self.new_customer)
        rows.empty.import_wanted.connect(self._import)
        table.activated_row.connect(lambda _row: self.open_current())
        table.typed.connect(self._type_ahead)
        table.left_up.connect(lambda: self.search.setFocus(Qt.FocusReason.BacktabFocusReason))
        table.delete_wanted.connect(self.remove)
        table.paste_wanted.connect(lambda: list_menus.paste(self))
        table.none_wanted.connect(self._escape)
        table.edit_wanted.connect(self.edit_cell)
        table.form_wanted.connect(self.edit_customer)
        table.columns_changed.connect(self._show_state)
        table.menu_wanted.connect(lambda _row, at: list_menus.row_menu(self).popup(at))
        table.head.menu_wanted.connect(lambda key, at: list_menus.column_menu(self, key).popup(at))

    # -- the list ------------------------------------------------------------------------

    def reload(self) -> None:
        """Read list and counts again, keeping place and ticks."""
        self.vocabulary.forget()
        self.saved.refresh()
        self._show_state()
        self.rows.load(self.state, self.vocabulary)
        self._count_late.start(_COUNT_LATER_MS if self.counts else 0)

    def set_state(self, state: ListState) -> None:
        """Show another list."""
        if state != self.state:
            former, self.state = self.state, state
            if former.text != state.text:
                self._show_text()
            self.saved.use_columns(state)
            self._show_state()
            self.rows.load(state, self.vocabulary)

    def _show_state(self) -> None:
        state = self.state
        self.controls.show_state()
        self.filter_row.show_layout(self.table.layout_.layout())
        self.view_row.show_state(state.view_id, self.saved.changed(state), self.counts)
        regions = (self.head, self.view_row, self.filter_row, self.rows.bulk, self.rows.stack)
        order_tabs_soon(*regions)

    def _show_text(self) -> None:
        # only for a new text: a late count must not undo what is being typed
        if self.search.text().strip() != self.state.text:
            self.search.blockSignals(True)
            self.search.setText(self.state.text)
            self.search.blockSignals(False)

    def _show_answer(self, answer: Answer) -> None:
        everything = words.firms(answer.everything)
        self.head.set_subtitle(_("全部 {firms}").format(firms=everything))
        if answer.state.text and answer.state.text == self.search.text().strip():
            self.search.set_note(_rule_words(answer))
        lost = not answer.total and not self.search.hasFocus()
        if self._focus_late or lost:
            self.focus_first()
        self.status_changed.emit()

    def _show_counts(self, counts: Mapping[str, int]) -> None:
        self.counts = dict(counts)
        self._show_state()

    def choose_columns(self) -> None:
        """Open the column chooser."""
        list_menus.column_chooser(self).show_under(self.view_row.export, right=True)

    def _type_ahead(self, text: str) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.setText(text)
        self.search.setCursorPosition(len(text))

    def _escape(self) -> None:
        if not self.rows.untick() and self.state.text:
            self.search.clear()

    # -- acts -----------------------------------------------------------------------------

    def _bulk_act(self, name: str) -> None:
        if name == "export":
            self.export(ticked=True)
            return
        act = {
            "owner": self.acts.give_to,
            "rate": self.acts.rate,
            "next_step": self.acts.plan,
            "sequence": self.acts.enrol,
            "tag": self.acts.tag,
            "edit": self.acts.edit,
            "merge": self.acts.merge,
            "delete": self.acts.remove,
        }[name]
        act(self.rows.chosen())

    def remove(self) -> None:
        """Delete the ticked customers, or the ones chosen in the list."""
        self.acts.remove(self.rows.chosen())

    def export(self, *, ticked: bool) -> None:
        """Write the list, or the ticked customers, to a file."""
        list_menus.export(self, ticked=ticked)

    def sheet(self, *, ticked: bool) -> ListSheet:
        """Return what the list shows, with what narrows and orders it."""
        return replace(self.rows.sheet(ticked=ticked), notes=self.controls.said())

    def _import(self) -> None:
        if not self.view.actions.run("import"):
            self.view.navigate("transfer")

    def new_customer(self) -> None:
        """Open the form for a new customer."""
        from app.views.customers.customer_form import new_customer

        new_customer(self.view, None)

    def edit_cell(self) -> None:
        """Edit the current cell; value and next step have pop-ups of their own."""
        left = self.rows.edit_cell()
        if left == "value":
            list_menus.rate_current(self)
        elif left == "next":
            self.view.actions.run("next_step")
        elif left:
            self.view.toast(_("这一列由别的记录得出，不能直接改"))

    def edit_customer(self) -> None:
        """Open the form of the current customer."""
        from app.views.customers.customer_form import edit_customer

        if self.rows.current_id():
            edit_customer(self.view, self.rows.current_id())

    def open_current(self) -> None:
        """Show the current customer, remembering the list for ↑ and ↓ there."""
        row, answer = self.table.current_object(), self.rows.answer
        if isinstance(row, Listed) and answer is not None:
            order = answer.grouped.order if answer.grouped is not None else answer.order
            at = self.table.currentIndex().row()
            if answer.grouped is not None and order is not None:
                at = order.place(row.customer.id)
            seen = self.table.go_to if answer.grouped is None else None
            place = ListPlace(answer.wanted, answer.state.sort, at, answer.total, order, seen)
            self.view.navigate("customer", customer_id=row.customer.id, place=place)

    # -- what the window asks ---------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Show a list: ``state``, or ``view``, ``where``, ``ids`` with ``about``, ``text``."""
        state = params.get("state")
        if not isinstance(state, ListState):
            fresh = self.saved.named(str(params.get("view", "all")))
            state = replace(
                fresh,
                where=tuple(params.get("where", fresh.where)),
                ids=tuple(params.get("ids", ())),
                about=str(params.get("about", "")),
                text=str(params.get("text", "")),
            )
        self.set_state(state)

    def params(self) -> dict[str, Any]:
        """Return the present list for coming back."""
        return {"state": self.state}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        found: dict[str, Command] = {
            "new": self.new_customer,
            "find": self.focus_search,
            "refresh": self.reload,
            "select_all": self.rows.tick_all,
            "copy": self.table.copy,
            "print": lambda: list_menus.print_list(self),
            "export": lambda: self.export(ticked=self.rows.ticked_count() > 0),
        }
        if self.rows.current_id():
            found |= {
                "open": self.open_current,
                "owner": lambda: self.acts.give_to(self.rows.chosen()),
                "calibrate": partial(list_menus.rate_current, self),
                "delete": self.remove,
                "merge": lambda: self.acts.merge(self.rows.chosen()),
            }
        return found

    def status_left(self) -> str:
        """Return matches, ticks, total and the time the query took."""
        answer = self.rows.answer
        if answer is None:
            return ""
        total, ticked = words.firms(answer.total), self.rows.ticked_count()
        if answer.more:
            total = _("{count}+ 家").format(count=fmt.count(answer.total))
        parts = [_("符合条件 {firms}").format(firms=total)]
        if ticked:
            parts.append(_("已选 {firms}").format(firms=words.firms(ticked)))
        parts.append(_("共 {firms}").format(firms=words.firms(answer.everything)))
        parts.append(_("查询 {ms} ms").format(ms=answer.milliseconds))
        return "    ".join(parts)

    def focus_first(self) -> None:
        """Put the focus into the list as soon as it is there."""
        self._focus_late = self.rows.answer is None
        if self.rows.focus() is None:
            self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_search(self) -> None:
        """Put the focus into the search field and choose its text."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def current_customer(self) -> int | None:
        """Return the customer of the current row."""
        return self.rows.current_id() or None

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.table, self.search)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return list_menus.keys()

    def adapt(self, mode: WidthMode) -> None:
        """Fold the tools of narrow windows."""
        theme = themes.current()
        compact = mode == "compact"
        self.search.setFixedWidth(theme.px(200 if compact else 320))
        self.importing.setVisible(not compact)
        self.filtering.setVisible(compact)
        self.view_row.set_narrow(compact)
        self.filter_row.set_narrow(compact)
        self.rows.bulk.set_narrow(compact)
        self.table.set_stacked(compact)


def _rule_words(answer: Answer) -> str:
    took = _("{ms} ms").format(ms=answer.milliseconds)
    if not answer.total:
        return took
    rule = _(_RULES.get(answer.rule, ""))
    if answer.rule == "pinyin":
        text = answer.state.text
        name = answer.first.rows[0].customer.name if answer.first.rows else ""
        span = grams.marked(text, name)
        letters = span is not None and span[1] - span[0] == len(text)
        rule = _("拼音首字母") if letters else _("拼音")
    return f"{rule} · {took}" if rule else took
