"""The window's actions and its menu bar."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from app import i18n
from app.i18n import N_, _, translate
from app.views.core import commands, pages
from app.views.core.actions import Action, Actions
from app.views.core.theme import Density, Mode
from app.views.core.tokens import SCALES

if TYPE_CHECKING:
    from app.views.core.shell import Shell

Role = QAction.MenuRole
StandardKey = QKeySequence.StandardKey
_SEPARATOR = "-"

# what stands in which menu besides the commands of commands.COMMANDS; "go" is all screens
_MENUS: dict[str, tuple[str, ...]] = {
    "file": ("new", "import", "export", "print", "-", "backup", "lock", "-", "quit"),
    "edit": ("undo", "redo", "-", "cut", "copy", "paste", "select_all", "-", "find"),
    "view": ("go_to", "back", "forward", "-", "go:工作", "-", "detail", "refresh", "-",
             "rows:", "zoom:", "theme:", "language:"),
    "customer": ("new_customer", "open", "-", "calibrate", "radar", "owner", "merge", "-",
                 "delete"),
    "follow": ("follow_up", "next_step", "-", "complete", "postpone"),
    "deal": ("new_deal", "sign", "payment", "receivables"),
    "analysis": ("go:管理",),
    "tools": ("go:数据", "-", "keys"),
    "help": ("help", "about"),
}  # fmt: skip

_THEMES: tuple[tuple[Mode, str, str], ...] = (
    ("system", N_("跟随系统"), "gsxt xitong system"),
    ("light", N_("浅色"), "qs qianse light theme"),
    ("dark", N_("深色"), "ss shense dark theme"),
)
_ROWS: tuple[tuple[Density, str, str], ...] = (
    ("compact", N_("紧凑行高"), "jc jincou compact rows"),
    ("normal", N_("标准行高"), "bz biaozhun normal rows"),
    ("roomy", N_("宽松行高"), "ks kuansong roomy rows"),
)
_LANGUAGES = (("zh", N_("中文"), "zw zhongwen chinese"), ("en", N_("English"), "yw yingwen english"))


class WindowActions:
    """Register what the window can do and lay it out in menus."""

    def __init__(self, shell: Shell, actions: Actions) -> None:
        self._shell = shell
        self._actions = actions
        self._bar: QMenuBar | None = None
        self._add_commands()
        self._add_places()
        self._add_window()
        self._add_editing()
        self._add_looks()

    # -- registering ----------------------------------------------------------------------------

    def _add_commands(self) -> None:
        for command in commands.COMMANDS:
            if not command.by_page and not commands.resolve(command.target):
                continue
            self._actions.add(
                Action(
                    command.id,
                    command.title,
                    lambda command_id=command.id: self._run(command_id),
                    command.keywords,
                    command.shortcut,
                    command.standard,
                    command.icon,
                    enabled=lambda command=command: self._possible(command),
                )
            )

    def _possible(self, command: commands.Command) -> bool:
        page = self._shell.page()
        if page is None:
            return False
        return command.id in page.commands() or commands.resolve(command.target)

    def _run(self, command_id: str) -> None:
        page = self._shell.page()
        if page is None:
            return
        own = page.commands().get(command_id)
        if own is not None:
            own()
        else:
            self.run_target(command_id, page.current_customer())

    def run_target(self, command_id: str, customer_id: object) -> None:
        """Call the function of a command for a customer (or None)."""
        command = commands.find(command_id)
        view = self._shell.view
        if view is not None and commands.resolve(command.target):
            commands.load(command.target)(view, customer_id)

    def _add_places(self) -> None:
        for spec in self._shell.visible_specs():
            if not spec.group and spec.id != "gallery":
                continue
            self._actions.add(
                Action(
                    f"go_{spec.id}",
                    spec.title,
                    lambda page_id=spec.id: self._shell.navigate(page_id),
                    spec.keywords,
                    spec.shortcut if spec.id != "settings" else "Ctrl+,",
                    icon=spec.icon,
                    enabled=lambda: self._shell.office is not None,
                    # the sheet of components is for developers: known, but not offered
                    in_palette=spec.id != "gallery",
                    role=Role.PreferencesRole if spec.id == "settings" else Role.NoRole,
                )
            )

    def _add_window(self) -> None:
        shell = self._shell
        add = self._actions.add
        add(Action("go_to", N_("到哪里…"), shell.show_palette, "dnl daonali go find",
                   "Ctrl+K", icon="search", in_palette=False))
        add(Action("back", N_("后退"), shell.go_back, "ht houtui back", standard=StandardKey.Back,
                   icon="arrow_left", enabled=lambda: shell.history.can_back()))
        add(Action("forward", N_("前进"), shell.go_forward, "qj qianjin forward",
                   standard=StandardKey.Forward, icon="arrow_right",
                   enabled=lambda: shell.history.can_forward()))
        add(Action("lock", N_("锁定"), shell.lock_wanted.emit, "sd suoding lock", "Ctrl+Shift+L",
                   icon="lock_closed", enabled=lambda: shell.office is not None))
        add(Action("quit", N_("退出"), self._quit, "tc tuichu quit exit", standard=StandardKey.Quit,
                   role=Role.QuitRole))
        add(Action("next_pane", N_("下一个窗格"), lambda: shell.focus_pane(1), shortcut="F6",
                   in_palette=False))
        add(Action("previous_pane", N_("上一个窗格"), lambda: shell.focus_pane(-1),
                   shortcut="Shift+F6", in_palette=False))
        add(Action("keys", N_("快捷键"), self._show_keys, "kjj kuaijiejian keys shortcuts", "Ctrl+/",
                   icon="keyboard"))
        add(Action("help", N_("使用说明"), self._show_keys, "bz bangzhu help",
                   standard=StandardKey.HelpContents, icon="help", in_palette=False))
        add(Action("about", N_("关于跟单"), self._show_about, "gy guanyu about", icon="info",
                   role=Role.AboutRole))  # fmt: skip

    def _add_editing(self) -> None:
        shell = self._shell
        add = self._actions.add
        add(Action("undo", N_("撤销"), shell.undo, "cx chexiao undo", standard=StandardKey.Undo,
                   icon="undo", enabled=lambda: bool(shell.undo_stack)))
        add(Action("redo", N_("重做"), shell.redo, "cz chongzuo redo", standard=StandardKey.Redo,
                   icon="redo", enabled=lambda: bool(shell.redo_stack)))
        for action_id, title, icon, method in (
            ("cut", N_("剪切"), "cut", "cut"),
            ("copy", N_("复制"), "copy", "copy"),
            ("paste", N_("粘贴"), "paste", "paste"),
        ):
            # no keys here: the focused field has its own, an action would take them away
            add(Action(action_id, title, lambda name=method: _to_focused(name), icon=icon,
                       in_palette=False))  # fmt: skip

    def _add_looks(self) -> None:
        shell, add = self._shell, self._actions.add
        add(Action("zoom_in", N_("放大文字"), lambda: shell.zoom(1), "fd fangda zoom larger",
                   standard=StandardKey.ZoomIn))
        add(Action("zoom_out", N_("缩小文字"), lambda: shell.zoom(-1), "sx suoxiao zoom smaller",
                   standard=StandardKey.ZoomOut))
        add(Action("zoom_reset", N_("标准大小"), lambda: shell.zoom(0), "bz biaozhun zoom 100",
                   "Ctrl+0"))  # fmt: skip
        for scale in SCALES:
            add(Action(f"scale_{scale}", f"{scale} %", lambda scale=scale: shell.set_scale(scale),
                       in_palette=False,
                       checked=lambda scale=scale: shell.theme.scale == scale))  # fmt: skip
        for mode, title, words in _THEMES:
            add(Action(f"theme_{mode}", title, lambda mode=mode: self._use_theme(mode), words,
                       checked=lambda mode=mode: shell.theme.mode == mode))  # fmt: skip
        for density, title, words in _ROWS:
            add(Action(f"rows_{density}", title,
                       lambda density=density: self._use_density(density), words,
                       checked=lambda density=density: shell.theme.density == density))  # fmt: skip
        for code, title, words in _LANGUAGES:
            add(Action(f"language_{code}", title, lambda code=code: shell.set_language(code), words,
                       checked=lambda code=code: i18n.language() == code))  # fmt: skip

    # -- menus ------------------------------------------------------------------------------------

    def make_menu_bar(self) -> QMenuBar:
        """Return the menu bar with all entries."""
        bar = QMenuBar(self._shell)
        bar.setObjectName("menu_bar")
        for menu_id, title in commands.MENUS:
            menu = QMenu(translate(title), bar)
            menu.setObjectName(f"menu_{menu_id}")
            self._fill(menu, _MENUS[menu_id])
            if not menu.isEmpty():
                bar.addMenu(menu)
            menu.aboutToShow.connect(self._actions.refresh)
        self._bar = bar
        return bar

    def _fill(self, menu: QMenu, entries: tuple[str, ...]) -> None:
        for entry in entries:
            if entry == _SEPARATOR:
                menu.addSeparator()
            elif entry.startswith("go:"):
                self._add_group(menu, entry.removeprefix("go:"))
            elif entry.endswith(":"):
                self._add_submenu(menu, entry.removesuffix(":"))
            else:
                action = self._actions.qaction(entry)
                if action is not None:
                    menu.addAction(action)

    def _add_group(self, menu: QMenu, group: str) -> None:
        for spec in self._shell.visible_specs():
            action = self._actions.qaction(f"go_{spec.id}")
            if spec.group == group and action is not None:
                menu.addAction(action)

    def _add_submenu(self, menu: QMenu, kind: str) -> None:
        parts: dict[str, tuple[str, list[str]]] = {
            "rows": (_("行高"), [f"rows_{one}" for one, _title, _words in _ROWS]),
            "zoom": (_("文字大小"), ["zoom_in", "zoom_out", "zoom_reset", "-",
                                 *(f"scale_{scale}" for scale in SCALES)]),
            "theme": (_("外观"), [f"theme_{one}" for one, _title, _words in _THEMES]),
            "language": (_("语言"), [f"language_{one}" for one, _title, _words in _LANGUAGES]),
        }  # fmt: skip
        title, ids = parts[kind]
        sub = menu.addMenu(title)
        sub.setObjectName(f"menu_{kind}")
        sub.aboutToShow.connect(self._actions.refresh)
        self._fill(sub, tuple(ids))

    def release(self) -> None:
        """Take the menu bar and all actions from the window before a rebuild."""
        for action in tuple(self._actions):
            self._actions.remove(action.id)
        if self._bar is not None:
            self._bar.deleteLater()
            self._bar = None

    # -- what they do --------------------------------------------------------------------------------

    def _quit(self) -> None:
        self._shell.close()

    def _use_theme(self, mode: Mode) -> None:
        self._shell.prefs.set("theme", mode)
        self._shell.theme.use(mode)

    def _use_density(self, density: Density) -> None:
        self._shell.prefs.set("rows", density)
        self._shell.theme.set_density(density)

    def _show_keys(self) -> None:
        from app.views.core.keysheet import KeySheet

        KeySheet(self._actions, self._shell.page(), self._shell).exec()

    def _show_about(self) -> None:
        from app import __version__
        from app.views.core.forms import say

        say(
            self._shell,
            _("跟单 {version}").format(version=__version__),
            _("离线的销售跟单软件。全部内容只在这台电脑上。"),
        )


def _to_focused(method: str) -> None:
    """Cut, copy or paste in the focused field or list."""
    focused = QApplication.focusWidget()
    act: Callable[[], None] | None = getattr(focused, method, None)
    if callable(act) and focused is not None and focused.focusPolicy() != Qt.FocusPolicy.NoFocus:
        act()
