"""今日工作台: what to do now, in order, finished without leaving (picture 01)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.changes import Kind
from app.views.core import format as formats
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.start_turns import after_first_paint, in_turns
from app.views.followups import acts, today_states, today_ways, when_words
from app.views.followups.agenda_model import AgendaModel
from app.views.followups.agenda_reading import AgendaReading
from app.views.followups.agenda_view import AgendaView
from app.views.followups.counter_strip import CounterLine, CounterStrip
from app.views.followups.detail_split import DetailSplit
from app.views.followups.glance_pane import GlancePane
from app.views.followups.glance_reading import GlanceReading
from app.views.followups.leaving import LeavingRows, next_turn
from app.views.followups.row_acts import RowActs
from app.views.followups.today_tools import MINE, TodayTools, Wanted
from app.views.followups.unfinished_bar import UnfinishedBar

if TYPE_CHECKING:
    from app.models.values.nextstep import Group
    from app.services.followups.moment import Moment
    from app.services.followups.today import Agenda
    from app.views.staff.target_bars import TargetBars

TICK_MS = 20_000
_BESIDE = (
    "app.models.values.forms", "app.services.transfer.marks", "app.views.widgets.clip",
    "app.views.widgets.hbars", "app.views.staff.target_bars",
)  # fmt: skip
_FOLDED, _DETAIL, _WIDTH = "today.folded", "today.detail", "today.detail_width"


class TodayPage(Page):
    """List the open steps by fuzzy time, with the figures above and the customer beside."""

    PAGE_ID = "today"
    WATCHES = frozenset(
        {Kind.next_step, Kind.followup, Kind.customer, Kind.contact, Kind.calibration,
         Kind.contract, Kind.stage, Kind.staff, Kind.setting, Kind.target}
    )  # fmt: skip

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._moment: Moment = acts.moment_of(view)
        self._turn_at = 0
        self._mode: WidthMode = "full"
        self._choose_next = 0
        self.header = self.add_header(_("今日工作台"))
        self.tools = TodayTools(
            {key: view.actions.shortcut_text(key) for key in ("go_to", "quick_line")}
        )
        self.header.add_tool(self.tools)
        self.model = AgendaModel(self)
        self.leaving = LeavingRows(view.office, self)
        self.reading = AgendaReading(view.office, self)
        self.list = AgendaView(self.model)
        self.acts = RowActs(view, self.list, self.model, self)
        self.strip = CounterStrip()
        self.targets: TargetBars | None = None
        self.counts = CounterLine()
        self.header.add_after_title(self.counts)
        self.pane = GlancePane()
        self.unfinished = UnfinishedBar(view)
        self.done = today_states.DoneState(
            self._look_ahead, lambda: today_ways.greet(self.view, self._staff_id())
        )
        self.no_match = today_states.NoMatchState(self._drop_plan)
        self.stack = QStackedWidget()
        self.split = DetailSplit(self._main_side(), self.pane, self.list)
        self.stack.addWidget(self.split)
        self.starter: QWidget | None = None
        self.body.addWidget(self.stack, 1)
        self.glance = GlanceReading(view, self.list, self.pane, self.split)
        self._tick = QTimer(self, interval=TICK_MS)
        self._tick.timeout.connect(self._on_tick)
        self._tick.start()
        self._restore()
        self._connect()
        after_first_paint(self.list, self._drawn)

    def _main_side(self) -> QWidget:
        theme = themes.current()
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        self._top = QWidget()
        top = self._above = QVBoxLayout(self._top)
        top.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        top.setSpacing(theme.px(8))
        top.addWidget(self.unfinished)
        top.addWidget(self.strip)
        rows.addWidget(self._top)
        for state in (self.done, self.no_match):
            rows.addWidget(state, 1)
            state.hide()
        rows.addWidget(self.list, 2)
        return side

    def _restore(self) -> None:
        prefs = self.view.prefs
        folded = prefs.get(_FOLDED)
        if isinstance(folded, list):
            self.model.set_folded(str(name) for name in folded)
        width = prefs.get(_WIDTH)
        if isinstance(width, int):
            self.split.set_width(width)
        self.split.set_shown(bool(prefs.get(_DETAIL, True)))

    def _connect(self) -> None:
        tools, pane = self.tools, self.pane
        tools.search_wanted.connect(lambda letters: today_ways.search(self.view, letters))
        tools.write_wanted.connect(self.acts.write)
        tools.detail_wanted.connect(self.split.toggle)
        tools.changed.connect(lambda _wanted: self._filter_changed())
        self.strip.filtered.connect(self._show_only)
        self.strip.asked.connect(
            lambda code: today_ways.open_figure(self.view, code, self._staff_id())
        )
        self.model.folds_changed.connect(lambda: self.view.prefs.set(_FOLDED, self.model.folded()))
        self.split.moved.connect(lambda width: self.view.prefs.set(_WIDTH, width))
        self.split.toggled.connect(self._toggled)
        self.leaving.left.connect(self._fill)
        self.reading.came.connect(self._came)
        self.reading.failed.connect(self._could_not_read)
        self.list.chosen.connect(self._chosen)
        pane.complete.connect(self.acts.complete)
        pane.postpone.connect(self.acts.postpone)
        pane.open_customer.connect(self.acts.open_current)
        pane.told.connect(self.view.toast)
        self.unfinished.resumed.connect(self.acts.resume)

    # -- filling --------------------------------------------------------------------------

    def reload(self) -> None:
        """Read the agenda and show it, the completed rows struck for a moment."""
        office = self.view.office
        self.list.letters = bool(self.view.prefs.get("single_keys", True))
        plans = [(one.code, labels.of(labels.PLAN_KIND, one.code) if one.code in labels.PLAN_KIND
                  else one.label) for one in office.admin.choices("plan_kind")]  # fmt: skip
        staff = [(one.id, one.name) for one in office.staff.all(with_left=False)]
        self.tools.set_choices(plans, staff)
        self.reading.read(self._staff_id())

    def _came(self, agenda: Agenda) -> None:
        """Show an agenda, or its first rows while the others are being read."""
        self._moment = acts.moment_of(self.view)
        back = self.leaving.look(self.model, agenda)
        self._choose_next = back or self._choose_next
        self._turn_at = next_turn(agenda, self._moment)
        self._fill()
        self.strip.show_counters(agenda.counters)
        self.counts.show_counters(agenda.counters)
        self._head()
        self.unfinished.refresh()
        self._show_state()
        self._look_around()

    def _fill(self) -> None:
        if self.reading.agenda is not None:
            self.model.show(
                self.reading.agenda,
                self._moment,
                plan_kind=self.tools.wanted.plan_kind,
                leaving=self.leaving.rows(),
            )
            if self._choose_next and self.list.choose(self._choose_next):
                self._choose_next = 0
            elif not self.list.currentIndex().isValid():
                self.list.choose_first()
            self.status_changed.emit()

    def _drawn(self) -> None:
        """Go on with what stands beside the rows, a little in each turn."""
        self.reading.follow()
        in_turns(self, _BESIDE, self._add_targets)

    def _add_targets(self) -> None:
        from app.views.staff.target_bars import TargetBars

        self.targets = TargetBars(self.view.office, name="today_targets", most=3)
        self._above.addWidget(self.targets)
        self._look_around()

    def _could_not_read(self, error: BaseException) -> None:
        from app.views.core.errors import show_error

        self.dirty = True
        if isinstance(error, UserError):
            self._tell(error)
        else:
            show_error(self, error)

    def _look_around(self) -> None:
        """Read what stands beside the rows, and never before they are there."""
        if self.targets is not None:
            self.targets.show_person(self._staff_id())
        self._rest()

    def _rest(self) -> None:
        """Show the customer once the hand rests."""
        if self.targets is not None:
            self.glance.rest()

    def _staff_id(self) -> int:
        whose = self.tools.wanted.whose
        return self.view.office.context.actor.staff_id if whose == MINE else whose

    def _head(self) -> None:
        today = when_words.today_of(self._moment)
        compact = self._mode == "compact"
        self.header.set_subtitle("" if compact else formats.day_long(today))
        self.counts.setVisible(compact)

    def _show_state(self) -> None:
        assert self.reading.agenda is not None
        total = self.reading.agenda.total()
        brand_new = not total and self._has_nobody()
        if brand_new and self.starter is None:
            self.starter = today_states.StarterState(self.view.actions)
            self.stack.addWidget(self.starter)
        self.stack.setCurrentWidget(self.starter if brand_new and self.starter else self.split)
        plan = self.tools.wanted.plan_kind
        nothing = bool(plan) and not self.model.rowCount() and total > 0
        done = not nothing and not self.model.only and today_states.all_done(self.reading.agenda)
        self.no_match.setVisible(nothing)
        self.done.setVisible(done and not self.leaving.rows())
        self.list.setVisible(self.model.rowCount() > 0 or not (nothing or done))
        if nothing:
            self.no_match.show_filter(labels.of(labels.PLAN_KIND, plan), total)
        if done:
            self.done.show_agenda(self.reading.agenda)

    def _has_nobody(self) -> bool:
        from app.services.lists import ListFilter

        return not self.view.office.customers.count(ListFilter())

    # -- what the window asks -------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Come back to a filter and a row: whose, plan_kind, step_id."""
        whose = int(params.get("whose", self.tools.wanted.whose))
        plan = str(params.get("plan_kind", self.tools.wanted.plan_kind))
        if Wanted(whose, plan) != self.tools.wanted:
            self.tools.set_wanted(Wanted(whose, plan))
            self.dirty = True
        self._choose_next = int(params.get("step_id", 0))
        if not self.dirty and self._choose_next and self.list.choose(self._choose_next):
            self._choose_next = 0

    def params(self) -> dict[str, Any]:
        """Return filter and row for Back and Forward."""
        step = self.list.current_step()
        wanted = self.tools.wanted
        return {
            "whose": wanted.whose,
            "plan_kind": wanted.plan_kind,
            "step_id": step.item.step_id if step else 0,
        }

    def commands(self) -> Mapping[str, Command]:
        """Return what the menus and keys of the window do here."""
        found: dict[str, Command] = {
            "find": lambda: today_ways.search(self.view),
            "detail": self.split.toggle,
            "refresh": self.refresh,
            "follow_up": self.acts.write,
        }
        if self.list.selected_steps():
            found |= {
                "open": self.acts.open_current,
                "complete": self.acts.complete,
                "postpone": self.acts.postpone,
                "copy": self.acts.copy,
                "select_all": self.list.selectAll,
            }
        return found

    def status_left(self) -> str:
        """Return the number of steps, of selected ones and of those done today."""
        if self.reading.agenda is None:
            return ""
        total, done = self.reading.agenda.total(), self.reading.agenda.counters.done_today
        chosen = self.list.selected_count()
        parts = [
            ngettext("下步事务 {count} 条", "下步事务 {count} 条", total).format(count=total),
            ngettext("已选 {count} 条", "已选 {count} 条", chosen).format(count=chosen),
            ngettext("今日已完成 {count} 条", "今日已完成 {count} 条", done).format(count=done),
        ]
        return "     ".join(parts[:1] if self._mode == "compact" else parts)

    def badge(self) -> int | None:
        """Return the number of steps due today, overdue ones left out."""
        return self.reading.agenda.counters.today if self.reading.agenda is not None else None

    def current_customer(self) -> int | None:
        """Return the customer of the current row."""
        step = self.list.current_step()
        return step.item.customer_id if step is not None else None

    def focus_first(self) -> None:
        """Put the focus into the list, or on the first offer of an empty page."""
        target: QWidget = self.done.ahead if self.list.isHidden() else self.list
        if self.starter is not None and self.stack.currentWidget() is self.starter:
            target = self.starter
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """Return list and detail pane."""
        return (self.list, self.pane) if self.split.detail_shown() else (self.list,)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            (_("空格"), _("完成并写跟单")),
            ("S", _("顺延，再按 1–6 和 Enter")),
            ("V", _("标定价值")),
            ("Enter", _("打开客户")),
            ("← →", _("折叠和展开一组")),
            ("Shift+↑↓", _("多选")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Fit the window: two lines and no strip in narrow ones."""
        self._mode = mode
        compact = mode == "compact"
        self.tools.adapt(mode)
        self.strip.setVisible(not compact)
        self._top.setVisible(not compact or self.unfinished.isVisibleTo(self._top))
        self.split.adapt(mode)
        if self.list.rows.compact != compact:
            self.list.rows.compact = compact
            self.list.doItemsLayout()
        self._head()
        self.status_changed.emit()

    # -- choosing and showing -------------------------------------------------------------

    def _chosen(self) -> None:
        self._rest()
        self.status_changed.emit()

    def _toggled(self, shown: bool) -> None:
        if self._mode != "compact":
            self.view.prefs.set(_DETAIL, shown)
        if shown:
            self.glance.show()

    def _on_tick(self) -> None:
        """Regroup at midnight, at 18:00 and whenever a window closes."""
        if self.isVisible() and self.view.office.context.now() >= self._turn_at > 0:
            self.refresh()

    def _filter_changed(self) -> None:
        self.leaving.forget()
        self.refresh()

    def _drop_plan(self) -> None:
        self.tools.set_wanted(Wanted(self.tools.wanted.whose, ""))
        self._filter_changed()
        self.focus_first()

    def _show_only(self, groups: frozenset[Group]) -> None:
        self.model.show_only(groups)
        self._show_state()
        self.list.choose_first()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _look_ahead(self) -> None:
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        self.list.choose_first()
