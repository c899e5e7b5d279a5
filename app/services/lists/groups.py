"""A list by groups: what its rows are grouped by, and what each group adds up to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Any

from app.services.lists.orders import Order


@dataclass(frozen=True, slots=True, eq=False)
class GroupColumn:
    """What rows are grouped by, as SQL; never null, one value a row."""

    column: Any


@dataclass(frozen=True, slots=True)
class Subtotal:
    """One group: its value as text (empty for unknown), its rows, and sums in fen by name."""

    key: str
    count: int
    sums: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, eq=False)
class Grouped:
    """The ids of a list in the order of its groups, and the groups, of one moment."""

    order: Order
    groups: tuple[Subtotal, ...]

    def starts(self) -> tuple[int, ...]:
        """Return where each group begins in the order, and where the last one ends."""
        return tuple(accumulate((one.count for one in self.groups), initial=0))


def key_of(value: Any) -> str:
    """Return the value of a group as text; what is stored for unknown is empty."""
    return "" if value is None or value == -1 else str(value)
