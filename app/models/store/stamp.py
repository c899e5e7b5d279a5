"""Who writes, when, and what for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from app.models.values.ids import new_id


@dataclass(slots=True)
class Stamp:
    """Who writes when and what for: milliseconds, business day, staff, batch, a label."""

    now: int
    today: date
    staff_id: int = 0
    batch_id: int = 0
    label: str = ""
    make_id: Callable[[], int] = field(default=new_id)
