"""What Today shows: its groups of open next steps, and the figures over them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.models.values.nextstep import Group


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


@dataclass(frozen=True, slots=True)
class AgendaGroup:
    """The open steps of one group of Today, in order."""

    group: Group
    items: tuple[AgendaItem, ...]


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
        return sum(len(group.items) for group in self.groups)
