"""宏观KPI as tables: the newest figures, each KPI by period, the definitions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from app.i18n import N_, _, translate
from app.models.values.growth import Change
from app.services.kpi.measures import Measure, all_measures, measure_named
from app.services.kpi.metric import Unit
from app.services.kpi.queries import KpiFilter, MacroReport, PurchaseSplit
from app.services.kpi.reporting.shapes import Cell, Column, Form, Report, Table, Value

_FORMS = {
    Unit.rate: Form.rate,
    Unit.fen: Form.money,
    Unit.days: Form.number,
    Unit.times: Form.number,
    Unit.customers: Form.whole,
}
_FILTERS = {
    "source": N_("来源"),
    "region": N_("地区"),
    "industry": N_("行业"),
    "grade": N_("等级"),
    "kind": N_("客户类型"),
}


def form_of(measure: Measure) -> Form:
    """Return how the figures of a KPI are written."""
    return _FORMS[measure.unit]


def filter_words(where: KpiFilter, staff: str = "", team: str = "") -> str:
    """Return a filter in words; staff and team are given by name."""
    parts = [f"{_('人员')} {staff}"] if staff else []
    parts += [f"{_('部门')} {team}"] if team else []
    parts += [
        f"{translate(name)} {getattr(where, field)}"
        for field, name in _FILTERS.items()
        if getattr(where, field)
    ]
    return "，".join(parts) if parts else _("全部")


def notes_of(span: str, filters: str, as_of: date) -> tuple[str, ...]:
    """Return the lines under a title: period, filter, as-of day."""
    return (
        _("期间 {span}").format(span=span),
        _("筛选 {filters}").format(filters=filters),
        _("算到 {day}").format(day=as_of.isoformat()),
    )


def headline_table(found: MacroReport, title: str, label: str = "") -> Table:
    """Return every KPI of one period, the newest without a label, with 同比 and 环比."""
    named = {one.period.label: one for one in found.periods}
    one = named.get(label, found.periods[-1])
    rows = []
    for name, figure in one.metrics.items():
        measure = measure_named(name)
        form = form_of(measure)
        rows.append(
            (
                translate(measure.label),
                Cell(figure.value, form),
                Cell(figure.yoy.base, form),
                _growth(measure, figure.yoy),
                Cell(figure.mom.base, form),
                _growth(measure, figure.mom),
                Cell(figure.median, form),
                figure.n,
            )
        )
    columns = (
        Column(_("指标"), width=16),
        Column(_("本期"), Form.mixed),
        Column(_("去年同期"), Form.mixed),
        Column(_("同比"), Form.mixed),
        Column(_("上期"), Form.mixed),
        Column(_("环比"), Form.mixed),
        Column(_("中位数"), Form.mixed),
        Column("n", Form.whole, 8),
    )
    return Table(title, columns, tuple(rows))


def _growth(measure: Measure, change: Change) -> Cell:
    """Return growth as a fraction; the change of a rate is in percentage points."""
    if measure.is_rate:
        points = None if change.change is None else change.change * 100
        return Cell(points, Form.number)
    return Cell(change.growth, Form.rate)


def period_table(found: MacroReport, measures: Sequence[Measure]) -> Table:
    """Return KPIs by period."""
    columns = (
        Column(_("期间")),
        *(Column(translate(one.label), form_of(one), 14) for one in measures),
    )
    rows = tuple(
        (
            one.period.label + ("" if one.complete else " *"),
            *(one.metrics[measure.name].value for measure in measures),
        )
        for one in found.periods
    )
    return Table(_("各期数字"), columns, rows)


def trend_table(found: MacroReport, measure: Measure) -> Table:
    """Return one KPI by period beside the year before, to be drawn as lines."""
    form = form_of(measure)
    rows: tuple[tuple[Value | Cell, ...], ...] = tuple(
        (
            one.period.label + ("" if one.complete else " *"),
            one.metrics[measure.name].value,
            one.metrics[measure.name].yoy.base,
            one.metrics[measure.name].n,
        )
        for one in found.periods
    )
    columns = (
        Column(_("期间")),
        Column(_("本期"), form),
        Column(_("去年同期"), form),
        Column("n", Form.whole, 8),
    )
    title = _("{name}趋势").format(name=translate(measure.label))
    return Table(title, columns, rows, charted=(1, 2), lined=True)


def purchase_table(splits: Sequence[PurchaseSplit]) -> Table:
    """Return first and repeat money by period, to be drawn as bars."""
    columns = (
        Column(_("期间")),
        Column(_("首购"), Form.money, 14),
        Column(_("复购"), Form.money, 14),
    )
    rows = tuple((one.period.label, one.first_fen, one.repeat_fen) for one in splits)
    return Table(_("首购与复购"), columns, rows, charted=(1, 2))


def definitions_table(notes: Sequence[str], names: Sequence[str]) -> Table:
    """Return what each KPI counts in words, below the lines on period, filter and day."""
    rows: list[tuple[Value | Cell, ...]] = [(note, "", "") for note in notes]
    rows += [
        (translate(one.label), translate(one.formula), one.name)
        for one in all_measures()
        if one.name in names
    ]
    rows.append((_("带 * 的一期还没过完"), _("比较时只取同样的天数"), ""))
    rows.append((_("比率的同比、环比是个百分点，其他是增长率"), "", ""))
    columns = (Column(_("名称"), width=34), Column(_("怎么算"), width=70), Column("id", width=18))
    return Table(_("指标说明"), columns, tuple(rows))


def macro_sheets(
    found: MacroReport,
    splits: Sequence[PurchaseSplit],
    measure: Measure,
    *,
    filters: str = "",
    label: str = "",
) -> Report:
    """Return the KPI page as a report; ``measure`` is the one whose trend is drawn.

    ``filters`` are in words.
    """
    shown = [measure_named(name) for name in found.periods[-1].metrics]
    span = f"{found.periods[0].period.label} ~ {found.periods[-1].period.label}"
    notes = notes_of(span, filters or filter_words(found.where), found.as_of)
    newest = label or found.periods[-1].period.label
    tables = (
        headline_table(found, newest, newest),
        trend_table(found, measure),
        period_table(found, shown),
        purchase_table(splits),
    )
    return Report(
        _("宏观KPI"), notes, tables, definitions_table(notes, [one.name for one in shown])
    )
