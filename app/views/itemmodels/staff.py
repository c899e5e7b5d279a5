"""Columns of 人员汇总: figures in groups with heat bars, a tick for another period (ui.md 6)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.i18n import N_, _, translate
from app.models.values.forms import Form
from app.services.staff.quality import EVERYBODY, Quality
from app.services.staff.summary import StaffRow, StaffSummary, Totals
from app.views.core import format as words
from app.views.core import labels
from app.views.itemmodels.column import Column

RESULT, EFFORT, LOSS = "c1", "c3", "c2"


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of the summary: its field, title, group, colour and how it is written."""

    field: str
    title: str
    group: str
    token: str
    write: Callable[[int], str]
    width: int = 64
    shown: bool = True


@dataclass(frozen=True, slots=True)
class Shown:
    """What the table shows: a summary, one to compare with, and how people work."""

    summary: StaffSummary
    base: StaffSummary | None = None
    quality: Mapping[int, Quality] = field(default_factory=dict)

    def base_of(self, staff_id: int) -> Totals | None:
        """Return one person's figures of the period compared with, None for a newcomer."""
        rows = self.base.rows if self.base is not None else ()
        return next((row.totals for row in rows if row.staff_id == staff_id), None)


def _wan(fen: int) -> str:
    return words.money(fen, 1)


def _count(number: int) -> str:
    return words.count(number)


SALES, ACTION, VALUE, GOAL = N_("销售"), N_("行动"), N_("新价值 预计"), N_("目标 家 / 金额")
QUALITY, POST = N_("质量"), N_("在岗")


def _more(name: str, title: str, group: str, token: str) -> Figure:
    """Return a figure that is shown on wish only."""
    return Figure(name, title, group, token, _count, 72, shown=False)


FIGURES: tuple[Figure, ...] = (
    Figure("signed_fen", N_("签约额"), SALES, RESULT, _wan, 78),
    Figure("received_fen", N_("回款额"), SALES, RESULT, _wan, 78),
    _more("contracts", N_("签约合同"), SALES, RESULT),
    _more("signed_customers", N_("签约客户"), SALES, RESULT),
    Figure("calls", N_("电话量"), ACTION, EFFORT, _count),
    Figure("sms", N_("短信量"), ACTION, EFFORT, _count),
    Figure("talk_seconds", N_("通话时长 时"), ACTION, EFFORT, words.hours, 88),
    Figure("followups", N_("跟进次数"), ACTION, EFFORT, _count),
    _more("connected", N_("接通数"), ACTION, EFFORT),
    _more("emails", N_("邮件"), ACTION, EFFORT),
    _more("chats", N_("微信/QQ 会话日"), ACTION, EFFORT),
    _more("visits", N_("拜访"), ACTION, EFFORT),
    _more("customers_touched", N_("跟进客户"), ACTION, EFFORT),
    Figure("opportunities_fen", N_("新机会"), VALUE, RESULT, _wan, 78),
    _more("opportunities", N_("新机会数"), VALUE, RESULT),
    Figure("projects_fen", N_("新项目"), VALUE, RESULT, _wan, 78),
    _more("projects", N_("新项目数"), VALUE, RESULT),
    Figure("new_customers", N_("新增"), GOAL, EFFORT, _count, 56),
    Figure("new_customers_fen", N_("金额"), GOAL, EFFORT, _wan, 78),
    Figure("won_customers", N_("成功"), GOAL, RESULT, _count, 56),
    Figure("won_fen", N_("金额"), GOAL, RESULT, _wan, 78),
    Figure("lost_customers", N_("失败"), GOAL, LOSS, _count, 56),
    Figure("lost_fen", N_("金额"), GOAL, LOSS, _wan, 78),
)
SHARES: dict[str, str] = {
    "broken_chain": N_("断链率"),
    "recalibrated": N_("复标率"),
    "feature_fill": N_("特征填充率"),
    "overdue_steps": N_("逾期下步率"),
}
"""The quality columns, shown on wish: they are read only then."""
_FORMS = {_wan: Form.money, words.hours: Form.hours}
GROUPS: dict[str, str] = {
    **{one.field: one.group for one in FIGURES},
    **dict.fromkeys(SHARES, QUALITY),
    "worked_days": POST,
}


def sorter(shown: Shown) -> Callable[[StaffRow, str], Any]:
    """Return how the table is ordered; what is not known stands first."""

    def value(row: StaffRow, column: str) -> Any:
        if column in ("staff", "worked_days"):
            return getattr(row, column)
        if column in SHARES:
            share = getattr(shown.quality.get(row.staff_id, Quality()), column)
            return -1.0 if share is None else share
        return getattr(row.totals, column)

    return value


def _tag(row: StaffRow, working_days: int) -> tuple[str, str] | None:
    if row.quadrant == "model_worker":
        return labels.of(labels.QUADRANT, row.quadrant), "warn"
    if row.left:
        return _("离职"), "outline"
    if row.worked_days < working_days:
        return _("在岗 {count} 天").format(count=row.worked_days), "outline"
    return None


def staff_columns(shown: Shown) -> list[Column[StaffRow]]:
    """Return the columns for these rows; a bar is as long as its share of the largest."""
    rows, working = shown.summary.rows, shown.summary.working_days

    def spoken(row: StaffRow) -> str:
        tag = _tag(row, working)
        return row.staff if tag is None else f"{row.staff} · {tag[0]}"

    columns: list[Column[StaffRow]] = [
        Column(
            "staff",
            N_("人员"),
            lambda row: row.staff,
            width=132,
            flex=2,
            least=132,
            kind="person",
            sort_key="staff",
            value=lambda row: _tag(row, working),
            accessible=spoken,
            tip=spoken,
        )
    ]
    columns += [_column(one, shown, rows) for one in FIGURES]
    columns += [_share_column(name, title, shown) for name, title in SHARES.items()]
    columns.append(
        Column(
            "worked_days",
            N_("在岗天数"),
            lambda row: f"{row.worked_days} / {working}",
            "right",
            84,
            "worked_days",
            shown=False,
            exact=lambda row: row.worked_days,
            form=Form.whole,
        )
    )
    return columns


def _column(one: Figure, shown: Shown, rows: Sequence[StaffRow]) -> Column[StaffRow]:
    def number(row: StaffRow) -> int:
        return int(getattr(row.totals, one.field))

    def base(row: StaffRow) -> int | None:
        totals = shown.base_of(row.staff_id)
        return None if totals is None else int(getattr(totals, one.field))

    most = max((max(number(row), base(row) or 0) for row in rows), default=0)

    def bar(row: StaffRow) -> tuple[float, str, float | None]:
        before = base(row)
        tick = None if before is None or most <= 0 else max(0.0, before / most)
        return (max(0.0, number(row) / most) if most > 0 else 0.0), one.token, tick

    def tip(row: StaffRow) -> str:
        before = base(row)
        if before is None:
            return one.write(number(row))
        return _("{now}，对比期 {before}").format(
            now=one.write(number(row)), before=one.write(before)
        )

    return Column(
        one.field,
        one.title,
        lambda row: one.write(number(row)),
        "right",
        one.width,
        one.field,
        "heat",
        bar,
        accessible=tip,
        tip=tip,
        flex=1,
        least=one.width,
        shown=one.shown,
        exact=number,
        form=_FORMS.get(one.write, Form.whole),
    )


def _share_column(name: str, title: str, shown: Shown) -> Column[StaffRow]:
    def share(row: StaffRow) -> float | None:
        found: float | None = getattr(shown.quality.get(row.staff_id, Quality()), name)
        return found

    return Column(
        name,
        title,
        lambda row: "" if share(row) is None else words.percent(share(row)),
        "right",
        84,
        name,
        shown=False,
        exact=share,
        form=Form.rate,
    )


def choice_title(column: Column[StaffRow]) -> str:
    """Return a column's name where its group does not stand above it."""
    group = GROUPS.get(column.key)
    title = translate(column.title)
    return title if group is None else f"{translate(group)} · {title}"


def total_words(shown: Shown) -> dict[str, str]:
    """Return the true totals as they are written, by field."""
    total = shown.summary.total
    found = {one.field: one.write(int(getattr(total, one.field))) for one in FIGURES}
    everybody = shown.quality.get(EVERYBODY, Quality())
    return found | {name: words.percent(getattr(everybody, name)) for name in SHARES}
