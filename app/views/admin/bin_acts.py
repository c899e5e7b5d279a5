"""What is done to records of the bin: bring back, erase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from app.errors import UserError
from app.i18n import _
from app.views.admin.bin_words import carried_words, counted
from app.views.core.errors import show_error
from app.views.core.forms import ask
from app.views.core.runner import run_job
from app.views.core.undoing import said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.services.customers.bulk import Chosen
    from app.services.jobs import Progress
    from app.services.office import Office
    from app.services.undo.bin import BinRow, Carried
    from app.views.core.page import ViewContext

_AT_ONCE = 20


def coming_words(office: Office, row: BinRow, _progress: Progress) -> str:
    """Return what comes back with a record of the bin."""
    try:
        told = carried_words(office.bin.coming(row.picked))
    except UserError as error:
        return error.text()
    if not told:
        return _("恢复“{title}”：没有连带的内容").format(title=row.named.title)
    return _("恢复“{title}”会一起恢复：{what}").format(title=row.named.title, what=told)


def restore(view: ViewContext, parent: QWidget, rows: Sequence[BinRow]) -> None:
    """Bring records back; many in the background."""
    if not rows:
        return
    picked = [row.picked for row in rows]
    text = _("已恢复 {what}").format(what=_name(rows))
    if len(rows) > _AT_ONCE:
        run_job(
            parent,
            partial(view.office.bin.restore, picked),
            partial(said, view, text),
            title=_("恢复"),
            writing=True,
        )
        return
    try:
        act_id = view.office.bin.restore(picked)
    except UserError as error:
        show_error(parent, error)
        return
    said(view, text, act_id)


def erase(view: ViewContext, parent: QWidget, rows: Sequence[BinRow]) -> None:
    """Ask before records go for good, naming what goes with them."""
    if not rows:
        return
    with_it = carried_words(view.office.bin.coming(rows[0].picked)) if len(rows) == 1 else ""
    text = _("彻底删除后不能恢复，也不能撤销。")
    if with_it:
        text = _("一起删除：{what}。").format(what=with_it) + text
    if not ask(
        parent,
        _("彻底删除 {what}？").format(what=_name(rows)),
        text,
        yes=_("彻底删除"),
        danger=True,
    ):
        return
    run_job(
        parent,
        partial(view.office.bin.purge, [row.picked for row in rows]),
        lambda _count: view.toast(_("已彻底删除 {what}").format(what=_name(rows))),
        title=_("彻底删除"),
        writing=True,
    )


def _name(rows: Sequence[BinRow]) -> str:
    return rows[0].named.title if len(rows) == 1 and rows[0].named.title else counted(len(rows))


def ask_deletion(
    parent: QWidget, going: Sequence[Carried], what: str, act: Callable[[], None]
) -> None:
    """Delete customers, asking first when records go with them; tell how many of each."""
    told = carried_words(going)
    if not told or ask(
        parent,
        _("删除 {what}？").format(what=what),
        _("一起进回收站：{told}。90 天内可以恢复。").format(told=told),
        yes=_("删除"),
    ):
        act()


def going_with(
    office: Office, chosen: Chosen, _progress: Progress
) -> tuple[int, Sequence[Carried]]:
    """Return how many customers were chosen, and what goes with them."""
    ids = office.customers.bulk.ids(chosen)
    return len(ids), office.bin.going("customer", ids)
