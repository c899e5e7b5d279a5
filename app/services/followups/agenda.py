"""Today: open next steps grouped by fuzzy time (ui.md 10), and the six figures."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from app.models.tables.base import aliased
from app.models.tables.customers import Customer
from app.models.tables.deals import Contract, ContractShare
from app.models.tables.followups import FollowUp, NextStep
from app.models.values import dates, nextstep
from app.models.values.deals import EFFECTIVE
from app.models.values.nextstep import Group
from app.services.followups.today import Agenda, AgendaGroup, AgendaItem, Counters

if TYPE_CHECKING:
    from app.models.store.unit import Reader
    from app.services.followups.moment import OfficeTime

_GRADE_ORDER = {"big": 0, "normal": 1, "small": 2}
_ITEM = (
    select(
        NextStep.id,
        NextStep.customer_id,
        func.coalesce(func.nullif(Customer.short_name, ""), Customer.name),
        Customer.main_contact,
        NextStep.plan_kind,
        NextStep.what,
        NextStep.bucket,
        NextStep.window_start,
        NextStep.window_end,
        NextStep.has_clock,
        Customer.quality,
        Customer.grade,
        func.nullif(Customer.expected_fen, -1),
        NextStep.staff_id,
        NextStep.postpone_count,
        Customer.name,
    )
    .join(Customer, Customer.id == NextStep.customer_id)
    .where(NextStep.state == "open", NextStep.deleted_at == 0, Customer.deleted_at == 0)
)
"""The columns in the order of AgendaItem, but for ``more_count``."""


def read_agenda(reader: Reader, staff_id: int, now: int, office: OfficeTime) -> Agenda:
    """Return the open steps of a person (0 is everybody), grouped and in order."""
    mine = _ITEM if not staff_id else _ITEM.where(NextStep.staff_id == staff_id)
    rows = reader.rows(mine.order_by(NextStep.window_end, NextStep.window_start, NextStep.id))
    earliest: dict[int, Any] = {}
    later: dict[int, int] = {}
    for row in rows:
        customer_id = row[1]
        if customer_id in earliest:
            later[customer_id] = later.get(customer_id, 0) + 1
        else:
            earliest[customer_id] = row
    groups: dict[Group, list[AgendaItem]] = {group: [] for group in Group}
    grouped = _Grouping(now, office)
    for customer_id, row in earliest.items():
        values = (*row[:-1], later.get(customer_id, 0), row[-1])
        item = AgendaItem(*values)
        groups[grouped.of(item)].append(item)
    ordered = tuple(
        AgendaGroup(group, tuple(sorted(items, key=_oldest if group is Group.overdue else _order)))
        for group, items in groups.items()
    )
    return Agenda(ordered, _counters(reader, staff_id, now, office, groups))


class _Grouping:
    """Know the group of each window; most steps share theirs with many others."""

    def __init__(self, now: int, office: OfficeTime) -> None:
        self._now = now
        self._office = office
        self._known: dict[tuple[int, int], Group] = {}

    def of(self, item: AgendaItem) -> Group:
        """Return the group of a step (ui.md 10)."""
        ends = (item.window_start, item.window_end)
        if ends not in self._known:
            window = nextstep.Window(*ends, item.has_clock)
            there = self._office
            self._known[ends] = nextstep.group(window, self._now, there.zone, there.hours)
        return self._known[ends]


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
        *_called(staff_id, local.date())
    )
    if staff_id:
        done = done.where(NextStep.staff_id == staff_id)
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


def _called(staff_id: int, day: date) -> list[Any]:
    """Return the conditions of a call that went through on a day."""
    found: list[Any] = [
        FollowUp.on == day,
        FollowUp.channel == "phone",
        FollowUp.duration_s > 0,
        FollowUp.deleted_at == 0,
    ]
    return [*found, FollowUp.staff_id == staff_id] if staff_id else found


def read_called(reader: Reader, staff_id: int, day: date) -> tuple[int, ...]:
    """Return the customers behind 今日通话."""
    chosen = select(FollowUp.customer_id).where(*_called(staff_id, day)).distinct()
    return tuple(row[0] for row in reader.rows(chosen))


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
