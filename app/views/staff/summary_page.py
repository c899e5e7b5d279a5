"""人员汇总: effort beside result, per person (screen 06)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.changes import Kind
from app.models.values.pages import Sort
from app.models.values.periods import By, Period
from app.models.values.quadrant import MIN_PEERS, MIN_WORKED_DAYS
from app.services.jobs import Progress
from app.services.kpi.reporting.shapes import Report
from app.services.kpi.reporting.staff_tables import staff_sheets
from app.services.lists.conditions import Condition
from app.services.staff.leaks import LeakLine
from app.services.staff.summary import StaffRow, StaffSummary, SummaryQuery
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.charts import Dot, QuadrantScatter
from app.views.core.forms import say
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.paper_acts import print_report, save_report
from app.views.core.runner import run_job
from app.views.itemmodels.paged import ROW, PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.itemmodels.staff import (
    GROUPS,
    SHARES,
    Shown,
    choice_title,
    sorter,
    staff_columns,
    total_words,
)
from app.views.lists.column_chooser import ColumnChoice, ColumnChooser
from app.views.staff.grouped_header import GroupedHeader
from app.views.staff.person_card import PersonCard
from app.views.staff.summary_tools import SummaryAsked, SummaryTools
from app.views.staff.target_bars import TargetBars
from app.views.staff.target_dialog import TargetDialog
from app.views.staff.total_row import TotalRow
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.table import TableView

FEWEST_DOTS = 4
_LEAKS_LATER_MS = 120


class StaffPage(Page):
    """Show everybody's row, effort against result, and one person beside the median."""

    PAGE_ID = "staff"
    WATCHES = frozenset(
        {
            Kind.followup,
            Kind.contract,
            Kind.payment,
            Kind.customer,
            Kind.calibration,
            Kind.staff,
            Kind.target,
        }
    )

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._today = view.office.context.today()
        self._summary: StaffSummary | None = None
        self._chosen = 0
        self._sort = Sort("signed_fen", True)
        self.header = self.add_header(_("人员汇总"))
        self.tools = SummaryTools(self.header, view.office)
        self.tools.changed.connect(lambda _asked: self.refresh())
        self.tools.columns_wanted.connect(self.choose_columns)
        self.tools.targets_wanted.connect(self.open_targets)
        self.table = TableView(
            name="staff_table", spoken=_("人员汇总"), prefs=view.prefs, several=False
        )
        self.table.set_head(GroupedHeader(GROUPS, self.table))
        self.total = TotalRow(self.table)
        self.scatter = QuadrantScatter("staff_scatter")
        self.person = PersonCard()
        self.person_targets = TargetBars(view.office, name="person_targets")
        self.person.body.insertWidget(2, self.person_targets)
        self._lay_out()
        self.table.current_row.connect(self._choose_row)
        self.table.activated_row.connect(lambda row: self._open_customers(row.staff_id))
        self.scatter.chosen.connect(self._choose)
        self.person.customers_wanted.connect(self._open_customers)
        self.person.leaks_wanted.connect(self._open_leaks)
        self._leaks: tuple[LeakLine, ...] = ()
        self._leaks_late = QTimer(self)
        self._leaks_late.setSingleShot(True)
        self._leaks_late.setInterval(_LEAKS_LATER_MS)
        self._leaks_late.timeout.connect(self._read_leaks)

    def _lay_out(self) -> None:
        theme = themes.current()
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(12))
        frame = Card(name="staff_card", padded=False)
        frame.body.setSpacing(0)
        frame.body.addWidget(self.table, 1)
        frame.body.addWidget(self.total)
        rows.addWidget(frame)
        lower = QHBoxLayout()
        lower.setSpacing(theme.px(12))
        self._effort = Card(_("投入与结果"), " ", name="effort_card", padded=False)
        margin = theme.px(10)
        self._effort.body.setContentsMargins(margin, margin, margin, margin)
        self._effort.body.addWidget(self.scatter, 1)
        self.how = Button(_("指数怎么算"), "link", height=24, name="staff_how")
        self.how.clicked.connect(self._explain)
        self._effort.add_tool(self.how)
        self.scatter.setMinimumHeight(theme.px(190))
        self.scatter.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
        lower.addWidget(self._effort, 1)
        lower.addWidget(self.person, 1)
        rows.addLayout(lower, 1)
        self.body.addWidget(scrolled(whole, name="staff_scroll"), 1)

    # -- the page's life -----------------------------------------------------------------------

    def reload(self) -> None:
        """Read the summary, the one to compare with and what else is shown in a job."""
        office, asked = self.view.office, self.tools.asked
        base, wanted = asked.base(self._today), set(SHARES) & set(self.table.shown_columns())

        def work(progress: Progress) -> Shown:
            query = asked.query()
            return Shown(
                office.staff.summary(query),
                None if base is None else office.staff.summary(base),
                office.staff.quality(query, progress) if wanted else {},
            )

        run_job(self, work, self._show)

    def _query(self) -> SummaryQuery:
        return self.tools.asked.query()

    def _show(self, shown: Shown) -> None:
        summary = shown.summary
        self._summary = summary
        rows = summary.rows
        self.header.set_subtitle(self._days_words(shown))
        model: PagedTableModel[StaffRow] = PagedTableModel(
            staff_columns(shown), self._sort, row_id=lambda row: row.staff_id, parent=self.table
        )
        model.sorted_by.connect(self._remember_sort)
        model.set_source(ListSource(rows, sorter(shown)))
        self.table.setModel(model)
        self.table.show_whole(min(max(len(rows), 3), 12))
        title = _("合计 {count} 人").format(count=len(rows))
        self.total.tell(title, total_words(shown))
        self._show_dots(rows)
        known = {row.staff_id for row in rows}
        first = max(rows, key=lambda row: row.quadrant == "model_worker", default=None)
        self._choose(self._chosen if self._chosen in known else first.staff_id if first else 0)
        self.status_changed.emit()

    def _days_words(self, shown: Shown) -> str:
        last = min(shown.summary.last, self._today)
        parts = [words.day_span(shown.summary.first, last)]
        if shown.base is not None:
            days = words.day_span(shown.base.first, shown.base.last)
            parts.append(_("竖线为 {days}").format(days=days))
        if self.tools.asked.by_present_owner:
            parts.append(_("按现负责人"))
        return " · ".join(parts)

    def choose_columns(self) -> ColumnChooser:
        """Open the choice of columns; quality is read when one of its columns is shown."""
        chooser = ColumnChooser(self._column_choices(), self)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

        def show(keys: Sequence[str]) -> None:
            before = set(self.table.shown_columns())
            for column in self.table.columns():
                wanted = column.key in keys or column.key == "staff"
                if wanted != (column.key in before):
                    self.table.show_column(column.key, wanted)
            if set(SHARES) & (set(keys) - before):
                self.refresh()

        def reset() -> None:
            self.table.layout_.reset()
            chooser.set_choices(self._column_choices())

        chooser.changed.connect(show)
        chooser.reset_wanted.connect(reset)
        chooser.show_under(self.tools.columns, right=True)
        return chooser

    def _column_choices(self) -> list[ColumnChoice]:
        shown = set(self.table.shown_columns())
        return [
            ColumnChoice(one.key, choice_title(one), one.key in shown, one.key == "staff")
            for one in self.table.columns()
        ]

    def _show_dots(self, rows: tuple[StaffRow, ...]) -> None:
        placed = [row for row in rows if row.effort is not None and row.result is not None]
        most = max((row.totals.signed_fen for row in placed), default=0) or 1
        dots = [
            Dot(
                row.staff_id,
                row.staff,
                row.effort or 0.0,
                row.result or 0.0,
                max(0.0, row.totals.signed_fen / most),
                row.quadrant == "model_worker",
            )
            for row in placed
        ]
        corners = (
            _("巧干：行动少，结果好"),
            _("标杆：行动多，结果好"),
            _("待激活"),
            _("劳模：行动多，结果差"),
        )
        self.scatter.show_dots(dots, corners, _("行动指数 → 纵轴为结果指数"))
        few = len(placed) < FEWEST_DOTS
        self._effort.subtitle.setText(
            _("满 4 人、在岗 10 天才能比较") if few else _("圆越大签约额越高 · 方框标记劳模")
        )
        told = "；".join(f"{d.name} {d.effort:.0f} / {d.result:.0f}" for d in dots)
        self.scatter.setAccessibleName(_("投入与结果"))
        self.scatter.setAccessibleDescription(told or _("没有数据"))

    def status_left(self) -> str:
        """Return the number of people and where the figures come from."""
        count = len(self._summary.rows) if self._summary else 0
        return _("{count} 人  数据来自跟单链自动统计").format(count=count)

    def commands(self) -> Mapping[str, Command]:
        """Return what the window's commands do here."""
        found: dict[str, Command] = {"refresh": self.refresh, "copy": self.table.copy}
        if self._summary is not None:
            found["print"] = lambda: print_report(self, self._as_report())
            found["export"] = self._export
        return found

    def _export(self) -> None:
        made = self._as_report()
        save_report(self.view, self, made.title, lambda: made)

    def _as_report(self) -> Report:
        """Return what the page shows, for paper and workbook."""
        assert self._summary is not None
        tools = self.tools
        team = tools.team.currentText() if tools.asked.team_id is not None else ""
        return staff_sheets(self._summary, self._today, team)

    def params(self) -> dict[str, Any]:
        """Return days, team and person for Back."""
        return {"asked": self.tools.asked, "staff_id": self._chosen}

    def open(self, **params: Any) -> None:
        """Take days, team and person."""
        asked, period = params.get("asked"), params.get("period")
        if isinstance(asked, SummaryAsked):
            self.tools.show_asked(asked)
        if isinstance(period, Period):
            team_id = params.get("team_id", self.tools.asked.team_id)
            self.tools.show_asked(replace(self.tools.asked, period=period, team_id=team_id))
        self._chosen = int(params.get("staff_id", self._chosen) or 0)
        self.dirty = True

    def focus_first(self) -> None:
        """Put the focus into the table."""
        self.table.setFocus()

    def panes(self) -> tuple[QWidget, ...]:
        """Return table, chart and person for F6."""
        return (self.table, self.scatter, self.person.bars)

    def adapt(self, mode: WidthMode) -> None:
        """Drop the chart in a narrow window; the table says the same."""
        self._effort.setVisible(mode != "compact")
        self.tools.fold.set_folded(mode == "compact")

    # -- choices --------------------------------------------------------------------------------

    def _remember_sort(self, sort: Sort) -> None:
        self._sort = sort

    def _choose_row(self, row: object) -> None:
        if isinstance(row, StaffRow) and row.staff_id != self._chosen:
            self._choose(row.staff_id)

    def _choose(self, staff_id: int) -> None:
        self._chosen = staff_id
        rows = self._summary.rows if self._summary else ()
        row = next((one for one in rows if one.staff_id == staff_id), None)
        self.person.show_person(row, rows)
        period = self.tools.asked.period
        month = period.label if period.by is By.month else ""
        self.person_targets.show_person(staff_id, month)
        self.scatter.choose(staff_id)
        self._mark_row(staff_id)
        self._leaks = ()
        if staff_id:
            self._leaks_late.start()

    def _read_leaks(self) -> None:
        """Read one person's leaks in a job, once the choice has been still for a moment."""
        staff_id, query, office = self._chosen, self._query(), self.view.office
        run_job(
            self,
            lambda progress: office.staff.leaks(query, staff_id, progress),
            lambda lines: self._show_leaks(staff_id, lines),
        )

    def _show_leaks(self, staff_id: int, lines: tuple[LeakLine, ...]) -> None:
        if staff_id == self._chosen:
            self._leaks = lines
            self.person.show_leaks(staff_id, lines)

    def _open_leaks(self, name: str) -> None:
        from app.views.staff.leak_dialog import LeakDialog

        if not self._leaks:
            return
        person = (self._chosen, self.person.title.text())
        dialog = LeakDialog(self.view, self._query(), person, self._leaks, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.customer_wanted.connect(
            lambda customer_id: self.view.navigate("customer", customer_id=customer_id)
        )
        behind = next((one.name for one in self._leaks if one.worse), "")
        dialog.choose(name or behind)
        dialog.open()

    def _explain(self) -> None:
        """Tell how the two indices and the verdict come about (product.md 2.7)."""
        told = _(
            "行动指数是电话量、通话时长、跟进次数、短信量在同岗中百分位的平均；"
            "结果指数是签约额、回款额、成功客户、90 天转化率在同岗中百分位的平均。"
            "60 以上算多或好，40 以下算少或差；同岗满 {peers} 人、在岗满 {days} 个工作日才比较，"
            "不满时和自己前 6 期的中位数比"
        ).format(peers=MIN_PEERS, days=MIN_WORKED_DAYS)
        say(self, _("指数怎么算"), told)

    def open_targets(self) -> TargetDialog:
        """Open the targets of the month that is shown."""
        period = self.tools.asked.period
        month = period.label if period.by is By.month else ""
        dialog = TargetDialog(self.view, month, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(self.refresh)
        dialog.open()
        return dialog

    def _mark_row(self, staff_id: int) -> None:
        model = self.table.model()
        for place in range(model.rowCount()):
            index = model.index(place, 0)
            row = index.data(ROW)
            if isinstance(row, StaffRow) and row.staff_id == staff_id:
                self.table.setCurrentIndex(index)

    def _open_customers(self, staff_id: int) -> None:
        owner = Condition("owner", "is", (str(staff_id),))
        self.view.navigate("customers", where=(owner,))
