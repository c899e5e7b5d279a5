"""Tell what was copied when it is more than a screen shows."""

from __future__ import annotations

from functools import partial

from app.i18n import _, ngettext
from app.views.core.page import ViewContext
from app.views.widgets.table import TableView

_WORTH_TELLING = 20


def tell_copies(view: ViewContext, table: TableView) -> None:
    """Say how many rows of a table went to the clipboard, and where the rest is to go."""
    table.copied.connect(partial(_tell, view))


def _tell(view: ViewContext, count: int, chosen: int) -> None:
    if count < chosen:
        words = _("只复制了前 {count} 行，共 {chosen} 行；全部的用导出")
        view.toast(words.format(count=f"{count:,}", chosen=f"{chosen:,}"))
    elif count >= _WORTH_TELLING:
        words = ngettext("已复制 {count} 行", "已复制 {count} 行", count)
        view.toast(words.format(count=f"{count:,}"))
