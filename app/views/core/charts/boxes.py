"""The small box beside a place of a chart."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from app.views.core import theme as themes
from app.views.widgets.text import Label


class HoverBox(QFrame):
    """Tell a few (name, words) lines over a chart; the first line is the title."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("chart_box")
        self.setProperty("card", True)
        self.setAutoFillBackground(True)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        self._grid.setHorizontalSpacing(theme.px(24))
        self._grid.setVerticalSpacing(theme.px(2))
        self.hide()

    def tell(self, lines: Sequence[tuple[str, str]]) -> None:
        """Show these lines."""
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row, (name, words) in enumerate(lines):
            left = Label(name, "small", "text" if row == 0 else "text2")
            self._grid.addWidget(left, row, 0)
            if words:
                right = Label(words, "small", "text")
                self._grid.addWidget(right, row, 1, Qt.AlignmentFlag.AlignRight)
        self.adjustSize()

    def stand_beside(self, point: QPoint, inside: QRect) -> None:
        """Show the box left or right of a point, within the chart."""
        gap = themes.current().px(14)
        size = self.sizeHint()
        left = point.x() + gap
        if left + size.width() > inside.right():
            left = point.x() - gap - size.width()
        top = min(
            max(inside.top(), point.y() - size.height() // 2), inside.bottom() - size.height()
        )
        self.setGeometry(max(inside.left(), left), top, size.width(), size.height())
        self.raise_()
        self.show()
