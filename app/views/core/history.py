"""Back and Forward: which screens were shown, with the parameters to come back to them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Place:
    """Name a screen and what ``Page.open`` needs to show it as it was."""

    page_id: str
    params: dict[str, Any] = field(default_factory=dict)


class History:
    """Keep the places behind and ahead of the present one."""

    def __init__(self) -> None:
        self._back: list[Place] = []
        self._ahead: list[Place] = []

    def leave(self, place: Place) -> None:
        """Remember the place that is left for a new one; nothing is ahead any more."""
        self._back.append(place)
        del self._back[:-_LONGEST]
        self._ahead.clear()

    def back(self, present: Place) -> Place | None:
        """Return the place before, keeping the present one ahead."""
        if not self._back:
            return None
        self._ahead.append(present)
        return self._back.pop()

    def forward(self, present: Place) -> Place | None:
        """Return the place ahead, keeping the present one behind."""
        if not self._ahead:
            return None
        self._back.append(present)
        return self._ahead.pop()

    def clear(self) -> None:
        """Forget all places."""
        self._back.clear()
        self._ahead.clear()

    def can_back(self) -> bool:
        """Tell whether there is a place before."""
        return bool(self._back)

    def can_forward(self) -> bool:
        """Tell whether there is a place ahead."""
        return bool(self._ahead)
