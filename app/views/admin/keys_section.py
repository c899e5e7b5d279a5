"""快捷键: a sheet to read, the window's keys and those of every screen."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from app.i18n import N_, _, translate
from app.views.admin.section import Section
from app.views.core import theme as themes
from app.views.widgets.buttons import KeyHint
from app.views.widgets.card import Card
from app.views.widgets.text import Label

_LISTS = (
    ("Enter", N_("打开")),
    ("Space", N_("今日：完成并写跟单；客户列表：勾选")),
    ("S", N_("今日：顺延，再按 1–6")),
    ("V", N_("今日：标定价值")),
    ("Ctrl+C", N_("复制成表格")),
    ("F2", N_("改这一格")),
    ("Alt+↑  Alt+↓", N_("调整次序")),
    ("Shift+F10", N_("右键菜单")),
)
_FORMS = (
    ("Ctrl+Enter", N_("保存")),
    ("Ctrl+Shift+Enter", N_("保存并写下一家")),
    ("Esc", N_("关闭，草稿保留")),
    ("Alt+↓", N_("打开列表或日历")),
    ("/", N_("在正文里选时间和计划")),
)


class KeysSection(Section):
    """Show all keys; they are fixed in this version."""

    SUBTITLE = N_("任何页面按 Ctrl+/ 看这一页的快捷键")

    def build(self) -> None:
        """Make the sheet."""
        self.scroll_by_keys()
        known = [
            (self.view.actions.shortcut_text(action.id), translate(action.title))
            for action in self.view.actions
            if action.id != "go_gallery"  # for developers
        ]
        self._add(_("到处可用"), [(key, words) for key, words in known if key])
        self._add(_("列表里"), [(key, translate(words)) for key, words in _LISTS])
        self._add(_("表单里"), [(key, translate(words)) for key, words in _FORMS])

    def _add(self, title: str, rows: list[tuple[str, str]]) -> None:
        theme = themes.current()
        card = Card(title)
        place = QWidget()
        grid = QGridLayout(place)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.px(12))
        grid.setVerticalSpacing(theme.px(8))
        half = (len(rows) + 1) // 2
        for at, (key, words) in enumerate(rows):
            row, column = at % half, at // half * 2
            grid.addWidget(KeyHint(key), row, column, Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(Label(words, "body", "text2", wrap=True), row, column + 1)
        grid.setColumnMinimumWidth(0, theme.px(120))
        grid.setColumnMinimumWidth(2, theme.px(120))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(3, 1)
        card.body.addWidget(place)
        self.body.addWidget(card)
