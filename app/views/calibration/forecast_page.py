"""加权预测: what is likely to be signed by month, the weights, and how ratings came true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _
from app.models.values.changes import Kind
from app.services.calibration.accuracy import FEW, Accuracy
from app.services.calibration.forecast import PAST, UNDATED, Forecast, ForecastMonth
from app.services.lists.conditions import Condition
from app.views.admin.plain_table import PlainTable
from app.views.calibration.weights_dialog import WeightsDialog
from app.views.core import format as words
from app.views.core import theme as themes
from app.views.core.charts import BarMark, StackedBars
from app.views.core.page import Command, Page, ViewContext
from app.views.core.runner import run_job
from app.views.customers.words import firms
from app.views.itemmodels.column import Column
from app.views.widgets.buttons import Button, CheckBox
from app.views.widgets.card import Card
from app.views.widgets.empty_state import NOTHING_YET, EmptyState
from app.views.widgets.legend import Legend
from app.views.widgets.scrolling import scrolled
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.text import Label


def month_words(month: str) -> str:
    """Return a month of the forecast in words."""
    if month == PAST:
        return _("日期已过")
    return month if month != UNDATED else _("没有日期")


def month_columns() -> list[Column[ForecastMonth]]:
    """Return the columns of the months."""
    return [
        Column("month", N_("预计签约"), lambda one: month_words(one.month), width=110, flex=1,
               kind="strong", tone=lambda one: "bad" if one.month == PAST else "text"),
        Column("count", N_("客户"), lambda one: words.count(one.band.count), "right", 80),
        Column("whole", N_("预计金额 ¥"), lambda one: words.money(one.band.whole), "right", 110),
        Column("low", N_("保守 ¥"), lambda one: words.money(one.band.low), "right", 100),
        Column("likely", N_("可能 ¥"), lambda one: words.money(one.band.likely), "right", 100,
               kind="strong"),
        Column("high", N_("乐观 ¥"), lambda one: words.money(one.band.high), "right", 100),
    ]  # fmt: skip


def people_columns() -> list[Column[Accuracy]]:
    """Return the columns of how people's ratings came true."""
    return [
        Column("name", N_("人员"), lambda one: one.name, width=110, flex=1, kind="strong"),
        Column("rated", N_("标有价值"), lambda one: words.count(one.rated), "right", 88),
        Column("share", N_("180 天内签约"), _share, "right", 110),
        Column("error", N_("金额偏差"), _error, "right", 100),
        Column("weight", N_("权重"), lambda one: f"× {one.weight:.2f}", "right", 88,
               kind="strong"),
        Column("few", " ", lambda one: _("样本不足") if one.rated < FEW else " ", width=90,
               kind="tag",
               value=lambda one: (_("样本不足"), "outline") if one.rated < FEW else None),
    ]  # fmt: skip


def _share(one: Accuracy) -> str:
    return words.percent(one.share, 0)


def _error(one: Accuracy) -> str:
    return words.percent(one.error, 0)


class ForecastPage(Page):
    """Show low, likely and high by month, and who rates how well."""

    PAGE_ID = "forecast"
    WATCHES: ClassVar[frozenset[Kind]] = frozenset(
        {Kind.calibration, Kind.stage, Kind.contract, Kind.customer, Kind.setting, Kind.batch}
    )

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self.found: Forecast | None = None
        self._add_head()
        place = QWidget()
        rows = QVBoxLayout(place)
        theme = themes.current()
        margin = theme.px(16)
        rows.setContentsMargins(margin, margin, margin, margin)
        rows.setSpacing(theme.px(12))
        rows.addWidget(self._make_chart())
        self.months: PlainTable[ForecastMonth] = PlainTable(
            month_columns(), lambda one: one.month, name="forecast_months",
            spoken=_("按月预测"), last="month",
        )  # fmt: skip
        self.months.opened.connect(self._open_month)
        rows.addWidget(self.months)
        self.people: PlainTable[Accuracy] = PlainTable(
            people_columns(), lambda one: one.staff_id, name="forecast_people",
            spoken=_("标定准确度"), last="name",
        )  # fmt: skip
        self._people_title = Label(_("标定准确度"), "section")
        self._basis = Label("", "small", "text2", wrap=True)
        rows.addWidget(self._people_title)
        rows.addWidget(self.people)
        rows.addWidget(self._basis)
        rows.addStretch(1)
        self.area = scrolled(place, name="forecast_scroll")
        self.empty = EmptyState(
            NOTHING_YET,
            _("还没有可以预测的客户"),
            _("给客户标上定性和预计金额，这里就有了。"),
            icon="data_trending",
        )
        go = Button(_("去客户列表"), "default", "building", name="forecast_customers")
        go.clicked.connect(lambda: view.navigate("customers"))
        self.empty.add_button(go)
        self.empty.hide()
        self.body.addWidget(self.area, 1)
        self.body.addWidget(self.empty, 1)

    def _add_head(self) -> None:
        self.head = self.add_header(_("加权预测"))
        people = [(one.id, one.name) for one in self.view.office.staff.all(with_left=False)]
        self.person = StaffPicker(people, everyone=True, name="forecast_person")
        self.person.changed.connect(lambda _id: self.refresh())
        self.weighted = CheckBox(_("按各人准确度加权"), name="forecast_weighted")
        self.weighted.setChecked(True)
        self.weighted.clicked.connect(lambda _on: self.refresh())
        self.weights = Button(_("改权重"), "default", "edit", name="forecast_weights")
        self.weights.clicked.connect(self.change_weights)
        for tool in (self.weighted, self.person, self.weights):
            self.head.add_tool(tool)

    def _make_chart(self) -> Card:
        card = Card(_("按月预测"), icon="data_trending", name="forecast_card")
        for token, name in (("c1", _("保守")), ("c2", _("可能")), ("c3", _("乐观"))):
            card.add_tool(Legend(token))
            card.add_tool(Label(name, "caption", "text2"))
        self.chart = StackedBars("forecast_chart")
        self.chart.setFixedHeight(themes.current().px(200))
        self.chart.chosen.connect(self._open_bar)
        holder = QHBoxLayout()
        holder.addWidget(self.chart, 1)
        card.body.addLayout(holder)
        self.card = card
        return card

    # -- showing ---------------------------------------------------------------------------

    def open(self, *, owner_id: int | None = None, **_params: object) -> None:
        """Take whose customers to look at."""
        if owner_id is not None:
            self.person.set_value(owner_id)

    def params(self) -> dict[str, object]:
        """Return whose customers are shown."""
        return {"owner_id": self.person.staff_id()}

    def commands(self) -> Mapping[str, Command]:
        """Return what the page does for the window."""
        return {"edit": self.change_weights}

    def focus_first(self) -> None:
        """Put the focus into the months."""
        self.months.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def reload(self) -> None:
        """Read the forecast behind the window."""
        job = partial(
            self.view.office.forecasts.read,
            owner_id=self.person.staff_id(),
            weighted=self.weighted.isChecked(),
        )
        run_job(self, job, self._show)

    def _show(self, found: Forecast) -> None:
        self.found = found
        some = bool(found.months)
        self.area.setVisible(some)
        self.empty.setVisible(not some)
        whole = found.whole
        self.head.set_subtitle(
            _("{firms}，预计 {whole}，可能签 {likely}（{low} 到 {high}）").format(
                firms=firms(whole.count),
                whole=words.money_marked(whole.whole),
                likely=words.money_marked(whole.likely),
                low=words.money_marked(whole.low),
                high=words.money_marked(whole.high),
            )
        )
        self.months.show_rows(found.months)
        self.people.show_rows(found.people)
        for part in (self.people, self._people_title):
            part.setVisible(bool(found.people))
        self._basis.setText(self._basis_words(found))
        self.chart.show_marks([_mark(one) for one in found.months], _axis_words)
        self.chart.setAccessibleName(_("按月预测"))

    def _basis_words(self, found: Forecast) -> str:
        names = self.view.office.admin.stage_names()
        said = "、".join(
            f"{name} {words.percent(chance, 0)}"
            for name, chance in zip(names, found.chances, strict=False)
        )
        return _(
            "可能 = 金额 × 概率（有价值：{chances}；不确定减半；无价值不算）× 负责人权重。"
            "保守到乐观之间有八成把握。到了最后一个阶段的已经签了，不再算。"
        ).format(chances=said)

    # -- acts ------------------------------------------------------------------------------

    def change_weights(self) -> None:
        """Ask for other chances and bands."""
        WeightsDialog(self.view, self).exec()

    def _open_bar(self, place: int) -> None:
        if self.found is not None:
            self._open_month(self.found.months[place])

    def _open_month(self, one: ForecastMonth | None) -> None:
        """Show the customers of a month in the list."""
        if one is None:
            return
        last = len(self.found.chances) - 1 if self.found is not None else 0
        where = [Condition("quality", "is", ("valuable", "unsure")),
                 Condition("life", "is_not", ("churned",)),
                 Condition("stage", "is_not", (str(last),)),
                 Condition("expected", "known"),
                 *_days(one.month, self.view.office.context.today())]  # fmt: skip
        owner = self.person.staff_id()
        if owner is not None:
            where.append(Condition("owner", "is", (str(owner),)))
        self.view.navigate("customers", where=tuple(where))


def _days(month: str, today: date) -> Sequence[Condition]:
    if month == UNDATED:
        return [Condition("expected_on", "unknown")]
    if month == PAST:
        return [Condition("expected_on", "until", (str(today - timedelta(1)),))]
    first = date.fromisoformat(f"{month}-01")
    last = (first + timedelta(31)).replace(day=1) - timedelta(1)
    return [Condition("expected_on", "between", (str(max(first, today)), str(last)))]


def _axis_words(fen: float) -> str:
    return words.money(round(fen))


def _mark(one: ForecastMonth) -> BarMark:
    band = one.band
    box = (
        (month_words(one.month), firms(band.count)),
        (_("保守"), words.money(band.low)),
        (_("可能"), words.money(band.likely)),
        (_("乐观"), words.money(band.high)),
    )
    parts = (band.low, band.likely - band.low, band.high - band.likely)
    return BarMark(month_words(one.month), tuple(float(part) for part in parts), True, box)
