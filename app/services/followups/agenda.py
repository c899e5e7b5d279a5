"""Today: open next steps grouped by fuzzy time (ui.md 10), and the six figures."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from app.models.store import first_page
from app.models.values import dates, nextstep
from app.models.values.deals import EFFECTIVE
from app.models.values.nextstep import Group
from app.services.followups.today import Agenda, AgendaGroup, AgendaItem, Counters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from app.models.store.reader import Reader
    from app.services.followups.moment import OfficeTime

_GRADE_ORDER = {"big": 0, "normal": 1, "small": 2}
_EFFECTIVE = json.dumps(EFFECTIVE)


def read_agenda(reader: Reader, staff_id: int, now: int, office: OfficeTime) -> Agenda:
    """Return the open steps of a person (0 is everybody), grouped and in order."""
    earliest: dict[int, Any] = {}
    later: dict[int, int] = {}
    for row in first_page.open_steps(reader, staff_id):
        customer_id = row[1]
        if customer_id in earliest:
            later[customer_id] = later.get(customer_id, 0) + 1
        else:
            earliest[customer_id] = row
    groups: dict[Group, list[AgendaItem]] = {group: [] for group in Group}
    grouped = _Grouping(now, office)
    for customer_id, row in earliest.items():
        item = _item(row, later.get(customer_id, 0))
        groups[grouped.of(item)].append(item)
    ordered = tuple(
        AgendaGroup(group, tuple(sorted(items, key=_oldest if group is Group.overdue else _order)))
        for group, items in groups.items()
    )
    return Agenda(ordered, _counters(reader, staff_id, now, office, groups))


def _item(row: Sequence[Any], more_count: int) -> AgendaItem:
    """Return one row of the store's open steps with the number of later ones."""
    values: tuple[Any, ...] = (*row[:9], bool(row[9]), *row[10:15], more_count, row[15])
    return AgendaItem(*values)


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
    calls, seconds = first_page.calls(reader, staff_id, local.date().isoformat())
    today = len(groups[Group.tonight]) + len(groups[Group.later_today])
    return Counters(
        overdue=len(groups[Group.overdue]),
        today=today,
        done_today=first_page.done_count(reader, staff_id, today_from),
        this_week=today + len(groups[Group.tomorrow]) + len(groups[Group.this_week]),
        calls_today=calls,
        talk_seconds=seconds,
        signed_fen=_signed_this_month(reader, staff_id, local),
    )


def _signed_this_month(reader: Reader, staff_id: int, local: datetime) -> int:
    """Return the fen signed this month, a person's by weight of the shares (product.md 2.6)."""
    first = local.date().replace(day=1)
    after = (first + timedelta(days=32)).replace(day=1)
    span = (first.isoformat(), after.isoformat(), _EFFECTIVE)
    if not staff_id:
        return first_page.signed(reader, *span)
    shares = first_page.signed_shares(reader, staff_id, *span)
    return sum((fen or 0) * weight // (whole or 1) for fen, weight, whole in shares)
