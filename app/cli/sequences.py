"""Commands on action sequences: sequences report."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from app.cli import printing, words
from app.cli.days import as_day
from app.cli.session import Group, Session, command, option
from app.errors import UserError
from app.i18n import N_, _

if TYPE_CHECKING:
    from app.services.office import Office
    from app.services.sequences.shapes import PathMeasure, SequenceReport

_LOOKED_BACK = timedelta(days=89)


@command("report", N_("一个动作序列的各步、流失和路径"))
@option("--sequence", "named", default="", help=N_("哪个动作序列，写名称或编号；不写就是第一个"))
@option("--from", "first", callback=as_day, help=N_("从哪一天建档的客户；不写就是近 90 天"))
@option("--to", "last", callback=as_day, help=N_("到哪一天，不写就是今天"))
@option("--staff", default="", help=N_("哪位员工的客户"))
@option("--grade", default="", help=N_("定级：大单、正常、小单"))
def report(
    session: Session, named: str, first: date | None, last: date | None, staff: str, grade: str
) -> None:
    """Print the measures of a sequence over the customers created on some days."""
    from app.services.sequences.as_json import report_json
    from app.services.sequences.shapes import ReportQuery

    with session.office() as office:
        until = last or office.context.today()
        query = ReportQuery(
            first or until - _LOOKED_BACK,
            until,
            sequence_id=_sequence(office, named) if named else 0,
            staff_id=office.staff.named(staff).id if staff else 0,
            grade=words.code_of(grade, words.GRADES),
        )
        found = office.sequences.report(query)
    session.answer(report_json(found), lambda: _show(found))


def _sequence(office: Office, named: str) -> int:
    known = office.sequences.all(with_archived=True)
    for one in known:
        if named.strip() in (one.name, str(one.id)):
            return one.id
    raise UserError(
        "no_such_sequence",
        N_("没有这个动作序列：{name}"),
        advice=N_("可以写：{names}"),
        name=named,
        names="、".join(one.name for one in known) or "—",
    )


def _show(found: SequenceReport) -> None:
    told = _("{days}建档 {count} 家，成交 {won} 家，失败 {lost} 家")
    days = f"{found.query.first} – {found.query.last} "
    printing.say(told.format(days=days, count=found.customers, won=found.won, lost=found.lost))
    if found.sequence is not None:
        printing.say(f"{found.sequence.name} · {_version(found)}")
        _show_steps(found)
    if not found.enough:
        printing.say(_("样本少：结束的客户不到 30 家，不列路径"))
        return
    _show_paths(_("赢单路径"), found.won_paths)
    _show_paths(_("常见输单路径"), found.lost_paths)


def _version(found: SequenceReport) -> str:
    number = found.sequence.current.number if found.sequence else 0
    return _("第 {number} 版").format(number=number)


def _show_steps(found: SequenceReport) -> None:
    rows = [
        (
            one.place,
            one.rule.name,
            words.of(one.rule.deed),
            one.alive,
            _rate(one.pass_rate),
            _days(one.median_days),
            "◀" if one.place == found.drop_place else "",
        )
        for one in found.steps
    ]
    heads = (_("步"), _("步骤"), _("动作"), _("家数"), _("通过率"), _("中位天数"), _("流失最大"))
    printing.print_table(heads, rows)


def _show_paths(title: str, paths: tuple[PathMeasure, ...]) -> None:
    rows: list[tuple[Any, ...]] = [
        (
            " → ".join(words.of(deed) for deed in one.deeds),
            len(one.won),
            len(one.lost),
            _rate(one.win_rate),
            _days(one.cycle_days),
        )
        for one in paths[:10]
    ]
    printing.print_table((title, _("成交"), _("失败"), _("赢单率"), _("周期中位")), rows)


def _rate(value: float | None) -> str:
    return "—" if value is None else f"{value:.1%}"


def _days(value: float | None) -> str:
    return "—" if value is None else f"{value:.1f}"


sequences = Group("sequences", help=N_("动作序列"), commands=[report])

COMMANDS = (sequences,)
