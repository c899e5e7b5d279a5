"""Step 5: what was written, and how to take it back."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.services.transfer.outcomes import Outcome
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.transfer.confirm_step import TallyTable, told_of
from app.views.transfer.job import ImportJob
from app.views.transfer.save_problems import save_problems
from app.views.transfer.step import Step
from app.views.widgets.buttons import Button
from app.views.widgets.card import Card
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import Label


class DoneStep(Step):
    """Show the report with its three ways on."""

    undo_wanted = Signal(object)

    def __init__(self, view: ViewContext) -> None:
        super().__init__(view, "done")
        theme = themes.current()
        content = QWidget()
        rows = QVBoxLayout(content)
        side = theme.px(16)
        rows.setContentsMargins(side, side, side, side)
        rows.setSpacing(theme.px(12))
        head = QHBoxLayout()
        head.setSpacing(theme.px(10))
        self.sign = Label()
        self.title = Label("", "hero")
        head.addWidget(self.sign)
        head.addWidget(self.title, 1)
        rows.addLayout(head)
        self.created = Label("", "entry", wrap=True)
        self.updated = Label("", "entry", wrap=True)
        self.out = Label("", "entry", "text2", wrap=True)
        for label in (self.created, self.updated, self.out):
            rows.addWidget(label)
        rows.addLayout(self._make_buttons())
        card = Card(_("按文件"), padded=False, name="transfer_done_card")
        self.table = TallyTable("transfer_done_table")
        card.body.addWidget(self.table)
        rows.addWidget(card)
        rows.addStretch(1)
        self.body.addWidget(scrolled(content, name="transfer_done_area"))

    def _make_buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        self.open_list = Button(_("打开客户列表"), icon="building", name="transfer_open_customers")
        self.open_list.clicked.connect(lambda: self.view.navigate("customers"))
        self.save = Button(_("存下问题行…"), icon="export", name="transfer_done_problems")
        self.save.clicked.connect(self._save_problems)
        self.undo = Button(_("撤销这次导入"), icon="undo", name="transfer_undo")
        self.undo.clicked.connect(self._undo)
        for button in (self.open_list, self.save, self.undo):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def enter(self, job: ImportJob) -> None:
        """Tell how it went."""
        super().enter(job)
        report = job.report
        if report is None:
            return
        stopped = report.stopped
        self.sign.set_icon(
            "warning" if stopped else "checkmark_circle", 24, "warn" if stopped else "good"
        )
        self.title.setText(
            _("停在半路，已写入的留下了")
            if stopped
            else _("导入完成")
            if report.batch_id
            else _("没有要写入的，都已经有了")
        )
        nothing = _("没有")
        self.created.setText(_("新建：{what}").format(what=told_of(report, "created") or nothing))
        self.updated.setText(
            _("更新已有的：{what}").format(what=told_of(report, "updated") or nothing)
        )
        wrong = sum(
            one.rows - one.created - one.updated - one.skipped
            for one in report.tallies
            if one.kind is not None
        )
        counts = {Outcome.skip: report.skipped, Outcome.error: wrong}
        self.out.setText(
            _("没有导入：跳过 {skipped} 行，有错误 {wrong} 行").format(
                skipped=f"{counts[Outcome.skip]:,}", wrong=f"{counts[Outcome.error]:,}"
            )
        )
        self.save.setVisible(bool(report.errors or report.warnings))
        self.undo.setVisible(bool(report.batch_id))
        self.undo.setEnabled(True)
        self.table.show_tallies(report.tallies)

    def _undo(self) -> None:
        if self.job.report is not None and self.job.report.batch_id:
            self.undo.setEnabled(False)
            self.undo_wanted.emit(self.job.report.batch_id)

    def _save_problems(self) -> None:
        save_problems(self.view, self, self.job.report, self.job.read_result())

    def next_words(self) -> str:
        """Return the words of the button that begins anew."""
        return _("再导入一批(&N)")

    def note(self) -> str:
        """Return how long it can be taken back."""
        report = self.job.report
        return _("在导入历史里随时能整批撤销") if report and report.batch_id else ""

    def focus_first(self) -> None:
        """Put the focus on the counts."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
