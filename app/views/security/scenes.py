"""The locked window, for pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.i18n import _
from app.views.security.lock_page import LockPage, words_while_locked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.views.core.shell import Shell

_MINUTES = 10


def lock(shell: Shell) -> QWidget:
    """Show what stands over a window that locked itself, after one wrong passphrase."""
    office = shell.office
    if office is None or shell.view is None:
        return shell
    left = _("离开 {count} 分钟自动锁定").format(count=_MINUTES)
    page = LockPage(words_while_locked(office, f"{shell.view.now():%H:%M} {left}"))
    page.refuse(_("密码不对"))
    page.resize(shell.size())
    page.show()
    page.focus_first()
    return page
