"""The trend of the chosen KPI, its overlay of last year, and its table twin."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.services.kpi.measures import Measure
from app.services.kpi.queries import MacroReport
from app.views.core import theme as themes
from app.views.core.charts import TrendChart, TrendMark
from app.views.itemmodels.kpi import trend_columns
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.kpi import figure_words
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.card import Card
from app.views.widgets.legend import Legend
from app.views.widgets.table import TableView
from app.views.widgets.text import Label


class TrendCard(Card):
    """Show one KPI over time; a place that is clicked or entered is chosen."""

    period_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("趋势"), " ", name="trend_card", padded=False, parent=parent)
        self.overlay = CheckBox(_("叠加去年"))
        self.overlay.setObjectName("trend_overlay")
        self.overlay.setChecked(True)
        self.as_table = Button(_("看成表格"), icon="columns", height=24, name="trend_as_table")
        self.as_table.setCheckable(True)
        for sample, name in (
            (Legend("c1", "solid"), _("本期")),
            (Legend("prev", "dashed"), _("去年")),
        ):
            self.add_tool(sample)
            self.add_tool(Label(name, "caption", "text2"))
        self.add_tool(self.overlay)
        self.add_tool(self.as_table)
        self.chart = TrendChart("trend_chart")
        self.table = TableView(name="trend_table", spoken=_("趋势表"), several=True)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        margin = themes.current().px(10)
        self.body.setContentsMargins(margin, margin, margin, margin // 2)
        self.body.addWidget(self.stack, 1)
        self._labels: list[str] = []
        self.overlay.toggled.connect(self.chart.set_overlay)
        self.as_table.toggled.connect(lambda on: self.stack.setCurrentIndex(int(on)))
        self.chart.chosen.connect(lambda place: self.period_chosen.emit(self._labels[place]))
        self.table.activated_row.connect(
            lambda row: self.period_chosen.emit(row.period.label) if row else None
        )

    def show_report(self, report: MacroReport, measure: Measure, chosen: str) -> None:
        """Draw a KPI of a report with the chosen period marked."""
        name = measure.name
        self._labels = [one.period.label for one in report.periods]
        marks = [
            TrendMark(
                figure_words.axis_word(one.period),
                one.metrics[name].value,
                one.metrics[name].yoy.base,
                one.complete,
                one.metrics[name].few,
                figure_words.box_lines(measure, one.period, one.metrics[name]),
            )
            for one in report.periods
        ]
        self.chart.bottom.chosen = self._labels.index(chosen) if chosen in self._labels else -1
        self.chart.show_marks(marks, figure_words.axis(measure), _("本期未完"))
        title = _("{name}趋势").format(name=translate(measure.label))
        self.title.setText(title)
        low = self.chart.starts_at
        self.subtitle.setText(
            _("纵轴从 {figure} 起").format(figure=figure_words.axis(measure)(low))
            if low > 0
            else ""
        )
        self._describe(report, measure)
        model = PagedTableModel(trend_columns(measure), Sort("period", True), parent=self.table)
        model.set_source(ListSource(list(reversed(report.periods))))
        self.table.setModel(model)

    def _describe(self, report: MacroReport, measure: Measure) -> None:
        newest = report.periods[-1].metrics[measure.name]
        self.chart.setAccessibleName(self.title.text())
        self.chart.setAccessibleDescription(
            _("最近一期 {value}，同比 {yoy}，共 {count} 期；左右键移动，Enter 看明细").format(
                value=figure_words.value(measure, newest.value),
                yoy=figure_words.compared(measure, newest.yoy).spoken,
                count=len(report.periods),
            )
        )
        self.chart.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
