"""Toasts that take a saved act back, and do it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from app.i18n import ngettext

if TYPE_CHECKING:
    from app.services.undo import Undone
    from app.views.core.page import ViewContext

Undo = Callable[[], Any]


def said(view: ViewContext, text: str) -> None:
    """Tell about the act just saved, with 撤销 when it changed anything."""
    act_id = view.office.context.last_act_id
    view.toast(text, _turn(view, act_id) if act_id else None)


def said_batch(view: ViewContext, text: str, batch_id: int) -> None:
    """Tell about many writes of one batch, with 撤销."""

    def back() -> Undo:
        undone = view.office.undo.take_back_batch(batch_id)
        _tell(view, undone)
        return _turn(view, undone.unit_id)

    view.toast(text, back)


def _turn(view: ViewContext, unit_id: int) -> Undo:
    def back() -> Undo:
        undone = view.office.undo.take_back(unit_id)
        _tell(view, undone)
        return _turn(view, undone.unit_id)

    return back


def _tell(view: ViewContext, undone: Undone) -> None:
    count = len(undone.conflicts)
    if count:
        words = ngettext(
            "有 {count} 处后来又改过，没有撤回", "有 {count} 处后来又改过，没有撤回", count
        )
        view.toast(words.format(count=count))
