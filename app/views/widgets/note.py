"""A tinted line that tells something worth knowing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from app.views.core import theme as themes
from app.views.widgets.text import Label


class Note(QFrame):
    """Show words on a tint: accent for information, warn for attention."""

    def __init__(self, text: str, *, tone: str = "accent", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("note", "info" if tone == "accent" else tone)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(10), theme.px(8), theme.px(10), theme.px(8))
        row.setSpacing(theme.px(8))
        self._sign = Label()
        self._words = Label(text, "small", tone, wrap=True)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self._sign.set_icon("lightbulb", 16, tone)

    def tell(self, text: str) -> None:
        """Show other words."""
        self._words.setText(text)
        self.setAccessibleName(text)
