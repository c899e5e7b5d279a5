"""Read the rows of a table field by field, noting what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from app.i18n import N_
from app.models.values.clock import Instant
from app.models.values.dates import VagueDate
from app.models.values.money import Fen, MoneyRange
from app.models.values.reasons import Unreadable
from app.models.values.text import is_nothing
from app.services.transfer import cells
from app.services.transfer.body import TableRow
from app.services.transfer.columns import ColumnRule, Outlier, Reading, Tally, decide_rule
from app.services.transfer.drafts import RowProblem
from app.services.transfer.fields import Kind
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.layout import Table
from app.services.transfer.mapping import ColumnMatch, field_of
from app.services.transfer.marks import FORMULA_ERRORS, literal
from app.services.transfer.outgoing.columns import is_export
from app.services.transfer.sheets import CellValue, is_blank
from app.services.transfer.words import code_of

T = TypeVar("T")

_MISSING = N_("没有填")
_BROKEN = N_("公式出错，没有值")
_NOTHING_MOST = 5
"""No word for "nothing" is longer, so longer texts need not be looked up."""


@dataclass(slots=True)
class SheetReader:
    """The columns of one table by field, with their rules, tallies and problems.

    ``exact`` tells that an export wrote the table: its words mean just what they say.
    """

    table: Table
    kind: Kind
    matches: Sequence[ColumnMatch]
    reading: Reading
    problems: list[RowProblem] = field(default_factory=list)
    tallies: dict[int, Tally] = field(default_factory=dict)
    rules: dict[int, ColumnRule] = field(default_factory=dict)
    places: dict[tuple[str, int], list[int]] = field(default_factory=dict)
    meanings: dict[int, dict[str, str]] = field(default_factory=dict)
    slots: tuple[int, ...] = (1,)
    exact: bool = False
    features: Mapping[str, CustomField] = field(default_factory=dict)

    def __post_init__(self) -> None:
        headings = [column.heading for column in self.table.columns]
        self.exact = is_export(self.kind, headings)
        for match in self.matches:
            if match.applies:
                wanted = field_of(self.kind, match.field)
                rule = decide_rule(self.table, wanted, match.index, match.heading, self.reading)
                self.rules[match.index] = rule
                self.tallies[match.index] = Tally()
                self.places.setdefault((match.field, match.slot), []).append(match.index)
                if match.words:
                    self.meanings[match.index] = dict(match.words)
        self.slots = tuple(sorted({slot for _, slot in self.places} | {1}))
        self._note_broken_formulas()

    def _note_broken_formulas(self) -> None:
        first, last = self.table.header_row, len(self.table.sheet.rows)
        for (row, index), shown in sorted(self.table.sheet.broken.items()):
            if index in self.rules and first <= row < last:
                heading = self.rules[index].heading
                self.problems.append(RowProblem(row + 1, heading, shown, _BROKEN, fatal=False))
                self.tallies[index].note(Outlier(row + 1, shown, _BROKEN))

    def views(self) -> Iterator[RowView]:
        """Yield every row of the table, ready to be read."""
        return (RowView(self, row) for row in self.table.rows)

    def has(self, key: str) -> bool:
        """Tell whether any column goes to the field."""
        return any(name == key for name, _ in self.places)

    def index_of(self, key: str) -> int:
        """Return the first column of a field, -1 if there is none."""
        return self.places.get((key, 1), [-1])[0]

    def heading_of(self, key: str) -> str:
        """Return the heading of a field's column, the field's label without one."""
        index = self.index_of(key)
        return self.rules[index].heading if index >= 0 else field_of(self.kind, key).label


@dataclass(slots=True)
class RowView:
    """One row read through the fields of its kind.

    Reading notes problems; ``failed`` tells that one of them keeps the row out.
    """

    reader: SheetReader
    row: TableRow
    failed: bool = False

    @property
    def number(self) -> int:
        """Return the spreadsheet's row number, from 1."""
        return self.row.number

    def cell(self, key: str, slot: int = 1) -> CellValue:
        """Return the first filled cell of a field, the empty text if there is none."""
        for index in self.reader.places.get((key, slot), ()):
            value = self._meant(index)
            if value != "" and not is_blank(value) and value not in FORMULA_ERRORS:
                return value
        return ""

    def _meant(self, index: int) -> CellValue:
        """Return a cell, or what a person said its words mean."""
        value = self.row.cell(index)
        meanings = self.reader.meanings.get(index)
        return meanings.get(cells.text_of(value), value) if meanings else value

    def text(self, key: str, slot: int = 1) -> str:
        """Return a field as text, empty when the cell says nothing."""
        indices = self.reader.places.get((key, slot))
        if indices is None:
            return ""
        cell = self.cell(key, slot)
        plain = cells.text_of(cell)
        self._count(indices, plain != "")
        if len(plain) <= _NOTHING_MOST and is_nothing(plain) and literal(cell) is None:
            return ""
        return plain

    def is_literal(self, key: str, slot: int = 1) -> bool:
        """Tell whether an export marked a field to be taken as it is."""
        return literal(self.cell(key, slot)) is not None

    def long_text(self, key: str) -> str:
        """Return all columns of a field, one under the other."""
        found = (self._meant(index) for index in self.reader.places.get((key, 1), ()))
        return "\n".join(text for text in map(cells.text_of, found) if text)

    def required_text(self, key: str) -> str:
        """Return a field as text; an empty one keeps the row out."""
        plain = self.text(key)
        if not plain:
            self.fail(key, _MISSING)
        return plain

    def day(self, key: str, *, required: bool = False, strict: bool = True) -> date | None:
        """Return a day; what is no day keeps the row out unless ``strict`` is false."""
        rule = self._rule(key)
        found: date | None = None
        if rule is not None:
            found = self._read(key, lambda value: cells.day_of(value, rule.days), strict=strict)
        if found is None and required and not self.failed:
            self.fail(key, _MISSING)
        return found

    def instant(
        self, key: str, *, required: bool = False, strict: bool = True
    ) -> tuple[Instant, bool] | None:
        """Return an instant and whether the time of day is told; see ``day``."""
        rule = self._rule(key)
        found: tuple[Instant, bool] | None = None
        if rule is not None:
            found = self._read(key, lambda value: cells.instant_of(value, rule.days), strict=strict)
        if found is None and required and not self.failed:
            self.fail(key, _MISSING)
        return found

    def fen(self, key: str, *, low_of_range: bool = False, strict: bool = True) -> Fen | None:
        """Return an amount; of a range such as 5-8万 the lower end if asked for.

        What is no amount keeps the row out unless ``strict`` is false.
        """
        rule = self._rule(key)
        if rule is None:
            return None
        try:
            return self._read(
                key, lambda value: cells.fen_of_cell(value, rule.factor), strict=strict
            )
        except MoneyRange as found:
            if low_of_range:
                self.warn(key, N_("是一个范围，取了较低的数"))
                return found.low
            self.fail(key, found.reason)
        return None

    def seconds(self, key: str) -> int:
        """Return a duration in seconds, -1 when it is not known."""
        rule = self._rule(key)
        if rule is None:
            return -1
        found = self._read(key, lambda value: cells.seconds_of(value, rule.factor), strict=False)
        return -1 if found is None else found

    def flag(self, key: str) -> bool:
        """Return whether a field says yes."""
        return bool(self._read(key, cells.flag_of, strict=False))

    def word(self, key: str, words: Mapping[str, str], slot: int = 1) -> str:
        """Return the code of a word; one not known is noted and left out."""
        return self.known(key, lambda text: code_of(words, text), slot=slot)

    def known(
        self, key: str, code: Callable[[str], str | None], *, strict: bool = False, slot: int = 1
    ) -> str:
        """Return what ``code`` makes of a word; one not known is noted, or keeps the row out."""
        written = self.text(key, slot)
        if not written:
            # 待定 and 无 say nothing in most fields, and are answers of their own in some
            said = cells.text_of(self.cell(key, slot))
            return (code(said) or "") if said else ""
        found = code(written)
        if found is None:
            self._note(key, written, N_("不认识这个词"), fatal=strict, slot=slot)
        return found or ""

    def fail(self, key: str, reason: str, value: str | None = None) -> None:
        """Note a problem that keeps the row out."""
        self._note(key, self._shown(key) if value is None else value, reason, fatal=True)

    def warn(self, key: str, reason: str, value: str | None = None, slot: int = 1) -> None:
        """Note a problem that leaves the row in."""
        shown = self._shown(key) if value is None else value
        self._note(key, shown, reason, fatal=False, slot=slot)

    def _rule(self, key: str) -> ColumnRule | None:
        return self.reader.rules.get(self.reader.index_of(key))

    def _shown(self, key: str) -> str:
        return cells.text_of(self.cell(key))

    def _read(
        self, key: str, read: Callable[[CellValue], T | None], *, strict: bool = True
    ) -> T | None:
        indices = self.reader.places.get((key, 1))
        if indices is None:
            return None
        value = self.cell(key)
        self._count(indices, value != "")
        if value == "":
            return None
        try:
            return read(value)
        except MoneyRange:
            raise
        except VagueDate as problem:
            self._note(key, self._shown(key), problem.reason, fatal=False)
        except Unreadable as problem:
            self._note(key, self._shown(key), problem.reason, fatal=strict)
        return None

    def _count(self, indices: Sequence[int], filled: bool) -> None:
        tally = self.reader.tallies[indices[0]]
        if filled:
            tally.filled_count += 1
        else:
            tally.empty_count += 1

    def _note(self, key: str, value: str, reason: str, *, fatal: bool, slot: int = 1) -> None:
        indices = self.reader.places.get((key, slot))
        heading = self.reader.rules[indices[0]].heading if indices else self.reader.heading_of(key)
        self.reader.problems.append(RowProblem(self.number, heading, value, reason, fatal))
        if indices:
            self.reader.tallies[indices[0]].note(Outlier(self.number, value, reason))
        self.failed = self.failed or fatal
