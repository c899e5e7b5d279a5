"""What every writer of a kind works with: the office, the options, the pile, the remarks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.models.store.reader import Reader
from app.models.values.clock import Instant
from app.models.values.dates import day_window
from app.models.values.text import fold
from app.services.followups.moment import OfficeTime
from app.services.transfer.fields import FIELDS
from app.services.transfer.outcomes import ImportOptions, RowChoice, RowIssue, RowKey, RowPlan
from app.services.transfer.read import SheetResult
from app.services.transfer.writing.pile import Pile


@dataclass(frozen=True, slots=True)
class Entry:
    """One draft with the sheet it comes from."""

    key: RowKey
    draft: Any
    sheet: SheetResult

    def heading(self, field_key: str) -> str:
        """Return the heading of a field's column, the field's label without one."""
        for match in self.sheet.plan.matches:
            if match.applies and match.field == field_key:
                return match.heading
        return next(one.label for one in FIELDS[self.key.kind] if one.key == field_key)

    def has(self, field_key: str) -> bool:
        """Tell whether a column of the sheet goes to the field."""
        return any(one.applies and one.field == field_key for one in self.sheet.plan.matches)

    def issue(self, field_key: str, value: str, reason: str, *, fatal: bool) -> RowIssue:
        """Return a remark on a cell of this row."""
        key = self.key
        heading = self.heading(field_key)
        return RowIssue(key.file, key.sheet, key.row, heading, value, reason, fatal)


def entries_of(sheet: SheetResult) -> list[Entry]:
    """Return the drafts of a sheet as entries."""
    plan = sheet.plan
    return [
        Entry(RowKey(plan.file, plan.sheet, draft.row, plan.kind), draft, sheet)
        for draft in sheet.drafts
    ]


class RowRefusedError(Exception):
    """Keep a row out; ``reason`` is a message id."""

    def __init__(self, field_key: str, value: str, reason: str) -> None:
        super().__init__(reason)
        self.field_key = field_key
        self.value = value
        self.reason = reason


@dataclass(slots=True)
class Desk:
    """The state of one import; ``writes`` is false in a dry run.

    ``manages`` tells that the person may define features, ``moves_told`` that the files
    tell the moves along the stage path.
    """

    office: OfficeTime
    now: Instant
    today: date
    actor_id: int
    options: ImportOptions
    pile: Pile
    writes: bool
    manages: bool = False
    moves_told: bool = False
    staff: dict[str, int] = field(default_factory=dict)
    warnings: list[RowIssue] = field(default_factory=list)
    contact_count: int = 0
    followup_count: int = 0

    def choice(self, entry: Entry) -> RowChoice:
        """Return what to do with a row that is known."""
        return self.options.choice(entry.key)

    def warn(self, entry: Entry, field_key: str, value: str, reason: str) -> None:
        """Note something wrong with a row that comes in all the same."""
        self.warnings.append(entry.issue(field_key, value, reason, fatal=False))

    def staff_named(self, name: str) -> int:
        """Return a member of staff by name, 0 if there is none."""
        return self.staff.get(fold(name), 0) if name else 0

    @property
    def owner_id(self) -> int:
        """Return who gets what nobody owns: as asked, else the person who imports."""
        return self.staff_named(self.options.owner) or self.actor_id

    def begin_of(self, day: date) -> Instant:
        """Return the first instant of a day, not after now."""
        return min(day_window(day, self.office.zone)[0], self.now)

    def end_of(self, day: date) -> Instant:
        """Return the last instant of a day, not after now unless the day is later."""
        begin, end = day_window(day, self.office.zone)
        return max(begin, min(end, self.now))


class Writer(ABC):
    """Write the rows of one kind; a chunk is prepared as a whole, then taken row by row."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @abstractmethod
    def prepare(self, reader: Reader, entries: Sequence[Entry]) -> None:
        """Look up at once what the rows of a chunk need."""

    @abstractmethod
    def take(self, entry: Entry) -> RowPlan:
        """Write one row and tell what became of it; raise ``RowRefusedError`` to keep it out."""
