"""导入导出: five steps from files to customers; data stay untouched until the fourth."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.changes import Kind as ChangeKind
from app.services.jobs import Progress
from app.services.transfer.outcomes import ImportPlan, ImportReport
from app.services.transfer.read import ReadResult
from app.views.admin.first_run_rail import Rail
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import Page, ViewContext, WidthMode
from app.views.core.runner import RunningJob, run_job
from app.views.transfer import words
from app.views.transfer.check_step import CheckStep
from app.views.transfer.choose_step import ChooseStep
from app.views.transfer.confirm_step import ConfirmStep
from app.views.transfer.done_step import DoneStep
from app.views.transfer.drop_zone import dropped_files
from app.views.transfer.export_card import ExportCard
from app.views.transfer.history_panel import HistoryDialog, take_back
from app.views.transfer.job import ImportJob
from app.views.transfer.mapping_step import MappingStep
from app.views.transfer.progress_pane import ProgressPane
from app.views.transfer.step import Step
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel

TITLES = (N_("选文件"), N_("对应列"), N_("检查与重复"), N_("确认"), N_("完成"))
CHOOSE, MAPPING, CHECK, CONFIRM, DONE = range(5)


class TransferPage(Page):
    """Lead through an import; leaving the page keeps it for later in this session."""

    PAGE_ID = "transfer"
    WATCHES = frozenset({ChangeKind.batch})

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view)
        self.job = ImportJob()
        self._running: RunningJob | None = None
        self.setAcceptDrops(True)
        header = self.add_header(_("导入导出"))
        self.header = header
        self.history = Button(_("导入历史"), icon="history", name="transfer_history_open")
        self.history.clicked.connect(self._open_history)
        header.add_tool(self.history)
        self.body.addWidget(self._make_middle(), 1)
        self.body.addWidget(self._make_footer())
        for keys, act in (("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        self._show_step(CHOOSE)

    # -- building ------------------------------------------------------------------------------

    def _make_middle(self) -> QWidget:
        middle = QWidget()
        line = QHBoxLayout(middle)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(0)
        self.rail = Rail([translate(title) for title in TITLES])
        self.rail.setObjectName("transfer_rail")
        self.rail.chosen.connect(self._rail_chosen)
        line.addWidget(self.rail)
        right = QVBoxLayout()
        right.setSpacing(0)
        self.errors = ErrorBar()
        self.errors.setContentsMargins(16, 12, 16, 0)
        right.addWidget(self.errors)
        self.stack = QStackedWidget()
        self.steps = self._make_steps()
        for step in self.steps:
            step.changed.connect(self._show_footer)
            step.next_wanted.connect(self.go_on)
            self.stack.addWidget(step)
        self.pane = ProgressPane()
        self.pane.stop_wanted.connect(self._stop)
        self.stack.addWidget(self.pane)
        right.addWidget(self.stack, 1)
        line.addLayout(right, 1)
        return middle

    def _make_steps(self) -> Sequence[Step]:
        view = self.view
        self.choose = ChooseStep(view)
        self.export_card = ExportCard(view)
        self.choose.add_beside(self.export_card)
        self.choose.history.undo_wanted.connect(partial(take_back, view, self))
        self.mapping = MappingStep(view)
        self.check = CheckStep(view)
        self.check.again_wanted.connect(self._plan)
        self.confirm = ConfirmStep(view)
        self.done = DoneStep(view)
        self.done.undo_wanted.connect(self._undo_done)
        return (self.choose, self.mapping, self.check, self.confirm, self.done)

    def _make_footer(self) -> QFrame:
        theme = themes.current()
        footer = QFrame()
        footer.setProperty("band", "footer")
        footer.setMinimumHeight(theme.size("dialog_footer"))
        line = QHBoxLayout(footer)
        line.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        line.setSpacing(theme.px(8))
        self.note = ElidedLabel("", "small", "text2")
        self.back = Button("", name="transfer_back")
        self.back.setText(_("上一步(&B)"))
        self.back.clicked.connect(self.go_back)
        self.next = Button("", "primary", "arrow_right", name="transfer_next")
        self.next.clicked.connect(self.go_on)
        line.addWidget(self.note, 1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        return footer

    # -- page ------------------------------------------------------------------------------------

    def open(self, **params: Any) -> None:
        """Take files, or the import that was under way before the window was made anew."""
        job = params.get("job")
        if isinstance(job, ImportJob) and job is not self.job:
            self.job = job
            self._show_step(job.step)
        if params.get("files"):
            self._begin_anew()
            self.choose.add(Path(file) for file in params["files"])
        elif params.get("start") and self.job.step == DONE:
            self._begin_anew()

    def params(self) -> dict[str, Any]:
        """Return the import under way."""
        return {"job": self.job}

    def reload(self) -> None:
        """Show the history as it is now."""
        self.choose.show_history()

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """Offer to choose files and to export."""
        return {"import": self._import, "export": self.export_card.export}

    def status_left(self) -> str:
        """Return what goes on."""
        return translate(TITLES[self.job.step]) if self.job.paths else _("导入导出")

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page."""
        return (
            ("Ctrl+Enter", _("下一步")),
            ("F2", _("改对应的字段")),
            ("F4", _("说明一列里的词是什么意思")),
            (_("空格"), _("确认猜测")),
            ("Delete", _("不导入这一列")),
            ("Ctrl+PgUp / PgDn", _("上一页、下一页表格")),
            ("← →", _("逐项合并：选左右")),
        )

    def focus_first(self) -> None:
        """Put the focus into the step."""
        if self._running is None:
            self.steps[self.job.step].focus_first()

    def panes(self) -> Sequence[QWidget]:
        """Return the step and its footer."""
        return (self.steps[self.job.step], self.next)

    def adapt(self, mode: WidthMode) -> None:
        """Leave the rail out in narrow windows: the subtitle names the step."""
        self.rail.setVisible(mode != "compact")
        for step in self.steps:
            step.adapt(mode)
        self._show_subtitle()

    def may_close(self) -> bool:
        """Let the window close: an import that is being written is taken back first."""
        return True

    # -- steps -----------------------------------------------------------------------------------

    def _show_step(self, at: int) -> None:
        self.job.step = at
        self.rail.go(at)
        self.steps[at].enter(self.job)
        self.stack.setCurrentWidget(self.steps[at])
        self._show_footer()
        self._show_subtitle()
        self.status_changed.emit()
        if self.isVisible():
            self.steps[at].focus_first()

    def _show_footer(self) -> None:
        step, busy = self.steps[self.job.step], self._running is not None
        self.note.setText("" if busy else step.note())
        self.next.setText(step.next_words())
        self.next.setEnabled(not busy and step.ready())
        self.back.setVisible(self.job.step not in (CHOOSE, DONE))
        self.back.setEnabled(not busy)

    def _show_subtitle(self) -> None:
        parts = []
        if self.rail.isHidden():
            parts.append(
                _("第 {at} 步 {title}").format(
                    at=self.job.step + 1, title=translate(TITLES[self.job.step])
                )
            )
        parts += [path.name for path in self.job.paths[:2]]
        more = len(self.job.paths) - 2
        if more > 0:
            parts.append(_("另 {count} 个文件").format(count=more))
        if self.job.files:
            parts.append(words.rows(self.job.row_count()))
        self.header.set_subtitle(" · ".join(parts))

    def go_on(self) -> None:
        """Take the next step when it can be taken."""
        at = self.job.step
        if self._running is not None or not self.steps[at].ready():
            return
        self.errors.clear()
        acts: tuple[Callable[[], None], ...] = (
            self._read,
            self._plan,
            self._to_confirm,
            self._write,
            self._begin_anew,
        )
        acts[at]()

    def go_back(self) -> None:
        """Go back one step; choices are kept."""
        if self._running is None and self.job.step in (MAPPING, CHECK, CONFIRM):
            self.errors.clear()
            self._show_step(self.job.step - 1)

    def _rail_chosen(self, at: int) -> None:
        if self._running is None and at < self.job.step < DONE:
            self._show_step(at)

    def _begin_anew(self) -> None:
        self.job = ImportJob()
        self._show_step(CHOOSE)

    # -- work ------------------------------------------------------------------------------------

    def _run(
        self,
        title: str,
        note: str,
        job: Callable[[Progress], Any],
        done: Callable[[Any], None],
        *,
        writing: bool = False,
    ) -> None:
        self.pane.begin(title, note)
        self.stack.setCurrentWidget(self.pane)
        self._running = run_job(
            self,
            job,
            partial(self._came, done),
            self._failed,
            title=title,
            progress=self.pane.step,
            cancelled=partial(self._stopped, writing),
            writing=writing,
        )
        self._show_footer()

    def _came(self, done: Callable[[Any], None], found: Any) -> None:
        self._running = None
        done(found)

    def _failed(self, error: BaseException) -> None:
        self._running = None
        self._show_step(self.job.step)
        self.errors.show_error(error, self.go_on)

    def _stopped(self, writing: bool) -> None:
        self._running = None
        self._show_step(self.job.step)
        if writing:
            self.view.toast(_("已停止，写入的都已撤回"))

    def _stop(self) -> None:
        if self._running is not None:
            self._running.stop()

    def _read(self) -> None:
        if self.job.files:
            self._show_step(MAPPING)
            return
        paths, transfer = list(self.job.paths), self.view.office.transfer

        def came(found: ReadResult) -> None:
            self.job.files = found.files
            self._show_step(MAPPING)

        note = _("只是读文件，不会改动现有数据")
        self._run(_("正在读文件"), note, lambda p: transfer.read(paths, progress=p), came)

    def _plan(self, then: int = CHECK) -> None:
        if not self.job.stale and self.job.plan is not None:
            self._show_step(then)
            return
        read, options = self.job.read_result(), self.job.options
        transfer, began = self.view.office.transfer, time.monotonic()

        def came(plan: ImportPlan) -> None:
            self.job.plan, self.job.stale = plan, False
            self.job.planned_in_s = time.monotonic() - began
            self._show_step(then)

        note = _("逐行和现有数据比对，不会改动现有数据")
        work = partial(transfer.plan, read, options)
        self._run(_("正在检查"), note, lambda p: work(progress=p), came)

    def _to_confirm(self) -> None:
        self._plan(CONFIRM)

    def _write(self) -> None:
        plan, transfer = self.job.plan, self.view.office.transfer
        if plan is None or self.job.stale:
            self._plan(CONFIRM)
            return

        def came(report: ImportReport) -> None:
            self.job.report = report
            self._show_step(DONE)

        note = _("可以先做别的，进度也在状态栏；停止会把已写入的撤回")
        self._run(_("正在导入"), note, lambda p: transfer.run(plan, progress=p), came, writing=True)

    def _undo_done(self, batch_id: int) -> None:
        take_back(self.view, self, batch_id)
        self._begin_anew()

    def _open_history(self) -> None:
        HistoryDialog(self.view, self).open()

    def _import(self) -> None:
        if self.job.step == DONE:
            self._begin_anew()
        if self.job.step == CHOOSE and self._running is None:
            self.choose.browse()

    # -- drag and drop ---------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files that are dragged over the page while files are chosen."""
        if self._takes_files() and dropped_files(event.mimeData()):
            self.choose.zone.set_over(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show the frame as before."""
        self.choose.zone.set_over(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Add the dropped files."""
        self.choose.zone.set_over(False)
        if self.job.step == DONE:
            self._begin_anew()
        self.choose.add(dropped_files(event.mimeData()))
        event.acceptProposedAction()

    def _takes_files(self) -> bool:
        return self._running is None and self.job.step in (CHOOSE, DONE)
