"""The measures of a sequence as tables, for paper and workbook."""

from __future__ import annotations

from app.i18n import _
from app.services.kpi.reporting.shapes import Column, Form, Report, Table
from app.services.sequences.shapes import PathMeasure, SequenceReport
from app.views.core import format as words
from app.views.sequences import words as said


def sequence_sheets(found: SequenceReport) -> Report:
    """Return steps, paths, people and versions as a report."""
    name = found.sequence.name if found.sequence else ""
    notes = (
        _("动作序列 {name}").format(name=name),
        _("建档 {days}").format(days=words.day_span(found.query.first, found.query.last)),
        _("算到 {day}").format(day=found.as_of.isoformat()),
    )
    tables = (_steps(found), _paths(found), _people(found), _versions(found))
    return Report(_("动作序列"), notes, tables, _definitions())


def _steps(found: SequenceReport) -> Table:
    columns = (
        Column(_("步骤"), width=16),
        Column(_("动作"), width=10),
        Column(_("家数"), Form.whole),
        Column(_("流失"), Form.whole),
        Column(_("通过率"), Form.rate),
        Column(_("中位天数"), Form.number),
        Column(_("标准"), width=16),
    )
    rows = tuple(
        (
            one.rule.name,
            said.deed(one.rule.deed),
            one.alive,
            one.lost,
            one.pass_rate,
            one.median_days,
            said.standard(one.rule),
        )
        for one in found.steps
    )
    return Table(_("标准序列与流失"), columns, rows, charted=(2,))


def _paths(found: SequenceReport) -> Table:
    columns = (
        Column(_("路径"), width=60),
        Column(_("赢单"), Form.whole),
        Column(_("输单"), Form.whole),
        Column(_("赢单率"), Form.rate),
        Column(_("周期中位"), Form.number),
        Column(_("首单均值"), Form.money),
    )

    def row(one: PathMeasure, wins: bool) -> tuple[str | int | float | None, ...]:
        path = said.path_text(one, wins=wins)
        return (path, len(one.won), len(one.lost), one.win_rate, one.cycle_days, one.deal_fen)

    rows = [row(one, True) for one in found.won_paths]
    rows += [row(one, False) for one in found.lost_paths]
    return Table(_("路径"), columns, tuple(rows))


def _people(found: SequenceReport) -> Table:
    columns = (
        Column(_("人员"), width=12),
        Column(_("到期步骤"), Form.whole),
        Column(_("符合"), Form.whole),
        Column(_("符合度"), Form.rate),
        Column(_("赢单率"), Form.rate),
        Column(_("最大偏差"), width=24),
    )
    rows = tuple(
        (one.name, one.due, one.kept, one.adherence, one.win_rate,
         said.deviation(one, found.steps))
        for one in found.people
    )  # fmt: skip
    return Table(_("每人符合度"), columns, rows)


def _versions(found: SequenceReport) -> Table:
    columns = (
        Column(_("版本"), Form.whole),
        Column(_("加入家数"), Form.whole),
        Column(_("完成率"), Form.rate),
        Column(_("按时率"), Form.rate),
        Column(_("跳过率"), Form.rate),
        Column(_("转化率"), Form.rate),
        Column(_("说明"), width=12),
    )
    rows = tuple(
        (one.number, one.enrolled, one.completion, one.punctuality, one.skip_rate,
         one.conversion, "" if one.enough else _("样本不足"))
        for one in found.versions
    )  # fmt: skip
    return Table(_("版本对比"), columns, rows)


def _definitions() -> Table:
    columns = (Column(_("名称"), width=20), Column(_("怎么算"), width=70))
    rows = (
        (_("家数"), _("走到这一步或更后面的客户")),
        (_("通过率"), _("走到下一步的客户 ÷ 走到这一步的客户")),
        (_("符合度"), _("按序且按时做完的必做步骤 ÷ 到期的必做步骤")),
        (_("赢单率"), _("赢单 ÷（赢单 + 输单）")),
        (_("完成率"), _("做完的步骤 ÷ 到期的步骤")),
        (_("转化率"), _("加入满窗口天数的客户中，窗口内签约的比例")),
    )
    return Table(_("指标说明"), columns, rows)
