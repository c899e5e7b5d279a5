"""Duplicates: told while a customer is typed, looked for in the whole book, and merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from app.i18n import N_
from app.services.context import Context
from app.services.customers.duplicates import apart, comparing, live, merging, scanning
from app.services.customers.duplicates.comparing import BOTH, Comparison, FieldRow, Side
from app.services.customers.duplicates.likeness import Reason, Why
from app.services.customers.duplicates.live import Suspect, Typed
from app.services.customers.duplicates.scanning import Group, Member, Scan
from app.services.jobs import Progress

__all__ = [
    "BOTH",
    "Comparison",
    "Duplicates",
    "FieldRow",
    "Group",
    "Member",
    "Reason",
    "Scan",
    "Side",
    "Suspect",
    "Typed",
    "Why",
]


class Duplicates:
    """Find customers that may be one, and merge them."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def suspects(self, typed: Typed, limit: int = 5) -> list[Suspect]:
        """Return who in the book may be the customer that is typed, the surest first."""
        with self._context.read() as reader:
            return live.suspects(reader, typed, limit)

    def scan(self, progress: Progress) -> Scan:
        """Look through the whole book for customers that may be one; see ``scanning.scan``."""
        with self._context.read() as reader:
            return scanning.scan(reader, progress)

    def still_open(self, groups: Iterable[Group]) -> tuple[Group, ...]:
        """Return the groups of a scan that nobody has merged, told apart or deleted since."""
        with self._context.read() as reader:
            return scanning.still_open(reader, groups)

    def tell_apart(self, ids: Sequence[int]) -> int:
        """Remember that these are different customers; return the act, to take it back.

        They are not offered again. Raises ``UserError`` not_allowed.
        """
        self._context.require("write")
        with self._context.write(N_("标为不是同一家")) as unit:
            apart.tell_apart(unit, ids)
        return self._context.last_act_id

    def better_first(self, ids: Sequence[int]) -> list[int]:
        """Return customers with the one that should stay first."""
        with self._context.read() as reader:
            return comparing.better_first(reader, ids)

    def compare(self, ids: Sequence[int]) -> Comparison:
        """Return customers field by field, the one that stays first; see ``comparing.compare``."""
        with self._context.read() as reader:
            return comparing.compare(reader, ids)

    def merge(self, ids: Sequence[int], chosen: Mapping[str, int] | None = None) -> int:
        """Merge customers into the first of them; return the act, to take it back.

        ``chosen`` is the customer whose value to take, by field. See ``merging.merge``; also
        raises ``UserError`` not_allowed.
        """
        self._context.require("write")
        with self._context.write(N_("合并客户")) as unit:
            merging.merge(unit, ids, chosen or {})
        return self._context.last_act_id
