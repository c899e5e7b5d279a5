"""What an import is asked to do, would do, and did."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from app.services.transfer.fields import Kind
from app.services.transfer.read import ReadResult


class Match(StrEnum):
    """By what a row is found again in the book; ``auto`` tries code, credit code, name."""

    auto = "auto"
    code = "code"
    uscc = "uscc"
    phone = "phone"
    name = "name"


class Policy(StrEnum):
    """What to do with a row that is known: leave it, bring the book to it, fill what is empty.

    ``create`` makes a record of its own all the same.
    """

    skip = "skip"
    update = "update"
    fill = "fill"
    create = "create"


class Outcome(StrEnum):
    """What becomes of a row."""

    create = "create"
    update = "update"
    skip = "skip"
    error = "error"


@dataclass(frozen=True, slots=True)
class RowKey:
    """A row of a file; ``row`` counts from 1 as the spreadsheet shows it."""

    file: str
    sheet: str
    row: int
    kind: Kind


@dataclass(frozen=True, slots=True)
class RowChoice:
    """What a person decided about one row.

    ``taken`` names the fields whose new value wins, None leaves that to the policy.
    """

    policy: Policy
    taken: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """How to write; ``owner`` names who gets what nobody owns, ``historic`` leaves cohorts."""

    match: Match = Match.auto
    policy: Policy = Policy.fill
    owner: str = ""
    historic: bool = False
    keep_when_stopped: bool = False
    rows: Mapping[RowKey, RowChoice] = field(default_factory=dict)

    def choice(self, key: RowKey) -> RowChoice:
        """Return what to do with a row that is known."""
        return self.rows.get(key) or RowChoice(self.policy)


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs between the book and a row, as text; ``taken``: the row wins."""

    field: str
    old: str
    new: str
    taken: bool


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What becomes of one row; ``matched_by`` is code, uscc, phone, name or content.

    ``contacts`` and ``followups`` count the new ones beside it.
    """

    key: RowKey
    subject: str
    outcome: Outcome
    matched_id: int = 0
    matched: str = ""
    matched_by: str = ""
    changes: tuple[FieldChange, ...] = ()
    contacts: int = 0
    followups: int = 0


@dataclass(frozen=True, slots=True)
class RowIssue:
    """What is wrong with a cell; ``reason`` is a message id, ``fatal`` keeps the row out."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class Tally:
    """The counts of one kind of rows in one file; without a kind the file was refused.

    ``rows`` is the sum of created, updated, skipped and rows with errors; ``duplicates``
    says how many of them met a record known before or above. ``contacts`` and
    ``followups`` count what was made beside the rows.
    """

    file: str
    kind: Kind | None = None
    rows: int = 0
    created: int = 0
    updated: int = 0
    skipped: int = 0
    duplicates: int = 0
    errors: tuple[RowIssue, ...] = ()
    warnings: tuple[RowIssue, ...] = ()
    contacts: int = 0
    followups: int = 0


@dataclass(frozen=True, slots=True)
class _Tallied:
    """Sums over the files."""

    tallies: tuple[Tally, ...]

    @property
    def created(self) -> int:
        """Return how many rows make a new record."""
        return sum(one.created for one in self.tallies)

    @property
    def updated(self) -> int:
        """Return how many rows meet a known record."""
        return sum(one.updated for one in self.tallies)

    @property
    def skipped(self) -> int:
        """Return how many rows are left alone as asked."""
        return sum(one.skipped for one in self.tallies)

    @property
    def duplicates(self) -> int:
        """Return how many rows were known before or above."""
        return sum(one.duplicates for one in self.tallies)

    @property
    def errors(self) -> tuple[RowIssue, ...]:
        """Return what keeps rows or files out."""
        return tuple(issue for one in self.tallies for issue in one.errors)

    @property
    def warnings(self) -> tuple[RowIssue, ...]:
        """Return what is wrong with rows that come in all the same."""
        return tuple(issue for one in self.tallies for issue in one.warnings)


@dataclass(frozen=True, slots=True)
class ImportPlan(_Tallied):
    """What an import would do; nothing of it is in the book."""

    read: ReadResult
    options: ImportOptions
    rows: tuple[RowPlan, ...]


@dataclass(frozen=True, slots=True)
class ImportReport(_Tallied):
    """What an import did; ``batch_id`` 0 when there was nothing to write."""

    batch_id: int = 0
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class BatchView:
    """One import of the past; ``state`` is running, done or undone."""

    id: int
    name: str
    at: int
    staff: str
    state: str
    created: int
    updated: int


def rows_with_errors(issues: Iterable[RowIssue]) -> int:
    """Return how many rows have at least one error."""
    return len({(issue.file, issue.sheet, issue.row) for issue in issues})
