"""Load what the first clicks need behind the first page, so that none of them has to wait.

Services come on another thread. Screens never do: while a thread makes classes of Qt's, the
window's own thread may ask for one, and Qt's binding then takes the whole program down.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from app.services.jobs import Progress
from app.views.core import pages
from app.views.core.runner import run_job

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.services.office import Office

_PAUSE_MS = 40
# what Today opens at a key or a click, and the chart library
_FURTHER = (
    "app.views.followups.form",
    "app.views.followups.postpone_popup",
    "app.views.followups.row_menu",
    "app.views.core.charts",
)


def with_agenda(office: Office) -> Office:
    """Read what Today will ask for while still on another thread, and pass the office on."""
    try:
        office.followups.read_ahead()
    except BaseException:
        office.close()
        raise
    return office


def preload(parent: QObject, office: Office) -> None:
    """Load every service on another thread, then one screen after the other on this one."""

    def load(_progress: Progress) -> None:
        office.load_all()
        import_module("numpy")  # most of what the charts wait for, and nothing of Qt

    run_job(parent, load, lambda _done: _load_screens(parent))


def _load_screens(parent: QObject) -> None:
    wanted = [*_FURTHER[:-1], *(spec.module for spec in pages.REGISTERED), _FURTHER[-1]]
    timer = QTimer(parent, interval=_PAUSE_MS)

    def load_next() -> None:
        if wanted:
            import_module(wanted.pop(0))
        else:
            timer.deleteLater()

    timer.timeout.connect(load_next)
    timer.start()


def _oldest(office: Office) -> Callable[[Progress], int]:
    def erase(progress: Progress) -> int:
        office.radar.fade()
        return office.bin.purge_old(progress)  # the bin is imported here, not before the window

    return erase


def empty_old_bin(parent: QObject, office: Office) -> None:
    """Erase behind the window what has been in the recycle bin for 90 days.

    The scores of dossiers fall first that are due to by today. What cannot be erased today
    (a full disk, a book that is only read) goes another day.
    """
    run_job(
        parent,
        _oldest(office),
        lambda _count: None,
        lambda _error: None,
        writing=True,
    )
