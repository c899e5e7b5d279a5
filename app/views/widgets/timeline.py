"""The timeline of a customer: one painted row per entry, month separators, 展开 for long text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.i18n import _
from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.badges import badge_width, paint_badge

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()
_FOLDED_LINES = 3
Rating = tuple[str | None, str | None]


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One entry: what, when, text; ``tone`` accent fills the icon, good tints it teal.

    ``month`` begins a new section when it differs from the row before. ``rated`` shows a
    change of value as two badges. ``source`` is whatever the page wants back.
    """

    id: int
    icon: str
    title: str
    when: str = ""
    text: str = ""
    tone: str = ""
    month: str = ""
    rated: tuple[Rating, Rating] | None = None
    source: object = None


class TimelineModel(QAbstractListModel):
    """Hold the rows that are loaded so far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[TimelineRow] = []

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Return the number of loaded rows."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the row, its title, or its spoken words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return "，".join(part for part in (row.when, row.title, row.text) if part)
        return None

    def set_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def add_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Append older rows."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()

    def starts_month(self, number: int) -> bool:
        """Tell whether a row is the first of its month."""
        month = self.rows[number].month
        return bool(month) and (number == 0 or self.rows[number - 1].month != month)


class TimelineList(QListView):
    """Show entries newest first; ``older_wanted`` comes near the end of what is loaded."""

    opened = Signal(object)
    older_wanted = Signal()
    menu_wanted = Signal(object, object)

    def __init__(
        self, *, name: str = "timeline", spoken: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(spoken or _("跟单链"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.unfolded: set[int] = set()
        self.rows = TimelineModel(self)
        self.setModel(self.rows)
        self._painter = _Delegate(self)
        self.setItemDelegate(self._painter)
        self.verticalScrollBar().valueChanged.connect(self._near_end)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def set_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show other rows from the top."""
        self._painter.forget()
        self.rows.set_rows(rows)

    def add_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Append older rows."""
        self.rows.add_rows(rows)

    def current(self) -> TimelineRow | None:
        """Return the row with the focus."""
        found: TimelineRow | None = self.currentIndex().data(ROW)
        return found

    def toggle(self, row: TimelineRow) -> None:
        """Fold or unfold a long text."""
        self.unfolded ^= {row.id}
        self._painter.forget()
        self.scheduleDelayedItemsLayout()

    def _near_end(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() and value >= bar.maximum() - self.height():
            self.older_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, unfold with Right, fold with Left."""
        row = self.current()
        key = Qt.Key(event.key())
        if row is None:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(row)
        elif key == (Qt.Key.Key_Left if row.id in self.unfolded else Qt.Key.Key_Right):
            self.toggle(row)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure again in another width."""
        self._painter.forget()
        super().resizeEvent(event)

    def contextMenuEvent(self, event: object) -> None:
        """Ask for the menu of a row."""
        position = getattr(event, "pos", None)
        if position is not None:
            index = self.indexAt(position())
            self.menu_wanted.emit(index.data(ROW), getattr(event, "globalPos", lambda: None)())

    def keyboardSearch(self, _search: str) -> None:
        """Leave letters to the page."""


class _Delegate(QStyledItemDelegate):
    """Draw icon, title, time, text and badges; heights are measured once per width."""

    def __init__(self, view: TimelineList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[int, int] = {}

    def forget(self) -> None:
        """Measure again."""
        self._heights.clear()

    def _text_width(self) -> int:
        theme = themes.current()
        return self._view.viewport().width() - theme.px(16 + 24 + 10 + 16)

    def _text_lines(self, row: TimelineRow) -> tuple[int, bool]:
        """Return the height of the shown text, and whether some of it is folded away."""
        theme = themes.current()
        metrics = QFontMetrics(theme.font("body"))
        box = metrics.boundingRect(
            QRect(0, 0, max(40, self._text_width()), 100_000), _wrap(), row.text
        )
        line = theme.line("body")
        lines = max(1, round(box.height() / max(1, metrics.lineSpacing())))
        if lines <= _FOLDED_LINES or row.id in self._view.unfolded:
            return lines * line, False
        return _FOLDED_LINES * line, True

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return the measured height."""
        number = index.row()
        if number not in self._heights:
            self._heights[number] = self._measure(number)
        return QSize(self._view.viewport().width(), self._heights[number])

    def _measure(self, number: int) -> int:
        theme = themes.current()
        row = self._view.rows.rows[number]
        high = theme.px(28)
        if row.text:
            text, folded = self._text_lines(row)
            high += text + (theme.line("small") if folded else 0)
        if row.rated is not None:
            high += theme.px(24)
        if self._view.rows.starts_month(number):
            high += theme.px(26)
        return high + theme.px(8)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one entry."""
        row: TimelineRow = index.data(ROW)
        theme = themes.current()
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = rect.top()
        if self._view.rows.starts_month(index.row()):
            self._paint_month(painter, QRect(rect.left(), top, rect.width(), theme.px(26)), row)
            top += theme.px(26)
        if state & QStyle.StateFlag.State_Selected and self._view.hasFocus():
            box = QRect(rect.left(), top, rect.width(), rect.bottom() - top)
            painter.fillRect(box, theme.color("selected"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(
                QRect(rect.left(), top, rect.width(), rect.bottom() - top), theme.color("hover")
            )
        last = index.row() == self._view.rows.rowCount() - 1
        self._paint_icon(painter, rect, top, row, last=last)
        self._paint_words(painter, rect, top, row)
        painter.restore()

    def _paint_month(self, painter: QPainter, box: QRect, row: TimelineRow) -> None:
        theme = themes.current()
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        left = box.left() + theme.px(16)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box.adjusted(theme.px(16), 0, 0, 0), flags, row.month)
        left += QFontMetrics(theme.font("small")).horizontalAdvance(row.month) + theme.px(8)
        painter.setPen(theme.pen("border"))
        middle = box.center().y()
        painter.drawLine(left, middle, box.right() - theme.px(16), middle)

    def _paint_icon(
        self, painter: QPainter, rect: QRect, top: int, row: TimelineRow, *, last: bool
    ) -> None:
        theme = themes.current()
        side = theme.px(24)
        disc = QRectF(rect.left() + theme.px(16), top + theme.px(2), side, side)
        if not last:
            painter.setPen(theme.pen("border"))
            middle = round(disc.center().x())
            painter.drawLine(middle, round(disc.bottom()), middle, rect.bottom())
        fill, ink = {"accent": ("accentFill", "onAccent"), "good": ("goodTint", "good"),
                     "warn": ("warnTint", "warn")}.get(row.tone, ("neutral", "text2"))  # fmt: skip
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.brush(fill))
        painter.drawEllipse(disc)
        icons.paint(painter, disc, row.icon, ink, 16)

    def _paint_words(self, painter: QPainter, rect: QRect, top: int, row: TimelineRow) -> None:
        theme = themes.current()
        left = rect.left() + theme.px(16 + 24 + 10)
        right = rect.right() - theme.px(16)
        head = QRect(left, top + theme.px(2), right - left, theme.px(24))
        small = QFontMetrics(theme.font("caption"))
        wide = small.horizontalAdvance(row.when)
        painter.setFont(theme.font("caption"))
        painter.setPen(theme.color("text2"))
        flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, flags, row.when)
        painter.setFont(theme.font("name"))
        painter.setPen(theme.color("text"))
        title = QFontMetrics(theme.font("name")).elidedText(
            row.title, Qt.TextElideMode.ElideRight, head.width() - wide - theme.px(8)
        )
        vcenter = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(head, vcenter, title)
        low = top + theme.px(26)
        if row.text:
            low = self._paint_text(painter, QRect(left, low, right - left, 0), row)
        if row.rated is not None:
            self._paint_rated(painter, QRect(left, low, right - left, theme.px(24)), row.rated)

    def _paint_text(self, painter: QPainter, box: QRect, row: TimelineRow) -> int:
        theme = themes.current()
        high, folded = self._text_lines(row)
        painter.setFont(theme.font("body"))
        painter.setPen(theme.color("text2"))
        painter.save()
        area = QRect(box.left(), box.top(), box.width(), high)
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.drawText(area.adjusted(0, 0, 0, 10_000), _wrap(), row.text)
        painter.restore()
        if not folded:
            return area.bottom() + 1
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("accent"))
        more = QRect(box.left(), area.bottom() + 1, box.width(), theme.line("small"))
        painter.drawText(more, Qt.AlignmentFlag.AlignLeft, _("展开"))
        return more.bottom() + 1

    def _paint_rated(self, painter: QPainter, box: QRect, rated: tuple[Rating, Rating]) -> None:
        theme = themes.current()
        old, new = rated
        width = paint_badge(painter, box, *old)
        arrow = QRectF(box.left() + width + theme.px(4), box.top(), theme.px(16), box.height())
        icons.paint(painter, arrow, "arrow_right", "text2", 12)
        left = round(arrow.right()) + theme.px(4)
        room = max(badge_width(*new), box.right() - left)
        paint_badge(painter, QRect(left, box.top(), room, box.height()), *new)

    def editorEvent(
        self, event: QEvent, _model: object, option: QStyleOptionViewItem, index: _Index
    ) -> bool:
        """Unfold when 展开 was clicked."""
        row: TimelineRow | None = index.data(ROW)
        if event.type() != QEvent.Type.MouseButtonRelease or not isinstance(event, QMouseEvent):
            return False
        if row is None or not row.text or not self._text_lines(row)[1]:
            return False
        rect: QRect = option.rect
        if rect.bottom() - event.position().y() < themes.current().px(34):
            self._view.toggle(row)
            return True
        return False


def _wrap() -> int:
    flag = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    return int(flag.value) | int(Qt.AlignmentFlag.AlignLeft.value)
