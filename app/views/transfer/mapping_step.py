"""Step 2: which column goes to which field, with the first rows as they will look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import N_, _, translate
from app.services.jobs import Progress
from app.services.transfer import choosing
from app.services.transfer.columns import Reading
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.mapping import missing_fields
from app.services.transfer.read import Choices, SheetPlan, SheetResult, parse_sheet
from app.services.transfer.remembering import Remembered, recalled
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.itemmodels.column import Column
from app.views.itemmodels.transfer import ARROW, CHOICE, STATE, RowsTableModel
from app.views.transfer import words
from app.views.transfer.choice_table import ChoiceTable
from app.views.transfer.conversion import MappingRow, counts_line, mapping_rows
from app.views.transfer.job import ImportJob, Place
from app.views.transfer.mapping_head import MappingHead
from app.views.transfer.meanings import MeaningsDialog, meanings_for, words_of
from app.views.transfer.preview import SHOWN_ROWS, fitting, preview_columns
from app.views.transfer.step import Step
from app.views.widgets.card import Card
from app.views.widgets.note import Note
from app.views.widgets.text import Label

_SIDE = 20


def _target(row: MappingRow) -> str:
    return row.target or _("不导入")


def _target_tone(row: MappingRow) -> str:
    return "text" if row.match.applies else "warn" if row.guessed else "text2"


def _columns() -> tuple[Column[MappingRow], ...]:
    return (
        Column("heading", N_("文件里的列"), lambda row: row.heading, width=130,
               tone=lambda _row: "text", flex=1, least=96),
        Column("sample", N_("样例"), lambda row: row.sample, width=190, flex=2, least=84),
        Column("arrow", "", lambda _row: "", width=36, kind=ARROW, accessible=lambda _row: ""),
        Column("target", N_("对应到"), _target, width=236, kind=CHOICE, flex=1, least=150,
               value=lambda row: row.match.field if row.match.applies else "",
               tone=_target_tone),
        Column("state", N_("状态"), lambda row: row.state[0], width=140, kind=STATE,
               value=lambda row: row.state),
        Column("conversion", N_("转换"), lambda row: row.conversion, width=240, flex=4, least=110,
               tone=lambda row: "warn" if row.trouble else "text2"),
    )  # fmt: skip


class MappingTable(ChoiceTable):
    """The table of columns: Space confirms a guess, Delete leaves a column out."""

    confirm_wanted = Signal()
    sheet_step = Signal(int)
    meanings_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of this table."""
        key = event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space:
            self.confirm_wanted.emit()
        elif key == Qt.Key.Key_F2:
            self.open_choice("target")
        elif key == Qt.Key.Key_F4:
            self.meanings_wanted.emit()
        elif control and key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.sheet_step.emit(-1 if key == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)


class MappingStep(Step):
    """Show one sheet at a time; a change is read anew in the background."""

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view, "mapping")
        self._place: Place | None = None
        self._waiting = 0
        self._generation = 0
        self.head = MappingHead()
        self.head.sheet_chosen.connect(self.show_sheet)
        self.head.header_chosen.connect(self._header)
        self.head.encoding_chosen.connect(self._read_again)
        self.head.kind_chosen.connect(self._kind)
        self.head.used.connect(self._use)
        self.head.hidden_rows_chosen.connect(self._hidden_rows)
        self.head.hidden_sheets_chosen.connect(self._hidden_sheets)
        self.head.layout_chosen.connect(self._layout)
        self.head.meanings.clicked.connect(self.ask_meanings)
        self._remembered: tuple[Remembered, ...] = ()
        self.head.look.toggled.connect(self._show_parts)
        self.body.addWidget(self.head)
        self.errors = ErrorBar()
        self.refused = Note("", tone="bad")
        self.refused.hide()
        self.body.addWidget(self.refused)
        self.body.addWidget(self.errors)
        self.model = RowsTableModel(_columns(), self._options)
        self.model.picked.connect(self._picked)
        self.table = MappingTable(
            name="transfer_columns", spoken=_("文件的列和字段"), prefs=view.prefs
        )
        self.table.setModel(self.model)
        self.table.activated_row.connect(lambda _row: self.table.open_choice("target"))
        self.table.confirm_wanted.connect(self._confirm)
        self.table.delete_wanted.connect(partial(self._set_current, ""))
        self.table.sheet_step.connect(self.head.step_sheet)
        self.table.meanings_wanted.connect(self.ask_meanings)
        self.body.addWidget(self.table, 100)
        self.body.addWidget(self._make_preview())
        self.body.addStretch(1)

    def _make_preview(self) -> QWidget:
        theme = themes.current()
        self.below = QWidget()
        rows = QVBoxLayout(self.below)
        rows.setContentsMargins(theme.px(16), theme.px(10), theme.px(16), theme.px(14))
        rows.setSpacing(theme.px(8))
        rows.addWidget(Label(_("预览前 3 行导入后的样子"), "body_strong"))
        card = Card(padded=False, name="transfer_preview_card")
        self.preview_model: RowsTableModel[Any] = RowsTableModel(())
        self.preview = ChoiceTable(name="transfer_preview", spoken=_("预览前 3 行导入后的样子"))
        self.preview.setModel(self.preview_model)
        self.preview.setFixedHeight(
            theme.size("table_header") + SHOWN_ROWS * theme.row_height() + theme.px(2)
        )
        card.body.addWidget(self.preview)
        rows.addWidget(card)
        self.left_out = Label("", "small", "text2", wrap=True)
        rows.addWidget(self.left_out)
        return self.below

    # -- showing -------------------------------------------------------------------------------

    def enter(self, job: ImportJob) -> None:
        """Show the first sheet, or the one shown before."""
        super().enter(job)
        places = job.places()
        self._remembered = self.view.office.transfer.remembered()
        self._tell_refused()
        self.head.setVisible(bool(places))
        self._show_parts()
        if places:
            self.show_sheet(self._place if self._place in places else places[0])
        self.changed.emit()

    def _tell_refused(self) -> None:
        refused = [file.refused for file in self.job.files if file.refused is not None]
        told = [f"{error.text()}。{error.advice_text()}" for error in refused]
        self.refused.tell("\n".join(told))
        self.refused.setVisible(bool(told))

    def show_sheet(self, place: Place) -> None:
        """Show another sheet."""
        self._place = place
        self.head.show_job(self.job, place)
        matches = self.job.sheet(place).plan.matches
        self.head.show_layouts([one for one in self._remembered if one.is_near(matches)])
        skipped = [words.why_skipped(one) for one in self.job.files[place[0]].skipped]
        self.left_out.setText(_("没有读的页：{pages}").format(pages=_("、").join(skipped)))
        self.left_out.setVisible(bool(skipped))
        self._work(partial(_looked_at, self.job.sheet(place)))

    def _work(self, read: Callable[[], SheetResult]) -> None:
        """Read and describe a sheet in the background; only the last answer is shown."""
        place, self._generation = self._place, self._generation + 1
        number = self._generation
        reading = self.view.office.transfer.reading()
        names = self._staff_names()
        self._waiting += 1

        def work(_progress: Progress) -> tuple[SheetResult, list[MappingRow]]:
            result = read()
            return result, mapping_rows(result, reading, names)

        def came(found: tuple[SheetResult, list[MappingRow]]) -> None:
            self._waiting -= 1
            if number == self._generation and place is not None:
                self._show(place, *found)
            self.changed.emit()

        run_job(self, work, came, self._failed)
        self.changed.emit()

    def _failed(self, error: BaseException) -> None:
        self._waiting -= 1
        self.errors.show_error(error)
        self.changed.emit()

    def _show(self, place: Place, result: SheetResult, rows: list[MappingRow]) -> None:
        if result is not self.job.sheet(place):
            self.job.put(place, result)
            self.head.show_job(self.job, place)
        at = max(0, self.table.currentIndex().row())
        self.model.set_rows(rows)
        self.table.setMaximumHeight(self.table.content_height(len(rows)))
        self.table.go_to(min(at, len(rows) - 1))
        self.head.counts.setText(counts_line(rows))
        self._show_preview(result, rows)

    def _show_preview(self, result: SheetResult, rows: list[MappingRow]) -> None:
        guessed = {row.match.field for row in rows if row.guessed and row.match.applies}
        reading = self.view.office.transfer.reading()
        found = preview_columns(result, guessed, self._staff_names(), reading)
        columns = fitting(found, self.width() * 100 // themes.current().scale - 2 * _SIDE)
        self.preview_model.set_columns(columns, result.drafts[:SHOWN_ROWS])

    def _staff_names(self) -> set[str]:
        staff = self.view.office.staff.all()
        return {one.name for one in staff} | self.job.staff_names()

    # -- choosing ------------------------------------------------------------------------------

    def _options(self, _row: MappingRow, _key: str) -> list[tuple[object, str]]:
        kind = self._plan().kind
        fields = [(field.key, words.field_label(kind, field.key)) for field in FIELDS[kind]]
        own = [(one.key, words.field_label(kind, one.key)) for one in self._plan().features]
        return [("", _("不导入")), *fields, *(own if kind is Kind.customers else ())]

    def _plan(self) -> SheetPlan:
        assert self._place is not None
        return self.job.sheet(self._place).plan

    def _picked(self, number: int, _key: str, value: object) -> None:
        self._set(self.model.rows[number], str(value))

    def _set_current(self, key: str) -> None:
        row = self.table.current_object()
        if isinstance(row, MappingRow):
            self._set(row, key)

    def _confirm(self) -> None:
        row = self.table.current_object()
        if isinstance(row, MappingRow) and row.guessed:
            self._set(row, row.match.field)

    def _set(self, row: MappingRow, key: str) -> None:
        self._replan(partial(choosing.with_column, index=row.match.index, key=key))

    def ask_meanings(self) -> None:
        """Ask what the words of the current column mean."""
        row = self.table.current_object()
        if not isinstance(row, MappingRow) or self._place is None:
            return
        result, match = self.job.sheet(self._place), row.match
        MeaningsDialog(
            self,
            row.heading,
            words_of(result, match),
            meanings_for(result, match, sorted(self._staff_names())),
            lambda said: self._replan(partial(choosing.with_words, index=match.index, words=said)),
            dict(match.words),
        ).open()

    def _hidden_rows(self, wanted: bool) -> None:
        self._replan(partial(choosing.with_hidden, wanted=wanted))

    def _hidden_sheets(self, wanted: bool) -> None:
        assert self._place is not None
        (self.job.with_hidden_sheets.add if wanted else self.job.with_hidden_sheets.discard)(
            self._place[0]
        )
        self._read_again(self.job.encodings.get(self._place[0], ""))

    def _layout(self, remembered: Remembered | None) -> None:
        if remembered is None:
            self._replan(lambda plan: plan.matched({}))
        else:
            self._replan(partial(recalled, remembered=remembered))

    def _header(self, row: int) -> None:
        if row != self._plan().table.header_row:
            self._replan(partial(choosing.with_header, row=row))

    def _kind(self, kind: Kind) -> None:
        if kind is not self._plan().kind:
            self._replan(partial(choosing.with_kind, kind=kind))

    def _replan(self, change: Callable[[SheetPlan], SheetPlan]) -> None:
        self.errors.clear()
        try:
            plan = change(self._plan())
        except UserError as error:
            self.errors.show_error(error)
            return
        assert self._place is not None
        # kept at once, so that the next change builds on it while the rows are read
        self.job.put(self._place, replace(self.job.sheet(self._place), plan=plan))
        self._work(partial(parse_sheet, plan, self._reading()))

    def _reading(self) -> Reading:
        assert self._place is not None
        return self.view.office.transfer.reading()

    def _use(self, wanted: bool) -> None:
        assert self._place is not None
        self.job.use(self._place, wanted)
        self.head.show_job(self.job, self._place)
        self.changed.emit()

    def _read_again(self, encoding: str) -> None:
        assert self._place is not None
        at = self._place[0]
        path, transfer = self.job.paths[at], self.view.office.transfer
        choices = Choices(encoding=encoding, hidden_sheets=at in self.job.with_hidden_sheets)
        self.errors.clear()

        def came(file: Any) -> None:
            self._waiting -= 1
            if encoding:
                self.job.encodings[at] = encoding
            self.job.put_file(at, file)
            self.enter(self.job)

        self._waiting += 1
        run_job(
            self,
            lambda progress: transfer.read_one(path, choices, progress=progress),
            came,
            self._failed,
        )

    # -- the step --------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Tell whether something can be imported and no required column is missing."""
        return bool(self.job.used()) and not self.job.incomplete() and not self._waiting

    def next_words(self) -> str:
        """Return the words of the button that goes on."""
        return _("下一步：检查(&N)")

    def note(self) -> str:
        """Return what is missing, or that nothing has changed."""
        incomplete = self.job.incomplete()
        if incomplete:
            plan = self.job.sheet(incomplete[0]).plan
            label = translate(missing_fields(plan.kind, plan.matches)[0].label)
            return _("{sheet} 还缺“{field}”这一列").format(sheet=plan.sheet, field=label)
        if not self.job.used():
            return _("没有要导入的页")
        return _("不会改动现有数据，直到第 4 步确认")

    def set_low(self, low: bool) -> None:
        """Show either the table or the preview in a low window."""
        self.head.look.setVisible(low)
        self._show_parts()

    def _show_parts(self, _on: bool = False) -> None:
        there, looking = bool(self.job.places()), self.head.look.isChecked()
        self.table.setVisible(there and not (self._low and looking))
        self.below.setVisible(there and (looking or not self._low))

    def focus_first(self) -> None:
        """Put the focus into the table of columns."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _looked_at(result: SheetResult) -> SheetResult:
    return result
