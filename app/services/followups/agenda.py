"""Today: open next steps grouped by fuzzy time (ui.md 10), and the six figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.models.store.unit import Reader
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import dates, nextstep
from app.models.values.deals import EFFECTIVE
from app.models.values.nextstep import Group
from app.services.followups.drafts import Agenda, AgendaGroup, AgendaItem, Counters
from app.services.followups.saving import OfficeTime

_GRADE_ORDER = {"big": 0, "normal": 1, "small": 2}
_ITEM = (
    select(
        NextStep.id,
        NextStep.customer_id,
        Customer.short_name,
        Customer.name,
        Customer.main_contact,
        NextStep.plan_kind,
        NextStep.what,
        NextStep.bucket,
        NextStep.window_start,
        NextStep.window_end,
        NextStep.has_clock,
        Customer.quality,
        Customer.grade,
        Customer.expected_fen,
        NextStep.staff_id,
        NextStep.postpone_count,
    )
    .join(Customer, Customer.id == NextStep.customer_id)
    .where(NextStep.state == "open", NextStep.deleted_at == 0, Customer.deleted_at == 0)
)


def read_agenda(reader: Reader, staff_id: int, now: int, office: OfficeTime) -> Agenda:
    """Return the open steps of a person (0 is everybody), grouped and in order."""
    mine = _ITEM if not staff_id else _ITEM.where(NextStep.staff_id == staff_id)
    rows = reader.rows(mine.order_by(NextStep.window_end, NextStep.window_start, NextStep.id))
    earliest: dict[int, AgendaItem] = {}
    later: dict[int, int] = {}
    for row in rows:
        if row[1] in earliest:
            later[row[1]] = later.get(row[1], 0) + 1
        else:
            earliest[row[1]] = _item(row)
    groups: dict[Group, list[AgendaItem]] = {group: [] for group in Group}
    for item in earliest.values():
        window = nextstep.Window(item.window_start, item.window_end, item.has_clock)
        shown = _with_more(item, later.get(item.customer_id, 0))
        groups[nextstep.group(window, now, office.zone, office.hours)].append(shown)
    ordered = tuple(
        AgendaGroup(group, tuple(sorted(items, key=_oldest if group is Group.overdue else _order)))
        for group, items in groups.items()
    )
    return Agenda(ordered, _counters(reader, staff_id, now, office, groups))


def _item(row: Any) -> AgendaItem:
    return AgendaItem(
        step_id=row.id,
        customer_id=row.customer_id,
        customer=row.short_name or row.name,
        contact=row.main_contact,
        plan_kind=row.plan_kind,
        what=row.what,
        bucket=row.bucket,
        window_start=row.window_start,
        window_end=row.window_end,
        has_clock=row.has_clock,
        quality=row.quality,
        grade=row.grade,
        expected_fen=None if row.expected_fen < 0 else row.expected_fen,
        staff_id=row.staff_id,
        postpone_count=row.postpone_count,
        full_name=row.name,
    )


def _with_more(item: AgendaItem, more: int) -> AgendaItem:
    return replace(item, more_count=more) if more else item


def _order(item: AgendaItem) -> tuple[Any, ...]:
    """Rows with a clock time first, then by size, then by age (ui.md 10)."""
    clock = item.window_start if item.has_clock else 0
    return (not item.has_clock, clock, _GRADE_ORDER.get(item.grade, 3), item.window_end)


def _oldest(item: AgendaItem) -> tuple[Any, ...]:
    """Sort what is overdue: the oldest first, then by size (product.md 1.6)."""
    return (item.window_end, item.window_start, _GRADE_ORDER.get(item.grade, 3))


def _counters(
    reader: Reader,
    staff_id: int,
    now: int,
    office: OfficeTime,
    groups: dict[Group, list[AgendaItem]],
) -> Counters:
    local = dates.to_local(now, office.zone)
    today_from, _ = dates.day_window(local.date(), office.zone)
    done = select(func.count(NextStep.id)).where(
        NextStep.state == "done", NextStep.deleted_at == 0, NextStep.done_at >= today_from
    )
    calls = select(func.count(FollowUp.id), func.coalesce(func.sum(FollowUp.duration_s), 0)).where(
        FollowUp.on == local.date(),
        FollowUp.channel == "phone",
        FollowUp.duration_s > 0,
        FollowUp.deleted_at == 0,
    )
    if staff_id:
        done = done.where(NextStep.staff_id == staff_id)
        calls = calls.where(FollowUp.staff_id == staff_id)
    talked = reader.one(calls)
    today = len(groups[Group.tonight]) + len(groups[Group.later_today])
    return Counters(
        overdue=len(groups[Group.overdue]),
        today=today,
        done_today=int(reader.scalar(done) or 0),
        this_week=today + len(groups[Group.tomorrow]) + len(groups[Group.this_week]),
        calls_today=talked[0] if talked else 0,
        talk_seconds=int(talked[1]) if talked else 0,
        signed_fen=_signed_this_month(reader, staff_id, local),
    )


def _signed_this_month(reader: Reader, staff_id: int, local: datetime) -> int:
    first = local.date().replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    wanted = (
        Contract.signed_on >= first,
        Contract.signed_on < after,
        Contract.status.in_(EFFECTIVE),
        Contract.deleted_at == 0,
    )
    if not staff_id:
        return int(reader.scalar(select(func.sum(Contract.amount_fen)).where(*wanted)) or 0)
    shares = (
        select(Contract.amount_fen, ContractShare.weight, _whole_weight())
        .join(ContractShare, ContractShare.contract_id == Contract.id)
        .where(*wanted, ContractShare.staff_id == staff_id, ContractShare.deleted_at == 0)
    )
    return sum((fen or 0) * weight // (whole or 1) for fen, weight, whole in reader.rows(shares))


def _whole_weight() -> Any:
    share = aliased(ContractShare)
    every = select(func.sum(share.weight)).where(
        share.contract_id == Contract.id, share.deleted_at == 0
    )
    return every.correlate(Contract).scalar_subquery()
