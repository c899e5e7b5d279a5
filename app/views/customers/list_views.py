"""The views of the customer list that everybody has, and its orders with words of their own."""

from __future__ import annotations

from datetime import date

from app.i18n import N_
from app.models.values.pages import Sort
from app.services.context import Actor
from app.services.lists import Condition
from app.views.lists.state import ListView

SORTS: tuple[tuple[Sort, str], ...] = (
    (Sort("last_touch_on", True), N_("最近跟单 新→旧")),
    (Sort("last_touch_on"), N_("最近跟单 旧→新")),
    (Sort("next_due_at"), N_("下步事务 先→后")),
    (Sort("expected_fen", True), N_("预计金额 大→小")),
    (Sort("stage", True), N_("阶段 后→先")),
    (Sort("name"), N_("名称 A→Z")),
    (Sort("created_on", True), N_("建档日 新→旧")),
    (Sort("region"), N_("地区")),
    (Sort("owner"), N_("负责人")),
)


def built_in(actor: Actor, today: date, stage_count: int) -> tuple[ListView, ...]:
    """Return the views that everybody has; salespeople see their own in all but two of them."""
    mine = (Condition("owner", "is", (str(actor.staff_id),)),)
    own = mine if actor.role == "sales" else ()
    alive = Condition("life", "is_not", ("churned",))
    talking = tuple(str(place) for place in range(1, max(2, stage_count - 1)))
    big = (
        Condition("grade", "is", ("big",)),
        Condition("stage", "is", talking),
        alive,
        Condition("quality", "is_not", ("worthless",)),
    )
    month = Condition("created", "since", (today.replace(day=1).isoformat(),))
    return (
        ListView("mine", N_("我的客户"), mine),
        ListView("all", N_("全部")),
        ListView("big", N_("大单在谈"), (*own, *big), Sort("expected_fen", True)),
        ListView(
            "forgotten",
            N_("7 天未跟"),
            (*own, Condition("touched", "over", ("7",)), alive),
            Sort("last_touch_on"),
        ),
        ListView("fresh", N_("本月新增"), (*own, month), Sort("created_on", True)),
        ListView("pool", N_("公海"), (Condition("owner", "is", ("0",)),)),
    )
