"""A list as it is shown: its columns in order, what narrows it, and rows of exact values."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from app.models.values.forms import Exact, Form
from app.services.jobs import Progress

Line: TypeAlias = Sequence[Exact]
"""The values of one row in the order of the columns."""


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its key in JSON, its heading as shown, how its values are meant."""

    key: str
    title: str
    form: Form = Form.text
    width: int = 14


@dataclass(frozen=True, slots=True)
class ListSheet:
    """A list as shown; ``read`` yields its rows from the first one, on any thread.

    ``notes`` say in words what narrows and orders it; ``count`` is the number of rows.
    """

    title: str
    columns: tuple[SheetColumn, ...]
    count: int
    read: Callable[[Progress], Iterator[Line]]
    notes: tuple[str, ...] = ()
