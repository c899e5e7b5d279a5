"""The context menu of a row of Today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from app.i18n import _
from app.views.core import icons
from app.views.core.page import ViewContext

if TYPE_CHECKING:
    from app.views.followups.today_page import TodayPage

_ENTRIES = (
    ("complete", "checkmark"),
    ("postpone", "calendar_arrow_right"),
    ("", ""),
    ("open", "open"),
    ("calibrate", "ribbon"),
    ("next_step", "calendar_clock"),
    ("", ""),
    ("copy", "copy"),
)


def row_menu(view: ViewContext, page: QWidget | TodayPage) -> QMenu:
    """Return a menu of what can be done with the selected rows."""
    menu = QMenu(page)
    menu.setObjectName("today_menu")
    keys = {"complete": _("空格"), "postpone": "S", "open": "Enter", "calibrate": "V"}
    for action_id, icon in _ENTRIES:
        action = view.actions.qaction(action_id)
        if not action_id:
            menu.addSeparator()
        elif action is not None and view.actions.possible(action_id):
            key = keys.get(action_id, view.actions.shortcut_text(action_id))
            words = f"{action.text()}\t{key}" if key else action.text()
            entry = menu.addAction(icons.icon(icon), words)
            entry.triggered.connect(lambda _on, one=action_id: view.actions.run(one))
    return menu
