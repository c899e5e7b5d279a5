"""Count what becomes of rows, file by file and kind by kind."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from app.i18n import N_
from app.models.tables.admin import AuditEntry
from app.services.transfer.fields import Kind
from app.services.transfer.outcomes import Outcome, RowIssue, RowPlan, Tally
from app.services.transfer.read import FileResult, ReadResult, SheetResult
from app.services.transfer.writing.scribe import Scribe


def written_rows(batch_id: int) -> Any:
    """Return the select that finds whether a batch wrote anything."""
    return select(AuditEntry.id).where(AuditEntry.batch_id == batch_id).limit(1)


@dataclass(slots=True)
class _Pot:
    """The counts of one kind in one file."""

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    duplicates: int = 0
    errors: list[RowIssue] = field(default_factory=list)
    warnings: list[RowIssue] = field(default_factory=list)
    failed: set[tuple[str, int]] = field(default_factory=set)
    contacts: int = 0
    followups: int = 0


class Count:
    """Collect the counts of an import while it goes on."""

    def __init__(self, read: ReadResult) -> None:
        self.read = read
        self._pots: dict[tuple[str, Kind], _Pot] = {}
        for file in read.files:
            for sheet in file.sheets:
                self._begin(sheet)
            if file.sheets and file.notes.cut_count:
                self._note(self._pots[file.file, file.sheets[0].plan.kind], _cut(file))
            for sheet in file.sheets:
                if sheet.plan.table.sheet.picture_count:
                    self._note(self._pots[file.file, sheet.plan.kind], _pictures(sheet))

    def _begin(self, sheet: SheetResult) -> None:
        plan = sheet.plan
        pot = self._pots.setdefault((plan.file, plan.kind), _Pot())
        for one in sheet.problems:
            place = (plan.file, plan.sheet, one.row)
            issue = RowIssue(*place, one.column, one.value, one.reason, one.fatal)
            self._note(pot, issue)

    @staticmethod
    def _note(pot: _Pot, issue: RowIssue) -> None:
        if issue.fatal:
            pot.errors.append(issue)
            pot.failed.add((issue.sheet, issue.row))
        else:
            pot.warnings.append(issue)

    def add(self, rows: Iterable[RowPlan], scribe: Scribe) -> None:
        """Count the rows of a chunk and take over the scribe's remarks."""
        for row in rows:
            pot = self._pots[row.key.file, row.key.kind]
            pot.outcomes[row.outcome] += 1
            pot.duplicates += bool(row.matched_by)
            pot.contacts += row.contacts
            pot.followups += row.followups
        for issue in [*scribe.issues, *scribe.desk.warnings]:
            self._note(self._pot_of(issue), issue)
        scribe.issues.clear()
        scribe.desk.warnings.clear()

    def _pot_of(self, issue: RowIssue) -> _Pot:
        for sheet in self.read.sheets:
            if (sheet.plan.file, sheet.plan.sheet) == (issue.file, issue.sheet):
                return self._pots[issue.file, sheet.plan.kind]
        raise KeyError(issue.file)

    def tallies(self) -> tuple[Tally, ...]:
        """Return the counts in the order of the files."""
        found: list[Tally] = []
        for file in self.read.files:
            if file.refused is not None:
                found.append(_refused(file))
            kinds = dict.fromkeys(sheet.plan.kind for sheet in file.sheets)
            found += [self._tally(file.file, kind) for kind in kinds]
        return tuple(found)

    def _tally(self, file: str, kind: Kind) -> Tally:
        pot = self._pots[file, kind]
        counts = pot.outcomes
        written = counts[Outcome.create] + counts[Outcome.update] + counts[Outcome.skip]
        return Tally(
            file,
            kind,
            written + len(pot.failed),
            counts[Outcome.create],
            counts[Outcome.update],
            counts[Outcome.skip],
            pot.duplicates,
            tuple(pot.errors),
            tuple(pot.warnings),
            pot.contacts,
            pot.followups,
        )


def _cut(file: FileResult) -> RowIssue:
    """Say how many cells were too long or too far to the right to be read whole."""
    reason = N_("这么多格太长或太靠右，超出的没有读")
    return RowIssue(file.file, "", 0, "", str(file.notes.cut_count), reason, fatal=False)


def _pictures(sheet: SheetResult) -> RowIssue:
    """Say how many pictures lie over the cells: cards and seals cannot be read."""
    plan = sheet.plan
    count = str(plan.table.sheet.picture_count)
    reason = N_("表上有图片，图片里的字没有读")
    return RowIssue(plan.file, plan.sheet, 0, "", count, reason, fatal=False)


def _refused(file: FileResult) -> Tally:
    assert file.refused is not None
    issue = RowIssue(file.file, "", 0, "", "", file.refused.text())
    return Tally(file.file, errors=(issue,))
