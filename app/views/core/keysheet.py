"""The key sheet: what every key does here (Ctrl+/)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.i18n import _, translate
from app.views.core import theme as themes
from app.views.core.actions import Actions
from app.views.core.page import Page
from app.views.widgets.buttons import KeyHint
from app.views.widgets.text import Label


class KeySheet(QDialog):
    """List the keys of the shown screen first, then those of the window."""

    def __init__(self, actions: Actions, page: Page | None, parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("key_sheet")
        self.setWindowTitle(_("快捷键"))
        self.resize(theme.px(520), theme.px(560))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        sheet = QWidget()
        self._grid = QGridLayout(sheet)
        self._grid.setContentsMargins(theme.px(24), theme.px(16), theme.px(24), theme.px(16))
        self._grid.setVerticalSpacing(theme.px(6))
        self._grid.setColumnStretch(1, 1)
        hints = page.keys() if page is not None else ()
        if hints:
            self._add_head(_("这一页"))
        for key, words in hints:
            self._add(key, words)
        self._add_head(_("到处可用"))
        for action in actions:
            key = actions.shortcut_text(action.id)
            if key:
                self._add(key, translate(action.title))
        area.setWidget(sheet)
        rows.addWidget(area)

    def _add_head(self, text: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(Label(text, "body_strong"), row, 0, 1, 2)

    def _add(self, key: str, words: str) -> None:
        row = self._grid.rowCount()
        self._grid.addWidget(KeyHint(key), row, 0, Qt.AlignmentFlag.AlignLeft)
        self._grid.addWidget(Label(words, "body", "text2"), row, 1)
