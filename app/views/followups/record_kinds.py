"""The lists of next steps and follow-ups: columns, words and first views."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.i18n import N_, _
from app.models.values.forms import Form
from app.models.values.pages import Sort
from app.services.context import Actor
from app.services.followups.listing import FollowLine, StepLine
from app.services.lists import Condition
from app.services.office import Office
from app.views.core import format as fmt
from app.views.core import labels
from app.views.customers.words import FAR, Calendar
from app.views.itemmodels.column import Column
from app.views.lists.record_kind import CARRIER, RecordKind
from app.views.lists.state import ListView

_YES_NO = {"1": N_("计入"), "0": N_("不计入")}
_TIMING = {"open": N_("待办"), "overdue": N_("已逾期"), "none": N_("已结束")}
_TONES = {"open": "accent", "done": "good", "cancelled": "neutral", "postponed": "warn"}


_URGENT = Sort("urgent")
"""What is due first, and what is settled after it."""


def _customer(width: int, under: tuple[str, ...]) -> Column[Any]:
    return Column(CARRIER, N_("客户名称"), lambda row: row.customer, width=width, flex=2,
                  least=130, under=under, kind="strong", elide_middle=True)  # fmt: skip


def _steps(office: Office) -> Sequence[Column[StepLine]]:
    calendar = Calendar(office)

    def due(row: StepLine) -> str:
        if row.state == "open":
            return calendar.due(row.window_start, row.window_end)
        return fmt.day(day(row), calendar.today)

    def day(row: StepLine) -> date | None:
        return calendar.day_of(row.window_end) if row.window_end < FAR else None

    def tone(row: StepLine) -> str:
        late = row.state == "open" and row.window_end < calendar.now
        return "bad" if late else "text"

    return (
        _customer(200, ("plan", "staff")),
        Column("due", N_("什么时候"), due, width=100, tone=tone, exact=day, form=Form.day,
               under=("state",)),
        Column("plan", N_("计划"), lambda row: labels.of(labels.PLAN_KIND, row.plan_kind),
               width=84),
        Column("what", N_("做什么"), lambda row: row.what, width=220, flex=2, least=120),
        Column("state", N_("状态"), lambda row: labels.of(labels.STEP_STATE, row.state), width=76,
               kind="tag", value=lambda row: (labels.of(labels.STEP_STATE, row.state),
                                              _TONES.get(row.state, "neutral"))),
        Column("postponed", N_("顺延次数"),
               lambda row: str(row.postpone_count) if row.postpone_count else "", "right",
               width=84, exact=lambda row: row.postpone_count, form=Form.whole),
        Column("staff", N_("谁"), lambda row: row.staff, width=96, kind="person"),
        Column("reason", N_("原因"), lambda row: row.reason, width=140, flex=1, least=80),
    )  # fmt: skip


def _followups(office: Office) -> Sequence[Column[FollowLine]]:
    calendar = Calendar(office)
    return (
        _customer(190, ("staff", "channel")),
        Column("on", N_("时间"), lambda row: calendar.stamp(row.at), width=112,
               exact=lambda row: row.on, form=Form.day, under=("outcome",)),
        Column("channel", N_("方式"), lambda row: labels.of(labels.CHANNEL, row.channel),
               width=70),
        Column("direction", N_("来去"), lambda row: labels.of(labels.DIRECTION, row.direction),
               width=64),
        Column("outcome", N_("结果"), lambda row: labels.of(labels.OUTCOME, row.outcome),
               width=76),
        Column("content", N_("内容"), lambda row: row.content.replace("\n", " "), width=320,
               flex=3, least=140, exact=lambda row: row.content),
        Column("plan", N_("计划"), lambda row: labels.of(labels.PLAN_KIND, row.plan_kind),
               width=84, shown=False),
        Column("staff", N_("谁"), lambda row: row.staff, width=96, kind="person"),
        Column("counts", N_("计入跟单次数"),
               lambda row: _("计入") if row.counts else _("不计入"), width=96, shown=False),
    )  # fmt: skip


def _step_views(actor: Actor, _today: date) -> tuple[ListView, ...]:
    due = Sort("due")
    is_open = Condition("timing", "is", ("open",))
    mine = Condition("staff", "is", (str(actor.staff_id),))
    return (
        ListView("all", N_("全部"), (), _URGENT),
        ListView("mine", N_("我的待办"), (mine, is_open), due),
        ListView("overdue", N_("已逾期"), (Condition("timing", "is", ("overdue",)),), due),
        ListView("week", N_("7 天内"), (is_open, Condition("due", "within", ("7",))), due),
        ListView("done", N_("已完成"), (Condition("state", "is", ("done",)),), Sort("due", True)),
    )


def _follow_views(actor: Actor, today: date) -> tuple[ListView, ...]:
    newest = Sort("at", True)
    mine = Condition("staff", "is", (str(actor.staff_id),))
    month = Condition("on", "since", (today.replace(day=1).isoformat(),))
    visits = Condition("channel", "is", ("visit", "meeting"))
    return (
        ListView("all", N_("全部"), (), newest),
        ListView("mine", N_("我的"), (mine,), newest),
        ListView("month", N_("本月"), (month,), newest),
        ListView("visits", N_("拜访和会议"), (visits,), newest),
    )


STEPS = RecordKind(
    name="next_steps",
    title=N_("下步事务"),
    columns=_steps,
    titles={
        "timing": N_("进度"),
        "due": N_("什么时候"),
        "plan": N_("计划"),
        "state": N_("状态"),
        "staff": N_("谁"),
        "what": N_("做什么"),
        "reason": N_("原因"),
    },
    codes={"timing": _TIMING, "plan": labels.PLAN_KIND, "state": labels.STEP_STATE},
    sorted_by={
        CARRIER: CARRIER, "due": "due", "plan": "plan", "state": "state", "staff": "staff",
        "postponed": "postponed",
    },
    groups=("staff", "plan", "state", CARRIER, "owner", "region", "life", "grade"),
    searched=(CARRIER, "what"),
    newest=_URGENT,
    views=_step_views,
    listed={},
    orders=((_URGENT, N_("要做的在前")),),
)  # fmt: skip
FOLLOWUPS = RecordKind(
    name="followups",
    title=N_("跟单记录"),
    columns=_followups,
    titles={
        "on": N_("时间"),
        "staff": N_("谁"),
        "channel": N_("方式"),
        "direction": N_("来去"),
        "outcome": N_("结果"),
        "content": N_("内容"),
        "plan": N_("计划"),
        "counts": N_("计入跟单次数"),
    },
    codes={
        "channel": labels.CHANNEL, "direction": labels.DIRECTION, "outcome": labels.OUTCOME,
        "plan": labels.PLAN_KIND, "counts": _YES_NO,
    },
    sorted_by={
        CARRIER: CARRIER, "on": "at", "channel": "channel", "direction": "direction",
        "outcome": "outcome", "plan": "plan", "staff": "staff",
    },
    groups=("staff", "channel", "direction", "outcome", "plan", "on", CARRIER, "owner", "region",
            "life", "grade"),
    searched=(CARRIER, "content"),
    newest=Sort("at", True),
    views=_follow_views,
    listed={},
)  # fmt: skip
