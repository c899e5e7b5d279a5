"""日程: the open steps as a list, a week or a month; moved by keys or by dragging."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _, ngettext
from app.models.values.changes import Kind
from app.models.values.periods import By, period_of
from app.services.followups.calendar import PlannedStep
from app.services.followups.chains import ChainHealth
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet, SheetColumn
from app.views.core import format as formats
from app.views.core import labels, undoing
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.runner import run_job
from app.views.followups import acts, calendar_acts, when_words
from app.views.followups.calendar_grid import DayGrid
from app.views.followups.calendar_model import CalendarModel
from app.views.followups.day_list import DayList
from app.views.followups.next_best import health_words
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.segmented import Segmented
from app.views.widgets.text import ElidedLabel, Label

LIST, WEEK, MONTH = "list", "week", "month"
_KEPT = "agenda.way"
_BEHIND, _AHEAD = timedelta(days=60), timedelta(days=60)
_DAY = timedelta(days=1)


class CalendarPage(Page):
    """Show what is planned by day, and let it be moved."""

    PAGE_ID = "agenda"
    WATCHES = frozenset({Kind.next_step, Kind.customer, Kind.setting, Kind.staff})

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._moment = acts.moment_of(view)
        self._day = when_words.today_of(self._moment)
        self._steps: tuple[PlannedStep, ...] = ()
        self._health: ChainHealth | None = None
        self.header = self.add_header(_("日程"))
        ways = ((LIST, _("列表")), (WEEK, _("周")), (MONTH, _("月")))
        self.way = Segmented(ways, name="agenda_way", spoken=_("怎么看"))
        kept = str(view.prefs.get(_KEPT, WEEK))
        self.way.set_value(kept if kept in (LIST, WEEK, MONTH) else WEEK)
        self.way.changed.connect(self._way_changed)
        self.header.add_tool(self.way)
        self.back = icon_button("arrow_left", _("往前"), "default", name="agenda_back")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.today = Button(_("今天"), key="T", name="agenda_today")
        self.today.clicked.connect(self.go_today)
        self.on = icon_button("arrow_right", _("往后"), "default", name="agenda_on")
        self.on.clicked.connect(lambda: self.turn(1))
        self.more = Button(_("日历文件"), icon="calendar", name="agenda_more")
        self.more.set_menu(calendar_acts.files_menu(self))
        for tool in (self.back, self.today, self.on, self.more):
            self.header.add_tool(tool)
        self.model = CalendarModel()
        self.grid = DayGrid(self.model)
        self.list = DayList()
        self.body.addWidget(self._split(), 1)
        self._connect()

    def _split(self) -> QSplitter:
        theme = themes.current()
        side = QWidget()
        rows = QVBoxLayout(side)
        rows.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        rows.setSpacing(theme.px(6))
        head = QHBoxLayout()
        self.day_words = ElidedLabel("", "body_strong", "text")
        head.addWidget(self.day_words, 1)
        rows.addLayout(head)
        rows.addWidget(self.list, 1)
        self.hint = Label(
            _("空格 完成并写 · S 顺延 · Ctrl+方向键 换一天 · Enter 打开"),
            "caption",
            "text2",
            wrap=True,
        )
        rows.addWidget(self.hint)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.addWidget(self.grid)
        self.split.addWidget(side)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 1)
        return self.split

    def _connect(self) -> None:
        self.model.dropped.connect(self._dropped)
        self.grid.chosen.connect(self._show_day)
        self.grid.entered_day.connect(self._enter_day)
        self.grid.turned.connect(self.turn)
        self.list.moved.connect(self._move_by)
        self.list.completed.connect(partial(calendar_acts.complete, self.view))
        self.list.postponed.connect(partial(calendar_acts.postpone, self))
        self.list.opened.connect(
            lambda step: self.view.navigate("customer", customer_id=step.customer_id)
        )
        self.list.left.connect(self._leave_list)
        self.list.currentRowChanged.connect(lambda _row: self.status_changed.emit())

    # -- filling -----------------------------------------------------------------------------

    def shown_days(self) -> tuple[date, date]:
        """Return the first and the last day shown."""
        if self.way.value() == LIST:
            today = when_words.today_of(self._moment)
            return today - _BEHIND, today + _AHEAD
        if self.way.value() == WEEK:
            week = period_of(self._day, By.week)
            return week.start, week.end
        month = period_of(self._day, By.month)
        return period_of(month.start, By.week).start, period_of(month.end, By.week).end

    def reload(self) -> None:
        """Read the steps of the days shown."""
        self._moment = acts.moment_of(self.view)
        first, last = self.shown_days()
        staff_id = self.view.office.context.actor.staff_id
        self._steps = self.view.office.followups.days(staff_id, first, last)
        listed = self.way.value() == LIST
        self.grid.setVisible(not listed)
        for button in (self.back, self.on):
            button.setEnabled(not listed)
        if listed:
            self.list.show_steps(self._steps, self._moment, with_day=True)
            self.day_words.setText(_("以前没办的和今后 60 天"))
        else:
            self._fill_grid(first, last)
        self._say_span(first, last)
        followups = self.view.office.followups
        run_job(
            self, lambda _progress: followups.chain_health(staff_id), self._take_health,
            lambda _error: None,
        )  # fmt: skip

    def _take_health(self, health: ChainHealth) -> None:
        self._health = health
        self.status_changed.emit()

    def _fill_grid(self, first: date, last: date) -> None:
        calendar = self._moment.hours.calendar
        days = [first + n * _DAY for n in range((last - first).days + 1)]
        found = ((day, calendar.holiday_on(day)) for day in days)
        month = self._day.month if self.way.value() == MONTH else 0
        self.grid.painted.moment = self._moment
        self.model.show(
            first,
            len(days) // 7,
            self._steps,
            today=when_words.today_of(self._moment),
            month=month,
            holidays={day: labels.holiday(one.name) for day, one in found if one is not None},
        )
        self.grid.choose(self._day)
        self._show_day(self._day)

    def _say_span(self, first: date, last: date) -> None:
        today = when_words.today_of(self._moment)
        words = formats.day_span(first, last, today)
        if self.way.value() == MONTH:
            words = _("{year} 年 {month} 月").format(year=self._day.year, month=self._day.month)
        count = ngettext("{count} 件", "{count} 件", len(self._steps)).format(
            count=len(self._steps)
        )
        self.header.set_subtitle(f"{words} · {count}")

    def _show_day(self, day: date) -> None:
        if self.way.value() == LIST:
            return
        self._day = day
        self.day_words.setText(self.model.spoken(day))
        self.list.show_steps(self.model.steps(day), self._moment, with_day=False)
        self.status_changed.emit()

    # -- moving about --------------------------------------------------------------------------

    def turn(self, step: int) -> None:
        """Show the week or month after or before, today's for 0."""
        if not step:
            self.go_today()
            return
        if self.way.value() == WEEK:
            self._day += step * 7 * _DAY
        elif self.way.value() == MONTH:
            month = period_of(self._day, By.month)
            self._day = (
                month.end + _DAY if step > 0 else period_of(month.start - _DAY, By.month).start
            )
        self.reload()

    def go_today(self) -> None:
        """Show today."""
        self._day = when_words.today_of(acts.moment_of(self.view))
        self.reload()
        self.focus_first()

    def _way_changed(self, way: object) -> None:
        self.view.prefs.set(_KEPT, way)
        self.reload()

    def _enter_day(self) -> None:
        if self.list.count():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _leave_list(self) -> None:
        if self.grid.isVisible():
            self.grid.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- acts ----------------------------------------------------------------------------------

    def _move_by(self, step: PlannedStep, days: int) -> None:
        self.move_to([step.step_id], step.on + days * _DAY)

    def _dropped(self, ids: Sequence[int], day: date) -> None:
        self.move_to(ids, day)

    def move_to(self, ids: Sequence[int], day: date) -> None:
        """Put steps on another day; Ctrl+Z puts them back."""
        try:
            for step_id in ids:
                self.view.office.followups.move(step_id, day)
        except UserError as error:
            show_error(self, error)
            return
        today = when_words.today_of(self._moment)
        undoing.said(self.view, _("已移到 {day}").format(day=formats.day_week(day, today)))

    def print_days(self) -> None:
        """Look at the steps shown as pages, print or save them."""
        from app.views.lists.print_dialog import print_sheet

        print_sheet(self.view, self, self.sheet())

    def sheet(self) -> ListSheet:
        """Return the steps shown as a list for paper."""
        titles = (_("日期"), _("钟点"), _("客户"), _("联系人"), _("计划"), _("做什么"))
        columns = tuple(SheetColumn(str(at), title) for at, title in enumerate(titles))
        first, last = self.shown_days()
        today = when_words.today_of(self._moment)

        def lines(_progress: Progress) -> Iterator[list[Any]]:
            for one in self._steps:
                clock = when_words.clock_of(one.window_start, self._moment) if one.has_clock else ""
                day = formats.day_week(one.on, today)
                yield [
                    _("至 {day}").format(day=day) if one.spans else day, clock, one.customer,
                    one.contact, labels.of(labels.PLAN_KIND, one.plan_kind), one.what,
                ]  # fmt: skip

        notes = (formats.day_span(first, last, today),)
        return ListSheet(_("日程"), columns, len(self._steps), lines, notes)

    # -- what the window asks --------------------------------------------------------------------

    def commands(self) -> Mapping[str, Command]:
        """Return what menus and keys do here."""
        found: dict[str, Command] = {"print": self.print_days, "refresh": self.refresh}
        step = self.list.step()
        if step is not None:
            found |= {
                "complete": lambda: calendar_acts.complete(self.view, step),
                "postpone": lambda: calendar_acts.postpone(self, step),
                "open": lambda: self.list.opened.emit(step),
            }
        return found

    def current_customer(self) -> int | None:
        """Return the customer of the chosen step."""
        step = self.list.step()
        return step.customer_id if step is not None else None

    def status_left(self) -> str:
        """Return the health of the chain."""
        return health_words(self._health) if self._health is not None else ""

    def focus_first(self) -> None:
        """Put the focus into the grid, or the list."""
        target: QWidget = self.list if self.way.value() == LIST else self.grid
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def panes(self) -> Sequence[QWidget]:
        """Return grid and list."""
        return (self.list,) if self.way.value() == LIST else (self.grid, self.list)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            (_("方向键"), _("换一天")),
            ("PgUp PgDn", _("前后一周或一月")),
            ("Enter", _("到这一天的下步")),
            (_("空格"), _("完成并写跟单")),
            ("S", _("顺延")),
            ("Ctrl+← →", _("移到前后一天")),
            ("Ctrl+↑ ↓", _("移到前后一周")),
        )

    def adapt(self, mode: WidthMode) -> None:
        """Put the list under the grid in narrow windows."""
        self.split.setOrientation(
            Qt.Orientation.Vertical if mode == "compact" else Qt.Orientation.Horizontal
        )
        self.hint.setVisible(mode != "compact")
