"""One change of one value, as the history tells it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.services.undo.names import Named
from app.services.undo.origins import Origin

NOBODY = Origin()
NOTHING = Named("")

EVENTS: Mapping[str, frozenset[str]] = {
    "owner_spell": frozenset({"staff_id"}),
    "calibration_event": frozenset({"quality", "grade", "expected_fen", "expected_from"}),
}
"""Events whose value before can be put back: a new event says so."""


@dataclass(frozen=True, slots=True)
class Change:
    """One value of one record that became another; both as stored, empty for none.

    ``word`` is the message id of the field or, without a ``column``, of what happened to
    the whole record. ``entry_id`` is the audit entry, 0 when the value is an event of its own.
    """

    at: int
    table: str
    row_id: int
    word: str
    column: str = ""
    old: str = ""
    new: str = ""
    entry_id: int = 0
    staff: str = ""
    origin: Origin = NOBODY
    named: Named = NOTHING

    @property
    def restorable(self) -> bool:
        """Tell whether the old value can be put back alone."""
        return bool(self.entry_id and self.column) or self.column in EVENTS.get(self.table, ())


def plain(value: Any) -> str:
    """Return a stored value as text, empty for none."""
    return "" if value is None else str(value)
