"""Parts that dialogs share: content that scrolls on the surface, and a field of known words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QComboBox, QScrollArea, QSizePolicy, QWidget

from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.scrolling import scrolled


def on_surface(content: QWidget, name: str) -> QScrollArea:
    """Return an area that scrolls its content on the colour of dialogs."""
    area = scrolled(content, name=name)
    for widget in (content, area.viewport()):
        widget.setBackgroundRole(QPalette.ColorRole.Base)
    return area


class WordChoice(QComboBox):
    """Offer known words and take any other."""

    def __init__(
        self, words: Iterable[str], *, name: str, spoken: str = "", text: str = ""
    ) -> None:
        super().__init__()
        self.setEditable(True)
        self.setObjectName(name)
        self.setAccessibleName(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        self.addItems(list(words))
        self.setCurrentText(text)
        line = self.lineEdit()
        if line is not None:
            line.setMaxLength(100)
            line.setProperty("bare", True)

    def words(self) -> str:
        """Return the words typed or chosen."""
        return self.currentText().strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the drop-down mark that style sheets cannot recolour."""
        super().paintEvent(event)
        theme = themes.current()
        box = QRectF(self.width() - theme.px(24), 0, theme.px(18), self.height())
        icons.paint(QPainter(self), box, "chevron_down", "text2", 14)

    def wheelEvent(self, event: object) -> None:
        """Leave the wheel to the page: a scroll must not change a value unseen."""
        getattr(event, "ignore", lambda: None)()
