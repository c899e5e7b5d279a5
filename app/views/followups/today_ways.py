"""Where Today leads to: a search, the rows behind a figure, customers to greet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QLineEdit

from app.i18n import _

if TYPE_CHECKING:
    from app.views.core.page import ViewContext


def greet(view: ViewContext, staff_id: int) -> None:
    """Show the customers who have bought and heard nothing for a month; 0 is everybody's."""
    from app.services.lists import Condition

    where = [
        Condition("life", "is", ("signed", "repeat")),
        Condition("touched", "over", ("30",)),
    ]
    if staff_id:
        where.append(Condition("owner", "is", (str(staff_id),)))
    view.navigate("customers", where=tuple(where))


def open_figure(view: ViewContext, code: str, staff_id: int) -> None:
    """Show the rows behind the figure signed or calls."""
    if code == "signed":
        view.navigate("deals", tab="contracts")
        return
    called = view.office.followups.called_today(staff_id)
    view.navigate("customers", ids=called or (0,), about=_("今日通话"))


def search(view: ViewContext, letters: str = "") -> None:
    """Open the search with the letters typed so far."""
    view.actions.run("go_to")
    field = QApplication.focusWidget()
    if letters and isinstance(field, QLineEdit):
        field.insert(letters)
