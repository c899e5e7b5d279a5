"""The grid of days: a table whose cells list the steps of a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from app.i18n import _, ngettext
from app.services.followups.calendar import PlannedStep
from app.services.followups.moment import Moment
from app.views.core import labels
from app.views.core import theme as themes
from app.views.followups import when_words
from app.views.followups.calendar_model import (
    DAY,
    OUTSIDE,
    STEPS,
    TODAY,
    CalendarModel,
    steps_mime,
)

_Index = QModelIndex | QPersistentModelIndex


def step_words(step: PlannedStep, moment: Moment) -> str:
    """Return one step in a cell: 15:00 启明 · 挖掘机会."""
    clock = when_words.clock_of(step.window_start, moment) if step.has_clock else ""
    head = " ".join(part for part in (clock, step.customer) if part)
    plan = labels.of(labels.PLAN_KIND, step.plan_kind)
    return " · ".join(part for part in (head, plan or step.what) if part)


class DayDelegate(QStyledItemDelegate):
    """Draw the number of a day and as many of its steps as there is room for."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(parent)
        self.moment: Moment | None = None

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one day."""
        theme = themes.current()
        box: QRect = option.rect
        state = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, theme.brush("selected" if chosen else "surface"))
        painter.setPen(theme.color("grid"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomRight())
        inner = box.adjusted(theme.px(6), theme.px(4), -theme.px(6), -theme.px(4))
        painter.setFont(theme.font("small_bold"))
        tone = "text3" if index.data(OUTSIDE) else "accent" if index.data(TODAY) else "text2"
        painter.setPen(theme.color(tone))
        high = QFontMetrics(theme.font("small_bold")).height()
        painter.drawText(inner, Qt.AlignmentFlag.AlignTop, _head(index))
        self._steps(painter, inner.adjusted(0, high + theme.px(3), 0, 0), index)
        if chosen and state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(theme.pen("accent", 2))
            painter.drawRect(box.adjusted(1, 1, -2, -2))
        painter.restore()

    def _steps(self, painter: QPainter, box: QRect, index: _Index) -> None:
        theme = themes.current()
        steps: list[PlannedStep] = index.data(STEPS) or []
        moment = self.moment
        if not steps or moment is None:
            return
        painter.setFont(theme.font("small"))
        metrics = QFontMetrics(theme.font("small"))
        line = metrics.height() + theme.px(2)
        room = max(1, box.height() // line)
        shown = steps if len(steps) <= room else steps[: room - 1]
        for at, step in enumerate(shown):
            late = step.window_end < moment.at
            painter.setPen(theme.color("bad" if late else "text"))
            words = metrics.elidedText(
                step_words(step, moment), Qt.TextElideMode.ElideRight, box.width()
            )
            painter.drawText(box.left(), box.top() + at * line + metrics.ascent(), words)
        left = len(steps) - len(shown)
        if left:
            painter.setPen(theme.color("text2"))
            words = ngettext("还有 {count} 件", "还有 {count} 件", left).format(count=left)
            painter.drawText(box.left(), box.top() + len(shown) * line + metrics.ascent(), words)

    def step_at(self, box: QRect, index: _Index, point: QPoint) -> PlannedStep | None:
        """Return the step drawn under a point of the cell."""
        theme = themes.current()
        steps: list[PlannedStep] = index.data(STEPS) or []
        top = box.top() + theme.px(7) + QFontMetrics(theme.font("small_bold")).height()
        line = QFontMetrics(theme.font("small")).height() + theme.px(2)
        at = (point.y() - top) // line
        return steps[at] if 0 <= at < len(steps) else None


def _head(index: _Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")


class DayGrid(QTableView):
    """Choose a day by arrows or mouse; ``chosen(day)``, ``entered_day`` goes to its steps."""

    chosen = Signal(object)
    entered_day = Signal()
    turned = Signal(int)

    def __init__(self, model: CalendarModel) -> None:
        super().__init__()
        self.setObjectName("calendar_grid")
        self.setAccessibleName(_("日程"))
        self.setModel(model)
        self.days = model
        self.painted = DayDelegate(self)
        self.setItemDelegate(self.painted)
        self.setShowGrid(False)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setAcceptDrops(True)
        self.setDragDropMode(QTableView.DragDropMode.DropOnly)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setHighlightSections(False)
        self._pressed: tuple[QPoint, PlannedStep] | None = None

    def day(self) -> date | None:
        """Return the chosen day."""
        found = self.currentIndex().data(DAY)
        return found if isinstance(found, date) else None

    def choose(self, day: date) -> None:
        """Choose a day that is shown."""
        index = self.days.index_of(day)
        if index.isValid():
            self.setCurrentIndex(index)

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        """Tell the day chosen now."""
        super().currentChanged(current, previous)
        if current.isValid():
            self.chosen.emit(self.days.day(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the steps of the day; Page keys turn the page, T comes back to today."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.entered_day.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key == Qt.Key.Key_T and not event.modifiers():
            self.turned.emit(0)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the step under the mouse: it may be dragged to another day."""
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        step = (
            self.painted.step_at(self.visualRect(index), index, point) if index.isValid() else None
        )
        self._pressed = (point, step) if step is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the step once the mouse has moved far enough."""
        pressed = self._pressed
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (event.position().toPoint() - pressed[0]).manhattanLength()
        if far >= QApplication.startDragDistance():
            self._pressed = None
            drag = QDrag(self)
            drag.setMimeData(steps_mime([pressed[1].step_id]))
            drag.exec(Qt.DropAction.MoveAction)
