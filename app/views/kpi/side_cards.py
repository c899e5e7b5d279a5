"""Beside the trend: stages of the cohort, and people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _, translate
from app.models.values.pages import Sort
from app.services.kpi.measures import Measure
from app.services.kpi.queries import PersonFigure, StageStep
from app.views.core import format as words
from app.views.itemmodels.kpi import stage_columns
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.kpi import figure_words
from app.views.widgets.buttons import Button, icon_button
from app.views.widgets.card import Card
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

MOST_PEOPLE = 6


class StageCard(Card):
    """How far the new customers of a period came."""

    stage_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("阶段转化"), " ", name="stage_card", parent=parent)
        self.add_tool(Label(_("竖线为去年"), "caption", "text3"))
        self.as_table = icon_button("table", _("看成表格"), name="stage_as_table", height=24)
        self.as_table.setCheckable(True)
        self.add_tool(self.as_table)
        self.bars = HBars(name="stage_bars", spoken=_("阶段转化"))
        self.bars.chosen.connect(self.stage_chosen)
        self.table = TableView(name="stage_table", spoken=_("阶段转化"), several=True)
        self.table.hide()
        self.as_table.toggled.connect(self._show_table)
        self.body.addWidget(self.bars)
        self.body.addWidget(self.table)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def _show_table(self, on: bool) -> None:
        self.bars.setVisible(not on)
        self.table.setVisible(on)

    def show_steps(self, label: str, steps: Sequence[StageStep]) -> None:
        """Show the stages of the cohort of a period."""
        total = steps[0].count if steps else 0
        self.title.setText(_("阶段转化"))
        self.subtitle.setText(
            _("{period} 新增 {count} 家").format(period=label, count=words.count(total))
        )
        self.bars.show_rows(
            [
                BarRow(
                    key=step.position,
                    name=step.name,
                    share=step.share or 0.0,
                    figure=words.count(step.count),
                    second=words.percent(step.share),
                    tick=step.last_year,
                    strong=step.position == steps[-1].position,
                )
                for step in steps
            ]
        )
        model = PagedTableModel(stage_columns(), Sort(""), parent=self.table)
        model.set_source(ListSource(list(steps)))
        self.table.setModel(model)
        self.table.show_whole(max(len(steps), 3))


class PeopleCard(Card):
    """The chosen KPI of the chosen period by person."""

    person_chosen = Signal(object)
    summary_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("按人员"), " ", name="people_card", parent=parent)
        link = Button(_("到人员汇总"), "link", height=24, name="to_staff")
        link.clicked.connect(self.summary_wanted)
        self.add_tool(link)
        self.bars = HBars(name="people_bars", spoken=_("按人员"))
        self.bars.chosen.connect(self.person_chosen)
        self.body.addWidget(self.bars)
        self.body.addStretch(1)

    def show_people(self, label: str, measure: Measure, people: Sequence[PersonFigure]) -> None:
        """Show people, best first."""
        self.subtitle.setText(f"{label} · {translate(measure.label)}")
        known = [one for one in people if one.value is not None]
        most = max((max(one.value or 0, one.last_year or 0) for one in known), default=0) or 1
        self.bars.show_rows(
            [
                BarRow(
                    key=one.staff_id,
                    name=one.staff,
                    share=(one.value or 0) / most,
                    figure=figure_words.value(measure, one.value),
                    tick=None if one.last_year is None else one.last_year / most,
                    faint=one.n < 5,
                )
                for one in known[:MOST_PEOPLE]
            ]
        )
