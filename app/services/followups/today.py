"""What Today shows: its groups of open next steps, and the figures over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from app.models.values.nextstep import Group

if TYPE_CHECKING:
    from collections.abc import Iterator

ORDER = (
    Group.overdue,
    Group.later_today,
    Group.tonight,
    Group.tomorrow,
    Group.this_week,
    Group.next_week,
    Group.next_month,
    Group.later,
)
"""The groups as Today shows them, from the most pressing."""
AT_FIRST = 200
"""How many steps Today shows before it looks for more: some screens full."""
AT_ONCE = 5_000
"""Up to how many open steps are looked through while a person waits."""


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """One open next step on Today; instants in UTC milliseconds."""

    step_id: int
    customer_id: int
    customer: str
    contact: str
    plan_kind: str
    what: str
    bucket: str
    window_start: int
    window_end: int
    has_clock: bool
    quality: str
    grade: str
    expected_fen: int | None
    staff_id: int
    postpone_count: int
    more_count: int = 0
    full_name: str = ""


class StepKey(NamedTuple):
    """What the group of an open step and its count need; has_clock is 0 or 1."""

    step_id: int
    customer_id: int
    window_start: int
    window_end: int
    has_clock: int
    plan_kind: str


@dataclass(frozen=True, slots=True)
class AgendaGroup:
    """The open steps of one group of Today: the first ones in order, and what was not read."""

    group: Group
    items: tuple[AgendaItem, ...]
    unread: tuple[StepKey, ...] = ()

    def steps(self) -> Iterator[AgendaItem | StepKey]:
        """Yield all steps, those that were not read in no order."""
        yield from self.items
        yield from self.unread

    def count(self) -> int:
        """Return how many steps the group has."""
        return len(self.items) + len(self.unread)


@dataclass(frozen=True, slots=True)
class Counters:
    """The six figures over Today; fen and seconds as integers, None where unknown."""

    overdue: int
    today: int
    done_today: int
    this_week: int
    calls_today: int
    talk_seconds: int
    signed_fen: int
    to_file: int = 0


@dataclass(frozen=True, slots=True)
class Agenda:
    """Today for one person or all."""

    groups: tuple[AgendaGroup, ...]
    counters: Counters

    def total(self) -> int:
        """Return the number of open steps shown."""
        return sum(group.count() for group in self.groups)

    def whole(self) -> bool:
        """Tell whether every step was read."""
        return not any(group.unread for group in self.groups)
