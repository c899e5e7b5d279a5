"""更多指标: every metric of a period with its comparisons, each opening its rows (2.2, 2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.models.values.periods import Period
from app.services.kpi.queries import EVERYBODY, KpiRow, KpiRows, Stand
from app.services.kpi.registry import AnyMetric
from app.services.kpi.snapshots import Restated
from app.services.office import Office
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.itemmodels.metrics import (
    MetricLine,
    case_columns,
    metric_columns,
    part_columns,
)
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.kpi import figure_words
from app.views.kpi.reading import Asked, query_of
from app.views.kpi.snapshot_tools import SnapshotTools
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.period_picker import period_words
from app.views.widgets.segmented import Segmented
from app.views.widgets.table import TableView
from app.views.widgets.text import Label, set_tip

_WIDTH, _HEIGHT, _LINES_HEIGHT = 980, 700, 300
_MOST_ROWS = 2000
COUNTED, EXCLUDED, PARTS = "counted", "excluded", "parts"


def read_lines(office: Office, asked: Asked, period: Period) -> list[MetricLine]:
    """Read every metric there is, in the order they are shown."""
    shown: list[AnyMetric] = [*office.kpi.measures(), *office.kpi.indicators()]
    query = replace(query_of(asked, period, period), metrics=tuple(one.name for one in shown))
    found = office.kpi.macro(query).periods[-1].metrics
    return [MetricLine(one, found[one.name]) for one in shown]


class MoreDialog(QDialog):
    """Show every metric of one period; Enter on a row opens the customer."""

    customer_wanted = Signal(object)
    list_wanted = Signal(object, str)

    def __init__(
        self, view: ViewContext, asked: Asked, period: Period, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._view, self._asked, self._period = view, asked, period
        self._today: date = view.office.context.today()
        self._found: KpiRows | None = None
        self._line: MetricLine | None = None
        self._names: list[str] = []
        self._lines: list[MetricLine] = []
        self._restated: dict[str, Restated] = {}
        self.shown = ""
        theme = themes.current()
        self.setObjectName("more_dialog")
        self.setWindowTitle(_("更多指标 · {period}").format(period=period_words(period)))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        rows = QVBoxLayout(self)
        self.about = Label(_("正在计算"), "small", "text2")
        self.error_bar = ErrorBar()
        rows.addLayout(self._top_row())
        rows.addWidget(self._line_table(theme.px(_LINES_HEIGHT)), 1)
        rows.addWidget(self.error_bar)
        rows.addWidget(self._row_card(), 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setText(_("关闭"))
        close.setObjectName("more_close")
        buttons.rejected.connect(self.reject)
        rows.addWidget(buttons)
        self.lines.setFocus()
        self.read()

    def _top_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.about)
        row.addStretch(1)
        self.snapshots = SnapshotTools(self._view, self._period, self.error_bar)
        # a snapshot is of the whole office: it is no base for a part of it
        self.snapshots.setVisible(self._asked.where == EVERYBODY)
        self.snapshots.chosen.connect(self._show_restated)
        row.addWidget(self.snapshots)
        return row

    def _line_table(self, high: int) -> TableView:
        self.lines = TableView(name="more_lines", spoken=_("更多指标"), several=False)
        self.lines.setMinimumHeight(high // 2)
        self.lines.current_row.connect(self._choose)
        return self.lines

    def _row_card(self) -> Card:
        self.card = Card(_("明细"), " ", name="more_rows_card", padded=False)
        self.part = Segmented(
            [(COUNTED, _("计入"))], name="more_part", spoken=_("看哪些"), height=24
        )
        self.part.changed.connect(lambda _part: self._show_part())
        self.to_list = Button(_("在客户列表打开"), icon="open", height=24, name="more_to_list")
        self.to_list.clicked.connect(self._open_list)
        self.card.add_tool(self.part)
        self.card.add_tool(self.to_list)
        self.rows = TableView(name="more_rows", spoken=_("明细"), several=True)
        self.rows.activated_row.connect(self._open)
        self.card.body.addWidget(self.rows, 1)
        return self.card

    # -- the metrics -----------------------------------------------------------------------------

    def read(self) -> None:
        """Read all metrics in a job."""
        office, asked, period = self._view.office, self._asked, self._period
        run_job(
            self,
            lambda _progress: read_lines(office, asked, period),
            self._show_lines,
            lambda error: self.error_bar.show_error(error, self.read),
        )

    def _show_restated(self, found: object) -> None:
        """Show the lines with what was reported, or without it again."""
        if isinstance(found, dict):
            self._restated = found
            self._show_lines(self._lines)

    def _show_lines(self, lines: list[MetricLine]) -> None:
        name, self._lines = self.shown, lines
        self.about.setText(self._told())
        model: PagedTableModel[MetricLine] = PagedTableModel(
            metric_columns(self._restated),
            Sort(""),
            row_id=lambda one: one.metric.name,
            parent=self.lines,
        )
        model.set_source(ListSource(lines))
        self.lines.setModel(model)
        self._names = [one.metric.name for one in lines]
        self.choose(name)

    def _told(self) -> str:
        """Tell how the figures stand to the snapshot, whichever of the two was read last."""
        if not self._restated:
            return _("{count} 个指标，选一个看它背后的明细").format(count=len(self._lines))
        moved = sum(one.moved for one in self._restated.values())
        return _("{count} 个指标和快照不同").format(count=moved) if moved else _("都和快照相同")

    def choose(self, name: str) -> None:
        """Choose a metric by name, the first one when there is none such."""
        self.lines.selectRow(self._names.index(name) if name in self._names else 0)

    # -- the rows behind one ---------------------------------------------------------------------

    def _choose(self, line: object) -> None:
        if not isinstance(line, MetricLine):
            return
        kpi, name = self._view.office.kpi, line.metric.name
        period, where = self._period, self._asked.where
        self._line = line
        run_job(
            self,
            lambda _progress: kpi.rows(name, period, where=where, limit=_MOST_ROWS),
            lambda found: self._show(line, found),
            lambda error: self.error_bar.show_error(error, lambda: self._choose(line)),
        )

    def _show(self, line: MetricLine, found: KpiRows) -> None:
        if self._line is not line:
            return  # another one was chosen meanwhile
        self._found, self.shown = found, line.metric.name
        told = translate(found.missing) if found.missing else translate(found.formula)
        self.card.title.setText(
            f"{translate(line.metric.label)} {figure_words.value(line.metric, found.value)}"
        )
        self.card.subtitle.setText(told)
        set_tip(self.card.subtitle, told)
        left_out = found.stands.get(Stand.excluded, 0)
        counted = sum(found.stands.values()) - left_out
        choices = [(COUNTED, _("计入 {count}").format(count=words.count(counted)))]
        if left_out:
            choices.append((EXCLUDED, _("未计入 {count}").format(count=words.count(left_out))))
        if found.parts:
            choices.append((PARTS, _("分类 {count}").format(count=len(found.parts))))
        self.part.set_choices(choices)
        self.part.set_value(PARTS if found.parts else COUNTED)
        self._show_part()

    def _show_part(self) -> None:
        if self._found is None or self._line is None:
            return
        metric = self._line.metric
        if self.part.value() == PARTS:
            slices = PagedTableModel(part_columns(), Sort(""), parent=self.rows)
            slices.set_source(ListSource(list(self._found.parts)))
            self.rows.setModel(slices)
        else:
            cases = PagedTableModel(case_columns(metric, self._today), Sort(""), parent=self.rows)
            cases.set_source(ListSource(list(self._shown_rows())))
            self.rows.setModel(cases)
        self.to_list.setEnabled(bool(self._shown_rows()))

    def _shown_rows(self) -> Sequence[KpiRow]:
        if self._found is None:
            return ()
        return self._found.excluded if self.part.value() == EXCLUDED else self._found.rows

    def _open(self, row: object) -> None:
        if isinstance(row, KpiRow):
            self.customer_wanted.emit(row.customer_id)
            self.accept()

    def _open_list(self) -> None:
        ids = tuple(dict.fromkeys(row.customer_id for row in self._shown_rows()))
        self.list_wanted.emit(ids, self.card.title.text())
        self.accept()
