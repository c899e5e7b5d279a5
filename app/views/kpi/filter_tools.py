"""The tools in the head of the macro page: kind of period, range, whose customers."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from app.i18n import _
from app.models.values.periods import By
from app.services.office import Office
from app.views.core.page import PageHeader
from app.views.kpi.reading import SPANS, Asked, range_of
from app.views.widgets.buttons import Select
from app.views.widgets.filter_fold import FilterFold
from app.views.widgets.segmented import Segmented


class FilterTools(QObject):
    """Turn the tools into a question; ``changed(asked)`` comes when a person changes one."""

    changed = Signal(object)

    def __init__(self, header: PageHeader, office: Office) -> None:
        super().__init__(header)
        self._office = office
        self._asked = Asked()
        self.by = Segmented(
            [
                (By.week, _("周")),
                (By.month, _("月")),
                (By.quarter, _("季")),
                (By.year, _("年")),
            ],
            name="kpi_by",
            spoken=_("按什么期间"),
        )
        self.span = Select(name="kpi_span", spoken=_("期间范围"))
        self.staff = Select(name="kpi_staff", spoken=_("人员"))
        self.source = Select(name="kpi_source", spoken=_("来源"))
        self.region = Select(name="kpi_region", spoken=_("地区"))
        self.fold = FilterFold(
            [(_("人员"), self.staff), (_("来源"), self.source), (_("地区"), self.region)],
            name="kpi_filter",
        )
        for tool in (self.by, self.span, self.fold):
            header.add_tool(tool)
        self.by.changed.connect(lambda by: self._set(self._asked.with_kind(by)))
        self.span.activated.connect(lambda _row: self._set_span())
        for tool in (self.staff, self.source, self.region):
            tool.activated.connect(lambda _row: self._set_filter())

    def show_asked(self, asked: Asked) -> None:
        """Show a question in the tools without telling ``changed``."""
        self._asked = asked
        self.by.set_value(asked.by)
        today = self._office.context.today()
        spans = []
        for count in SPANS[asked.by]:
            first, last = range_of(replace(asked, span=count), today)
            spans.append((count, f"{first.label} ~ {last.label}"))
        self.span.set_choices(spans)
        self.span.set_value(asked.span)
        self._show_people()
        words = [choice.label for choice in self._office.admin.choices("source")]
        self.source.set_choices([(None, _("来源 全部")), *((word, word) for word in words)])
        self.source.set_value(asked.where.source)
        regions = self._office.customers.used_regions()
        self.region.set_choices([(None, _("地区 全部")), *((one, one) for one in regions)])
        self.region.set_value(asked.where.region)
        where = asked.where
        self.fold.mark(any((where.staff_id, where.source, where.region)))

    def _show_people(self) -> None:
        staff = [(one.id, one.name) for one in self._office.staff.all()]
        self.staff.set_choices([(None, _("全部人员")), *staff])
        self.staff.set_value(self._asked.where.staff_id)

    def _set_span(self) -> None:
        span = self.span.value()
        self._set(replace(self._asked, span=span if isinstance(span, int) else 12))

    def _set_filter(self) -> None:
        staff, source, region = self.staff.value(), self.source.value(), self.region.value()
        where = replace(
            self._asked.where,
            staff_id=staff if isinstance(staff, int) else None,
            source=source if isinstance(source, str) else None,
            region=region if isinstance(region, str) else None,
        )
        self._set(replace(self._asked, where=where))

    def _set(self, asked: Asked) -> None:
        if asked != self._asked:
            self.show_asked(asked)
            self.changed.emit(asked)
