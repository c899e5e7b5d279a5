"""A list of headings and steps that is laid out by counting, however long it is.

Rows have two heights, so where a row stands follows from how many headings are above it: no
row is measured or built that is not drawn.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
)
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem, QWidget

from app.views.followups.agenda_delegate import AgendaDelegate
from app.views.followups.agenda_model import AgendaModel

_Index = QModelIndex | QPersistentModelIndex
_Action = QAbstractItemView.CursorAction
_Hint = QAbstractItemView.ScrollHint
_STEPS = {
    _Action.MoveUp: -1, _Action.MovePrevious: -1, _Action.MoveDown: 1, _Action.MoveNext: 1,
}  # fmt: skip
_PAGES = {_Action.MovePageUp: -1, _Action.MovePageDown: 1}
_ROWS_A_NOTCH = 3


class AgendaList(QAbstractItemView):
    """Place, draw and scroll the rows of an AgendaModel."""

    def __init__(self, agenda: AgendaModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # our own, as asking Qt for its one makes it look through all its classes
        self._port = QWidget()
        self.setViewport(self._port)
        self._agenda = agenda
        self.rows = AgendaDelegate(agenda, self)
        self._heights = (0, 0)
        self._heads: list[int] = []
        self._tops: list[int] = []
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(self.rows)
        self.setModel(agenda)
        # at once: whoever looks for a row after a reset must not find the former places
        agenda.modelReset.connect(self.updateGeometries)

    # -- where a row stands ---------------------------------------------------------------

    def _measure(self) -> None:
        """Learn the heights and where the headings stand."""
        self._heights = head, step = self.rows.heights()
        self._heads = self._agenda.headings()
        self._tops = [n * head + (at - n) * step for n, at in enumerate(self._heads)]

    def _top(self, at: int) -> int:
        head, step = self._heights
        above = bisect_left(self._heads, at)
        return above * head + (at - above) * step

    def _height(self, at: int) -> int:
        found = bisect_left(self._heads, at)
        is_head = found < len(self._heads) and self._heads[found] == at
        return self._heights[0 if is_head else 1]

    def _row_at(self, y: int) -> int:
        """Return the row at a height of the whole list, -1 above, the count below all."""
        head, step = self._heights
        group = bisect_right(self._tops, y) - 1
        if group < 0 or not step:
            return -1
        below = y - self._tops[group] - head
        at = self._heads[group] + (0 if below < 0 else 1 + below // step)
        return min(at, self._agenda.rowCount())

    def visualRect(self, index: _Index) -> QRect:
        """Return where a row is drawn, in the viewport."""
        at = index.row()
        if not 0 <= at < self._agenda.rowCount():
            return QRect()
        return QRect(0, self._top(at) - self.verticalOffset(), self._port.width(), self._height(at))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """Return the row at a point of the viewport, no index where there is none."""
        at = self._row_at(point.y() + self.verticalOffset())
        return self._agenda.index(at) if 0 <= at < self._agenda.rowCount() else QModelIndex()

    def horizontalOffset(self) -> int:
        """Rows are as wide as the list."""
        return 0

    def verticalOffset(self) -> int:
        """Return how far the list is scrolled, in pixels."""
        return self.verticalScrollBar().value()

    def isIndexHidden(self, _index: _Index) -> bool:
        """No row is hidden; folding takes rows out."""
        return False

    # -- layout and scrolling -------------------------------------------------------------

    def updateGeometries(self) -> None:
        """Set the range of the scroll bar."""
        self._measure()
        high, bar = self._port.height(), self.verticalScrollBar()
        bar.setRange(0, max(0, self._top(self._agenda.rowCount()) - high))
        bar.setPageStep(high)
        bar.setSingleStep(max(1, self._heights[1] // _ROWS_A_NOTCH))
        super().updateGeometries()

    def scrollTo(self, index: _Index, hint: _Hint = _Hint.EnsureVisible) -> None:
        """Bring a row into view, moving as little as possible unless told where to."""
        rect, high = self.visualRect(index), self._port.height()
        if rect.isNull():
            return
        move = 0
        if hint == _Hint.PositionAtTop or (hint == _Hint.EnsureVisible and rect.top() < 0):
            move = rect.top()
        elif hint == _Hint.PositionAtCenter:
            move = rect.center().y() - high // 2
        elif hint == _Hint.PositionAtBottom or rect.bottom() >= high:
            move = rect.bottom() + 1 - high
        self.verticalScrollBar().setValue(self.verticalOffset() + move)

    def moveCursor(self, action: _Action, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Return the row an arrow, Home, End or a page key leads to."""
        last, at = self._agenda.rowCount() - 1, self.currentIndex().row()
        if at < 0 or action == _Action.MoveHome:
            found = 0
        elif action == _Action.MoveEnd:
            found = last
        elif action in _PAGES:
            page = self._port.height() - self._height(at)
            found = self._row_at(max(0, self._top(at) + _PAGES[action] * page))
        else:
            found = at + _STEPS.get(action, 0)
        return self._agenda.index(max(0, min(found, last)))

    # -- choosing and drawing -------------------------------------------------------------

    def _rows_in(self, rect: QRect) -> range:
        """Return the rows that a part of the viewport touches."""
        offset = self.verticalOffset()
        first = self._row_at(rect.top() + offset)
        last = self._row_at(rect.bottom() + offset)
        return range(max(0, first), min(last + 1, self._agenda.rowCount()))

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """Choose the rows between the corners of a rectangle."""
        rows = self._rows_in(rect.normalized())
        chosen = QItemSelection()
        if rows:
            chosen.select(self._agenda.index(rows[0]), self._agenda.index(rows[-1]))
        self.selectionModel().select(chosen, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """Return where the chosen rows are drawn."""
        region = QRegion()
        for part in map(selection.at, range(selection.size())):
            ends = self.visualRect(part.topLeft()).united(self.visualRect(part.bottomRight()))
            region += ends.intersected(self._port.rect())
        return region

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the rows in view."""
        painter = QPainter(self._port)
        option = QStyleOptionViewItem()
        self.initViewItemOption(option)
        plain = option.state
        chosen, current = self.selectionModel(), self.currentIndex().row()
        has_focus = self.hasFocus()
        for at in self._rows_in(event.rect()):
            index = self._agenda.index(at)
            option.rect = self.visualRect(index)
            state = plain
            if chosen.isSelected(index):
                state |= QStyle.StateFlag.State_Selected
            if has_focus and at == current:
                state |= QStyle.StateFlag.State_HasFocus
            option.state = state
            self.rows.paint(painter, option, index)
        painter.end()
