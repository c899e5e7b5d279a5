"""The import under way in this session: files, sheets, choices, plan and report."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

from app.services.transfer.fields import Kind
from app.services.transfer.mapping import missing_fields
from app.services.transfer.outcomes import (
    ImportOptions,
    ImportPlan,
    ImportReport,
    Outcome,
    Policy,
    RowChoice,
    RowKey,
    RowPlan,
)
from app.services.transfer.read import FileResult, ReadResult, SheetResult

Place = tuple[int, str]
"""Which sheet: the number of its file from 0 and its name."""

_OUTCOME = {Policy.skip: Outcome.skip, Policy.create: Outcome.create}


@dataclass(slots=True)
class ImportJob:
    """Hold what a person has chosen so far; nothing of it is in the book before the report."""

    paths: list[Path] = field(default_factory=list)
    encodings: dict[int, str] = field(default_factory=dict)
    files: tuple[FileResult, ...] = ()
    left_out: set[Place] = field(default_factory=set)
    with_hidden_sheets: set[int] = field(default_factory=set)
    options: ImportOptions = field(default_factory=ImportOptions)
    plan: ImportPlan | None = None
    planned_in_s: float = 0.0
    stale: bool = True
    report: ImportReport | None = None
    step: int = 0

    # -- sheets --------------------------------------------------------------------------------

    def places(self) -> list[Place]:
        """Return all sheets that were found, in the order of the files."""
        return [
            (at, sheet.plan.sheet) for at, file in enumerate(self.files) for sheet in file.sheets
        ]

    def sheet(self, place: Place) -> SheetResult:
        """Return what a sheet gave."""
        return next(one for one in self.files[place[0]].sheets if one.plan.sheet == place[1])

    def put(self, place: Place, result: SheetResult) -> None:
        """Keep another reading of a sheet."""
        file = self.files[place[0]]
        sheets = tuple(result if one.plan.sheet == place[1] else one for one in file.sheets)
        self.put_file(place[0], replace(file, sheets=sheets))

    def put_file(self, at: int, file: FileResult) -> None:
        """Keep another reading of a file."""
        self.files = (*self.files[:at], file, *self.files[at + 1 :])
        self.stale = True

    def use(self, place: Place, wanted: bool) -> None:
        """Take a sheet in, or leave it out."""
        (self.left_out.discard if wanted else self.left_out.add)(place)
        self.stale = True

    def used(self) -> list[Place]:
        """Return the sheets that will be imported."""
        return [place for place in self.places() if place not in self.left_out]

    def incomplete(self) -> list[Place]:
        """Return the used sheets in which a required column is missing."""
        plans = ((place, self.sheet(place).plan) for place in self.used())
        return [place for place, plan in plans if missing_fields(plan.kind, plan.matches)]

    def read_result(self) -> ReadResult:
        """Return what will be planned and written."""
        used = set(self.used())
        files = []
        for at, file in enumerate(self.files):
            sheets = tuple(one for one in file.sheets if (at, one.plan.sheet) in used)
            files.append(replace(file, sheets=sheets))
        return ReadResult(tuple(files))

    def row_count(self) -> int:
        """Return how many rows will be looked at."""
        return sum(len(self.sheet(place).plan.table.rows) for place in self.used())

    def staff_names(self) -> set[str]:
        """Return the names of the staff that this import brings along."""
        sheets = (self.sheet(place) for place in self.used())
        drafts = (draft for one in sheets if one.plan.kind is Kind.staff for draft in one.drafts)
        return {draft.name for draft in drafts if hasattr(draft, "name")}

    # -- choices ------------------------------------------------------------------------------

    def choose(self, key: RowKey, choice: RowChoice | None) -> None:
        """Decide about one row, or leave it to the rule again."""
        rows = {**self.options.rows}
        if choice is None:
            rows.pop(key, None)
        else:
            rows[key] = choice
        self.options = replace(self.options, rows=rows)
        self.stale = True

    def outcome(self, row: RowPlan) -> Outcome:
        """Return what becomes of a row with the choices of now."""
        if row.outcome is Outcome.error or not row.matched_by:
            return row.outcome
        choice = self.options.rows.get(row.key)
        return row.outcome if choice is None else _OUTCOME.get(choice.policy, Outcome.update)

    def counts(self) -> dict[Outcome, int]:
        """Return how many rows would be created, updated, skipped, or are wrong."""
        found = dict.fromkeys(Outcome, 0)
        if self.plan is None:
            return found
        found[Outcome.create] = self.plan.created
        found[Outcome.update] = self.plan.updated
        found[Outcome.skip] = self.plan.skipped
        found[Outcome.error] = sum(
            tally.rows - tally.created - tally.updated - tally.skipped
            for tally in self.plan.tallies
        )
        if self.stale and self.options.rows:
            for row in self.plan.rows:
                if row.key in self.options.rows:
                    found[row.outcome] -= 1
                    found[self.outcome(row)] += 1
        return found
