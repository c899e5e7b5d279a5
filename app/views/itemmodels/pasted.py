"""The grid of a paste: cells of a clipboard under the fields they go to, with their problems."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtCore import Signal as QtSignal

from app.i18n import N_, _, translate
from app.services.transfer.cells import text_of
from app.services.transfer.mapping import ColumnMatch
from app.services.transfer.outcomes import ImportPlan, Outcome, RowIssue
from app.services.transfer.read import SheetPlan
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import FILL, RowsTableModel
from app.views.transfer import words

_Index = QModelIndex | QPersistentModelIndex
STATE = "state"
_TONES = {
    Outcome.create: "good",
    Outcome.update: "accent",
    Outcome.skip: "neutral",
    Outcome.error: "bad",
}
_WIDE = frozenset({"name", "customer", "content", "note", "address"})
LEFT_OUT = N_("（不导入）")


@dataclass(frozen=True, slots=True)
class GridProblem:
    """What is wrong with a cell; a ``fatal`` one keeps the row out."""

    reason: str
    fatal: bool


@dataclass(frozen=True, slots=True)
class GridRow:
    """A pasted row: its cells as text, what becomes of it, problems by column."""

    number: int
    cells: tuple[str, ...]
    outcome: Outcome | None
    problems: Mapping[int, GridProblem]
    missing: tuple[GridProblem, ...] = ()

    def cell(self, index: int) -> str:
        """Return the text in a column of the clipboard."""
        return self.cells[index] if index < len(self.cells) else ""

    @property
    def fatal(self) -> bool:
        """Tell whether a problem keeps the row out."""
        found = (*self.problems.values(), *self.missing)
        return self.outcome is Outcome.error or any(one.fatal for one in found)


def grid_rows(plan: SheetPlan, checked: ImportPlan | None) -> list[GridRow]:
    """Return the rows of a plan with what a check found, nothing before there was one."""
    outcomes: dict[int, Outcome] = {}
    issues: dict[int, list[RowIssue]] = {}
    if checked is not None:
        outcomes = {row.key.row: row.outcome for row in checked.rows}
        for one in (*checked.errors, *checked.warnings):
            issues.setdefault(one.row, []).append(one)
    places = {match.heading: match.index for match in reversed(plan.matches) if match.applies}
    return [
        _row(row.number, [text_of(cell) for cell in row.cells], outcomes.get(row.number),
             issues.get(row.number, ()), places)
        for row in plan.table.rows
    ]  # fmt: skip


def _row(
    number: int,
    cells: Sequence[str],
    outcome: Outcome | None,
    issues: Sequence[RowIssue],
    places: Mapping[str, int],
) -> GridRow:
    problems: dict[int, GridProblem] = {}
    missing: list[GridProblem] = []
    for one in sorted(issues, key=lambda issue: not issue.fatal):
        found = GridProblem(one.reason, one.fatal)
        index = places.get(one.column)
        if index is None:
            label = f"{one.column}：{translate(one.reason)}" if one.column else one.reason
            missing.append(GridProblem(label, one.fatal))
        else:
            problems.setdefault(index, found)
    if any(one.fatal for one in issues):
        outcome = Outcome.error
    return GridRow(number, tuple(cells), outcome, problems, tuple(missing))


def grid_columns(plan: SheetPlan) -> tuple[Column[GridRow], ...]:
    """Return what becomes of a row, then a column for each of the clipboard."""
    state = Column(STATE, "", _state_words, width=92, kind="tag", value=_state_tag, tip=_missing)
    return (state, *(_column(plan, match) for match in plan.matches))


def _state_words(row: GridRow) -> str:
    return words.one_of(words.OUTCOME, row.outcome) if row.outcome is not None else "…"


def _state_tag(row: GridRow) -> tuple[str, str] | None:
    return (_state_words(row), _TONES[row.outcome]) if row.outcome is not None else None


def _missing(row: GridRow) -> str:
    return "\n".join(translate(one.reason) for one in row.missing) or _state_words(row)


def _column(plan: SheetPlan, match: ColumnMatch) -> Column[GridRow]:
    index = match.index

    def fill(row: GridRow) -> tuple[str, bool] | None:
        found = row.problems.get(index)
        return None if found is None else ("bad" if found.fatal else "warn", found.fatal)

    def told(row: GridRow) -> str:
        found = row.problems.get(index)
        text = row.cell(index)
        if found is None:
            return text
        return _("{value}：{reason}").format(value=text or _("空"), reason=translate(found.reason))

    label = words.field_label(plan.kind, match.field) if match.applies else translate(LEFT_OUT)
    return Column(
        str(index),
        label,
        lambda row: row.cell(index).replace("\n", " "),
        width=200 if match.field in _WIDE else 120,
        kind=FILL,
        value=fill,
        accessible=told,
        tip=told,
        tone=(lambda _row: "text") if match.applies else (lambda _row: "text3"),
        flex=1,
        least=180 if match.field in _WIDE else 96,
    )


class GridModel(RowsTableModel[GridRow]):
    """Show a paste; ``edited(values)`` tells of new ones by row and column of the clipboard."""

    edited = QtSignal(object)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let every cell of the clipboard be edited."""
        found = super().flags(index)
        if index.isValid() and self.columns[index.column()].key != STATE:
            found |= Qt.ItemFlag.ItemIsEditable
        return found

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the whole text for editing; the rest as any rows do."""
        if role == Qt.ItemDataRole.EditRole and index.isValid():
            key = self.columns[index.column()].key
            return self.rows[index.row()].cell(int(key)) if key != STATE else ""
        return super().data(index, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of a new value; whoever keeps it shows the rows again."""
        if role != Qt.ItemDataRole.EditRole or value == self.data(index, role):
            return False
        self.edited.emit({self.place(index): str(value)})
        return True

    def place(self, index: _Index) -> tuple[int, int]:
        """Return the row and the column of the clipboard of a cell."""
        return index.row(), int(self.columns[index.column()].key)
