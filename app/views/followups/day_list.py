"""The steps of a day, or of all days to come, as a list that is worked by keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from app.i18n import _, ngettext
from app.services.followups.calendar import PlannedStep
from app.services.followups.moment import Moment
from app.views.core import format as formats
from app.views.core import labels
from app.views.followups import when_words
from app.views.followups.calendar_model import steps_mime

_STEP = Qt.ItemDataRole.UserRole + 1


def line_words(step: PlannedStep, moment: Moment, *, with_day: bool) -> str:
    """Return 11-24 周二 15:00  启明 孙丽  挖掘机会 约看样机  已顺延 2 次."""
    today = when_words.today_of(moment)
    day = formats.day_week(step.on, today)
    clock = when_words.clock_of(step.window_start, moment) if step.has_clock else ""
    till = _("至 {day}").format(day=day) if step.spans else day
    when = " ".join(part for part in (till if with_day or step.spans else "", clock) if part)
    who = " ".join(part for part in (step.customer, step.contact) if part)
    plan = labels.of(labels.PLAN_KIND, step.plan_kind)
    what = " ".join(part for part in (plan, step.what) if part)
    moved = ""
    if step.postpone_count:
        moved = ngettext("已顺延 {count} 次", "已顺延 {count} 次", step.postpone_count).format(
            count=step.postpone_count
        )
    late = _("逾期") if step.window_end < moment.at else ""
    return "   ".join(part for part in (when, who, what, late, moved) if part)


class DayList(QListWidget):
    """Space completes, S postpones, Enter opens, Ctrl with arrows moves to another day.

    ``completed``, ``postponed``, ``opened`` carry the step; ``moved`` the step and the days.
    """

    completed = Signal(object)
    postponed = Signal(object)
    opened = Signal(object)
    moved = Signal(object, int)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("day_list")
        self.setAccessibleName(_("这一天的下步"))
        self.setDragEnabled(True)
        self.setDragDropMode(QListWidget.DragDropMode.DragOnly)
        self.setWordWrap(True)
        self.itemDoubleClicked.connect(lambda item: self.opened.emit(item.data(_STEP)))

    def show_steps(self, steps: Sequence[PlannedStep], moment: Moment, *, with_day: bool) -> None:
        """Show these steps; the one chosen before stays chosen, or the one at its place."""
        former, place = self.step(), max(0, self.currentRow())
        self.clear()
        for step in steps:
            item = QListWidgetItem(line_words(step, moment, with_day=with_day))
            item.setData(_STEP, step)
            self.addItem(item)
        ids = [one.step_id for one in steps]
        if former is not None and former.step_id in ids:
            place = ids.index(former.step_id)
        if ids:
            self.setCurrentRow(min(place, len(ids) - 1))

    def step(self) -> PlannedStep | None:
        """Return the chosen step."""
        item = self.currentItem()
        found = item.data(_STEP) if self.count() and self.currentRow() >= 0 else None
        return found if isinstance(found, PlannedStep) else None

    def mimeData(self, items: Sequence[QListWidgetItem]) -> QMimeData:
        """Return the dragged steps."""
        return steps_mime([item.data(_STEP).step_id for item in items])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the chosen step by keys."""
        step, key = self.step(), Qt.Key(event.key())
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        days = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Down: 7, Qt.Key.Key_Up: -7}
        if step is not None and ctrl and key in days:
            self.moved.emit(step, days[key])
        elif key == Qt.Key.Key_Escape:
            self.left.emit()
        elif step is None or event.modifiers():
            super().keyPressEvent(event)
        elif key == Qt.Key.Key_Space:
            self.completed.emit(step)
        elif key == Qt.Key.Key_S:
            self.postponed.emit(step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(step)
        else:
            super().keyPressEvent(event)
