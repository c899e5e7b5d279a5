"""The total under the table, in the same columns, always in sight."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.views.core import theme as themes
from app.views.widgets.table import TableView


class TotalRow(QWidget):
    """Paint one row of figures under the columns of a table."""

    def __init__(self, table: TableView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._table = table
        self._title = ""
        self._figures: Mapping[str, str] = {}
        self.setObjectName("staff_total")
        table.head.sectionResized.connect(lambda *_sizes: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _at: self.update())

    def tell(self, title: str, figures: Mapping[str, str]) -> None:
        """Show a title and the figures by column key."""
        self._title, self._figures = title, figures
        told = "，".join(f"{key} {text}" for key, text in figures.items())
        self.setAccessibleName(f"{title} {told}")
        self.update()

    def sizeHint(self) -> QSize:
        """Return the height of a row."""
        return QSize(200, themes.current().px(34))

    def minimumSizeHint(self) -> QSize:
        """Return the height of a row."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the row."""
        theme, head = themes.current(), self._table.head
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("subtle"))
        painter.setPen(theme.pen("border"))
        painter.drawLine(0, 0, self.width(), 0)
        painter.setFont(theme.font("body_strong"))
        painter.setPen(theme.color("text"))
        middle = Qt.AlignmentFlag.AlignVCenter
        for section, column in enumerate(self._table.columns()):
            if head.isSectionHidden(section):
                continue
            left, width = head.sectionViewportPosition(section), head.sectionSize(section)
            box = QRect(left + theme.px(8), 0, width - theme.px(16), self.height())
            if column.key in self._figures:
                painter.drawText(
                    box, middle | Qt.AlignmentFlag.AlignRight, self._figures[column.key]
                )
            elif section == 0:
                painter.drawText(box, middle, self._title)
