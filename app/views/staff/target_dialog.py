"""目标: what each team and person is to reach in a month, by metric; saved as one act."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from app.errors import UserError
from app.i18n import _, translate
from app.models.values import periods
from app.models.values.periods import By
from app.services.kpi.metric import Metric
from app.services.staff.targets import TargetDraft, TargetProgress
from app.views.core import theme as themes
from app.views.core.errors import ErrorBar
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.staff import target_words
from app.views.staff.target_edit import TargetEdit
from app.views.widgets.buttons import Button, Select
from app.views.widgets.scrolling import scrolled
from app.views.widgets.text import Label

_WIDTH, _HEIGHT = 620, 560
_BACK, _AHEAD = 3, 6


class Who(NamedTuple):
    """A person or a team a target is for."""

    staff_id: int
    team_id: int
    name: str


class TargetDialog(QDialog):
    """Set targets; what was typed for other metrics and months is kept until it is saved."""

    def __init__(self, view: ViewContext, month: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view = view
        theme = themes.current()
        self.setObjectName("target_dialog")
        self.setWindowTitle(_("目标"))
        self.resize(theme.px(_WIDTH), theme.px(_HEIGHT))
        self._metrics = {one.name: one for one in view.office.targets.metrics()}
        self._who = self._everybody()
        self._typed: dict[tuple[str, str, Who], float | None] = {}
        self._before: dict[tuple[str, str, Who], float | None] = {}
        self._shown = ("", "")
        self.fields: dict[Who, TargetEdit] = {}
        self._told: dict[Who, Label] = {}
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(20), theme.px(16), theme.px(20), theme.px(12))
        rows.setSpacing(theme.px(10))
        rows.addLayout(self._choices(month))
        self.error = ErrorBar()
        rows.addWidget(self.error)
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setColumnStretch(2, 1)
        self._grid.setVerticalSpacing(theme.px(6))
        rows.addWidget(scrolled(inside, name="target_scroll"), 1)
        rows.addWidget(self._buttons())
        self._show()

    def _everybody(self) -> list[Who]:
        staff = self._view.office.staff
        teams = [Who(0, one.id, one.name) for one in staff.teams()]
        return [*teams, *(Who(one.id, 0, one.name) for one in staff.all(with_left=False))]

    def _choices(self, month: str) -> QHBoxLayout:
        now = periods.period_of(self._view.office.context.today(), By.month)
        first = now
        for _step in range(_BACK):
            first = periods.previous(first)
        months = []
        for _step in range(_BACK + _AHEAD + 1):
            months.append(first.label)
            first = periods.following(first)
        if month and month not in months:
            months.insert(0, month)
        self.month = Select([(one, one) for one in months], name="target_month", spoken=_("月份"))
        self.month.set_value(month or now.label)
        self.what = Select(
            [(name, translate(one.label)) for name, one in self._metrics.items()],
            name="target_metric", spoken=_("指标"),
        )  # fmt: skip
        self.copy = Button(_("照上月"), name="target_copy")
        self.month.activated.connect(lambda _row: self._show())
        self.what.activated.connect(lambda _row: self._show())
        self.copy.clicked.connect(self._copy)
        row = QHBoxLayout()
        for label, field in ((_("月份"), self.month), (_("指标"), self.what)):
            row.addWidget(Label(label, "body", "text2"))
            row.addWidget(field)
        row.addStretch(1)
        row.addWidget(self.copy)
        return row

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        self.keep = Button(_("保存"), "primary", key="Ctrl+Enter", name="target_save")
        self.keep.setShortcut("Ctrl+Return")
        self.keep.setDefault(True)
        box.addButton(self.keep, QDialogButtonBox.ButtonRole.AcceptRole)
        cancel = Button(_("取消"), name="target_cancel")
        box.addButton(cancel, QDialogButtonBox.ButtonRole.RejectRole)
        box.accepted.connect(self.save)
        box.rejected.connect(self.reject)
        return box

    # -- the rows --------------------------------------------------------------------------------

    def choose(self, metric: str, month: str = "") -> None:
        """Show another metric, and another month."""
        self.what.set_value(metric)
        if month:
            self.month.set_value(month)
        self._show()

    def _chosen(self) -> tuple[str, Metric]:
        return str(self.month.value()), self._metrics[str(self.what.value())]

    def _show(self) -> None:
        """Show the targets of the chosen month and metric, with what was typed meanwhile."""
        self._collect()
        month, metric = self._chosen()
        known = {
            (one.staff_id, one.team_id): one.value
            for one in self._view.office.targets.of_month(month)
            if one.metric.name == metric.name
        }
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.fields, self._told = {}, {}
        self._shown = (month, metric.name)
        for at, who in enumerate(self._who):
            self._add_row(at, who, metric, known.get((who.staff_id, who.team_id)))
        self._grid.setRowStretch(len(self._who), 1)
        if self.fields:
            next(iter(self.fields.values())).setFocus(Qt.FocusReason.OtherFocusReason)
        self._read_progress()

    def _add_row(self, at: int, who: Who, metric: Metric, value: float | None) -> None:
        name = Label(who.name, "body_strong" if who.team_id else "body")
        spoken = _("{name} 的目标").format(name=who.name)
        field = TargetEdit(metric, name=f"target_{who.staff_id or who.team_id}", spoken=spoken)
        field.set_value(self._typed.get((*self._shown, who), value))
        told = Label("", "small", "text2")
        name.setBuddy(field)
        for column, widget in enumerate((name, field, told)):
            self._grid.addWidget(widget, at, column)
        self.fields[who], self._told[who] = field, told
        self._before[(*self._shown, who)] = value

    def _collect(self) -> None:
        """Remember what was typed in the rows shown."""
        for who, field in self.fields.items():
            place = (*self._shown, who)
            value = field.value()
            if value != self._before.get(place):
                self._typed[place] = value
            else:
                self._typed.pop(place, None)

    def _read_progress(self) -> None:
        targets, shown = self._view.office.targets, self._shown
        run_job(
            self,
            lambda _progress: targets.progress(shown[0]),
            lambda found: self._tell(shown, found),
        )

    def _tell(self, shown: tuple[str, str], found: list[TargetProgress]) -> None:
        if shown != self._shown:
            return
        for one in found:
            who = next((who for who in self._told if who[:2] == (one.target.staff_id,
                        one.target.team_id)), None)  # fmt: skip
            if who is not None and one.target.metric.name == shown[1]:
                done = target_words.amount(one.target.metric, one.done)
                told = _("已完成 {done} · {need}").format(done=done, need=target_words.need(one))
                self._told[who].setText(told)

    # -- saving ----------------------------------------------------------------------------------

    def _copy(self) -> None:
        month = str(self.month.value())
        self._collect()
        try:
            count = self._view.office.targets.copy(month)
        except UserError as error:
            self.error.show_error(error)
            return
        self.fields = {}
        self._show()
        self._view.toast(_("照上月设了 {count} 个目标").format(count=count))

    def save(self) -> None:
        """Keep everything typed, or say here what is wrong."""
        for field in self.fields.values():
            if problem := field.problem():
                self.error.show_error(UserError("bad_target", problem))
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        self._collect()
        self.error.clear()
        drafts: dict[str, list[TargetDraft]] = {}
        for (month, metric, who), value in self._typed.items():
            drafts.setdefault(month, []).append(
                TargetDraft(metric, value, who.staff_id, who.team_id)
            )
        try:
            for month, wanted in drafts.items():
                self._view.office.targets.save(month, wanted)
        except UserError as error:
            self.error.show_error(error)
            return
        self.accept()
