"""The menu bar: every action has its place here, with its keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from app.i18n import N_, _, translate
from app.views.core.actions import Actions
from app.views.core.looks import LANGUAGES, ROWS, THEMES
from app.views.core.pages import PageSpec
from app.views.core.tokens import SCALES

_SEPARATOR = "-"

_TITLES: tuple[tuple[str, str], ...] = (
    ("file", N_("文件(&F)")),
    ("edit", N_("编辑(&E)")),
    ("view", N_("查看(&V)")),
    ("customer", N_("客户(&C)")),
    ("follow", N_("跟单(&G)")),
    ("deal", N_("成交(&D)")),
    ("analysis", N_("分析(&A)")),
    ("tools", N_("工具(&T)")),
    ("help", N_("帮助(&H)")),
)

# action ids; "go:" is the screens of a group of the navigation, "name:" a submenu
_ENTRIES: dict[str, tuple[str, ...]] = {
    "file": ("new", "import", "export", "print", "-", "backup", "lock", "-", "quit"),
    "edit": ("undo", "redo", "-", "cut", "copy", "paste", "select_all", "-", "find"),
    "view": ("go_to", "back", "forward", "-", "go:工作", "-", "detail", "refresh", "-",
             "rows:", "zoom:", "theme:", "language:"),
    "customer": ("new_customer", "open", "-", "calibrate", "radar", "owner", "-", "merge",
                 "duplicates", "-", "history", "delete"),
    "follow": ("quick_line", "follow_up", "next_step", "-", "complete", "postpone", "give_step",
               "-", "next_best", "broken_chains"),
    "deal": ("new_deal", "sign", "payment", "receivables"),
    "analysis": ("go:管理",),
    "tools": ("go:数据", "-", "handover", "keys"),
    "help": ("help", "about"),
}  # fmt: skip
_SUBMENUS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rows": (N_("行高"), tuple(f"rows_{one}" for one, _title, _words in ROWS)),
    "zoom": (
        N_("文字大小"),
        ("zoom_in", "zoom_out", "zoom_reset", "-", *(f"scale_{one}" for one in SCALES)),
    ),
    "theme": (N_("外观"), tuple(f"theme_{one}" for one, _title, _words in THEMES)),
    "language": (N_("语言"), tuple(f"language_{one}" for one, _title, _words in LANGUAGES)),
}


class MenuBar(QMenuBar):
    """Lay out the actions of a window; a menu of nothing is left out."""

    def __init__(self, actions: Actions, specs: Sequence[PageSpec], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("menu_bar")
        self.setAccessibleName(_("菜单"))
        self._actions = actions
        self._specs = specs
        for menu_id, title in _TITLES:
            menu = QMenu(translate(title), self)
            menu.setObjectName(f"menu_{menu_id}")
            menu.aboutToShow.connect(actions.refresh)
            menu.aboutToHide.connect(actions.relax)
            if self._fill(menu, _ENTRIES[menu_id]):
                self.addMenu(menu)

    def _fill(self, menu: QMenu, entries: Sequence[str]) -> bool:
        """Add the entries and tell whether any of them can be seen."""
        seen = False
        for entry in entries:
            if entry == _SEPARATOR:
                menu.addSeparator()
            elif entry.startswith("go:"):
                group = entry.removeprefix("go:")
                places = [f"go_{one.id}" for one in self._specs if one.group == group]
                seen |= self._fill(menu, places)
            elif entry.endswith(":"):
                self._add_submenu(menu, entry.removesuffix(":"))
                seen = True
            else:
                action = self._actions.qaction(entry)
                if action is not None:
                    menu.addAction(action)
                    seen |= self._actions.shows(entry)
        return seen

    def _add_submenu(self, menu: QMenu, kind: str) -> None:
        title, entries = _SUBMENUS[kind]
        below = menu.addMenu(translate(title))
        below.setObjectName(f"menu_{kind}")
        below.aboutToShow.connect(self._actions.refresh)
        self._fill(below, entries)
