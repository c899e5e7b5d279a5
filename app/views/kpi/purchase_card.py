"""First and repeat money by period, as stacked bars and as a table."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from app.i18n import N_, _, language
from app.models.values.pages import Sort
from app.services.kpi.queries import PurchaseSplit
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.charts import BarMark, StackedBars
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.kpi import figure_words
from app.views.widgets.buttons import icon_button
from app.views.widgets.card import Card
from app.views.widgets.legend import Legend
from app.views.widgets.table import TableView
from app.views.widgets.text import Label


def purchase_columns() -> list[Column[PurchaseSplit]]:
    """Return the columns of the bars as a table."""
    return [
        Column("period", N_("期间"), lambda one: one.period.label, width=84, kind="strong"),
        Column("first", N_("首购"), lambda one: words.money(one.first_fen), "right", 88),
        Column("repeat", N_("复购"), lambda one: words.money(one.repeat_fen), "right", 88),
        Column("share", N_("复购占比"), lambda one: words.percent(_share(one)), "right", 72),
    ]


class PurchaseCard(Card):
    """Money of first deals and of all other signings, by period."""

    period_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_("首购与复购"), " ", name="purchase_card", padded=False, parent=parent)
        theme = themes.current()
        for token, name in (("c1", _("首购")), ("c2", _("复购"))):
            self.add_tool(Legend(token))
            self.add_tool(Label(name, "caption", "text2"))
        self.as_table = icon_button("table", _("看成表格"), name="purchase_as_table", height=24)
        self.as_table.setCheckable(True)
        self.add_tool(self.as_table)
        self.chart = StackedBars("purchase_chart")
        self.chart.setMinimumHeight(theme.px(96))
        self.table = TableView(name="purchase_table", spoken=_("首购与复购"), several=True)
        self.table.setMinimumHeight(theme.px(96))
        self.stack = QStackedWidget()
        self.stack.addWidget(self.chart)
        self.stack.addWidget(self.table)
        margin = theme.px(8)
        self.body.setContentsMargins(margin, margin, margin, margin // 2)
        self.body.addWidget(self.stack, 1)
        self._labels: list[str] = []
        self.as_table.toggled.connect(lambda on: self.stack.setCurrentIndex(int(on)))
        self.chart.chosen.connect(lambda place: self.period_chosen.emit(self._labels[place]))
        self.table.activated_row.connect(
            lambda row: self.period_chosen.emit(row.period.label) if row else None
        )

    def show_splits(self, splits: Sequence[PurchaseSplit]) -> None:
        """Draw the bars and fill their table."""
        self._labels = [one.period.label for one in splits]
        self.chart.show_marks([_mark(one) for one in splits], _axis_words)
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
        model = PagedTableModel(purchase_columns(), Sort("period", True), parent=self.table)
        model.set_source(ListSource(list(reversed(splits))))
        self.table.setModel(model)


def _share(one: PurchaseSplit) -> float | None:
    whole = one.first_fen + one.repeat_fen
    return one.repeat_fen / whole if whole > 0 else None


def _mark(one: PurchaseSplit) -> BarMark:
    return BarMark(
        figure_words.axis_word(one.period),
        (max(0, one.first_fen) / 1.0, max(0, one.repeat_fen) / 1.0),
        one.complete,
        (
            (one.period.label, ""),
            (_("首购"), words.money(one.first_fen)),
            (_("复购"), words.money(one.repeat_fen)),
            (_("复购占比"), words.percent(_share(one))),
        ),
    )


def _axis_words(fen: float) -> str:
    """Return a figure of the axis; its unit, 万元 or a thousand yuan, stands in the title."""
    return f"{fen / (100_000 if language() == 'en' else 1_000_000):,.0f}"
