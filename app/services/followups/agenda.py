"""Today: open next steps grouped by fuzzy time (ui.md 10), and the six figures."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any

from app.models.store import first_page
from app.models.values import dates, nextstep
from app.models.values.deals import EFFECTIVE
from app.models.values.nextstep import Group
from app.services.followups.today import ORDER, Agenda, AgendaGroup, AgendaItem, Counters, StepKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from app.models.store.reader import Reader
    from app.services.followups.moment import OfficeTime

_GRADE_ORDER = {"big": 0, "normal": 1, "small": 2}
_EFFECTIVE = json.dumps(EFFECTIVE)


def read_agenda(
    reader: Reader, staff_id: int, now: int, office: OfficeTime, limit: int = 0
) -> Agenda:
    """Return the open steps of a person (0 is everybody), grouped and in order.

    With a limit only that many steps are read whole, the first ones in Today's order; groups
    and figures count the others too.
    """
    earliest, later = _by_customer(first_page.open_steps(reader, staff_id))
    groups: dict[Group, list[StepKey]] = {group: [] for group in ORDER}
    grouped = _Grouping(now, office)
    for key in earliest:
        groups[grouped.of(key)].append(key)
    chosen: dict[Group, list[StepKey]] = {}
    room = limit or len(earliest)
    for group, keys in groups.items():
        chosen[group] = _first_of(reader, group, keys, room)
        room -= len(chosen[group])
    items = _items(reader, chain.from_iterable(chosen.values()), later)
    made = tuple(_group(group, keys, chosen[group], items) for group, keys in groups.items())
    return Agenda(made, _counters(reader, staff_id, now, office, groups))


def _by_customer(rows: Sequence[Any]) -> tuple[list[StepKey], dict[int, int]]:
    """Return the earliest step of each customer, and how many later ones it has."""
    seen: set[int] = set()
    earliest: list[StepKey] = []
    later: dict[int, int] = {}
    for row in rows:
        customer_id = row[1]
        if customer_id in seen:
            later[customer_id] = later.get(customer_id, 0) + 1
        else:
            seen.add(customer_id)
            earliest.append(StepKey._make(row))
    return earliest, later


def _first_of(reader: Reader, group: Group, keys: list[StepKey], room: int) -> list[StepKey]:
    """Return the first steps of a group in its order; ``keys`` stand by their windows."""
    if room <= 0 or not keys:
        return []
    order = _order
    if group is Group.overdue:
        order = _oldest
        if room < len(keys):
            last = keys[room - 1]
            ends = (last.window_end, last.window_start)
            keys = [key for key in keys if (key.window_end, key.window_start) <= ends]
    sizes = first_page.grades(reader, (key.customer_id for key in keys))
    ranked = sorted(
        keys, key=lambda key: order(key, _GRADE_ORDER.get(sizes.get(key.customer_id, ""), 3))
    )
    return ranked[:room]


def _items(
    reader: Reader, keys: Iterable[StepKey], later: Mapping[int, int]
) -> dict[int, AgendaItem]:
    """Return what is shown of steps by their ids, with the number of later steps."""
    found: dict[int, AgendaItem] = {}
    for row in first_page.steps(reader, (key.step_id for key in keys)):
        more_count = later.get(row[1], 0)
        values: tuple[Any, ...] = (*row[:9], bool(row[9]), *row[10:15], more_count, row[15])
        found[row[0]] = AgendaItem(*values)
    return found


def _group(
    group: Group, keys: list[StepKey], chosen: list[StepKey], items: Mapping[int, AgendaItem]
) -> AgendaGroup:
    shown = tuple(items[key.step_id] for key in chosen)
    if len(chosen) == len(keys):
        return AgendaGroup(group, shown)
    return AgendaGroup(group, shown, tuple(key for key in keys if key.step_id not in items))


class _Grouping:
    """Know the group of each window; most steps share theirs with many others."""

    def __init__(self, now: int, office: OfficeTime) -> None:
        self._now = now
        self._office = office
        self._known: dict[tuple[int, int], Group] = {}

    def of(self, key: StepKey) -> Group:
        """Return the group of a step (ui.md 10)."""
        ends = (key.window_start, key.window_end)
        if ends not in self._known:
            window = nextstep.Window(*ends, bool(key.has_clock))
            there = self._office
            self._known[ends] = nextstep.group(window, self._now, there.zone, there.hours)
        return self._known[ends]


def _order(key: StepKey, size: int) -> tuple[int, ...]:
    """Rows with a clock time first, then by size, then by age (ui.md 10)."""
    clock = key.window_start if key.has_clock else 0
    return (not key.has_clock, clock, size, key.window_end)


def _oldest(key: StepKey, size: int) -> tuple[int, ...]:
    """Sort what is overdue: the oldest first, then by size (product.md 1.6)."""
    return (key.window_end, key.window_start, size)


def _counters(
    reader: Reader,
    staff_id: int,
    now: int,
    office: OfficeTime,
    groups: Mapping[Group, Sequence[StepKey]],
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
