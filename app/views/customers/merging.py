"""合并客户: the dialog, and the act itself with its toast."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.errors import UserError
from app.i18n import _
from app.services.customers.bulk import Chosen
from app.services.jobs import Progress
from app.services.office import Office
from app.views.core import theme as themes
from app.views.core.errors import show_error
from app.views.core.page import ViewContext
from app.views.core.runner import run_job
from app.views.core.undoing import said
from app.views.customers import words
from app.views.customers.merge_panel import MergePanel

MOST = 8
"""Customers that still fit side by side."""


def merge_shown(
    view: ViewContext,
    parent: QWidget,
    panel: MergePanel,
    done: Callable[[], object],
    failed: Callable[[], object] | None = None,
) -> None:
    """Merge what a panel shows, beside the window, and offer to take it back.

    ``failed`` is called instead of ``done`` when nothing could be merged, else ``done`` too.
    """
    ids, name = panel.ids(), panel.kept_name()

    def came(act_id: int) -> None:
        done()
        text = _("{firms}已合并为 {name}")
        said(view, text.format(firms=words.firms(len(ids)), name=name), act_id)

    def went_wrong(error: BaseException) -> None:
        show_error(parent, error)
        (failed or done)()

    job = partial(_merge, view.office, ids, panel.chosen())
    run_job(parent, job, came, went_wrong, title=_("合并客户"), writing=True)


def _merge(office: Office, ids: Sequence[int], chosen: dict[str, int], _p: Progress) -> int:
    return office.customers.duplicates.merge(ids, chosen)


def tell_apart(view: ViewContext, ids: Sequence[int]) -> None:
    """Remember that these are different customers, and offer to take it back."""
    act_id = view.office.customers.duplicates.tell_apart(ids)
    said(view, _("已记下不是同一家，查重时不再提"), act_id)


class MergeDialog(QDialog):
    """Hold the panel; Esc leaves everything as it was."""

    def __init__(self, view: ViewContext, ids: Sequence[int], parent: QWidget | None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self._view = view
        self.setObjectName("merge_dialog")
        self.setWindowTitle(_("合并客户"))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        self.panel = MergePanel(view.office)
        self.panel.show_customers(ids)
        self.panel.merge_wanted.connect(self.accept)
        self.panel.apart_wanted.connect(self._tell_apart)
        self.panel.opened.connect(self._open)
        rows.addWidget(self.panel)
        room = parent.window().size() if parent is not None else self.size()
        wide = min(theme.px(180 + 260 * len(ids)), room.width() - theme.px(40))
        self.resize(wide, min(theme.px(520), room.height() - theme.px(60)))
        self.panel.table.setFocus()

    def _tell_apart(self) -> None:
        self.reject()
        tell_apart(self._view, self.panel.ids())

    def _open(self, customer_id: int) -> None:
        self.reject()
        self._view.navigate("customer", customer_id=customer_id)


def merge_customers(
    view: ViewContext, chosen: Chosen, parent: QWidget, done: Callable[[], object]
) -> None:
    """Ask how to merge two or more customers, and do it."""
    customers = view.office.customers
    count = len(chosen.ids)
    if chosen.wanted is not None:
        count = customers.count(chosen.wanted) - len(chosen.without)
    if not 1 < count <= MOST:
        few = _("先勾选要合并的客户，至少 2 家")
        many = _("一次最多合并 {firms}，少勾几家").format(firms=words.firms(MOST))
        view.toast(few if count <= 1 else many)
        return
    try:
        dialog = MergeDialog(view, customers.bulk.ids(chosen), parent)
    except UserError as error:
        show_error(parent, error)
        return
    dialog.accepted.connect(lambda: merge_shown(view, parent, dialog.panel, done))
    dialog.open()
