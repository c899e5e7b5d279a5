"""The tools in the head of 人员汇总: days, team, what to compare with, whose, which columns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QObject, Signal

from app.i18n import N_, _, translate
from app.models.values import periods
from app.models.values.periods import By, Period
from app.services.kpi.spans import Ways, span_of
from app.services.office import Office
from app.services.staff.summary import SummaryQuery
from app.views.core.page import PageHeader
from app.views.widgets.buttons import Button, CheckBox, Select, icon_button
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.period_picker import PeriodPicker
from app.views.widgets.segmented import Segmented

KINDS = (
    (By.day, N_("今天")),
    (By.week, N_("本周")),
    (By.month, N_("本月")),
    (By.quarter, N_("本季")),
    (By.year, N_("今年")),
)
BEFORE, YEAR_AGO = "before", "year_ago"


@dataclass(frozen=True, slots=True)
class SummaryAsked:
    """Which days, whose, what they are compared with (nothing for ""), by whom."""

    period: Period
    team_id: int | None = None
    compare: str = ""
    by_present_owner: bool = False

    def query(self) -> SummaryQuery:
        """Return the question for the service."""
        return SummaryQuery(
            self.period.start,
            self.period.end,
            self.team_id,
            by_present_owner=self.by_present_owner,
        )

    def base(self, today: date) -> SummaryQuery | None:
        """Return the question for the days compared with, cut as fair as a KPI's (2.5)."""
        if not self.compare:
            return None
        span = span_of(self.period, today, Ways())
        days = span.mom if self.compare == BEFORE else span.yoy
        if days is None:
            return None
        return SummaryQuery(
            days.first, days.last, self.team_id, by_present_owner=self.by_present_owner
        )


class SummaryTools(QObject):
    """Turn the tools into a question; ``changed(asked)`` comes when a person changes one."""

    changed = Signal(object)
    columns_wanted = Signal()
    targets_wanted = Signal()

    def __init__(self, header: PageHeader, office: Office) -> None:
        super().__init__(header)
        self._today = office.context.today()
        self.asked = SummaryAsked(periods.period_of(self._today, By.month))
        self.kind = Segmented(
            [(by, translate(name)) for by, name in KINDS], name="staff_kind", spoken=_("期间")
        )
        self.kind.set_value(By.month)
        self.range = PeriodPicker(self.asked.period, today=lambda: self._today, name="staff_range")
        self.team = Select(name="staff_team", spoken=_("部门"))
        teams = [(team.id, team.name) for team in office.staff.teams()]
        self.team.set_choices([(None, _("全部部门")), *teams])
        self.compare = Select(
            [("", _("不对比")), (BEFORE, _("对比上期同期")), (YEAR_AGO, _("对比去年同期"))],
            name="staff_compare",
            spoken=_("对比"),
        )
        self.present = CheckBox(_("按现负责人"))
        self.present.setObjectName("staff_present")
        self.fold = FilterFold(
            [(_("部门"), self.team), (_("对比"), self.compare)],
            name="staff_filter",
            more=[(_("负责人"), self.present)],
        )
        self.columns = icon_button("columns", _("显示的列"), "default", name="staff_columns")
        self.goals = Button(_("目标"), name="staff_targets")
        for tool in (self.kind, self.range, self.fold, self.columns, self.goals):
            header.add_tool(tool)
        self._connect()

    def _connect(self) -> None:
        self.kind.changed.connect(
            lambda by: self._set(period=periods.period_of(self._today, By(str(by))))
        )
        self.range.changed.connect(lambda period: self._set(period=period))
        self.team.activated.connect(lambda _row: self._set())
        self.compare.activated.connect(lambda _row: self._set())
        self.present.clicked.connect(lambda _on: self._set())
        self.columns.clicked.connect(self.columns_wanted)
        self.goals.clicked.connect(self.targets_wanted)

    def show_asked(self, asked: SummaryAsked) -> None:
        """Show a question in the tools without telling ``changed``."""
        self.asked = asked
        self.range.set_period(asked.period)
        if asked.period.by is not None:
            self.kind.set_value(asked.period.by)
        self.team.set_value(asked.team_id)
        self.compare.set_value(asked.compare)
        self.present.setChecked(asked.by_present_owner)
        hidden = self.fold.folded and (asked.team_id is not None or bool(asked.compare))
        self.fold.mark(asked.by_present_owner or hidden)

    def _set(self, period: Period | None = None) -> None:
        team = self.team.value()
        asked = SummaryAsked(
            period or self.asked.period,
            team if isinstance(team, int) else None,
            str(self.compare.value() or ""),
            self.present.isChecked(),
        )
        self.show_asked(asked)
        self.changed.emit(asked)
