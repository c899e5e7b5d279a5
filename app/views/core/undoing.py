"""Tell about saved acts with 撤销, take them back, and tell what did not go back."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import _, ngettext, translate
from app.views.core.runner import run_job

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.undo import Act, Undone
    from app.views.core.page import ViewContext


def said(view: ViewContext, text: str, act_id: int | None = None) -> None:
    """Tell about the act just saved, or a given one, with 撤销 when it changed anything."""
    view.toast(text, act_id=view.office.context.last_act_id if act_id is None else act_id)


def turn(
    view: ViewContext,
    parent: QWidget,
    act: Act,
    *,
    again: bool = False,
    done: Callable[[], None] | None = None,
) -> None:
    """Take an act back or do it again, a batch in the background; tell how it went."""
    undo = view.office.undo
    work = undo.do_again if again else undo.take_back
    words = _("重做：{act}") if again else _("撤销：{act}")

    def came(undone: Undone) -> None:
        tell(view, parent, undone, again=again)
        if done is not None:
            done()

    if act.is_batch:
        title = words.format(act=translate(act.label))
        run_job(parent, partial(work, act.id), came, title=title, writing=True)
        return
    try:
        undone = work(act.id)
    except UserError as error:
        from app.views.core.errors import show_error

        show_error(parent, error)
    else:
        came(undone)


def tell(view: ViewContext, parent: QWidget, undone: Undone, *, again: bool = False) -> None:
    """Tell what was taken back or done again, and list what was left alone."""
    act = undone.act
    label = translate(act.label) if act is not None else ""
    text = (_("已重做：{act}") if again else _("已撤销：{act}")).format(act=label)
    count = len(undone.conflicts)
    if count:
        left = ngettext("{count} 处没有动", "{count} 处没有动", count).format(count=f"{count:,}")
        text = _("{text}；{left}").format(text=text, left=left)
    view.toast(text, act_id=act.id if act is not None else 0, again=not again)
    show_conflicts(view, parent, undone)


def show_conflicts(view: ViewContext, parent: QWidget, undone: Undone) -> None:
    """List the rows that did not go back, when there are any."""
    if undone.conflicts:
        from app.views.core.conflicts import ConflictDialog

        ConflictDialog(view, undone, parent).open()
