"""宏观KPI: four figures with trend, comparison and the rows behind every point (screen 05)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values.changes import Kind
from app.models.values.periods import By, Period
from app.services.kpi.reporting import macro_tables, monthly
from app.services.kpi.reporting.shapes import Report
from app.views.core import theme as themes
from app.views.core.page import Command, Page, ViewContext, WidthMode
from app.views.core.paper_acts import print_report, save_report
from app.views.kpi import reading
from app.views.kpi.basis_line import BasisLine
from app.views.kpi.filter_tools import FilterTools
from app.views.kpi.metric_card import MetricCard
from app.views.kpi.more_dialog import MoreDialog
from app.views.kpi.purchase_card import PurchaseCard
from app.views.kpi.reading import Asked, Reading
from app.views.kpi.rows_card import RowsCard
from app.views.kpi.side_cards import PeopleCard, StageCard
from app.views.kpi.trend_card import TrendCard
from app.views.widgets.buttons import icon_button
from app.views.widgets.scrolling import scrolled


class MacroPage(Page):
    """Tell whether it is getting better, and where it leaks."""

    PAGE_ID = "kpi"
    WATCHES = frozenset({Kind.customer, Kind.followup, Kind.contract, Kind.stage, Kind.staff})

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self._asked = Asked()
        self._reading: Reading | None = None
        self.header = header = self.add_header(_("宏观KPI"))
        header.set_subtitle(_("以客户为核心"))
        self.tools = FilterTools(header, view.office)
        self.tools.changed.connect(self._ask)
        self._add_paper_tools()
        self.basis = BasisLine()
        self.basis.whole_wanted.connect(self._toggle_align)
        self.basis.again_wanted.connect(self.refresh)
        self.basis.more_wanted.connect(self.open_more)
        self.body.addWidget(self.basis)
        self.cards = [
            MetricCard(measure) for measure in view.office.kpi.measures() if measure.headline
        ]
        self.trend = TrendCard()
        self.rows = RowsCard(view.prefs, view.now().date())
        self.stages = StageCard()
        self.purchases = PurchaseCard()
        self.people = PeopleCard()
        self._lay_out()
        self._connect()

    def _add_paper_tools(self) -> None:
        header = self.header
        for icon, tip, name, act in (
            ("document", _("经营月报"), "kpi_monthly", self._save_monthly),
            ("print", _("打印"), "kpi_print", self.commands()["print"]),
            ("export", _("导出"), "kpi_export", self.commands()["export"]),
        ):
            button = icon_button(icon, tip, "default", name=name)
            button.clicked.connect(act)
            header.add_tool(button)

    def _lay_out(self) -> None:
        theme = themes.current()
        whole = QWidget()
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(theme.px(16), theme.px(12), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(12))
        self._card_grid = QGridLayout()
        self._card_grid.setSpacing(theme.px(12))
        rows.addLayout(self._card_grid)
        columns = QHBoxLayout()
        columns.setSpacing(theme.px(12))
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        self.trend.setMinimumHeight(theme.px(240))
        self.rows.setMinimumHeight(theme.px(180))
        left.addWidget(self.trend, 6)
        left.addWidget(self.rows, 5)
        self._side = QWidget()
        right = QVBoxLayout(self._side)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(theme.px(12))
        self.purchases.setFixedHeight(theme.px(150))
        right.addWidget(self.stages)
        right.addWidget(self.purchases)
        right.addWidget(self.people, 1)
        columns.addLayout(left, 2)
        columns.addWidget(self._side, 1)
        rows.addLayout(columns, 1)
        self.body.addWidget(scrolled(whole, name="kpi_scroll"), 1)
        self.adapt("full")

    def _connect(self) -> None:
        for card in self.cards:
            card.chosen.connect(self._choose_metric)
        self.trend.period_chosen.connect(self._choose_period)
        self.purchases.period_chosen.connect(self._choose_period)
        self.rows.customer_wanted.connect(
            lambda row_id: self.view.navigate("customer", customer_id=row_id)
        )
        self.rows.list_wanted.connect(self._open_list)
        self.people.person_chosen.connect(self._choose_person)
        self.people.summary_wanted.connect(lambda: self.view.navigate("staff"))

    # -- the page's life -----------------------------------------------------------------------

    def reload(self) -> None:
        """Read everything the question asks for and show it."""
        found = reading.read(self.view.office, self._asked)
        self._reading = found
        self.tools.show_asked(self._asked)
        self.basis.tell(found, self.view.now(), align=self._asked.align)
        self._show_cards(found)
        measure = self._measure()
        self.trend.show_report(found.report, measure, found.chosen.label)
        self.stages.show_steps(found.chosen.label, found.stages)
        self.purchases.show_splits(found.purchases)
        self.people.show_people(found.chosen.label, measure, found.people)
        self._show_rows(found.chosen)

    def _show_cards(self, found: Reading) -> None:
        for card in self.cards:
            name = card.measure.name
            card.show_figure(
                found.report.periods[-1].metrics[name],
                self.view.office.kpi.trend(found.report, name),
            )
            card.set_chosen(name == self._asked.metric)

    def _show_rows(self, period: Period) -> None:
        kpi = self.view.office.kpi
        self.rows.show_rows(kpi.rows(self._asked.metric, period, where=self._asked.where), period)

    def _measure(self) -> Any:
        return next(c.measure for c in self.cards if c.measure.name == self._asked.metric)

    def open(self, **params: Any) -> None:
        """Take a question, or single parts of it."""
        asked = params.get("asked")
        if isinstance(asked, Asked):
            self._asked = asked
        self.dirty = True

    def params(self) -> dict[str, Any]:
        """Return the question, so that Back shows the same figures."""
        return {"asked": self._asked}

    def status_left(self) -> str:
        """Return how customers are assigned to periods, and the filter."""
        return _("口径：新增客户按建档日归入期间  筛选：{people}").format(
            people=self.tools.words() or _("全部人员")
        )

    def commands(self) -> Mapping[str, Command]:
        """Return what the window's commands do here."""
        return {
            "refresh": self.refresh,
            "print": lambda: print_report(self, self._as_report()),
            "export": self._export,
        }

    def _as_report(self) -> Report:
        """Return what the page shows, for paper and workbook."""
        found = self._reading
        if found is None:
            found = reading.read(self.view.office, self._asked)
        return macro_tables.macro_sheets(
            found.report,
            found.purchases,
            self._measure(),
            filters=self.tools.words(),
            label=found.chosen.label,
        )

    def _save_monthly(self) -> None:
        """Make the report of the chosen month, else of the newest whole one."""
        chosen = self._reading.chosen if self._reading else None
        month = chosen if chosen is not None and chosen.by is By.month else None
        office = self.view.office
        label = (month or monthly.month_before(office.context.today())).label
        title = _("{month} 经营月报").format(month=label)
        save_report(
            self.view, self, title, lambda: monthly.monthly_report(office, label), paper=True
        )

    def _export(self) -> None:
        made = self._as_report()
        save_report(self.view, self, made.title, lambda: made)

    def focus_first(self) -> None:
        """Put the focus into the trend."""
        self.trend.chart.setFocus()

    def panes(self) -> tuple[QWidget, ...]:
        """Return trend, rows, stages and people for F6."""
        return (self.trend.chart, self.rows.table, self.stages.bars, self.people.bars)

    def adapt(self, mode: WidthMode) -> None:
        """Put the cards in two rows and drop the side cards in a narrow window."""
        across = 4 if mode == "full" else 2
        for place, card in enumerate(self.cards):
            self._card_grid.addWidget(card, place // across, place % across)
        self._side.setVisible(mode != "compact")
        self.rows.table.set_stacked(mode == "compact")
        self.tools.fold.set_folded(mode == "compact")
        self.basis.set_narrow(mode == "compact")

    # -- choices --------------------------------------------------------------------------------

    def _ask(self, asked: Asked) -> None:
        self._asked = asked
        self.refresh()

    def _choose_metric(self, name: str) -> None:
        self._ask(replace(self._asked, metric=name))

    def _choose_period(self, label: str) -> None:
        self._ask(replace(self._asked, label=label))

    def _choose_person(self, staff_id: int) -> None:
        self._ask(replace(self._asked, where=replace(self._asked.where, staff_id=staff_id)))

    def open_more(self) -> MoreDialog | None:
        """Open every metric of the chosen period."""
        if self._reading is None:
            return None
        dialog = MoreDialog(self.view, self._asked, self._reading.chosen, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.customer_wanted.connect(
            lambda row_id: self.view.navigate("customer", customer_id=row_id)
        )
        dialog.list_wanted.connect(
            lambda ids, about: self.view.navigate("customers", ids=ids, about=about)
        )
        dialog.open()
        return dialog

    def _toggle_align(self) -> None:
        self._ask(replace(self._asked, align=not self._asked.align))

    def _open_list(self, ids: tuple[int, ...]) -> None:
        self.view.navigate("customers", ids=ids, about=self.rows.title.text())
