"""离职交接: who leaves, what goes to whom by which rule, a preview, then one act."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, ngettext, translate
from app.models.values.pages import Sort
from app.services.jobs import Progress
from app.services.staff.handover import Estate, Portion, Rule, Sharing, people_of, portions
from app.views.core import theme as themes
from app.views.core.change_history import view_room
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import RunningJob, run_job
from app.views.core.undoing import said
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.staff.handover_rule import Receivers
from app.views.widgets.buttons import Button
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.segmented import Segmented
from app.views.widgets.staff_picker import StaffPicker
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

_RULES = (
    (Rule.one, N_("全给一位")),
    (Rule.even, N_("平均分")),
    (Rule.region, N_("按地区")),
    (Rule.grade, N_("按等级")),
)


def preview_columns(names: dict[int, str]) -> list[Column[Portion]]:
    """Return the columns of the preview: who gets how many of what."""
    return [
        Column("name", N_("谁"), lambda one: names.get(one.staff_id, ""), width=110,
               kind="person", flex=1),
        Column("customers", N_("客户"), lambda one: f"{one.customers:,}", "right", 72),
        Column("steps", N_("未完成的下步"), lambda one: f"{one.steps:,}", "right", 100),
        Column("deals", N_("进行中的商机"), lambda one: f"{one.deals:,}", "right", 100),
    ]  # fmt: skip


class HandoverDialog(QDialog):
    """Hand over what a person owns; everything is shown before it is written."""

    def __init__(self, view: ViewContext, parent: QWidget | None = None, leaver: int = 0) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self._job: RunningJob | None = None
        self.estate = Estate()
        self._people = view.office.staff.all()
        self._names = {one.id: one.name for one in self._people}
        self.setObjectName("handover_dialog")
        self.setWindowTitle(_("离职交接"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(16), theme.px(14), theme.px(16), theme.px(12))
        rows.setSpacing(theme.px(10))
        self.error_bar = ErrorBar()
        rows.addLayout(self._who())
        rows.addWidget(self.error_bar)
        body = QHBoxLayout()
        body.setSpacing(theme.px(16))
        self.colleagues = Receivers()
        self.colleagues.setMinimumWidth(theme.px(280))
        body.addWidget(self.colleagues, 1)
        body.addLayout(self._preview(), 1)
        rows.addLayout(body, 1)
        rows.addLayout(self._buttons())
        self._connect()
        room = view_room(parent)
        self.resize(min(theme.px(840), room[0]), min(theme.px(520), room[1]))
        if leaver:
            self.leaver.set_value(leaver)
        self.read_estate()
        self.leaver.setFocus(Qt.FocusReason.OtherFocusReason)

    def _who(self) -> QFormLayout:
        theme = themes.current()
        form = QFormLayout()
        form.setSpacing(theme.px(8))
        # those who left already may still own something: they come last
        people = sorted(self._people, key=lambda one: one.left_on is not None)
        self.leaver = StaffPicker(
            [(one.id, one.name) for one in people], name="leaver", spoken=_("谁离开")
        )
        today = self._view.office.context.today
        self.left_on = DateEdit(name="handover_day", spoken=_("离职日期"), today=today)
        self.left_on.setPlaceholderText(_("不离职就空着"))
        self.counts = Label("", "body", "text2")
        self.rule = Segmented(
            [(rule, translate(words)) for rule, words in _RULES], name="handover_rule",
            spoken=_("怎么分"),
        )  # fmt: skip
        line = QHBoxLayout()
        line.setSpacing(theme.px(12))
        line.addWidget(self.leaver)
        line.addWidget(Label(_("离职日期"), "body", "text2"))
        line.addWidget(self.left_on)
        line.addStretch(1)
        form.addRow(Label(_("谁离开")), line)
        form.addRow(Label(_("名下")), self.counts)
        form.addRow(Label(_("怎么分")), self.rule)
        return form

    def _preview(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(themes.current().px(6))
        column.addWidget(Label(_("交接后各得"), "small", "text2"))
        self.table = TableView(name="handover_preview", spoken=_("交接后各得"), several=False)
        self.model: PagedTableModel[Portion] = PagedTableModel(
            preview_columns(self._names), Sort(""), parent=self.table
        )
        self.table.setModel(self.model)
        self.table.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column.addWidget(self.table, 1)
        return column

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        self.note = Label(_("从今天起算，以前的业绩不变；可以整批撤销"), "small", "text2")
        self.agree = Button(_("交接"), "primary", key="Ctrl+Enter", name="handover_do")
        self.cancel = Button(_("取消"), name="handover_cancel")
        line.addWidget(self.note, 1)
        line.addWidget(self.cancel)
        line.addWidget(self.agree)
        return line

    def _connect(self) -> None:
        self.leaver.changed.connect(lambda _id: self.read_estate())
        self.rule.changed.connect(lambda _rule: self.show_rule())
        self.colleagues.changed.connect(self.show_preview)
        self.agree.clicked.connect(self.hand_over)
        self.cancel.clicked.connect(self.reject)

    # -- showing -------------------------------------------------------------------------

    def read_estate(self) -> None:
        """Count what the chosen person owns."""
        self.error_bar.clear()
        if self._job is not None:
            self._job.stop()
        read = partial(self._view.office.handover.estate, self.leaver.staff_id() or 0)
        self._job = run_job(self, read, self._show_estate, self._fail)

    def _show_estate(self, estate: Estate) -> None:
        self._job = None
        self.estate = estate
        self.counts.setText(
            _("客户 {customers}、未完成的下步 {steps}、进行中的商机 {deals}").format(
                customers=f"{len(estate.customers):,}",
                steps=f"{len(estate.steps):,}",
                deals=f"{len(estate.deals):,}",
            )
        )
        self.show_rule()

    def show_rule(self) -> None:
        """Ask for the people that the rule needs."""
        rule = Rule(str(self.rule.value()))
        people = [(one.id, one.name) for one in people_of(self.estate, self._people)]
        values = self.estate.values(rule) if rule in (Rule.region, Rule.grade) else []
        self.colleagues.ask(rule, people, values)
        self.show_preview()

    def sharing(self) -> Sharing:
        """Return what was chosen."""
        people, by_value = self.colleagues.chosen()
        rule = Rule(str(self.rule.value()))
        return Sharing(rule, people, by_value, self.left_on.value())

    def show_preview(self) -> None:
        """Show who would get how many of what."""
        sharing = self.sharing()
        rows = portions(self.estate, sharing) if sharing.people else []
        self.model.set_source(ListSource(rows))
        count = self.estate.count
        words = ngettext("交接 {count} 项", "交接 {count} 项", count)
        self.agree.setText(words.format(count=f"{count:,}"))
        self.agree.setShortcut("Ctrl+Return")  # other words take the shortcut away
        self.agree.setEnabled(bool(sharing.people))

    def _fail(self, error: BaseException) -> None:
        self._job = None
        self.agree.setEnabled(True)
        self.error_bar.show_error(error, self.read_estate)

    # -- acting --------------------------------------------------------------------------

    def hand_over(self) -> None:
        """Write it in the background, and close when it is done."""
        if self._job is not None or self.left_on.problem():
            return
        self.error_bar.clear()
        self.agree.setEnabled(False)
        estate, sharing = self.estate, self.sharing()

        def work(progress: Progress) -> int:
            return self._view.office.handover.run(estate, sharing, progress)

        self._job = run_job(self, work, self._done, self._fail, title=_("交接"), writing=True)

    def _done(self, batch_id: int) -> None:
        name = self._names.get(self.estate.staff_id, "")
        text = _("已交接 {name} 名下的 {count} 项")
        said(self._view, text.format(name=name, count=f"{self.estate.count:,}"), batch_id)
        self.accept()


def hand_over(view: ViewContext, _customer_id: Any = None, parent: QWidget | None = None) -> None:
    """Open the hand-over for whoever may manage the office."""
    from app.errors import UserError
    from app.views.core.errors import show_error

    try:
        view.office.context.require("manage")
    except UserError as error:
        show_error(parent, error)
        return
    HandoverDialog(view, parent).exec()
