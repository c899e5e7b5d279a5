"""How the lines of the palette are drawn."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from app.views.core import icons
from app.views.core import theme as themes
from app.views.core.palette_rows import Row
from app.views.widgets.buttons import paint_key

ROW = Qt.ItemDataRole.UserRole
_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """Draw icon, title with marked match, note and key."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return 36 px for results and 32 px for group names."""
        theme = themes.current()
        return QSize(10, theme.px(36 if index.data(ROW) is not None else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw one row."""
        theme = themes.current()
        rect: QRect = option.rect
        row: Row | None = index.data(ROW)
        painter.save()
        if row is None:
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text2"))
            box = rect.adjusted(theme.px(14), theme.px(4), 0, 0)
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box, flags, str(index.data(Qt.ItemDataRole.DisplayRole)))
        else:
            self._paint_row(painter, option, rect, row)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: Row
    ) -> None:
        theme = themes.current()
        state: QStyle.StateFlag = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.fillRect(rect, theme.color("selected"))
        at = QRectF(rect.left() + theme.px(14), rect.top(), theme.px(20), rect.height())
        icons.paint(painter, at, row.icon or "command", "text2", 20)
        left = rect.left() + theme.px(44)
        right = rect.right() - theme.px(14)
        key = row.key or ("Enter" if on else "")
        if key:
            wide = QFontMetrics(theme.font("caption")).horizontalAdvance(key) + theme.px(10)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            box = QRect(right - wide, rect.top(), wide, rect.height())
            paint_key(painter, box, key, on="surface")
            right -= wide + theme.px(8)
        title = QRect(left, rect.top(), right - left, rect.height())
        left += self._paint_title(painter, title, row)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text2"))
        box = QRect(left + theme.px(10), rect.top(), right - left - theme.px(10), rect.height())
        note = QFontMetrics(theme.font("small")).elidedText(
            row.note, Qt.TextElideMode.ElideRight, max(0, box.width())
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, note)

    def _paint_title(self, painter: QPainter, box: QRect, row: Row) -> int:
        theme = themes.current()
        font = theme.font("body")
        metrics = QFontMetrics(font)
        for start, length in row.spans:
            before = metrics.horizontalAdvance(row.title[:start])
            wide = metrics.horizontalAdvance(row.title[start : start + length])
            mark = QRect(box.left() + before, box.center().y() - theme.px(9), wide, theme.px(19))
            painter.fillRect(mark, theme.color("warnTint"))
        painter.setFont(font)
        painter.setPen(theme.color("text"))
        shown = metrics.elidedText(row.title, Qt.TextElideMode.ElideMiddle, box.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, flags, shown)
        return metrics.horizontalAdvance(shown)
