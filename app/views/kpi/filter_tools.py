"""The tools in the head of the macro page: kind of period, range, whose customers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from app.models.values import periods
from app.models.values.periods import By, Period
from app.services.kpi import KpiFilter
from app.services.office import Office
from app.views.core import labels
from app.views.core.page import PageHeader
from app.views.kpi.reading import SPANS, Asked, range_of
from app.views.widgets.buttons import CheckBox, Select
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.period_picker import PeriodPicker, period_words
from app.views.widgets.segmented import Segmented

OWN = "own"
_OWN_DAYS = 30


class FilterTools(QObject):
    """Turn the tools into a question; ``changed(asked)`` comes when a person changes one."""

    changed = Signal(object)

    def __init__(self, header: PageHeader, office: Office) -> None:
        super().__init__(header)
        self._office = office
        self._asked = Asked()
        today = office.context.today()
        self.by = Segmented(
            [
                (By.week, _("周")),
                (By.month, _("月")),
                (By.quarter, _("季")),
                (By.half, _("半年")),
                (By.year, _("年")),
                (OWN, _("自定")),
            ],
            name="kpi_by",
            spoken=_("按什么期间"),
        )
        self.span = Select(name="kpi_span", spoken=_("期间范围"))
        last = periods.custom(today - timedelta(_OWN_DAYS - 1), today)
        self.own = PeriodPicker(last, today=office.context.today, name="kpi_own")
        self.own.hide()
        self.staff = Select(name="kpi_staff", spoken=_("人员"))
        self.source = Select(name="kpi_source", spoken=_("来源"))
        self.region = Select(name="kpi_region", spoken=_("地区"))
        self.team = Select(name="kpi_team", spoken=_("部门"))
        self.industry = Select(name="kpi_industry", spoken=_("行业"))
        self.kind = Select(name="kpi_kind", spoken=_("客户类型"))
        self.grade = Select(name="kpi_grade", spoken=_("定级"))
        self.fold = FilterFold(
            [(_("人员"), self.staff), (_("来源"), self.source), (_("地区"), self.region)],
            name="kpi_filter",
            more=[*self._more_filters(), *self._more_ways()],
        )
        for tool in (self.by, self.span, self.own, self.fold):
            header.add_tool(tool)
        self._connect()

    def _more_filters(self) -> list[tuple[str, Select]]:
        return [
            (_("部门"), self.team),
            (_("行业"), self.industry),
            (_("客户类型"), self.kind),
            (_("定级"), self.grade),
        ]

    def _more_ways(self) -> list[tuple[str, CheckBox]]:
        self.present = CheckBox(_("按现负责人"))
        self.fiscal = CheckBox(_("季、半年、年按财年"))
        self.festival = CheckBox(_("一至三月按春节对齐"))
        self.shift = CheckBox(_("没有同期时比 364 天前"))
        self.per_workday = CheckBox(_("能累加的按工作日平均"))
        self.ways = {
            "present": self.present,
            "fiscal": self.fiscal,
            "festival": self.festival,
            "shift": self.shift,
            "per_workday": self.per_workday,
        }
        for name, box in self.ways.items():
            box.setObjectName(f"kpi_{name}")
        heads = (_("负责人"), _("财年"), _("同比"), "", _("更多指标"))
        return list(zip(heads, self.ways.values(), strict=True))

    def _connect(self) -> None:
        self.by.changed.connect(self._set_kind)
        self.span.activated.connect(lambda _row: self._set_span())
        self.own.changed.connect(self._set_own)
        for tool in (self.staff, self.source, self.region, self.team, self.industry, self.kind,
                     self.grade):  # fmt: skip
            tool.activated.connect(lambda _row: self._set_filter())
        for box in self.ways.values():
            box.clicked.connect(lambda _on: self._set_ways())

    # -- showing ---------------------------------------------------------------------------------

    def show_asked(self, asked: Asked) -> None:
        """Show a question in the tools without telling ``changed``."""
        self._asked = asked
        self.by.set_value(asked.by if asked.own is None else OWN)
        self.span.setVisible(asked.own is None)
        self.own.setVisible(asked.own is not None)
        if asked.own is not None:
            self.own.set_period(asked.own)
        self._show_spans(asked)
        self._show_filters(asked.where)
        calendar = self._office.kpi.calendar()
        self.fiscal.setEnabled(calendar.has_fiscal)
        for name, on in (
            ("present", asked.where.by_present_owner),
            ("fiscal", asked.fiscal),
            ("festival", asked.festival),
            ("shift", asked.shift),
            ("per_workday", asked.per_workday),
        ):
            self.ways[name].setChecked(on)
        hidden = replace(asked.where, staff_id=None, source=None, region=None) != KpiFilter()
        ways = asked.fiscal or asked.festival or asked.shift or asked.per_workday
        shown = any((asked.where.staff_id, asked.where.source, asked.where.region))
        self.fold.mark(hidden or ways or (self.fold.folded and shown))

    def _show_spans(self, asked: Asked) -> None:
        today, calendar = self._office.context.today(), self._office.kpi.calendar()
        spans = []
        for count in SPANS[asked.by]:
            first, last = range_of(replace(asked, span=count, own=None), today, calendar)
            spans.append((count, f"{period_words(first)} ~ {period_words(last)}"))
        self.span.set_choices(spans)
        self.span.set_value(asked.span)

    def _show_filters(self, where: KpiFilter) -> None:
        office = self._office

        def words(name: str) -> list[tuple[object, str]]:
            return [(one.label, one.label) for one in office.admin.choices(name)]

        staff = [(one.id, one.name) for one in office.staff.all()]
        teams = [(one.id, one.name) for one in office.staff.teams()]
        regions = [(one, one) for one in office.customers.used_regions()]
        kinds = [(code, labels.of(labels.CUSTOMER_KIND, code)) for code in labels.CUSTOMER_KIND]
        grades = [(code, labels.of(labels.GRADE, code)) for code in labels.GRADE if code]
        for tool, all_words, choices, value in (
            (self.staff, _("全部人员"), staff, where.staff_id),
            (self.source, _("来源 全部"), words("source"), where.source),
            (self.region, _("地区 全部"), regions, where.region),
            (self.team, _("全部部门"), teams, where.team_id),
            (self.industry, _("行业 全部"), words("industry"), where.industry),
            (self.kind, _("类型 全部"), kinds, where.kind),
            (self.grade, _("定级 全部"), grades, where.grade),
        ):
            tool.set_choices([(None, all_words), *choices])
            tool.set_value(value)

    def words(self) -> str:
        """Return what is filtered, in the words of the tools; empty for everybody's."""
        where = self._asked.where
        tools = (
            (self.staff, where.staff_id),
            (self.team, where.team_id),
            (self.source, where.source),
            (self.region, where.region),
            (self.industry, where.industry),
            (self.kind, where.kind),
            (self.grade, where.grade),
        )
        found = [tool.currentText() for tool, value in tools if value is not None]
        if where.by_present_owner:
            found.append(_("按现负责人"))
        return " · ".join(found)

    # -- choosing --------------------------------------------------------------------------------

    def _set_kind(self, kind: object) -> None:
        if kind == OWN:
            self._set(self._asked.with_own(self.own.period()))
        else:
            self._set(self._asked.with_kind(By(str(kind))))

    def _set_own(self, period: object) -> None:
        if isinstance(period, Period):
            self._set(self._asked.with_own(periods.custom(period.start, period.end)))

    def _set_span(self) -> None:
        span = self.span.value()
        self._set(replace(self._asked, span=span if isinstance(span, int) else 12))

    def _set_filter(self) -> None:
        def number(tool: Select) -> int | None:
            value = tool.value()
            return value if isinstance(value, int) else None

        def word(tool: Select) -> str | None:
            value = tool.value()
            return value if isinstance(value, str) else None

        where = replace(
            self._asked.where,
            staff_id=number(self.staff),
            team_id=number(self.team),
            source=word(self.source),
            region=word(self.region),
            industry=word(self.industry),
            kind=word(self.kind),
            grade=word(self.grade),
        )
        self._set(replace(self._asked, where=where))

    def _set_ways(self) -> None:
        where = replace(self._asked.where, by_present_owner=self.present.isChecked())
        asked = replace(
            self._asked,
            where=where,
            label="",
            fiscal=self.fiscal.isChecked(),
            festival=self.festival.isChecked(),
            shift=self.shift.isChecked(),
            per_workday=self.per_workday.isChecked(),
        )
        self._set(asked)

    def _set(self, asked: Asked) -> None:
        if asked != self._asked:
            self.show_asked(asked)
            self.changed.emit(asked)
