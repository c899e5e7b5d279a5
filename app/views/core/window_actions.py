"""The window's actions: commands of pages, screens, and what the window itself can do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication

from app.i18n import N_, _
from app.views.core import commands
from app.views.core.actions import Action, Actions

if TYPE_CHECKING:
    from app.views.core.shell import Shell

Role = QAction.MenuRole
StandardKey = QKeySequence.StandardKey


class WindowActions:
    """Register the commands, the screens, and what the window itself can do."""

    def __init__(self, shell: Shell, actions: Actions) -> None:
        self._shell = shell
        self._actions = actions
        self._add_commands()
        self._add_places()
        self._add_window()
        self._add_editing()
        self._add_help()

    # -- registering ----------------------------------------------------------------------------

    def _add_commands(self) -> None:
        for command in commands.COMMANDS:
            self._actions.add(
                Action(
                    command.id,
                    command.title,
                    partial(self._run, command.id),
                    command.keywords,
                    command.shortcut,
                    command.standard,
                    command.icon,
                    enabled=partial(self._possible, command),
                    shown=partial(self._shown, command),
                )
            )

    def _possible(self, command: commands.Command) -> bool:
        page = self._shell.page()
        if page is None:
            return False
        return command.id in page.commands() or commands.resolve(command.target)

    def _shown(self, command: commands.Command) -> bool:
        """Tell whether to show a command: not one whose target this build lacks."""
        return not command.target or commands.resolve(command.target) or self._possible(command)

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
                    partial(self._shell.navigate, spec.id),
                    spec.keywords,
                    spec.shortcut if spec.id != "settings" else "Ctrl+,",
                    icon=spec.icon,
                    enabled=self._has_book,
                    # the sheet of components is for developers: known, but not offered
                    in_palette=spec.id != "gallery",
                    role=Role.PreferencesRole if spec.id == "settings" else Role.NoRole,
                )
            )

    def _add_window(self) -> None:
        shell = self._shell
        for action in (
            Action("go_to", N_("到哪里…"), shell.show_palette, shortcut="Ctrl+K", icon="search",
                   in_palette=False),
            Action("back", N_("后退"), shell.go_back, "ht houtui back", standard=StandardKey.Back,
                   icon="arrow_left", enabled=shell.history.can_back),
            Action("forward", N_("前进"), shell.go_forward, "qj qianjin forward",
                   standard=StandardKey.Forward, icon="arrow_right",
                   enabled=shell.history.can_forward),
            Action("next_pane", N_("下一个窗格"), partial(shell.focus_pane, 1), shortcut="F6",
                   in_palette=False),
            Action("previous_pane", N_("上一个窗格"), partial(shell.focus_pane, -1),
                   shortcut="Shift+F6", in_palette=False),
            Action("lock", N_("锁定"), shell.lock_wanted.emit, "sd suoding lock", "Ctrl+Shift+L",
                   icon="lock_closed", enabled=self._has_book),
            Action("quit", N_("退出"), shell.close, "tc tuichu quit exit",
                   standard=StandardKey.Quit, role=Role.QuitRole),
        ):  # fmt: skip
            self._actions.add(action)

    def _add_help(self) -> None:
        for action in (
            Action("keys", N_("快捷键"), self._show_keys, "kjj kuaijiejian keys shortcuts",
                   "Ctrl+/", icon="keyboard"),
            Action("help", N_("使用说明"), self._show_keys, standard=StandardKey.HelpContents,
                   icon="help", in_palette=False),
            Action("about", N_("关于跟单"), self._show_about, "gy guanyu about", icon="info",
                   role=Role.AboutRole),
        ):  # fmt: skip
            self._actions.add(action)

    def _add_editing(self) -> None:
        shell = self._shell
        for action in (
            Action("undo", N_("撤销"), shell.undo, "cx chexiao undo", standard=StandardKey.Undo,
                   icon="undo", enabled=shell.acts.can_undo),
            Action("redo", N_("重做"), shell.redo, "cz chongzuo redo", standard=StandardKey.Redo,
                   icon="redo", enabled=shell.acts.can_redo),
            # no keys here: the focused field has its own, an action would take them away
            Action("cut", N_("剪切"), partial(_to_focused, "cut"), icon="cut", in_palette=False),
            Action("copy", N_("复制"), partial(_to_focused, "copy"), icon="copy",
                   in_palette=False),
            Action("paste", N_("粘贴"), partial(_to_focused, "paste"), icon="paste",
                   in_palette=False),
        ):  # fmt: skip
            self._actions.add(action)

    # -- what they do ---------------------------------------------------------------------------

    def _has_book(self) -> bool:
        return self._shell.office is not None

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
