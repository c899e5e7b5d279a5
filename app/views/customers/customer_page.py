"""客户 360: everything about one customer, and the four tools."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.changes import Kind
from app.services.customers.drafts import CustomerCard
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.taborder import order_tabs_soon
from app.views.customers import customer_acts
from app.views.customers.customer_head import CustomerHead
from app.views.customers.identity_strip import IdentityStrip
from app.views.customers.life_bar import LifeBar
from app.views.customers.list_page import ListPlace
from app.views.customers.side_tabs import SideTabs
from app.views.customers.tools import Tools
from app.views.customers.words import Calendar
from app.views.widgets.buttons import Button
from app.views.widgets.empty_state import NOTHING_YET, EmptyState

SIDE_WIDTH = 452
SPLIT = "customer.split"


class CustomerPage(Page):
    """Show one customer: head, strip, four panels, deals, and the tabs at the right."""

    PAGE_ID = "customer"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.customer, Kind.contact, Kind.followup, Kind.next_step, Kind.calibration,
         Kind.stage, Kind.contract, Kind.payment, Kind.radar, Kind.feature, Kind.batch}
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self.customer_id = 0
        self.place: ListPlace | None = None
        self.card: CustomerCard | None = None
        self._calendar = Calendar(view.office)
        self._mode: WidthMode = "full"
        self._build()
        self._connect()

    # -- building ------------------------------------------------------------------------

    def _build(self) -> None:
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self.head = CustomerHead(self.view)
        self.strip = IdentityStrip(self.view)
        self.life = LifeBar()
        self.tools = Tools(self.view)
        self.side = SideTabs(self.view)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setObjectName("customer_split")
        self.split.setHandleWidth(1)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.tools)
        self.split.addWidget(self.side)
        self.split.setStretchFactor(0, 1)
        self.split.setStretchFactor(1, 0)
        for widget in (self.head, self.strip, self.life):
            rows.addWidget(widget)
        rows.addWidget(self.split, 1)
        self.gone = EmptyState(
            NOTHING_YET, _("这家客户已经不在了"), _("到回收站里找找看。"), icon="building"
        )
        back = Button(_("回到客户列表"), "default", "chevron_left", name="back_to_list")
        back.clicked.connect(lambda: self.view.navigate("customers"))
        self.gone.add_button(back)
        self.stack = QStackedWidget()
        self.stack.addWidget(whole)
        self.stack.addWidget(self.gone)
        self.body.addWidget(self.stack, 1)

    def _connect(self) -> None:
        head, strip, tools = self.head, self.strip, self.tools
        head.back_wanted.connect(lambda: customer_acts.go_back(self))
        head.step_wanted.connect(self.step)
        head.write_wanted.connect(self.write)
        head.side_wanted.connect(self.toggle_side)
        head.menu_wanted.connect(lambda at: customer_acts.more_menu(self).popup(at))
        strip.moved.connect(lambda position: customer_acts.move_stage(self, position))
        strip.churn_wanted.connect(self.mark_churned)
        strip.tags_wanted.connect(lambda: customer_acts.change_tags(self))
        strip.owner_wanted.connect(lambda: customer_acts.change_owner(self))
        self.life.back_wanted.connect(lambda: customer_acts.win_back(self))
        tools.calibration.churn_wanted.connect(self.mark_churned)
        tools.calibration.pool_wanted.connect(lambda: customer_acts.into_pool(self))
        self.split.splitterMoved.connect(lambda *_at: self._keep_split())
        for keys, act in (
            ("V", self.rate),
            ("S", self.tools.steps.postpone_first),
            ("Alt+Up", lambda: self.step(-1)),
            ("Alt+Down", lambda: self.step(1)),
            ("F2", self.edit),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
            if len(keys) == 1 and not self.view.prefs.get("single_keys", True):
                shortcut.setEnabled(False)

    # -- showing -------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the customer and fill every part."""
        if not self.customer_id:
            return
        try:
            self.card = self.view.office.customers.card(self.customer_id)
        except UserError:
            self.card = None
            self.stack.setCurrentWidget(self.gone)
            self.title_changed.emit("")
            return
        held = self._held()
        name = held.objectName() if held is not None else ""
        self._fill(self.card)
        if held is not None and not (shiboken6.isValid(held) and held.isVisible()):
            self._focus_again(name)

    def _held(self) -> QWidget | None:
        """Return the widget of this page that has the focus."""
        focused = QApplication.focusWidget()
        return focused if focused is not None and self.isAncestorOf(focused) else None

    def _focus_again(self, name: str) -> None:
        """Go back to where the focus was: the panel was made anew under it."""
        found = [one for one in self.findChildren(QWidget, name) if one.isVisible()]
        if found:
            found[0].setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()

    def _fill(self, card: CustomerCard) -> None:
        self.stack.setCurrentIndex(0)
        self.head.show_card(card, self._place_words())
        self.strip.show_card(card)
        self.life.show_card(card)
        self.tools.show_card(card)
        self.side.show_card(card)
        self.title_changed.emit(card.name)
        order_tabs_soon(self.head, self.strip, self.life, *self.tools.panels(), self.side)

    def _place_words(self) -> str:
        if self.place is None:
            return ""
        return _("第 {at} / {total} 家").format(
            at=fmt.count(self.place.at + 1), total=fmt.count(self.place.total)
        )

    def step(self, step: int) -> None:
        """Show the customer after (1) or before (-1) this one in the list."""
        if self.place is None or not self.customer_id:
            return
        place = self.place
        if place.order is not None:
            found = place.order.neighbour(self.customer_id, step)
        else:
            customers = self.view.office.customers
            found = customers.neighbour(place.wanted, place.sort, self.customer_id, step)
        if found:
            at = max(0, min(place.total - 1, place.at + step))
            self.open(customer_id=found, place=replace(place, at=at))
            if place.seen is not None:
                place.seen(at)
            self.refresh()

    # -- acts ----------------------------------------------------------------------------

    def write(self) -> None:
        """Open 写跟单."""
        self.view.actions.run("follow_up")

    def rate(self) -> None:
        """Open the value pop-up."""
        from app.views.calibration.popover import open_calibration

        if self.card is not None:
            open_calibration(self, self.view, self.card.id)

    def edit(self) -> None:
        """Open the form of the customer."""
        from app.views.customers.customer_form import edit_customer

        if self.card is not None:
            edit_customer(self.view, self.card.id)

    def mark_churned(self) -> None:
        """Ask why the customer is given up."""
        customer_acts.mark_churned(self)

    # -- what the window asks --------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Show ``customer_id``; ``place`` is the list it was opened from."""
        customer_id = int(params.get("customer_id", 0))
        place = params.get("place")
        self.place = place if isinstance(place, ListPlace) else None
        if customer_id != self.customer_id:
            self.customer_id = customer_id
            self.tools.to_top()
        self.dirty = True
        if self.isVisible():
            self.refresh()

    def params(self) -> dict[str, Any]:
        """Return the customer and its list for coming back."""
        return {"customer_id": self.customer_id, "place": self.place}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands."""
        if self.card is None:
            return {}
        return {
            "calibrate": self.rate,
            "refresh": self.refresh,
            "complete": self.tools.steps.complete,
            "postpone": self.tools.steps.postpone_first,
            "owner": lambda: customer_acts.change_owner(self),
            "radar": self.tools.radar.add,
            "sign": self.tools.deals.sign,
            "payment": lambda: self.tools.deals.pay(None),
            "delete": lambda: customer_acts.remove(self),
            "detail": self.toggle_side,
        }

    def toggle_side(self) -> None:
        """Show or hide the tabs at the right."""
        self.side.setVisible(not self.side.isVisible())

    def current_customer(self) -> int | None:
        """Return the customer shown."""
        return self.customer_id or None

    def window_title(self) -> str:
        """Return the customer's name."""
        return self.card.name if self.card is not None else ""

    def status_left(self) -> str:
        """Return the length of the chain and when something last happened."""
        if self.card is None:
            return ""
        count = self.side.chain_count
        parts = [_("跟单链 {count} 条").format(count=fmt.count(count))]
        last = self.side.last_on
        if last is not None:
            ago = fmt.ago(last, self._calendar.today)
            parts.append(_("最近动作 {ago}").format(ago=ago))
        return "    ".join(parts)

    def focus_first(self) -> None:
        """Put the focus into the chain, or on the value while there is none."""
        if not self.side.focus_chain():
            self.tools.first_stop().setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through."""
        return (self.tools.first_stop(), self.side.chain.list)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("V", _("标定价值")),
            ("S", _("顺延下步")),
            ("Ctrl+J", _("写跟单")),
            ("Ctrl+T", _("安排下步")),
            ("F2", _("编辑客户")),
            ("Alt+↑ / Alt+↓", _("列表里的上一家、下一家")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Fit the window: tabs beside, narrower, or on demand."""
        self._mode = mode
        theme = themes.current()
        self.tools.set_columns(1 if mode == "compact" else 2)
        self.head.set_narrow(mode == "compact")
        self.strip.set_narrow(mode == "compact")
        self.side.setVisible(mode != "compact")
        kept = self.view.prefs.get(SPLIT)
        wide = (
            kept
            if isinstance(kept, int) and mode == "full"
            else (SIDE_WIDTH if mode == "full" else 340)
        )
        side = theme.px(wide)
        self.side.setMinimumWidth(theme.px(300))
        self.split.setSizes([max(1, self.width() - side), side])

    def _keep_split(self) -> None:
        if self._mode == "full":
            wide = self.split.sizes()[1] * 100 // themes.current().scale
            self.view.prefs.set(SPLIT, wide)
