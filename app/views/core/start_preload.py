"""Load what the first clicks need behind the first page, so that none of them has to wait.

Services come on another thread. Screens never do: while a thread makes classes of Qt's, the
window's own thread may ask for one, and Qt's binding then takes the whole program down. They
come in small pieces, a few in each turn, so that typing and scrolling never wait for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pkgutil import walk_packages
from typing import TYPE_CHECKING

import app.views
from app.services.jobs import Progress
from app.views.core import pages
from app.views.core.code_ahead import modules_in, whole
from app.views.core.runner import run_job
from app.views.core.start_turns import in_turns

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QObject

    from app.services.office import Office
    from app.views.core.shell import Shell

_PAUSE_MS = 30
# what Today opens at a key or a click
_FURTHER = (
    "app.views.followups.form",
    "app.views.followups.postpone_popup",
    "app.views.followups.row_menu",
)
_CHARTS = "app.views.core.charts"
# the parts that screens are made of, before the screens
_PARTS = ("app.views.widgets", "app.views.itemmodels", "app.views.core", "app.views.lists")
_QT = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtTest", "QtOpenGL", "QtOpenGLWidgets")
# where telephones are, for the page of a customer: a second and more
BEHIND_CUSTOMERS = ("phonenumbers.carrier", "phonenumbers.geocoder")
# what the chart library imports and nothing of Qt, most of what it waits for
BEHIND_CHARTS = ("numpy", "profile", "pydoc", "subprocess", "socket", "decimal",
                  "multiprocessing.connection", "xml.etree.ElementTree", "colorama",
                  "cProfile", "mmap", "importlib.resources", "numpy.typing")  # fmt: skip
_UNUSED = tuple(
    f"pyqtgraph.{part}"
    for part in ("examples", "opengl", "canvas", "flowchart", "console", "dockarea", "jupyter")
)
SERVICES = ("app.services.transfer", "app.services.kpi", "app.services.staff",
             "app.services.deals", "app.services.lists", "app.services.customers")  # fmt: skip


def preload(parent: QObject, office: Office, then: Callable[[], None]) -> None:
    """Load every service on another thread, then one screen after the other on this one.

    ``then`` is called between: what it needs of services is there.
    """

    def load(progress: Progress) -> None:
        office.load_all()
        for _name in chain(behind(), unrun()):
            progress.step(0, 0)

    def go_on(_done: None) -> None:
        then()
        in_turns(parent, pieces(), pause_ms=_PAUSE_MS)

    run_job(parent, load, go_on)


def _modules(packages: Iterable[str]) -> Iterator[str]:
    """Yield every module of some packages, the charts left out."""
    for package in packages:
        for found in walk_packages(import_module(package).__path__, f"{package}."):
            if not found.name.startswith(_CHARTS):
                yield found.name


def behind() -> Iterator[str]:
    """Import what has nothing of Qt, yielding each name."""
    for name in chain(BEHIND_CHARTS, _modules(SERVICES), BEHIND_CUSTOMERS):
        import_module(name)
        yield name


def unrun() -> Iterator[str]:
    """Read the code of what the window's thread loads."""
    yield from modules_in("app.views", app.views.__path__)
    yield from whole("pyqtgraph", _UNUSED)


def pieces() -> Iterator[str]:
    """Yield what the window's thread loads, each after what it is made of."""
    yield from _modules(_PARTS[:1])
    yield from _FURTHER
    for name in _QT:  # the chart library names every class there is
        if find_spec(f"PySide6.{name}") is None:
            continue  # a trimmed build
        module = import_module(f"PySide6.{name}")
        yield from (f"PySide6.{name}:{member}" for member in dir(module))
    yield _CHARTS
    yield from _modules(_PARTS[1:])
    for spec in pages.REGISTERED:
        yield from _modules([spec.module.rpartition(".")[0]])


def empty_old_bin(parent: QObject, office: Office) -> None:
    """Erase behind the window what has been in the recycle bin for 90 days.

    The scores of dossiers fall first that are due to by today. What cannot be erased today
    (a full disk, a book that is only read) goes another day.
    """

    def erase(progress: Progress) -> int:
        office.radar.fade()
        return office.bin.purge_old(progress)  # the bin is imported here, not before the window

    run_job(
        parent,
        erase,
        lambda _count: None,
        lambda _error: None,
        writing=True,
    )


def watch_reminders(shell: Shell, office: Office) -> None:
    """Begin to remind of the steps of the open book."""
    from app.views.followups.reminder_desk import ReminderDesk

    ReminderDesk(shell, office).begin()
