"""The doors to 写跟单 and 安排下步 for menus, keys, the palette and other pages."""

from __future__ import annotations

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app.errors import UserError
from app.views.core.errors import show_error
from app.views.core.page import ViewContext
from app.views.followups.followup_form import Following, FollowupForm


def window_of(view: ViewContext) -> QWidget | None:
    """Return the window that dialogs belong to."""
    home = view.actions.parent()
    return home if isinstance(home, QWidget) else QApplication.activeWindow()


def give_back_focus(dialog: QDialog, to: QWidget | None = None) -> None:
    """Let the focus return to a widget, or to where it is now, once the dialog has gone."""
    focused = to or QApplication.focusWidget()

    def back() -> None:
        if focused is not None and shiboken6.isValid(focused):
            focused.activateWindow()
            focused.setFocus(Qt.FocusReason.ActiveWindowFocusReason)

    dialog.finished.connect(back)


def write_followup(
    view: ViewContext,
    customer_id: int | None = None,
    *,
    step_id: int = 0,
    following: Following | None = None,
) -> FollowupForm | None:
    """Open 写跟单 for a customer, or ask for whom; ``step_id`` is the step it completes.

    ``following`` selects the next row of the list that opened it and returns its customer and
    step. Return the open form, None when the customer is gone.
    """
    form = FollowupForm(view, window_of(view), following)
    give_back_focus(form)
    try:
        form.open_for(customer_id, step_id)
    except UserError as error:
        form.deleteLater()
        show_error(window_of(view), error)
        return None
    return form
