"""A header with two rows: groups above, columns below."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.i18n import translate
from app.views.core import theme as themes
from app.views.widgets.table_paint import TableHeader


class GroupedHeader(TableHeader):
    """Paint the group of neighbouring columns over them."""

    def __init__(self, groups: Mapping[str, str], parent: QWidget | None = None) -> None:
        self._groups = groups
        super().__init__(parent)
        self.setSectionsMovable(False)

    def full_height(self) -> int:
        """Return twice the height of an ordinary header."""
        return super().full_height() * 2 - themes.current().px(4)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw a title in the lower row, or over both when it has no group."""
        column = self._column(section)
        if column is None or column.key not in self._groups:
            super().paintSection(painter, rect, section)
            return
        half = rect.height() // 2
        super().paintSection(painter, rect.adjusted(0, half, 0, 0), section)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the columns, then the groups above them."""
        super().paintEvent(event)
        painter = QPainter(self.viewport())
        first = 0
        while first < self.count():
            last = self._last_of_group(first)
            name = self._group(first)
            if name:
                self._paint_group(painter, first, last, name)
            first = last + 1

    def _group(self, section: int) -> str:
        column = self._column(section)
        return self._groups.get(column.key, "") if column is not None else ""

    def _last_of_group(self, first: int) -> int:
        last = first
        while last + 1 < self.count() and self._group(last + 1) == self._group(first):
            last += 1
        return last

    def _paint_group(self, painter: QPainter, first: int, last: int, name: str) -> None:
        theme = themes.current()
        left = self.sectionViewportPosition(first)
        right = self.sectionViewportPosition(last) + self.sectionSize(last)
        if right <= left:
            return  # all its columns are hidden
        box = QRect(left, 0, right - left, self.height() // 2)
        painter.fillRect(box, theme.color("subtle"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        painter.drawLine(right - 1, 0, right - 1, self.height())
        painter.setFont(theme.font("small_strong"))
        painter.setPen(theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, translate(name))
