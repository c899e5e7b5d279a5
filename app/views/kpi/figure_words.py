"""KPI figures as words: value with its unit, the comparison, the axis."""

from __future__ import annotations

from collections.abc import Callable

from app.i18n import _, language, translate
from app.models.values.growth import Change
from app.models.values.periods import By, Period
from app.services.kpi.metric import Metric, Unit
from app.services.kpi.queries import Figure
from app.views.core import format as words
from app.views.core.format import ChangeText

_SIZES = ("万", "亿")


def value(measure: Metric, figure: float | None) -> str:
    """Return a figure with its unit, — when there is none."""
    # English sets a word apart from its figure; Chinese does not, and nobody does so with %
    apart = " " if language() == "en" and measure.unit is not Unit.rate else ""
    return f"{bare(measure, figure)}{apart}{unit(measure, figure)}".strip()


def bare(measure: Metric, figure: float | None) -> str:
    """Return a figure as large digits without its unit: 4.82 of 4.82万元."""
    shown = _digits(measure, figure)
    return shown[:-1] if shown.endswith(_SIZES) else shown


def _digits(measure: Metric, figure: float | None) -> str:
    if figure is None:
        return words.NOTHING
    if measure.unit is Unit.rate:
        return f"{figure * 100:.1f}"
    if measure.unit is Unit.fen:
        return words.money(round(figure))
    return words.count(round(figure)) if _is_whole(measure, figure) else words.number(figure)


def _is_whole(measure: Metric, figure: float) -> bool:
    counts = measure.unit is Unit.customers or (measure.unit is Unit.times and measure.adds_up)
    return counts and figure == round(figure)


def unit(measure: Metric, figure: float | None) -> str:
    """Return the unit that stands behind the digits, empty where there are none."""
    if figure is None:
        return ""
    shown = _digits(measure, figure)
    return (shown[-1] if shown.endswith(_SIZES) else "") + plain_unit(measure)


def plain_unit(measure: Metric) -> str:
    """Return the unit of a metric: %, 元, 天, 次, 家."""
    return {
        Unit.rate: "%",
        Unit.fen: _("元"),
        Unit.days: _("天"),
        Unit.times: _("次"),
        Unit.customers: _("家"),
    }[measure.unit]


def axis(measure: Metric) -> Callable[[float], str]:
    """Return how the value axis prints a figure."""
    if measure.unit is Unit.rate:
        return lambda figure: f"{figure * 100:.0f}%"
    if measure.unit is Unit.fen:
        return lambda figure: words.money(round(figure), 1)
    return lambda figure: f"{figure:g}"


def compared(measure: Metric, change: Change) -> ChangeText:
    """Return 同比 or 环比 of a KPI in words and tone."""
    meaning = {
        Unit.days: (_("变快"), _("变慢")),
        Unit.times: (_("变少"), _("变多")),
    }.get(measure.unit, ("", ""))
    return words.change(
        change,
        unit=plain_unit(measure),
        is_rate=measure.is_rate,
        up_is_better=measure.higher_is_better,
        as_growth=measure.unit is Unit.fen,
        words=meaning,
        in_fen=measure.unit is Unit.fen,
    )


def axis_word(period: Period) -> str:
    """Return a period below the chart: 9月, W47, Q3, 2026, 10-25 for a range from that day."""
    if period.by is None or period.by is By.day:
        return f"{period.start:%m-%d}"
    if period.by is By.month:
        return words.month_name(period.start)
    return period.label.split("-")[-1] if period.by is not By.year else period.label


def definition(measure: Metric) -> str:
    """Return what the KPI counts, for its card and its help."""
    return translate(measure.formula)


def sample(figure: Figure) -> str:
    """Return the words for a small sample, empty for a large one."""
    return _("样本少 n={count}").format(count=figure.n) if figure.few and figure.n else ""


def box_lines(measure: Metric, period: Period, figure: Figure) -> tuple[tuple[str, str], ...]:
    """Return the lines of the box beside a place of the trend."""
    lines = [(period.label, ""), (_("本期"), value(measure, figure.value))]
    if figure.median is not None:
        lines.append((_("中位数"), value(measure, figure.median)))
    lines.append((_("去年同期"), value(measure, figure.yoy.base)))
    lines.append((_("同比"), compared(measure, figure.yoy).text))
    lines.append((_("环比"), compared(measure, figure.mom).text))
    lines.append(("n", words.count(figure.n)))
    return tuple(lines)
