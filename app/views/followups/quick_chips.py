"""What was recognised in a quick line, as buttons that open other readings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.flow_layout import FlowLayout

_MOST_KEYS = 9


@dataclass(frozen=True, slots=True)
class QuickChip:
    """One recognised thing: its kind, its words, and other values (value, words) to choose.

    ``refusable`` offers to take the words as plain text; ``asks`` marks what is still missing.
    """

    kind: str
    words: str
    others: Sequence[tuple[object, str]] = field(default=())
    refusable: bool = True
    asks: bool = False


class QuickChips(QWidget):
    """Show the chips; ``chosen(kind, value)`` and ``refused(kind)`` correct them.

    Each is reached with Tab or by Ctrl and its number; Enter or Space opens its menu.
    """

    chosen = Signal(str, object)
    refused = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("quick_chips")
        self._flow = FlowLayout(self, theme.px(6), theme.px(6))
        self._shown: tuple[QuickChip, ...] = ()
        self.buttons: list[Button] = []
        for number in range(1, _MOST_KEYS + 1):
            keys = QShortcut(QKeySequence(f"Ctrl+{number}"), parent)
            keys.activated.connect(lambda at=number - 1: self.open_menu(at))

    def show_chips(self, chips: Sequence[QuickChip]) -> None:
        """Show these chips in place of the former ones; the same ones stay as they are."""
        if tuple(chips) == self._shown:
            return
        self._shown = tuple(chips)
        focused = next((at for at, one in enumerate(self.buttons) if one.hasFocus()), -1)
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(one) for one in chips]
        for button in self.buttons:
            self._flow.addWidget(button)
            button.show()
        if 0 <= focused < len(self.buttons):
            self.buttons[focused].setFocus(Qt.FocusReason.OtherFocusReason)
        self.setAccessibleName("，".join(one.words for one in chips))
        self.updateGeometry()

    def fit(self, width: int) -> None:
        """Take the height that the chips need at a width."""
        self.setFixedHeight(self._flow.heightForWidth(width))

    def words(self) -> dict[str, str]:
        """Return the words shown by kind."""
        return {one.kind: one.words for one in self._shown}

    def chip(self, kind: str) -> Button | None:
        """Return the button of a kind, None when it is not shown."""
        kinds = [one.kind for one in self._shown]
        return self.buttons[kinds.index(kind)] if kind in kinds else None

    def open_menu(self, at: int) -> None:
        """Open the menu of the chip at a place."""
        if at < len(self.buttons):
            button = self.buttons[at]
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            if button.menu() is not None:
                button.showMenu()

    def _button(self, chip: QuickChip) -> Button:
        words = chip.words.replace("&", "&&")
        button = Button(words, "primary" if chip.asks else "default", height=24)
        button.setParent(self)
        button.setObjectName(f"quick_{chip.kind}")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        menu = self._menu(chip, button)
        if menu is not None:
            button.set_menu(menu)
        return button

    def _menu(self, chip: QuickChip, button: Button) -> QMenu | None:
        if not chip.others and not chip.refusable:
            return None
        menu = QMenu(button)
        menu.setObjectName(f"quick_menu_{chip.kind}")
        for value, words in chip.others:
            action = menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(
                lambda _on=False, value=value: self.chosen.emit(chip.kind, value)
            )
        if chip.refusable:
            if chip.others:
                menu.addSeparator()
            action = menu.addAction(_("不是，当作普通文字"))
            action.triggered.connect(lambda _on=False: self.refused.emit(chip.kind))
        return menu
