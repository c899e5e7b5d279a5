"""动作序列 of customers: enrol one or many, look how one stands, take it out again."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from app.i18n import N_, _, translate
from app.models.values.pages import Sort
from app.services.sequences.drafts import EnrolledStepView, EnrolmentView, SequenceView
from app.views.core import format as fmt
from app.views.core import theme as themes
from app.views.core.page import ViewContext
from app.views.core.undoing import said as told
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import PagedTableModel
from app.views.itemmodels.rows import ListSource
from app.views.sequences import words as said
from app.views.widgets.buttons import Button, Select
from app.views.widgets.table import TableView
from app.views.widgets.text import Label

_WIDTH = 560


class EnrolDialog(QDialog):
    """Choose a sequence; ``chosen(id)`` on Enter or the button. Shows its steps below."""

    chosen = Signal(object)

    def __init__(self, view: ViewContext, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.view = view
        self._sequences: Sequence[SequenceView] = view.office.sequences.all()
        self.setObjectName("enrol_dialog")
        self.setWindowTitle(_("动作序列：{about}").format(about=about))
        self.resize(theme.px(_WIDTH), theme.px(440))
        self.rows = QVBoxLayout(self)
        self.rows.setSpacing(theme.px(10))
        self.choice = Select(
            [(one.id, one.name) for one in self._sequences],
            name="enrol_choice",
            spoken=_("加入哪个序列"),
        )
        self.choice.currentIndexChanged.connect(lambda _at: self._show_steps())
        self.enrol = Button(_("加入"), "primary", name="enrol_ok")
        self.enrol.clicked.connect(self._enrol)
        self.enrol.setAutoDefault(True)
        line = QHBoxLayout()
        line.addWidget(Label(_("加入哪个序列"), "body", "text2"))
        line.addWidget(self.choice, 1)
        line.addWidget(self.enrol)
        self.steps = Label("", "small", "text2", wrap=True)
        self.rows.addLayout(line)
        self.rows.addWidget(self.steps)
        self.rows.addStretch(1)
        self._show_steps()
        self.choice.setFocus()

    def _show_steps(self) -> None:
        here = next((one for one in self._sequences if one.id == self.choice.value()), None)
        self.enrol.setEnabled(here is not None)
        if here is None:
            self.steps.setText(_("还没有动作序列，先到「动作序列」页建一个"))
            return
        self.steps.setText(" → ".join(rule.name for rule in here.current.steps))

    def _enrol(self) -> None:
        self.chosen.emit(self.choice.value())
        self.accept()


class CustomerSequences(EnrolDialog):
    """The same for one customer, with how it stands in the sequences it goes through."""

    def __init__(
        self, view: ViewContext, customer_id: int, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(view, name, parent)
        self._customer_id = customer_id
        self.chosen.connect(self._begin)
        running = [
            one for one in view.office.sequences.of_customer(customer_id) if one.state == "running"
        ]
        for at, one in enumerate(running):
            self.rows.insertWidget(at, self._standing(one))

    def _standing(self, one: EnrolmentView) -> QWidget:
        made = QWidget()
        rows = QVBoxLayout(made)
        rows.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        since = fmt.day(one.started_on)
        text = _("{name} 第 {number} 版，{day} 加入").format(
            name=one.sequence, number=one.number, day=since
        )
        head.addWidget(Label(text, "body_strong"), 1)
        stop = Button(_("退出"), name=f"enrol_stop_{one.id}")
        stop.clicked.connect(lambda: self._stop(one))
        head.addWidget(stop)
        rows.addLayout(head)
        table = TableView(name=f"enrol_steps_{one.id}", spoken=_("步骤"), several=False)
        model: PagedTableModel[EnrolledStepView] = PagedTableModel(
            standing_columns(), Sort(""), row_id=lambda step: step.id, parent=table
        )
        model.set_source(ListSource(one.steps))
        table.setModel(model)
        table.show_whole(min(len(one.steps), 8))
        rows.addWidget(table)
        return made

    def _begin(self, sequence_id: object) -> None:
        if not isinstance(sequence_id, int):
            return
        begun = self.view.office.sequences.enrol(self._customer_id, sequence_id)
        told(self.view, _("已加入动作序列") if begun else _("已经在这个序列里"))

    def _stop(self, one: EnrolmentView) -> None:
        self.view.office.sequences.stop(one.id)
        told(self.view, _("已退出「{name}」").format(name=one.sequence))
        self.reject()


def standing_columns() -> list[Column[EnrolledStepView]]:
    """Return the columns of the steps at one customer."""
    return [
        Column("name", N_("步骤"), lambda one: one.rule.name, width=160, kind="strong", flex=1),
        Column("state", N_("状态"), lambda one: translate(said.STATE[one.state]), width=100),
        Column("due", N_("最晚"), lambda one: fmt.day(one.due_on), width=110),
        Column("done", N_("完成日期"), lambda one: fmt.day(one.done_on), width=110),
    ]
