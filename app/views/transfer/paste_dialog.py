"""Paste rows from a spreadsheet: a grid with fields over it, checked as it is changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from app.i18n import _, ngettext, translate
from app.services.jobs import Progress
from app.services.transfer.choosing import with_column, with_kind
from app.services.transfer.fields import FIELDS, Kind
from app.services.transfer.mapping import missing_fields
from app.services.transfer.outcomes import (
    ImportOptions,
    ImportPlan,
    ImportReport,
    Outcome,
    Policy,
    rows_with_errors,
)
from app.services.transfer.pasted import is_headed, only_rows, with_cells, without_rows
from app.services.transfer.read import SheetPlan
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import RunningJob, run_job
from app.views.itemmodels.pasted import LEFT_OUT, GridModel, grid_columns, grid_rows
from app.views.transfer import words
from app.views.transfer.paste_table import PasteTable
from app.views.widgets.buttons import Button, CheckBox, Select
from app.views.widgets.text import Label

_WIDTH, _HEIGHT = 980, 560
_CHECK_LATER_MS = 150
_KINDS = (Kind.customers, Kind.contacts, Kind.followups, Kind.next_steps, Kind.opportunities,
          Kind.contracts, Kind.payments, Kind.products)  # fmt: skip


class PasteRowsDialog(QDialog):
    """Show what is on the clipboard, let it be mapped and put right, write it as one act."""

    def __init__(
        self,
        view: ViewContext,
        parent: QWidget,
        kind: Kind,
        given: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(parent)
        self._view, self._given = view, dict(given or {})
        self._kind = kind
        self.plan: SheetPlan | None = None
        self.checked: ImportPlan | None = None
        self.running: RunningJob | None = None
        self._writing = False
        mime = QGuiApplication.clipboard().mimeData()
        self._clip = (mime.text(), mime.html() if mime.hasHtml() else "")
        theme = themes.current()
        self.setObjectName("paste_rows")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("从表格粘贴"))
        room = parent.window().size()
        self.resize(QSize(theme.px(_WIDTH), theme.px(_HEIGHT)).boundedTo(room))
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_CHECK_LATER_MS)
        self._late.timeout.connect(self._check)
        self._lay_out()
        self._connect()
        self._read(None)

    # -- building ------------------------------------------------------------------------

    def _lay_out(self) -> None:
        theme = themes.current()
        rows = QVBoxLayout(self)
        side = theme.px(16)
        rows.setContentsMargins(side, theme.px(12), side, theme.px(12))
        rows.setSpacing(theme.px(8))
        rows.addLayout(self._head())
        self.error_bar = ErrorBar()
        rows.addWidget(self.error_bar)
        self.table = PasteTable()
        self.model = GridModel(())
        self.table.setModel(self.model)
        rows.addWidget(self.table, 1)
        self.problem = Label("", "small", "text2", wrap=True)
        self.problem.setObjectName("paste_problem")
        self.problem.setMinimumHeight(theme.px(34))
        rows.addWidget(self.problem)
        rows.addWidget(self._buttons())

    def _head(self) -> QHBoxLayout:
        theme = themes.current()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self.kind = Select(
            [(one, words.kind(one)) for one in _KINDS], name="paste_kind", spoken=_("粘贴为")
        )
        self.policy = Select(
            [(one, words.one_of(words.POLICY, one)) for one in
             (Policy.fill, Policy.update, Policy.skip)],
            name="paste_policy", spoken=_("已有的"),
        )  # fmt: skip
        self.headed = CheckBox(_("第一行是表头"), name="paste_headed")
        for said, field in ((_("粘贴为"), self.kind), (_("已有的"), self.policy)):
            line.addWidget(Label(said, "small", "text2"))
            line.addWidget(field)
        line.addWidget(self.headed)
        line.addStretch(1)
        self.hint = Label(_("Alt+↓ 改这一列是什么，F2 改这一格"), "small", "text3")
        line.addWidget(self.hint)
        return line

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.next = Button(_("下一处问题"), key="F8", name="paste_next")
        self.next.clicked.connect(self.go_to_problem)
        self.go = Button(_("存入"), "primary", key="Ctrl+Enter", name="paste_go")
        self.go.setEnabled(False)
        self.next.setEnabled(False)
        self.go.clicked.connect(self.write)
        cancel = Button(_("取消"), name="paste_cancel")
        cancel.clicked.connect(self.reject)
        box.addButton(self.next, QDialogButtonBox.ButtonRole.ActionRole)
        box.addButton(self.go, QDialogButtonBox.ButtonRole.AcceptRole)
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self.write)
        return box

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _at: self._as_kind())
        self.policy.activated.connect(lambda _at: self._check())
        self.headed.clicked.connect(self._read)
        self.model.edited.connect(self._edit)
        self.table.field_wanted.connect(self.choose_field)
        self.table.rows_dropped.connect(self._drop)
        self.table.problem_wanted.connect(self.go_to_problem)
        self.table.selectionModel().currentChanged.connect(lambda *_moved: self._say_problem())

    # -- what was pasted -------------------------------------------------------------------

    def _read(self, headed: bool | None) -> None:
        """Read the clipboard, with a header as told; None finds it out."""
        transfer, given, clip, kind = (
            self._view.office.transfer,
            self._given,
            self._clip,
            self._kind,
        )

        def work(_progress: Progress) -> SheetPlan:
            return transfer.paste(*clip, kind, given, headed=headed)

        self._run(work, self._take)

    def _take(self, plan: SheetPlan) -> None:
        self.kind.set_value(plan.kind)
        self.headed.setChecked(is_headed(plan))
        self._show(plan)
        self.table.setCurrentIndex(self.model.index(0, 1))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _hold(self, *, writing: bool) -> None:
        """Let nothing be changed while rows are written."""
        self._writing = writing
        for field in (self.kind, self.policy, self.headed):
            field.setEnabled(not writing)
        self.go.setEnabled(not writing and self.checked is not None)

    def _show(self, plan: SheetPlan) -> None:
        """Show another state of the rows; it is checked a moment later."""
        if self._writing:
            return
        self.plan = plan
        self._show_rows()
        self.go.setEnabled(False)
        self._late.start()

    def _show_rows(self) -> None:
        if self.plan is None:
            return
        here = self.table.currentIndex()
        columns, rows = grid_columns(self.plan), grid_rows(self.plan, self.checked)
        titles = [(one.key, one.title) for one in columns]
        if titles == [(one.key, one.title) for one in self.model.columns]:
            self.model.set_rows(rows)
        else:
            self.model.set_columns(columns, rows)
        if here.row() >= 0:
            at = min(here.row(), len(rows) - 1)
            self.table.setCurrentIndex(self.model.index(at, max(1, here.column())))

    def _as_kind(self) -> None:
        if self.plan is not None:
            self.checked = None
            self._show(with_kind(self.plan, Kind(str(self.kind.value()))))

    def _edit(self, values: Mapping[tuple[int, int], str]) -> None:
        if self.plan is not None:
            self._show(with_cells(self.plan, values))

    def _drop(self, numbers: Sequence[int]) -> None:
        if self.plan is not None:
            self._show(without_rows(self.plan, numbers))

    def choose_field(self, section: int) -> None:
        """Ask which field a column of the grid goes to."""
        plan = self.plan
        if plan is None or not 0 < section <= len(plan.matches):
            return
        match = plan.matches[section - 1]
        menu = QMenu(self)
        menu.setObjectName("paste_fields")
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        choices = [("", translate(LEFT_OUT))]
        choices += [(one.key, translate(one.label)) for one in FIELDS[plan.kind]]
        for key, label in choices:
            act = menu.addAction(label)
            act.setCheckable(True)
            act.setChecked(key == (match.field if match.applies else ""))
            act.triggered.connect(partial(self.set_field, section, key))
            if act.isChecked():
                menu.setActiveAction(act)
        head = self.table.head
        menu.popup(head.mapToGlobal(QPoint(head.sectionViewportPosition(section), head.height())))

    def set_field(self, section: int, key: str, _on: bool = False) -> None:
        """Send a column of the grid to a field, or leave it out."""
        if self.plan is not None:
            index = self.plan.matches[section - 1].index
            self._show(with_column(self.plan, index, key))

    # -- checking --------------------------------------------------------------------------

    def _options(self) -> ImportOptions:
        return ImportOptions(policy=Policy(str(self.policy.value())))

    def _check(self) -> None:
        plan, options = self.plan, self._options()
        if plan is None:
            return
        missing = missing_fields(plan.kind, plan.matches)
        if missing:
            self.checked = None
            self._show_rows()
            self._say_missing([translate(one.label) for one in missing])
            return
        transfer = self._view.office.transfer

        def work(progress: Progress) -> ImportPlan:
            return transfer.plan(transfer.read_pasted(plan), options, progress=progress)

        self._run(work, self._show_checked)

    def _show_checked(self, checked: ImportPlan) -> None:
        self.checked = checked
        self._show_rows()
        good = checked.created + checked.updated
        said = ngettext("存入 {count} 行", "存入 {count} 行", good)
        self.go.setText(said.format(count=f"{good:,}"))
        self.go.setEnabled(good > 0)
        self.next.setEnabled(bool(self._problem_places()))
        self._say_problem()

    def _say_missing(self, labels: Sequence[str]) -> None:
        self.go.setEnabled(False)
        self.problem.set_tone("bad")
        said = _("还没有一列是{fields}：在那一列按 Alt+↓ 选它").format(fields=_("、").join(labels))
        self.problem.setText(said)

    # -- problems --------------------------------------------------------------------------

    def _problem_places(self) -> list[tuple[int, int]]:
        sections = {one.key: at for at, one in enumerate(self.model.columns)}
        found: list[tuple[int, int]] = []
        for at, row in enumerate(self.model.rows):
            places = sorted(sections[str(index)] for index in row.problems)
            found += [(at, place) for place in places or ([0] if row.missing else [])]
        return found

    def go_to_problem(self) -> None:
        """Go to the next cell with a problem, from the last one to the first."""
        places = self._problem_places()
        if places:
            here = self.table.currentIndex()
            after = [place for place in places if place > (here.row(), here.column())]
            row, section = (after or places)[0]
            self.table.setCurrentIndex(self.model.index(row, section))
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_problem(self) -> None:
        """Tell what is wrong at the current cell, else how the rows stand."""
        here = self.table.currentIndex()
        if self.checked is None or not 0 <= here.row() < len(self.model.rows):
            return
        row, column = self.model.rows[here.row()], self.model.columns[here.column()]
        found = row.problems.get(int(column.key)) if column.key.isdecimal() else None
        told = found or (row.missing[0] if row.missing else None)
        if told is None:
            self.problem.set_tone("text2")
            self.problem.setText(self._summary(self.checked))
            return
        self.problem.set_tone("bad" if told.fatal else "warn")
        said = _("第 {row} 行：{reason}") if found is None else _("第 {row} 行 {column}：{reason}")
        self.problem.setText(
            said.format(row=here.row() + 1, column=column.title, reason=translate(told.reason))
        )

    def _summary(self, checked: ImportPlan) -> str:
        wrong = rows_with_errors(checked.errors)
        counts = ((Outcome.create, checked.created), (Outcome.update, checked.updated),
                  (Outcome.skip, checked.skipped), (Outcome.error, wrong))  # fmt: skip
        return _("，").join(
            f"{words.one_of(words.OUTCOME, outcome)} {count:,}"
            for outcome, count in counts
            if count
        )

    # -- writing ---------------------------------------------------------------------------

    def write(self) -> None:
        """Write the rows without errors as one batch; rows with errors stay to be put right."""
        plan, checked = self.plan, self.checked
        if plan is None or checked is None or not self.go.isEnabled():
            return
        wrong = {issue.row for issue in checked.errors}
        options, transfer = self._options(), self._view.office.transfer
        good = without_rows(plan, wrong)
        self._hold(writing=True)

        def work(progress: Progress) -> ImportReport:
            return transfer.write(transfer.read_pasted(good), options, progress=progress)

        def done(report: ImportReport) -> None:
            self._written(report, wrong)

        self._run(work, done, title=_("粘贴"), writing=True)

    def _written(self, report: ImportReport, wrong: set[int]) -> None:
        self._hold(writing=False)
        count = report.created + report.updated
        said = ngettext("已存入 {count} 行", "已存入 {count} 行", count)
        self._view.toast(said.format(count=f"{count:,}"), act_id=report.batch_id)
        if not wrong or self.plan is None:
            self.accept()
            return
        self.checked = None
        self._show(only_rows(self.plan, wrong))

    def _run(
        self,
        work: Callable[[Progress], object],
        done: Callable[..., None],
        *,
        title: str = "",
        writing: bool = False,
    ) -> None:
        if self.running is not None:
            self.running.stop()
        self.error_bar.clear()

        def came(result: object) -> None:
            if self.running is mine:
                self.running = None
                done(result)

        def failed(error: BaseException) -> None:
            self._hold(writing=False)
            if self.running is mine:
                self.running = None
                self.error_bar.show_error(error)

        mine = self.running = run_job(
            self, work, came, failed, title=title, writing=writing,
            cancelled=lambda: self._hold(writing=False),
        )  # fmt: skip


def paste_rows(
    view: ViewContext, parent: QWidget, kind: Kind, given: Mapping[str, str] | None = None
) -> None:
    """Open the grid for what is on the clipboard."""
    PasteRowsDialog(view, parent, kind, given).open()
