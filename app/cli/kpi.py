"""Commands on figures: kpi, kpi-rows, staff-summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from app.cli import printing, words
from app.cli.days import as_day
from app.cli.session import Session, command, option
from app.errors import UserError
from app.i18n import N_, _, translate

if TYPE_CHECKING:
    from app.services.kpi import KpiFilter, KpiQuery, MacroReport
    from app.services.kpi.queries import Figure, KpiRows
    from app.services.office import Office
    from app.services.staff.summary import StaffSummary

BY = ("week", "month", "quarter", "half", "year", "range")


def _filtered(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add the filters that all figures share."""
    for add in (
        option("--as-of", callback=as_day, help=N_("算到哪一天为止，不写就是今天")),
        option("--staff", default="", help=N_("哪位员工的客户")),
        option("--team", default="", help=N_("哪个部门的客户")),
        option("--source", default="", help=N_("来源")),
        option("--region", default="", help=N_("区划码或地区名")),
        option("--industry", default="", help=N_("行业")),
        option("--kind", default="", help=N_("客户类型：企业、个人、机关事业、其他")),
        option("--grade", default="", help=N_("定级：大单、正常、小单")),
        option("--present-owner", is_flag=True, help=N_("按现负责人，不按当时的负责人")),
    ):
        function = add(function)
    return function


def _filter(office: Office, staff: str, team: str, present_owner: bool, **named: str) -> KpiFilter:
    from app.services.kpi import KpiFilter

    for name, codes in (("kind", words.CUSTOMER_KINDS), ("grade", words.GRADES)):
        named[name] = words.code_of(named[name], codes)
    return KpiFilter(
        staff_id=office.staff.named(staff).id if staff else None,
        team_id=_team(office, team),
        by_present_owner=present_owner,
        **{name: value or None for name, value in named.items()},
    )


def _team(office: Office, name: str) -> int | None:
    if not name:
        return None
    found = {team.name: team.id for team in office.staff.teams()}
    if name not in found:
        raise UserError(
            "no_such_team",
            N_("没有这个部门：{name}"),
            advice=N_("可以写：{names}"),
            name=name,
            names=" ".join(found),
        )
    return found[name]


@command("kpi", N_("宏观KPI：转化、复购、首次客单价、跟单周期、跟单次数"))
@option(
    "--from",
    "first",
    required=True,
    help=N_("从哪一期，如 2026-01、2026-Q1、2026-W05；财年的写 FY2026-Q1"),
)
@option("--to", "last", required=True, help=N_("到哪一期"))
@option(
    "--by",
    type=click.Choice(BY),
    default="month",
    help=N_("按什么分期；range 是从一天到另一天"),
)
@option(
    "--align",
    type=click.Choice(["aligned", "whole"]),
    default="aligned",
    help=N_("没过完的一期，比较时是否截到同样的天数"),
)
@option("--festival", is_flag=True, help=N_("一至三月的同比按春节对齐"))
@option("--shift", is_flag=True, help=N_("没有去年同期时和 364 天前比"))
@option("--metric", "metrics", multiple=True, help=N_("只看哪些指标，可以写几次"))
@_filtered
def kpi(session: Session, first: str, last: str, by: str, **asked: Any) -> None:
    """Print the KPIs of periods with their comparisons."""
    from app.services.kpi.as_json import macro_json
    from app.services.kpi.registry import all_metrics

    with session.office() as office:
        report = office.kpi.macro(_query(office, first, last, by, **asked))
        names = {one.name: translate(one.label) for one in all_metrics()}
    session.answer(macro_json(report), lambda: _show_report(report, names))


def _query(
    office: Office,
    first: str,
    last: str,
    by: str,
    *,
    as_of: date | None,
    align: str,
    festival: bool,
    shift: bool,
    metrics: tuple[str, ...],
    **where: Any,
) -> KpiQuery:
    from app.models.values.periods import By
    from app.services.kpi import KpiQuery

    ranged = by == "range"
    query = KpiQuery(
        first,
        last,
        By.day if ranged else By(by),
        as_of=as_of,
        where=_filter(office, **where),
        align=align == "aligned",
        festival=festival,
        shift=shift,
        metrics=metrics or None,
    )
    if not ranged:
        return query
    days = office.kpi.period(first, By.day), office.kpi.period(last, By.day)
    return replace(query, from_on=days[0].start, to_on=days[1].end)


def _show_report(report: MacroReport, names: dict[str, str]) -> None:
    metrics = list(report.periods[0].metrics) if report.periods else []
    rows = [
        (
            one.period.label + ("" if one.complete else " *"),
            *(_shown(name, one.metrics[name]) for name in metrics),
        )
        for one in report.periods
    ]
    printing.print_table((_("期间"), *(names[name] for name in metrics)), rows)
    if not all(one.complete for one in report.periods):
        printing.say(_("* 还没过完"))


def _shown(name: str, figure: Figure) -> str:
    """Return a figure with its number of cases, as in 46.2%（13）."""
    return f"{_value(name, figure.value)} ({figure.n})"


def _value(name: str, value: float | None) -> str:
    from app.services.kpi.metric import Unit
    from app.services.kpi.registry import metric_named

    if value is None:
        return "—"
    unit = metric_named(name).unit
    if unit is Unit.rate:
        return f"{value:.1%}"
    return printing.yuan(round(value)) if unit is Unit.fen else f"{value:.1f}"


@command("kpi-rows", N_("一个指标背后的客户，连同没算进去的和原因"))
@click.argument("metric")
@click.argument("period")
@_filtered
def kpi_rows(session: Session, metric: str, period: str, as_of: date | None, **where: Any) -> None:
    """Print the rows behind one figure."""
    from app.services.kpi.as_json import rows_json

    with session.office() as office:
        found = office.kpi.rows(
            metric, office.kpi.period(period), as_of=as_of, where=_filter(office, **where)
        )
    session.answer(rows_json(found), lambda: _show_rows(found))


def _show_rows(found: KpiRows) -> None:
    printing.say(f"{translate(found.label)} {found.period.label}: {translate(found.formula)}")
    printing.say(f"{_value(found.metric, found.value)} ({found.n})")
    if found.missing:
        printing.say(translate(found.missing))
    for part in found.parts:
        share = "" if part.share is None else f" {part.share:.1%}"
        printing.say(f"  {translate(part.name)} {part.count}{share} {printing.yuan(part.fen)}")
    rows = [
        (
            one.customer,
            one.owner,
            one.created_on,
            one.first_sign_on,
            printing.yuan(one.first_deal_fen),
            translate(one.reason),
        )
        for one in (*found.rows, *found.excluded)
    ]
    heads = (_("客户"), _("负责人"), _("建档"), _("首次签约"), _("首次客单价"), _("没算进去的原因"))
    printing.print_table(heads, rows)


@command("staff-summary", N_("人员汇总：每人的签约、行动、机会和结果"))
@option("--from", "first", required=True, callback=as_day, help=N_("从哪一天"))
@option("--to", "last", required=True, callback=as_day, help=N_("到哪一天"))
@option("--team", default="", help=N_("哪个部门"))
def staff_summary(session: Session, first: date, last: date, team: str) -> None:
    """Print one row a person, and the totals."""
    from app.services.staff.as_json import summary_json
    from app.services.staff.summary import SummaryQuery

    with session.office() as office:
        query = SummaryQuery(first, last, _team(office, team), office.context.today())
        found = office.staff.summary(query)
    session.answer(summary_json(found), lambda: _show_summary(found))


def _show_summary(found: StaffSummary) -> None:
    heads = (
        _("姓名"),
        _("部门"),
        _("签约额"),
        _("回款额"),
        _("电话量"),
        _("跟单记录"),
        _("成功"),
        _("类型"),
    )
    rows: list[tuple[Any, ...]] = [
        (
            one.staff + (_("（离职）") if one.left else ""),
            one.team,
            printing.yuan(one.totals.signed_fen),
            printing.yuan(one.totals.received_fen),
            one.totals.calls,
            one.totals.followups,
            one.totals.won_customers,
            words.of(one.quadrant),
        )
        for one in found.rows
    ]
    total = found.total
    rows.append(
        (
            _("合计"),
            "",
            printing.yuan(total.signed_fen),
            printing.yuan(total.received_fen),
            total.calls,
            total.followups,
            total.won_customers,
            "",
        )
    )
    printing.print_table(heads, rows)


COMMANDS = (kpi, kpi_rows, staff_summary)
