"""人员汇总 as a table of plain figures, with the true totals below."""

from __future__ import annotations

from datetime import date

from app.i18n import N_, _, translate
from app.services.kpi.reporting.macro_tables import notes_of
from app.services.kpi.reporting.shapes import Cell, Column, Form, Report, Table, Value
from app.services.staff.summary import StaffRow, StaffSummary, Totals

FIGURES: tuple[tuple[str, str, Form, str], ...] = (
    ("signed_fen", N_("签约额"), Form.money, N_("生效合同按签约日和分成比例归到人")),
    ("received_fen", N_("回款额"), Form.money, N_("回款减退款，按到账日和分成比例归到人")),
    ("contracts", N_("合同数"), Form.whole, N_("共享的合同每人各算一份，合计只算一份")),
    ("calls", N_("电话量"), Form.whole, N_("打出和接到的电话，不含未接")),
    ("talk_seconds", N_("通话时长"), Form.hours, N_("通话秒数之和，按小时写")),
    ("sms", N_("短信量"), Form.whole, N_("发出的短信")),
    ("followups", N_("跟进次数"), Form.whole, N_("计数的跟单")),
    ("customers_touched", N_("跟进客户"), Form.whole, N_("跟进过的客户，一家算一次")),
    ("opportunities_fen", N_("新机会"), Form.money, N_("期内新建商机的预计金额")),
    ("projects_fen", N_("新项目"), Form.money, N_("期内首次定为有价值的客户的预计金额")),
    ("new_customers", N_("新增客户"), Form.whole, N_("期内建档，首任负责人是本人")),
    ("won_customers", N_("成功客户"), Form.whole, N_("期内首次签约的客户")),
    ("won_fen", N_("成功金额"), Form.money, N_("成功客户的签约额")),
    ("lost_customers", N_("失败客户"), Form.whole, N_("期内失效或丢单的客户")),
)


def staff_table(found: StaffSummary) -> Table:
    """Return one row a person and the totals; the signed money is drawn as bars."""
    columns = (
        Column(_("人员"), width=14),
        Column(_("部门"), width=12),
        *(Column(translate(title), form) for _name, title, form, _words in FIGURES),
        Column(_("90 天转化率"), Form.rate),
        Column(_("在岗天数"), Form.whole),
    )
    rows = tuple(_row(one) for one in found.rows)
    return Table(_("人员汇总"), columns, (*rows, _total(found.total)), charted=(2, 3), totals=1)


def _row(one: StaffRow) -> tuple[Value | Cell, ...]:
    name = one.staff + (_("（离职）") if one.left else "")
    return (name, one.team, *_figures(one.totals), one.conversion, one.worked_days)


def _total(total: Totals) -> tuple[Value | Cell, ...]:
    return (_("合计"), "", *_figures(total), None, None)


def _figures(totals: Totals) -> list[int]:
    return [int(getattr(totals, name)) for name, _title, _form, _words in FIGURES]


def staff_definitions(notes: tuple[str, ...]) -> Table:
    """Return what each column counts."""
    rows: list[tuple[Value | Cell, ...]] = [(note, "", "") for note in notes]
    rows += [(translate(title), translate(words), name) for name, title, _form, words in FIGURES]
    columns = (Column(_("名称"), width=34), Column(_("怎么算"), width=70), Column("id", width=18))
    return Table(_("指标说明"), columns, tuple(rows))


def staff_sheets(found: StaffSummary, as_of: date, team: str = "") -> Report:
    """Return the staff summary as a report."""
    span = f"{found.first.isoformat()} ~ {found.last.isoformat()}"
    notes = notes_of(span, team or _("全部"), as_of)
    return Report(_("人员汇总"), notes, (staff_table(found),), staff_definitions(notes))
