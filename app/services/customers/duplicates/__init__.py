"""Duplicates: told while a customer is typed, looked for in the whole book, and merged."""

from __future__ import annotations

from app.services.context import Context
from app.services.customers.duplicates import live
from app.services.customers.duplicates.likeness import Reason, Why
from app.services.customers.duplicates.live import Suspect, Typed

__all__ = ["Duplicates", "Reason", "Suspect", "Typed", "Why"]


class Duplicates:
    """Find customers that may be one."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def suspects(self, typed: Typed, limit: int = 5) -> list[Suspect]:
        """Return who in the book may be the customer that is typed, the surest first."""
        with self._context.read() as reader:
            return live.suspects(reader, typed, limit)
