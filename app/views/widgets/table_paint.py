"""How table cells and headers are drawn: from cached fonts and colours only."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QGuiApplication, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from app.views.core import icons
from app.views.core import theme as themes
from app.views.itemmodels.column import Cell, Column
from app.views.itemmodels.paged import CELL, COLUMN
from app.views.widgets.avatar import paint_avatar
from app.views.widgets.badges import paint_badge, paint_tag
from app.views.widgets.buttons import paint_check
from app.views.widgets.skeleton import paint_bar
from app.views.widgets.text import draw_line

_Index = QModelIndex | QPersistentModelIndex
_SECOND = 25
_STUMP = 36
_MAIN = frozenset({"strong", "heat", "person"})
"""Kinds whose words are the main text of a row."""
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_SIDES = {
    "left": Qt.AlignmentFlag.AlignLeft | _VCENTER,
    "right": Qt.AlignmentFlag.AlignRight | _VCENTER,
    "center": Qt.AlignmentFlag.AlignCenter,
}


def _nothing(_at: int) -> Sequence[int]:
    return ()


class CellDelegate(QStyledItemDelegate):
    """Draw cells by the kind of their column; a subclass may add kinds in ``paint_kind``."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view
        self._hovered = -1
        self._below: Callable[[int], Sequence[int]] = getattr(view, "below", _nothing)

    def hover(self, row: int) -> None:
        """Draw another row as the one under the pointer."""
        if row == self._hovered:
            return
        for one in (self._hovered, row):
            if one >= 0:
                top = self._view.rowViewportPosition(one)
                width = self._view.viewport().width()
                self._view.viewport().update(0, top, width, self._view.rowHeight(one))
        self._hovered = row

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Return the row height."""
        return QSize(40, themes.current().row_height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one cell."""
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(rect, theme.color("selected"))
        elif index.row() == self._hovered:
            painter.fillRect(rect, theme.color("hover"))
        else:
            painter.fillRect(rect, theme.color("surface"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        column = index.data(COLUMN)
        if not isinstance(column, Column):
            super().paint(painter, option, index)
            return
        painter.save()
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), -1)
        cell = index.data(CELL)
        below = self._below(index.column())
        if isinstance(cell, Cell):
            top = inner.adjusted(0, theme.px(2), 0, -theme.px(_SECOND)) if below else inner
            self.paint_kind(painter, top, column, cell, index, selected=selected)
            if below:
                start = top.bottom() + theme.px(3)
                second = QRect(inner.left(), start, inner.width(), theme.px(_SECOND - 7))
                self._paint_second(painter, second, column, index, below, selected=selected)
        else:
            paint_bar(painter, inner.adjusted(0, 0, -inner.width() // 3, 0))
        painter.restore()

    def paint_kind(
        self,
        painter: QPainter,
        rect: QRect,
        column: Column[Any],
        cell: Cell,
        index: _Index,
        *,
        selected: bool,
    ) -> None:
        """Draw what the kind of the column asks for."""
        theme = themes.current()
        if column.kind == "check":
            side = theme.px(16)
            on = index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked
            middle = rect.center()
            box = QRectF(middle.x() - side // 2, middle.y() - side // 2 + 1, side, side)
            paint_check(painter, box, on)
        elif column.kind == "badge" and cell.value is not None:
            quality, grade = cell.value
            paint_badge(painter, rect, quality, grade, selected=selected)
        elif column.kind == "tag" and cell.value is not None:
            words, tone = cell.value
            paint_tag(painter, rect, words, tone, selected=selected)
        elif column.kind == "person" and cell.text != "—":
            side = theme.px(18)
            top = rect.center().y() - side // 2
            paint_avatar(painter, QRectF(rect.left(), top, side, side), cell.text)
            self._paint_name(painter, rect.adjusted(side + theme.px(6), 0, 0, 0), column, cell)
        elif column.kind == "heat" and cell.value is not None:
            share, token, *tick = cell.value
            wide = rect.adjusted(-theme.px(5), 0, theme.px(5), 0)
            paint_heat(painter, wide, share, token, *tick)
            self.paint_text(painter, rect, column, cell)
        else:
            self.paint_text(painter, rect, column, cell)

    def _paint_second(
        self,
        painter: QPainter,
        rect: QRect,
        host: Column[Any],
        index: _Index,
        below: Sequence[int],
        *,
        selected: bool,
    ) -> None:
        """Draw the second line of a row: tags as tags, everything else as one run of words."""
        theme = themes.current()
        words = []
        for at in below:
            other = index.sibling(index.row(), at)
            column, cell = other.data(COLUMN), other.data(CELL)
            if not isinstance(cell, Cell) or cell.text == "—":
                continue
            if column.kind == "tag" and cell.value is not None:
                wide = paint_tag(painter, rect, *cell.value, selected=selected)
                rect = rect.adjusted(wide + theme.px(6), 0, 0, 0)
            else:
                words.append(cell.text)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        draw_line(painter, rect, " · ".join(words), right=host.align == "right")

    def _paint_name(self, painter: QPainter, rect: QRect, column: Column[Any], cell: Cell) -> None:
        """Draw a name, and its tag when the value of the cell is one."""
        theme = themes.current()
        self.paint_text(painter, rect, column, cell)
        wide = QFontMetrics(theme.font("body")).horizontalAdvance(cell.text) + theme.px(8)
        # the name comes first: a tag that would be a mere stump is left to the tooltip
        if cell.value is not None and rect.width() - wide >= theme.px(_STUMP):
            paint_tag(painter, rect.adjusted(wide, 0, 0, 0), *cell.value)

    def paint_text(self, painter: QPainter, rect: QRect, column: Column[Any], cell: Cell) -> None:
        """Draw words, shortened to the width."""
        theme = themes.current()
        font = theme.font("name" if column.kind == "strong" else "body")
        main = column.kind in _MAIN or column.align == "right"
        painter.setFont(font)
        painter.setPen(theme.color(cell.tone or ("text" if main else "text2")))
        modes = Qt.TextElideMode
        mode = modes.ElideMiddle if column.elide_middle else modes.ElideRight
        shown = QFontMetrics(font).elidedText(cell.text, mode, rect.width())
        painter.drawText(rect, _SIDES[column.align], shown)


def paint_heat(
    painter: QPainter, rect: QRect, share: float, token: str = "c1", tick: float | None = None
) -> None:
    """Draw a bar behind a number: 3 px inset, length by share 0..1, 22 % opacity.

    ``tick`` is where another figure stands, drawn as a thin line.
    """
    theme = themes.current()
    inset = theme.px(3)
    box = QRectF(rect).adjusted(inset, inset + 1, -inset, -inset)
    if tick is not None:
        at = box.left() + max(0.0, min(1.0, tick)) * box.width()
        painter.fillRect(QRectF(at - 1, box.top(), 2, box.height()), theme.color("text3"))
    box.setWidth(max(0.0, min(1.0, share)) * box.width())
    if box.width() < 1:
        return
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color(token, 22))
    painter.drawRoundedRect(box, 2, 2)


class TableHeader(QHeaderView):
    """Draw titles with sort arrow and filter glyph; columns can be moved and resized.

    ``also_wanted(section, order)`` for a click with Shift: order equal rows by it too.
    """

    also_wanted = Signal(int, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.filtered: frozenset[str] = frozenset()
        # Qt's own indicator turns by itself at each click, also over columns without a sort
        self._sorted: dict[int, Qt.SortOrder] = {}
        self.setObjectName("table_header")
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setSortIndicatorShown(False)
        self.setSortIndicatorClearable(False)
        self.setMinimumSectionSize(themes.current().px(36))
        self.sectionClicked.connect(self._sort_by)

    def full_height(self) -> int:
        """Return the height of the header."""
        return themes.current().size("table_header")

    def _sort_by(self, section: int) -> None:
        column = self._column(section)
        model = self.model()
        if column is None or not column.sort_key or model is None:
            return
        shown = self._sorted.get(section)
        ascending = Qt.SortOrder.AscendingOrder
        descending = Qt.SortOrder.DescendingOrder
        first = descending if column.align == "right" else ascending
        flipped = descending if shown == ascending else ascending
        chosen = first if shown is None else flipped
        if QGuiApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.also_wanted.emit(section, chosen)
            return
        self.show_sort(section, chosen)
        model.sort(section, chosen)

    def show_sort(self, section: int, order: Qt.SortOrder) -> None:
        """Draw the arrow in a column."""
        self.show_sorts({section: order})

    def show_sorts(self, sorts: Mapping[int, Qt.SortOrder]) -> None:
        """Draw arrows in several columns, numbered in their order."""
        self._sorted = dict(sorts)
        self.viewport().update()

    def _column(self, section: int) -> Column[Any] | None:
        model = self.model()
        found = model.headerData(section, Qt.Orientation.Horizontal, COLUMN)
        return found if isinstance(found, Column) else None

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        theme = themes.current()
        painter.save()
        painter.fillRect(rect, theme.color("subtle"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        column = self._column(section)
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        inner = rect.adjusted(theme.px(8), 0, -theme.px(8), -1)
        if column is not None:
            inner = self._paint_marks(painter, inner, section, column, title)
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.color("text2"))
        align = column.align if column is not None else "left"
        shown = QFontMetrics(theme.font("small_strong")).elidedText(
            title, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, _SIDES[align], shown)
        painter.restore()

    def _paint_rank(self, painter: QPainter, box: QRectF, rank: int) -> None:
        """Print which of several sort columns this is, small beside the arrow."""
        theme = themes.current()
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        beside = box.adjusted(theme.px(9), -theme.px(6), theme.px(9), 0)
        painter.drawText(beside, Qt.AlignmentFlag.AlignVCenter, str(rank))

    def _paint_marks(
        self, painter: QPainter, rect: QRect, section: int, column: Column[Any], title: str
    ) -> QRect:
        theme = themes.current()
        names = []
        if column.key in self.filtered:
            names.append(("filter_small", "accent"))
        if column.sort_key and section in self._sorted:
            down = self._sorted[section] == Qt.SortOrder.DescendingOrder
            names.append(("arrow_down" if down else "arrow_up", "text2"))
        if not names:
            return rect
        step = theme.px(14)
        wide = QFontMetrics(theme.font("small_strong")).horizontalAdvance(title)
        room = len(names) * step
        right = column.align == "right"
        left = rect.right() - room + 1 if right else min(
            rect.left() + wide + theme.px(3), rect.right() - room + 1
        )  # fmt: skip
        for at, (name, token) in enumerate(reversed(names)):
            box = QRectF(left + at * step, rect.top(), step, rect.height())
            icons.paint(painter, box, name, token, 12)
            if name != "filter_small" and len(self._sorted) > 1:
                self._paint_rank(painter, box, list(self._sorted).index(section) + 1)
        return rect.adjusted(0, 0, -room, 0) if right else QRect(
            rect.left(), rect.top(), left - rect.left(), rect.height()
        )  # fmt: skip
