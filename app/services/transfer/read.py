"""Read files into drafts: open, find the tables, match the columns, parse the rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from app.errors import UserError
from app.i18n import N_
from app.models.values.text import fold
from app.services.jobs import Progress
from app.services.transfer.body import LeftOut
from app.services.transfer.columns import Reading, Tally
from app.services.transfer.drafts import Draft, RowProblem
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.fields.custom import CustomField, by_key
from app.services.transfer.headings import bare, fields_by_word
from app.services.transfer.kinds import detect_kind, headings_of
from app.services.transfer.layout import Table, find_table
from app.services.transfer.limits import Limits
from app.services.transfer.mapping import ColumnMatch, match_columns, missing_fields
from app.services.transfer.parse import PARSERS
from app.services.transfer.remembering import Remembered, recalled
from app.services.transfer.rows import SheetReader
from app.services.transfer.sandbox import read_workbook
from app.services.transfer.sheets import Notes, Sheet, Workbook, is_blank

_SEARCHED_ROWS = 40


class Skipped(StrEnum):
    """Why a sheet is left alone."""

    hidden = "hidden"
    empty = "empty"
    no_table = "no_table"
    other_kind = "other_kind"
    not_chosen = "not_chosen"


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person may decide about a reading; the defaults find everything out.

    ``header_row`` counts from 1; ``mapping`` goes from fields to columns, ``words``
    from headings to what their cells mean. ``remembered`` are the sheets of past
    imports; None leaves that, and the ``features``, to who reads for a book.
    """

    kind: Kind | None = None
    sheet: str = ""
    header_row: int | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    encoding: str = ""
    hidden_sheets: bool = False
    hidden_rows: bool = True
    remembered: tuple[Remembered, ...] | None = None
    features: tuple[CustomField, ...] = ()

    @property
    def own_headings(self) -> frozenset[str]:
        """Return the bare headings that only this office knows."""
        return frozenset(bare(word) for one in self.features for word in (one.label, one.key))


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """A sheet that will be read: its table, its kind, where its columns go."""

    file: str
    table: Table
    kind: Kind
    matches: tuple[ColumnMatch, ...]
    hidden_rows: bool = True
    features: tuple[CustomField, ...] = ()

    @property
    def sheet(self) -> str:
        """Return the sheet's name."""
        return self.table.sheet.name

    @property
    def hidden_row_count(self) -> int:
        """Return how many of the rows to read are hidden or filtered away."""
        hidden = self.table.sheet.hidden_rows
        return sum(row.number - 1 in hidden for row in self.table.rows) if hidden else 0

    def without_hidden(self) -> SheetPlan:
        """Return the plan without the hidden and filtered rows."""
        hidden = self.table.sheet.hidden_rows
        rows = [row for row in self.table.rows if row.number - 1 not in hidden]
        return replace(self, table=replace(self.table, rows=rows), hidden_rows=False)

    def matched(self, mapping: Mapping[str, str], kind: Kind | None = None) -> SheetPlan:
        """Return the plan with other columns, or for another kind."""
        chosen = kind or self.kind
        return replace(self, kind=chosen, matches=self.columns(mapping, chosen))

    def columns(self, mapping: Mapping[str, str], kind: Kind) -> tuple[ColumnMatch, ...]:
        """Return where the columns go by themselves and by what is asked."""
        return match_columns(self.table, kind, mapping, self.features)


@dataclass(frozen=True, slots=True)
class SkippedSheet:
    """A sheet that will not be read, and why."""

    file: str
    sheet: str
    why: Skipped
    row_count: int = 0


@dataclass(frozen=True, slots=True)
class SheetResult:
    """What a sheet gave; ``tallies`` tell by column index how its cells were read."""

    plan: SheetPlan
    drafts: list[Draft]
    problems: list[RowProblem]
    tallies: Mapping[int, Tally]
    left_out: Counter[LeftOut]

    @property
    def errors(self) -> list[RowProblem]:
        """Return the problems that kept rows out."""
        return [one for one in self.problems if one.fatal]

    @property
    def warnings(self) -> list[RowProblem]:
        """Return the problems of rows that came in all the same."""
        return [one for one in self.problems if not one.fatal]


@dataclass(frozen=True, slots=True)
class FileResult:
    """What a file gave, or why it was refused as a whole."""

    file: str
    sheets: tuple[SheetResult, ...] = ()
    skipped: tuple[SkippedSheet, ...] = ()
    notes: Notes = field(default_factory=Notes)
    refused: UserError | None = None


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What all files gave, in the order in which they were named."""

    files: tuple[FileResult, ...]

    @property
    def sheets(self) -> tuple[SheetResult, ...]:
        """Return the sheets of all files, sorted so that what others need comes first."""
        order = list(Kind)
        found = [sheet for file in self.files for sheet in file.sheets]
        return tuple(sorted(found, key=lambda sheet: order.index(sheet.plan.kind)))


def read_files(
    paths: Sequence[Path],
    reading: Reading,
    choices: Choices | None = None,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> ReadResult:
    """Read every file; one that cannot be read is refused alone, with its reason."""
    chosen = choices or Choices()
    steps = progress or Progress()
    files = []
    for path in paths:
        try:
            files.append(read_file(path, reading, chosen, limits=limits, progress=steps))
        except UserError as error:
            files.append(FileResult(path.name, refused=error))
    return ReadResult(tuple(files))


def read_file(
    path: Path,
    reading: Reading,
    choices: Choices,
    *,
    limits: Limits | None = None,
    progress: Progress | None = None,
) -> FileResult:
    """Read one file; raise UserError when nothing of it can be imported."""
    steps = progress or Progress()
    book = read_workbook(path, limits=limits, encoding=choices.encoding, progress=steps)
    dated = replace(reading, epoch_1904=book.notes.epoch_1904)
    plans, skipped = plan_sheets(book, path.name, choices)
    sheets = []
    for done, plan in enumerate(plans):
        steps.step(done, len(plans), plan.sheet)
        sheets.append(parse_sheet(plan, dated))
    return FileResult(path.name, tuple(sheets), tuple(skipped), book.notes)


def plan_sheets(
    book: Workbook, file: str, choices: Choices
) -> tuple[list[SheetPlan], list[SkippedSheet]]:
    """Decide which sheets to read as what.

    Raise UserError when no sheet has a table that could be read, or when the
    asked sheet or a required column is missing.
    """
    _require_sheet(book, file, choices.sheet)
    plans: list[SheetPlan] = []
    skipped: list[SkippedSheet] = []
    for sheet in book.sheets:
        found = _plan(sheet, file, choices)
        if isinstance(found, SheetPlan):
            plans.append(found)
        else:
            skipped.append(SkippedSheet(file, sheet.name, found, len(sheet.rows)))
    if not plans:
        plans = list(_forced(book, file, choices))
    if not plans:
        raise _nothing_usable(book, file)
    return plans, [one for one in skipped if one.sheet not in {plan.sheet for plan in plans}]


def _require_sheet(book: Workbook, file: str, wanted: str) -> None:
    names = [sheet.name for sheet in book.sheets]
    if wanted and wanted not in names:
        raise UserError(
            "import_sheet",
            N_("{name} 里没有“{sheet}”这一页"),
            advice=N_("文件里的页：{sheets}"),
            name=file,
            sheet=wanted,
            sheets="、".join(names),
        )


def _plan(sheet: Sheet, file: str, choices: Choices) -> SheetPlan | Skipped:
    if choices.sheet and sheet.name != choices.sheet:
        return Skipped.not_chosen
    if sheet.hidden and not (choices.sheet or choices.hidden_sheets):
        return Skipped.hidden
    if not any(sheet.rows):
        return Skipped.empty
    own = choices.own_headings | headings_of(sheet.name)
    table = find_table(sheet, choices.header_row, own)
    kind = detect_kind(table, file) if table else None
    if table is None or kind is None:
        return _known_table(sheet, file, choices) or Skipped.no_table
    if choices.kind not in (None, kind):
        return Skipped.other_kind
    return _planned(file, table, kind, choices)


def _planned(file: str, table: Table, kind: Kind, choices: Choices) -> SheetPlan:
    plan = SheetPlan(file, table, kind, (), features=choices.features)
    plan = replace(plan, matches=plan.columns(choices.mapping, kind))
    if not choices.mapping:
        plan = _as_before(plan, choices)
    plan = replace(plan, matches=tuple(_meant(one, choices) for one in plan.matches))
    return plan if choices.hidden_rows else plan.without_hidden()


def _as_before(plan: SheetPlan, choices: Choices) -> SheetPlan:
    """Read a sheet as the last one with the same headings was read."""
    for old in choices.remembered or ():
        if choices.kind in (None, old.kind) and old.knows(plan.matches):
            return recalled(plan, old)
    return plan


def _known_table(sheet: Sheet, file: str, choices: Choices) -> SheetPlan | None:
    """Find a table whose headings say nothing by themselves but were settled before."""
    for old in choices.remembered or ():
        headings = {heading for _, heading in old.places}
        for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
            if headings <= {fold(cell) for cell in row if isinstance(cell, str)}:
                table = find_table(sheet, at + 1)
                if table and choices.kind in (None, old.kind):
                    return _planned(file, table, old.kind, choices)
    return None


def _meant(match: ColumnMatch, choices: Choices) -> ColumnMatch:
    words = choices.words.get(match.heading)
    return replace(match, words=tuple(sorted(words.items()))) if words else match


def _forced(book: Workbook, file: str, choices: Choices) -> Iterator[SheetPlan]:
    """Read sheets as the asked kind although their headings speak for another or none."""
    kind = choices.kind or _kind_of_mapping(choices.mapping)
    if kind is None:
        return
    problem: UserError | None = None
    usable = False
    for sheet in book.sheets:
        named = choices.sheet == sheet.name
        if sheet.hidden and not named:
            continue
        table = find_table(sheet, choices.header_row, choices.own_headings) or _table_of_mapping(
            sheet, choices
        )
        if table is None or (choices.sheet and not named):
            continue
        plan = _planned(file, table, kind, choices)
        missing = missing_fields(kind, plan.matches)
        if not missing:
            usable = True
            yield plan
        elif problem is None:
            problem = _missing_column(file, sheet.name, missing[0].label)
    if problem is not None and not usable:
        raise problem


def _kind_of_mapping(mapping: Mapping[str, str]) -> Kind | None:
    """Return the kind that has all mapped fields with those it requires, customers first."""
    asked = {bare(word) for word in mapping}
    for kind in sorted(Kind, key=lambda one: one is not Kind.customers):
        known = fields_by_word(kind)
        mapped = {known[word].key for word in asked & known.keys()}
        required = {field.key for field in FIELDS[kind] if field.required}
        if mapped and asked <= known.keys() and required <= mapped:
            return kind
    return None


def _table_of_mapping(sheet: Sheet, choices: Choices) -> Table | None:
    """Take the row that holds the mapped headings, or else the first row, as header."""
    if not choices.mapping:
        return None
    wanted = set(choices.mapping.values())
    filled = [at for at, row in enumerate(sheet.rows[:40]) if any(not is_blank(c) for c in row)]
    holding = [at for at in filled if wanted <= {str(cell).strip() for cell in sheet.rows[at]}]
    first = (holding or filled)[:1]
    return find_table(sheet, first[0] + 1) if first else None


def _missing_column(file: str, sheet: str, label: str) -> UserError:
    return UserError(
        "import_missing_column",
        N_("{name}（{sheet}）缺少“{column}”这一列"),
        advice=N_("补上这一列，或指定哪一列是它"),
        name=file,
        sheet=sheet,
        column=label,
    )


def _nothing_usable(book: Workbook, file: str) -> UserError:
    if not any(sheet.rows for sheet in book.sheets):
        return UserError(
            "import_empty",
            N_("{name} 里没有内容"),
            advice=N_("看看选的是不是要导入的那个文件"),
            name=file,
        )
    return UserError(
        "import_no_table",
        N_("{name} 里没有认得的表头"),
        advice=N_("表头里要有“客户名称”“合同编号”“跟进时间”这样的列名，或指定每一列是什么"),
        name=file,
    )


def parse_sheet(plan: SheetPlan, reading: Reading) -> SheetResult:
    """Parse every row of a planned sheet."""
    reader = SheetReader(
        plan.table, plan.kind, plan.matches, reading, features=by_key(plan.features)
    )
    drafts = list(PARSERS[plan.kind](reader))
    return SheetResult(plan, drafts, reader.problems, reader.tallies, plan.table.left_out)
