"""Columns of 人员汇总: the four groups, each figure with a heat bar (ui.md 6)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from app.i18n import N_, _
from app.models.values.forms import Form
from app.services.staff.summary import StaffRow, Totals
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


def _wan(fen: int) -> str:
    return words.money(fen, 1)


def _count(number: int) -> str:
    return words.count(number)


SALES, ACTION, VALUE, GOAL = N_("销售"), N_("行动"), N_("新价值 预计"), N_("目标 家 / 金额")

FIGURES: tuple[Figure, ...] = (
    Figure("signed_fen", N_("签约额"), SALES, RESULT, _wan, 78),
    Figure("received_fen", N_("回款额"), SALES, RESULT, _wan, 78),
    Figure("calls", N_("电话量"), ACTION, EFFORT, _count),
    Figure("sms", N_("短信量"), ACTION, EFFORT, _count),
    Figure("talk_seconds", N_("通话时长 时"), ACTION, EFFORT, words.hours, 88),
    Figure("followups", N_("跟进次数"), ACTION, EFFORT, _count),
    Figure("opportunities_fen", N_("新机会"), VALUE, RESULT, _wan, 78),
    Figure("projects_fen", N_("新项目"), VALUE, RESULT, _wan, 78),
    Figure("new_customers", N_("新增"), GOAL, EFFORT, _count, 56),
    Figure("new_customers_fen", N_("金额"), GOAL, EFFORT, _wan, 78),
    Figure("won_customers", N_("成功"), GOAL, RESULT, _count, 56),
    Figure("won_fen", N_("金额"), GOAL, RESULT, _wan, 78),
    Figure("lost_customers", N_("失败"), GOAL, LOSS, _count, 56),
    Figure("lost_fen", N_("金额"), GOAL, LOSS, _wan, 78),
)
_FORMS = {_wan: Form.money, words.hours: Form.hours}
GROUPS: dict[str, str] = {one.field: one.group for one in FIGURES}


def sort_value(row: StaffRow, column: str) -> Any:
    """Return what the table is ordered by."""
    return row.staff if column == "staff" else getattr(row.totals, column)


def _tag(row: StaffRow) -> tuple[str, str] | None:
    if row.quadrant == "model_worker":
        return labels.of(labels.QUADRANT, row.quadrant), "warn"
    return (_("离职"), "outline") if row.left else None


def _spoken(row: StaffRow) -> str:
    tag = _tag(row)
    return row.staff if tag is None else f"{row.staff} · {tag[0]}"


def staff_columns(rows: Sequence[StaffRow]) -> list[Column[StaffRow]]:
    """Return the columns for these rows; a bar is as long as its share of the largest."""
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
            value=_tag,
            accessible=_spoken,
            tip=_spoken,
        )
    ]
    for one in FIGURES:
        most = max((getattr(row.totals, one.field) for row in rows), default=0)
        columns.append(_column(one, most))
    return columns


def _column(one: Figure, most: int) -> Column[StaffRow]:
    def number(row: StaffRow) -> int:
        return int(getattr(row.totals, one.field))

    return Column(
        one.field,
        one.title,
        lambda row: one.write(number(row)),
        "right",
        one.width,
        one.field,
        "heat",
        lambda row: (max(0.0, number(row) / most) if most > 0 else 0.0, one.token),
        flex=1,
        least=one.width,
        exact=number,
        form=_FORMS.get(one.write, Form.whole),
    )


def total_words(total: Totals) -> dict[str, str]:
    """Return the true totals as they are written, by field."""
    return {one.field: one.write(int(getattr(total, one.field))) for one in FIGURES}
