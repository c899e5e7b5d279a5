"""Duplicates: told while a customer is typed, looked for in the whole book, and merged."""

from __future__ import annotations

from collections.abc import Mapping

from app.i18n import N_
from app.services.context import Context
from app.services.customers.duplicates import comparing, live, merging
from app.services.customers.duplicates.comparing import Comparison, FieldPair, Side, Take
from app.services.customers.duplicates.likeness import Reason, Why
from app.services.customers.duplicates.live import Suspect, Typed

__all__ = [
    "Comparison",
    "Duplicates",
    "FieldPair",
    "Reason",
    "Side",
    "Suspect",
    "Take",
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

    def better_first(self, one: int, other: int) -> tuple[int, int]:
        """Return two customers with the one that should stay first."""
        with self._context.read() as reader:
            return comparing.better_first(reader, one, other)

    def compare(self, kept_id: int, other_id: int) -> Comparison:
        """Return two customers field by field; see ``comparing.compare``."""
        with self._context.read() as reader:
            return comparing.compare(reader, kept_id, other_id)

    def merge(self, kept_id: int, other_id: int, chosen: Mapping[str, Take] | None = None) -> int:
        """Merge the other customer into the kept one; return the act, to take it back.

        See ``merging.merge``; also raises ``UserError`` not_allowed.
        """
        self._context.require("write")
        with self._context.write(N_("合并客户")) as unit:
            merging.merge(unit, kept_id, other_id, chosen or {})
        return self._context.last_act_id
