"""Import and export: read, compare with the book, write in chunks, take back, write out."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from app.errors import Cancelled, UserError
from app.i18n import N_, translate
from app.models.store.reader import Reader
from app.models.tables.staff import Staff
from app.models.tables.transfer import ImportBatch
from app.models.values.text import fold
from app.paths import has_folder
from app.services.admin import read_settings
from app.services.context import Context
from app.services.features import read_fields
from app.services.followups.moment import OfficeTime
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet
from app.services.transfer import tallies
from app.services.transfer.clipboard import clipboard_book
from app.services.transfer.columns import Reading
from app.services.transfer.exporting import Encoding, ExportReport, Form, export_rows
from app.services.transfer.fields import Kind
from app.services.transfer.fields.custom import CustomField
from app.services.transfer.formats import all_formats
from app.services.transfer.known import custom_fields
from app.services.transfer.outcomes import (
    BatchView,
    ImportOptions,
    ImportPlan,
    ImportReport,
    RowPlan,
)
from app.services.transfer.outgoing.lists import write_list
from app.services.transfer.pasted import NAME, pasted_plan, pasted_read
from app.services.transfer.read import (
    Choices,
    FileResult,
    ReadResult,
    SheetPlan,
    read_file,
    read_files,
)
from app.services.transfer.remembering import Remembered, layouts_of, remembered_of
from app.services.transfer.tallies import Count
from app.services.transfer.templates import write_template
from app.services.transfer.writing.desk import Desk, Entry
from app.services.transfer.writing.pile import Pile
from app.services.transfer.writing.scribe import Scribe, in_order
from app.services.undo import UNDONE, Undo, Undone

CHUNK = 500
"""Rows of one unit: what a kill leaves is a multiple of it; a save waits for one at most."""
_REMEMBERED_MOST = 200
_SUFFIXES = frozenset(suffix for one in all_formats() for suffix in one.suffixes)
RUNNING, FINISHED = "running", "done"


class Transfer:
    """Bring rows in from files, and take whole imports back."""

    def __init__(self, context: Context, undo: Undo) -> None:
        self._context = context
        self._undo = undo

    def reading(self) -> Reading:
        """Return the office's day and time zone, which reading depends on."""
        return Reading(self._context.today(), self._context.zone)

    def read(
        self,
        paths: Sequence[Path],
        choices: Choices | None = None,
        *,
        progress: Progress | None = None,
    ) -> ReadResult:
        """Read files and what lies in folders; a file that cannot be read is refused alone."""
        chosen = self._knowing(choices)
        return read_files(_files_of(paths), self.reading(), chosen, progress=progress)

    def read_one(
        self, path: Path, choices: Choices, *, progress: Progress | None = None
    ) -> FileResult:
        """Read one file again with other choices; raise UserError when that gives nothing."""
        return read_file(path, self.reading(), self._knowing(choices), progress=progress)

    def _knowing(self, choices: Choices | None) -> Choices:
        chosen = choices or Choices()
        if chosen.remembered is not None:
            return chosen
        return replace(chosen, remembered=self.remembered(), features=self.features())

    def features(self) -> tuple[CustomField, ...]:
        """Return the features of the office as fields of customers."""
        with self._context.read() as reader:
            return custom_fields(one for one in read_fields(reader) if one.imported)

    def remembered(self) -> tuple[Remembered, ...]:
        """Return how sheets were read in past imports where a person settled it, newest first."""
        reports = (
            select(ImportBatch.report)
            .where(ImportBatch.deleted_at == 0, ImportBatch.report.contains('"layouts"'))
            .order_by(ImportBatch.id.desc())
            .limit(_REMEMBERED_MOST)
        )
        with self._context.read() as reader:
            told = [json.loads(report) for (report,) in reader.rows(reports)]
        return tuple(remembered_of(told))

    def paste(
        self,
        text: str,
        page: str,
        kind: Kind,
        given: Mapping[str, str] | None = None,
        *,
        headed: bool | None = None,
    ) -> SheetPlan:
        """Return how the table on a clipboard is read; see ``pasted_plan``."""
        book = clipboard_book(translate(NAME), text, page)
        return pasted_plan(book, kind, self.reading(), given or {}, headed=headed)

    def read_pasted(self, plan: SheetPlan) -> ReadResult:
        """Read pasted rows as a file is read."""
        return pasted_read(plan, self.reading())

    def preview(
        self,
        paths: Sequence[Path],
        choices: Choices | None = None,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Read files and tell what importing them would do."""
        return self.plan(self.read(paths, choices, progress=progress), options, progress=progress)

    def plan(
        self,
        read: ReadResult,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
    ) -> ImportPlan:
        """Compare what was read with the book, row by row; nothing is written."""
        chosen = options or ImportOptions()
        steps = progress or Progress()
        entries = in_order(read.sheets)
        rows: list[RowPlan] = []
        count = Count(read)
        with self._context.read() as reader:
            scribe = self._scribe(reader, read, chosen, writes=False)
            for done, chunk in _chunks(entries):
                steps.step(done, len(entries))
                found = list(scribe.take(reader, chunk))
                count.add(found, scribe)
                rows += found
                scribe.desk.pile.forget()
            steps.step(len(entries), len(entries))
        return ImportPlan(count.tallies(), read, chosen, tuple(rows))

    def run(self, plan: ImportPlan, *, progress: Progress | None = None) -> ImportReport:
        """Write what was planned; see ``write``."""
        return self.write(plan.read, plan.options, progress=progress)

    def write(
        self,
        read: ReadResult,
        options: ImportOptions | None = None,
        *,
        progress: Progress | None = None,
    ) -> ImportReport:
        """Write what was read, some rows in a unit, as one batch that can be taken back.

        An import that was killed goes on where it ended when the same files come again.
        A stop takes back what was written and raises ``Cancelled``, unless the options
        ask to keep it. Raises ``UserError`` no_such_staff for an unknown owner.
        """
        self._context.require("import")
        chosen = options or ImportOptions()
        with self._context.read() as reader:
            scribe = self._scribe(reader, read, chosen, writes=True)
        entries = in_order(read.sheets)
        count = Count(read)
        batch_id = self._open_batch(read, chosen) if entries else 0
        try:
            self._write(scribe, entries, count, batch_id, progress or Progress())
        except Cancelled:
            if chosen.keep_when_stopped:
                return self._close_batch(batch_id, count, stopped=True)
            self._take_back(batch_id)
            raise
        return self._close_batch(batch_id, count)

    def _write(
        self,
        scribe: Scribe,
        entries: Sequence[Entry],
        count: Count,
        batch_id: int,
        progress: Progress,
    ) -> None:
        for done, chunk in _chunks(entries):
            progress.step(done, len(entries))
            with self._context.write(N_("导入"), batch_id=batch_id) as unit:
                found = list(scribe.take(unit, chunk))
                scribe.desk.pile.write(unit)
            count.add(found, scribe)
            scribe.forget()
        progress.step(len(entries), len(entries))

    def _scribe(
        self, reader: Reader, read: ReadResult, options: ImportOptions, *, writes: bool
    ) -> Scribe:
        context = self._context
        office = OfficeTime(context.zone, read_settings(reader).hours())
        desk = Desk(
            office,
            context.now(),
            context.today(),
            context.actor.staff_id,
            options,
            Pile(context.make_id),
            writes,
            context.allows("manage"),
            any(sheet.plan.kind is Kind.stage_moves for sheet in read.sheets),
        )
        scribe = Scribe(desk)
        scribe.begin(reader)
        _require_owner(desk, read)
        return scribe

    def export(
        self,
        kinds: Sequence[Kind],
        path: Path,
        form: Form = Form.xlsx,
        *,
        customer_ids: Collection[int] | None = None,
        encoding: Encoding = Encoding.utf8,
        progress: Progress | None = None,
    ) -> ExportReport:
        """Write kinds of rows, of all customers or some, to a file; see ``export_rows``."""
        return export_rows(
            self._context, kinds, path, form,
            customer_ids=customer_ids, encoding=encoding, progress=progress,
        )  # fmt: skip

    def export_list(
        self,
        sheet: ListSheet,
        path: Path,
        form: Form = Form.xlsx,
        encoding: Encoding = Encoding.utf8,
        *,
        progress: Progress | None = None,
    ) -> int:
        """Write a list as it is shown to a file; return the number of rows."""
        self._context.require("read")
        return write_list(sheet, path, form, encoding.codec, progress)

    def template(self, kind: Kind, path: Path) -> Path:
        """Write an empty sheet of a kind to fill in; see ``write_template``."""
        return write_template(path, kind, self.features())

    # -- batches -------------------------------------------------------------------------

    def _open_batch(self, read: ReadResult, options: ImportOptions) -> int:
        """Return the batch of a killed import of the same rows, or a new one."""
        key = _key_of(read, options)
        running = select(ImportBatch.id, ImportBatch.report).where(
            ImportBatch.state == RUNNING, ImportBatch.deleted_at == 0
        )
        with self._context.read() as reader:
            for batch_id, report in reader.rows(running):
                if json.loads(report).get("key") == key:
                    return int(batch_id)
        name = "、".join(dict.fromkeys(sheet.plan.file for sheet in read.sheets))
        with self._context.write() as unit:
            return unit.add(ImportBatch, name=name, report=json.dumps({"key": key}))

    def _close_batch(self, batch_id: int, count: Count, *, stopped: bool = False) -> ImportReport:
        told = count.tallies()
        if not batch_id:
            return ImportReport(told)
        report = ImportReport(told, batch_id, stopped)
        kept: dict[str, Any] = {"created": report.created, "updated": report.updated}
        if layouts := layouts_of(count.read):
            kept["layouts"] = layouts
        with self._context.write() as unit:
            if unit.scalar(tallies.written_rows(batch_id)):
                unit.change(ImportBatch, batch_id, state=FINISHED, report=json.dumps(kept))
                return report
            unit.remove(ImportBatch, batch_id)
        return ImportReport(told, 0, stopped)

    def undo(self, batch_id: int, *, progress: Progress | None = None) -> Undone:
        """Take a whole import back; rows changed since stay and are listed.

        Raises ``UserError`` no_such_batch or batch_undone.
        """
        self._context.require("import")
        return self._take_back(batch_id, progress)

    def _take_back(self, batch_id: int, progress: Progress | None = None) -> Undone:
        with self._context.read() as reader:
            written = bool(reader.scalar(tallies.written_rows(batch_id)))
            known = reader.stored(ImportBatch, batch_id)
        if written or known is None or known["state"] == UNDONE:
            return self._undo.take_back(batch_id, progress)
        with self._context.write() as unit:
            unit.change(ImportBatch, batch_id, state=UNDONE)
        return Undone(None, 0)

    def history(self) -> list[BatchView]:
        """Return the imports of this book, newest first."""
        chosen = (
            select(
                ImportBatch.id,
                ImportBatch.name,
                ImportBatch.created_at,
                func.coalesce(Staff.name, ""),
                ImportBatch.state,
                ImportBatch.report,
            )
            .outerjoin(Staff, Staff.id == ImportBatch.created_by)
            .where(ImportBatch.deleted_at == 0)
            .order_by(ImportBatch.id.desc())
        )
        with self._context.read() as reader:
            return [_batch_view(*row) for row in reader.rows(chosen)]


def _files_of(paths: Sequence[Path]) -> list[Path]:
    """Return files as named, and for a folder the files in it that can be imported."""
    found: list[Path] = []
    for path in paths:
        inside = sorted(path.iterdir()) if has_folder(path) else [path]
        found += [one for one in inside if one is path or one.suffix.lower() in _SUFFIXES]
    return found


def _batch_view(
    batch_id: int, name: str, at: int, staff: str, state: str, report: str
) -> BatchView:
    told = json.loads(report)
    return BatchView(
        batch_id, name, at, staff, state, told.get("created", 0), told.get("updated", 0)
    )


def _chunks(entries: Sequence[Entry]) -> Iterator[tuple[int, Sequence[Entry]]]:
    for start in range(0, len(entries), CHUNK):
        yield start, entries[start : start + CHUNK]


def _key_of(read: ReadResult, options: ImportOptions) -> str:
    """Return what tells the import of the same rows again after a kill."""
    rows = [
        (sheet.plan.file, sheet.plan.sheet, str(sheet.plan.kind), len(sheet.drafts))
        for sheet in read.sheets
    ]
    told = json.dumps([rows, str(options.policy), str(options.match)])
    return hashlib.sha256(told.encode()).hexdigest()


def _require_owner(desk: Desk, read: ReadResult) -> None:
    name = fold(desk.options.owner)
    staff = (sheet for sheet in read.sheets if sheet.plan.kind is Kind.staff)
    coming = Counter(draft.name for sheet in staff for draft in sheet.drafts)  # type: ignore[union-attr] # drafts of this kind have names
    if name and name not in desk.staff and name not in coming:
        raise UserError(
            "no_such_staff",
            N_("没有这位员工：{name}"),
            advice=N_("对照员工名单里的姓名再试"),
            name=desk.options.owner,
        )
