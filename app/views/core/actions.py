"""The registry of actions: menus, palette and shortcuts all read it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from app.i18n import translate
from app.views.core import icons

StandardKey = QKeySequence.StandardKey


@dataclass(frozen=True, slots=True)
class Action:
    """Name one thing that the program can do.

    ``title`` is a message id. ``keywords`` are pinyin initials, full pinyin and English words.
    ``shortcut`` is written as Qt writes it, ``standard`` is a key that the platform decides.
    ``enabled``, ``checked`` and ``shown`` are asked whenever a menu or the palette opens.
    ``in_palette`` is False for things that make no sense there (cut, paste). ``role`` moves
    entries on macOS.
    """

    id: str
    title: str
    run: Callable[[], object]
    keywords: str = ""
    shortcut: str = ""
    standard: StandardKey | None = None
    icon: str = ""
    enabled: Callable[[], bool] | None = None
    checked: Callable[[], bool] | None = None
    shown: Callable[[], bool] | None = None
    in_palette: bool = True
    role: QAction.MenuRole = QAction.MenuRole.NoRole


class Actions(QObject):
    """Hold the actions of one window and the QAction of each."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._actions: dict[str, Action] = {}
        self._made: dict[str, QAction] = {}
        self._have_icons = False

    def add(self, action: Action) -> QAction:
        """Register an action, replacing one of the same id; its shortcut works at once."""
        old = self._made.pop(action.id, None)
        if old is not None:
            self._window.removeAction(old)
            old.deleteLater()
        made = QAction(translate(action.title), self)
        made.setObjectName(f"action_{action.id}")
        made.setMenuRole(action.role)
        self._give_keys(made, action)
        if action.checked is not None:
            made.setCheckable(True)
        made.triggered.connect(lambda _checked=False: self.run(action.id))
        self._actions[action.id] = action
        self._made[action.id] = made
        self._window.addAction(made)
        return made

    def remove(self, action_id: str) -> None:
        """Forget an action, when it is there."""
        self._actions.pop(action_id, None)
        made = self._made.pop(action_id, None)
        if made is not None:
            self._window.removeAction(made)
            made.deleteLater()

    def run(self, action_id: str) -> bool:
        """Do it when it is known and possible now; tell whether it was done."""
        action = self._actions.get(action_id)
        if action is None or not self.possible(action_id):
            return False
        action.run()
        return True

    def possible(self, action_id: str) -> bool:
        """Tell whether an action can be done now."""
        action = self._actions.get(action_id)
        if action is None or not self.shows(action_id):
            return False
        return action.enabled is None or action.enabled()

    def qaction(self, action_id: str) -> QAction | None:
        """Return the QAction for menus and buttons."""
        return self._made.get(action_id)

    def get(self, action_id: str) -> Action | None:
        """Return the action of an id."""
        return self._actions.get(action_id)

    def shortcut_text(self, action_id: str) -> str:
        """Return the keys as this platform writes them, empty without."""
        made = self._made.get(action_id)
        return made.shortcut().toString(QKeySequence.SequenceFormat.NativeText) if made else ""

    def shows(self, action_id: str) -> bool:
        """Tell whether an action is known and has a place in menus now."""
        action = self._actions.get(action_id)
        return action is not None and (action.shown is None or action.shown())

    def relax(self) -> None:
        """Make all keys work again after a menu has closed: ``run`` asks what is possible."""
        for made in self._made.values():
            made.setEnabled(True)
            made.setVisible(True)

    def refresh(self) -> None:
        """Grey, tick and hide the entries as things are now, while a menu is open."""
        if not self._have_icons:
            self.repaint_icons()
        for action_id, action in self._actions.items():
            made = self._made[action_id]
            made.setEnabled(True if action.enabled is None else action.enabled())
            if action.checked is not None:
                made.setChecked(action.checked())
            if action.shown is not None:
                made.setVisible(action.shown())

    def repaint_icons(self) -> None:
        """Draw the icons: when a menu first opens, and after a switch of light and dark."""
        self._have_icons = True
        for action_id, action in self._actions.items():
            if action.icon:
                self._made[action_id].setIcon(icons.icon(action.icon))

    def __iter__(self) -> Iterator[Action]:
        return iter(tuple(self._actions.values()))

    def _give_keys(self, made: QAction, action: Action) -> None:
        if action.standard is not None:
            made.setShortcuts(QKeySequence.keyBindings(action.standard))
        elif action.shortcut:
            made.setShortcut(QKeySequence(action.shortcut))
