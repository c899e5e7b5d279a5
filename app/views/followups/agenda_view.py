"""The list of Today: keys, pointer and dragging; what they mean is told by signals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from app.i18n import _
from app.views.followups.agenda_delegate import BUTTONS
from app.views.followups.agenda_list import AgendaList
from app.views.followups.agenda_model import (
    DROP_BUCKETS,
    MIME,
    AgendaModel,
    dragged_steps,
)
from app.views.followups.agenda_rows import HeaderRow, StepRow

if TYPE_CHECKING:
    from app.models.values.nextstep import Group

_Action = QAbstractItemView.CursorAction
_BACKWARD = (_Action.MoveUp, _Action.MovePageUp, _Action.MoveEnd, _Action.MovePrevious,
             _Action.MoveLeft)  # fmt: skip


class AgendaView(AgendaList):
    """Show an AgendaModel; one Tab stop, single letters act while it has the focus.

    Signals carry step ids: ``completed``, ``opened``, ``rated`` one, ``postponed`` a list,
    ``dropped`` a list and the group of the heading, ``menu_wanted`` a global position.
    """

    completed = Signal(object)
    opened = Signal(object)
    rated = Signal(object)
    postponed = Signal(object)
    dropped = Signal(object, object)
    menu_wanted = Signal(QPoint)
    chosen = Signal()

    def __init__(self, model: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(model, parent)
        self.letters = True
        self._pressed = ""
        self._kept: tuple[int, int, list[int], int] = (-1, 0, [], 0)
        self.setObjectName("agenda")
        self.setAccessibleName(_("今日待办"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDropIndicatorShown(False)
        self.selectionModel().selectionChanged.connect(lambda *_ends: self.chosen.emit())
        model.modelAboutToBeReset.connect(self._keep_place)
        model.modelReset.connect(self._find_place)
        model.dataChanged.connect(lambda *_ends: self._leave_done())

    # -- what is chosen -------------------------------------------------------------------

    def current_step(self) -> StepRow | None:
        """Return the current step, None on a heading or in an empty list."""
        return self._agenda.step(self.currentIndex().row())

    def selected_steps(self) -> list[StepRow]:
        """Return the selected steps from top to bottom."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        found = (self._agenda.step(row) for row in rows)
        return [row for row in found if row is not None and not row.done]

    def selected_count(self) -> int:
        """Return the number of selected steps."""
        return len(self.selected_steps())

    def choose(self, step_id: int) -> bool:
        """Select a step when it is shown; tell whether it is."""
        return self.choose_row(self._agenda.place_of(step_id))

    def choose_row(self, at: int) -> bool:
        """Make a row the current and only selected one; tell whether there is one."""
        if at < 0:
            return False
        index, flag = self._agenda.index(at), QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flag.ClearAndSelect)
        self.scrollTo(index)
        return True

    def choose_first(self) -> bool:
        """Select the first step; tell whether there is one."""
        return self.choose_row(self._agenda.next_stop(-1))

    def step_rect(self, step_id: int) -> QRect:
        """Return where a step is drawn, in global coordinates."""
        at = self._agenda.place_of(step_id)
        rect = self.visualRect(self._agenda.index(at)) if at >= 0 else QRect(0, 0, self.width(), 0)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _keep_place(self) -> None:
        row = self.currentIndex().row()
        step = self._agenda.step(row)
        ids = [one.item.step_id for one in self.selected_steps()]
        scrolled = self.verticalScrollBar().value()
        self._kept = (step.item.step_id if step else 0, row, ids, scrolled)

    def _find_place(self) -> None:
        """Select the same steps again after the rows were made anew."""
        step_id, row, ids, scrolled = self._kept
        self.rows.hovered = -1
        if scrolled:
            self.doItemsLayout()
            self.verticalScrollBar().setValue(scrolled)
        place = self._agenda.place_of(step_id) if step_id else -1
        if place < 0 and row >= 0:
            last = self._agenda.rowCount() - 1
            start = min(row, last)
            place = start if self._agenda.stops(start) else self._agenda.next_step(start)
        selection = self.selectionModel()
        if place >= 0:
            flag = QItemSelectionModel.SelectionFlag
            selection.setCurrentIndex(self._agenda.index(place), flag.ClearAndSelect)
            for other in ids:
                at = self._agenda.place_of(other)
                if at >= 0 and step_id in ids:
                    selection.select(self._agenda.index(at), flag.Select)
        self._leave_done()
        self.chosen.emit()

    def _leave_done(self) -> None:
        """Go on to the next row when the current one was completed."""
        step = self.current_step()
        if step is not None and step.done:
            self.choose_row(self._agenda.next_step(self.currentIndex().row()))

    # -- folding --------------------------------------------------------------------------

    def _fold(self, row: HeaderRow, folded: bool) -> None:
        self._agenda.fold(row.group, folded)
        place = self._agenda.header_of(row.group)
        if folded:
            self.choose_row(place)
        elif self.currentIndex().row() in (-1, place):
            self.choose_row(self._agenda.next_stop(place))

    def _group_head(self) -> HeaderRow | None:
        row = self._agenda.row(self.currentIndex().row())
        if isinstance(row, StepRow):
            row = self._agenda.row(self._agenda.header_of(row.group))
        return row if isinstance(row, HeaderRow) else None

    def _unfold_or_more(self) -> None:
        head = self._group_head()
        if head is not None and head.folded:
            self._fold(head, False)
        elif head is not None and head.hidden_count:
            self._agenda.show_more(head.group)

    # -- keys -----------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the keys of ui.md 8.2, leave the rest to the list."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain == Qt.KeyboardModifier.NoModifier and self._take(Qt.Key(event.key())):
            event.accept()
            return
        if event.text().strip() and plain in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        ):
            event.ignore()  # letters without a meaning must not start the list's own search
            return
        super().keyPressEvent(event)

    def _take(self, key: Qt.Key) -> bool:
        step = self.current_step()
        head = self._group_head()
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if key == Qt.Key.Key_Right:
                self._unfold_or_more()
            elif head is not None and not head.folded:
                self._fold(head, True)
            return True
        if step is None:
            toggles = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if head is not None and key in toggles:
                self._fold(head, not head.folded)
            return head is not None and key in toggles
        return self._act(key, step)

    def _act(self, key: Qt.Key, step: StepRow) -> bool:
        if step.done:
            return False
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(step.item.step_id)
        elif self.letters and key == Qt.Key.Key_Space:
            self.completed.emit(step.item.step_id)
        elif self.letters and key == Qt.Key.Key_S:
            self.postponed.emit([one.item.step_id for one in self.selected_steps()])
        elif self.letters and key == Qt.Key.Key_V:
            self.rated.emit(step.item.step_id)
        else:
            return False
        return True

    def moveCursor(
        self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Pass over headings whose steps are shown."""
        found = super().moveCursor(action, modifiers)
        if not found.isValid() or self._agenda.stops(found.row()):
            return found
        step = -1 if action in _BACKWARD else 1
        place = self._agenda.next_stop(found.row(), step)
        if place < 0:
            place = self._agenda.next_stop(found.row(), -step)
        return self._agenda.index(place) if place >= 0 else found

    def selectAll(self) -> None:
        """Select every step that is shown."""
        selection = self.selectionModel()
        for at in range(self._agenda.rowCount()):
            step = self._agenda.step(at)
            flag = QItemSelectionModel.SelectionFlag
            wanted = step is not None and not step.done
            selection.select(self._agenda.index(at), flag.Select if wanted else flag.Deselect)

    # -- pointer --------------------------------------------------------------------------

    def _target(self, position: QPoint) -> tuple[int, str]:
        """Return the row and what is there: head, more, ring, a button, or row."""
        index = self.indexAt(position)
        row = self._agenda.row(index.row())
        if row is None:
            return -1, ""
        rect = self.visualRect(index)
        if isinstance(row, HeaderRow):
            more = bool(row.more_words()) and self.rows.more_box(rect, row).contains(position)
            return index.row(), "more" if more else "head"
        if row.done:
            return index.row(), "done"
        if self.rows.ring_box(rect).adjusted(-6, -6, 6, 6).contains(position):
            return index.row(), "ring"
        for name, box in zip(BUTTONS, self.rows.button_boxes(rect), strict=True):
            if box.contains(position):
                return index.row(), name
        return index.row(), "row"

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember what was pressed; headings never take the selection."""
        at, target = self._target(event.position().toPoint())
        left = event.button() == Qt.MouseButton.LeftButton
        self._pressed = target if left else ""
        if target in ("head", "more", "done"):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
        elif left and target in ("ring", *BUTTONS):
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.choose_row(at)
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Do what was pressed when the pointer is still there."""
        at, target = self._target(event.position().toPoint())
        pressed, self._pressed = self._pressed, ""
        super().mouseReleaseEvent(event)
        if not pressed or pressed != target:
            return
        row = self._agenda.row(at)
        if isinstance(row, HeaderRow):
            if target == "more":
                self._agenda.show_more(row.group)
            else:
                self._fold(row, not row.folded)
        elif isinstance(row, StepRow):
            self._click(target, row.item.step_id)

    def _click(self, target: str, step_id: int) -> None:
        if target in ("ring", "complete"):
            self.completed.emit(step_id)
        elif target == "postpone":
            self.postponed.emit([step_id])
        elif target == "open":
            self.opened.emit(step_id)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the customer."""
        at, target = self._target(event.position().toPoint())
        step = self._agenda.step(at)
        if target == "row" and step is not None:
            self.opened.emit(step.item.step_id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Light up the row and the button under the pointer."""
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(*self._target(event.position().toPoint()))

    def _hover(self, at: int, target: str) -> None:
        if (at, target) == (self.rows.hovered, self.rows.hot):
            return
        former = self.rows.hovered
        self.rows.hovered, self.rows.hot = at, target
        self._agenda.button_tip = {
            "ring": _("完成并写跟单（空格）"),
            "complete": _("完成并写跟单（空格）"),
            "postpone": _("顺延（S）"),
            "open": _("打开客户（Enter）"),
        }.get(target, "")
        pointing = target in ("ring", "more", *BUTTONS)
        shape = Qt.CursorShape.PointingHandCursor if pointing else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        for row in {former, at}:
            if row >= 0:
                self.update(self._agenda.index(row))

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of the row under the pointer."""
        super().leaveEvent(event)
        self._hover(-1, "")

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu at the pointer, or at the row for the menu key."""
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())
        else:
            rect = self.visualRect(self.currentIndex())
            self.menu_wanted.emit(self.viewport().mapToGlobal(rect.center()))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the bar of the selection in the accent colour; start at the first step."""
        super().focusInEvent(event)
        self.rows.list_focused = True
        if not self.currentIndex().isValid():
            self.choose_first()
        for index in (self.currentIndex(), *self.selectedIndexes()):
            self.update(index)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Draw the bar of the selection in grey."""
        super().focusOutEvent(event)
        self.rows.list_focused = False
        self.viewport().update()

    # -- dragging -------------------------------------------------------------------------

    def _drop_group(self, event: QDropEvent) -> Group | None:
        row = self._agenda.row(self.indexAt(event.position().toPoint()).row())
        if not event.mimeData().hasFormat(MIME) or not isinstance(row, HeaderRow):
            return None
        return row.group if row.group in DROP_BUCKETS else None

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accept headings only, and show which one is meant."""
        super().dragMoveEvent(event)
        group = self._drop_group(event)
        self._mark_drop(-1 if group is None else self._agenda.header_of(group))
        event.setAccepted(group is not None)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Forget the heading."""
        super().dragLeaveEvent(event)
        self._mark_drop(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell which steps were dropped on which heading; the rows move after the save."""
        group = self._drop_group(event)
        self._mark_drop(-1)
        if group is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.dropped.emit(dragged_steps(event.mimeData()), group)

    def _mark_drop(self, at: int) -> None:
        if at != self.rows.drop_row:
            self.rows.drop_row = at
            self.viewport().update()
