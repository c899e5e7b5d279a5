"""What stands where nothing is: how to begin, what is next, or which condition to drop."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.text import Label

NOTHING_YET = "nothing_yet"
DONE = "done"
NO_MATCH = "no_match"
_ICONS = {NOTHING_YET: "building", DONE: "checkmark_circle", NO_MATCH: "filter_dismiss"}


class EmptyState(QWidget):
    """Show icon 32, one bold sentence, one line of help and at most two buttons and a link."""

    def __init__(
        self,
        kind: str,
        sentence: str,
        help_text: str = "",
        *,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._icon_name = icon or _ICONS[kind]
        rows = QVBoxLayout(self)
        rows.setSpacing(theme.px(6))
        rows.addStretch(1)
        self._sign = Label()
        self._sentence = Label(sentence, "entry_strong")
        self._help = Label(help_text, "small", "text2", wrap=True)
        for widget in (self._sign, self._sentence, self._help):
            widget.setAlignment(Qt.AlignmentFlag.AlignCenter)
            rows.addWidget(widget)
        rows.addSpacing(theme.px(6))
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(theme.px(8))
        self._buttons.addStretch(1)
        self._buttons.addStretch(1)
        rows.addLayout(self._buttons)
        rows.addStretch(1)
        self.set(sentence, help_text)

    def set(self, sentence: str, help_text: str = "", icon: str = "") -> None:
        """Say something else."""
        self._icon_name = icon or self._icon_name
        self._sign.set_icon(self._icon_name, 32, "text2")
        self._sentence.setText(sentence)
        self._help.setText(help_text)
        self._help.setVisible(bool(help_text))
        self.setAccessibleName(f"{sentence} {help_text}".strip())

    def add_button(self, button: Button) -> Button:
        """Add a button in the row under the words."""
        self._buttons.insertWidget(self._buttons.count() - 1, button)
        return button
