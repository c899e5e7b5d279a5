"""Load what the first clicks need, on another thread, so that none of them has to wait."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING

from app.services.jobs import Progress
from app.views.core import pages
from app.views.core.runner import run_job
from app.views.core.shell import HOME

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from app.services.office import Office

# what Today opens at a key or a click, and the chart library
_FURTHER = (
    "app.views.followups.form",
    "app.views.followups.postpone_popup",
    "app.views.followups.row_menu",
    "app.views.core.charts",
)


def with_home(office: Office) -> Office:
    """Import the first screen while still on another thread, and pass the office on.

    What Today will ask for is read here too, so that the window's own thread need not wait.
    """
    home = pages.spec_of(HOME)
    try:
        if home is not None:
            office.followups.read_ahead()
            pages.load(home)
    except BaseException:
        office.close()
        raise
    return office


def preload(progress: Progress, office: Office) -> int:
    """Import every service, screen and the chart library; return how many modules were loaded."""
    office.load_all()
    wanted = [spec.module for spec in pages.REGISTERED]
    wanted += [name for name in _FURTHER if find_spec(name) is not None]
    for done, name in enumerate(wanted):
        progress.step(done, len(wanted))
        import_module(name)
    return len(wanted)


def _oldest(office: Office) -> Callable[[Progress], int]:
    def erase(progress: Progress) -> int:
        return office.bin.purge_old(progress)  # the bin is imported here, not before the window

    return erase


def empty_old_bin(parent: QObject, office: Office) -> None:
    """Erase behind the window what has been in the recycle bin for 90 days.

    What cannot be erased today (a full disk, a book that is only read) goes another day.
    """
    run_job(
        parent,
        _oldest(office),
        lambda _count: None,
        lambda _error: None,
        writing=True,
    )
