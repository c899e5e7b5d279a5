"""Beside the trend: stages of the cohort, first and repeat money, people."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.i18n import _, language, translate
from app.services.kpi.measures import Measure
from app.services.kpi.queries import PersonFigure, PurchaseSplit, StageStep
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.charts import BarMark, StackedBars
from app.views.kpi import figure_words
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.hbars import BarRow, HBars
from app.views.widgets.legend import Legend
from app.views.widgets.text import Label

MOST_PEOPLE = 6


class StageCard(Card):
    """How far the new customers of a period came."""

    stage_chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("阶段转化"), " ", name="stage_card", parent=parent)
        self.add_tool(Label(_("竖线为去年"), "caption", "text3"))
        self.bars = HBars(name="stage_bars", spoken=_("阶段转化"))
        self.bars.chosen.connect(self.stage_chosen)
        self.body.addWidget(self.bars)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

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


class PurchaseCard(Card):
    """Money of first deals and of all other signings, by period."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("首购与复购"), " ", name="purchase_card", padded=False, parent=parent)
        theme = themes.current()
        for token, name in (("c1", _("首购")), ("c2", _("复购"))):
            self.add_tool(Legend(token))
            self.add_tool(Label(name, "caption", "text2"))
        self.chart = StackedBars("purchase_chart")
        self.chart.setMinimumHeight(theme.px(96))
        margin = theme.px(8)
        self.body.setContentsMargins(margin, margin, margin, margin // 2)
        self.body.addWidget(self.chart, 1)

    def show_splits(self, splits: Sequence[PurchaseSplit]) -> None:
        """Draw the bars."""
        marks = [
            BarMark(
                figure_words.axis_word(one.period),
                (max(0, one.first_fen) / 1.0, max(0, one.repeat_fen) / 1.0),
                one.complete,
            )
            for one in splits
        ]
        self.chart.show_marks(marks, _axis_words)
        first = sum(one.first_fen for one in splits)
        repeat = sum(one.repeat_fen for one in splits)
        share = repeat / (first + repeat) if first + repeat > 0 else None
        unit = _("万元")
        repeat_words = _("复购占 {share}").format(share=words.percent(share))
        self.subtitle.setText(f"{unit} · {repeat_words}")
        self.chart.setAccessibleName(_("首购与复购"))
        self.chart.setAccessibleDescription(
            _("首购 {first}，复购 {repeat}").format(
                first=words.money(first), repeat=words.money(repeat)
            )
        )


def _axis_words(fen: float) -> str:
    """Return a figure of the axis; its unit, 万元 or a thousand yuan, stands in the title."""
    return f"{fen / (100_000 if language() == 'en' else 1_000_000):,.0f}"


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
