"""Walk every page of a book offscreen and save a picture of each.

Beside the pages stand the scenes: forms, pop-ups and steps, each made by the function of its
name (``contract``, ``import_check``, ``first_run_password``...); ``names`` lists them all.
"""

from __future__ import annotations

import importlib
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize
from PySide6.QtWidgets import QApplication, QWidget

from app import i18n
from app.prefs import Prefs
from app.views.core import labels
from app.views.core import theme as themes
from app.views.core.format import file_size
from app.views.core.pages import REGISTERED
from app.views.core.runner import board
from app.views.core.shell import Shell
from app.views.core.theme import Mode

if TYPE_CHECKING:
    from app.services.office import Office

SETTLE_SECONDS = 20.0
_QUIET_SECONDS = 0.25
_TURN_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class Look:
    """How the pictures are taken: language, theme, size in pixels, text scale in percent."""

    language: str = "zh"
    mode: Mode = "light"
    width: int = 1440
    height: int = 900
    scale: int = 100


Scene = Callable[[Shell], QWidget]
"""Bring a window into a state worth a picture and return what to grab."""

_PLACES: dict[str, tuple[str, ...]] = {
    "app.views.customers.scenes": (
        "customer", "customers_found", "columns", "condition", "export_list", "print_list",
        "duplicates", "merging",
        "customer_form", "contact_form", "rating", "features_form", "radar_form",
    ),
    "app.views.followups.scenes": ("followup", "postpone", "quick_line"),
    "app.views.core.scenes": ("goto", "components", "changes"),
    "app.views.deals.scenes": ("payments", "contract", "payment"),
    "app.views.transfer.scenes": (
        "import_files", "import_mapping", "import_meanings", "import_check", "import_confirm",
        "paste_grid",
    ),
    "app.views.admin.scenes": (
        "settings_staff", "settings_features", "settings_lists", "settings_book", "settings_keys",
        "settings_looks", "settings_about", "staff_form", "first_run_welcome", "first_run_looks",
        "first_run_people", "first_run_password", "first_run_template", "first_run_begin",
        "first_run_end",
    ),
    "app.views.radar.scenes": ("radar_paste",),
    "app.views.kpi.scenes": ("more_metrics",),
    "app.views.staff.scenes": ("targets", "handover"),
    "app.views.security.scenes": ("lock",),
}  # fmt: skip
SCENES: dict[str, str] = {name: module for module, group in _PLACES.items() for name in group}
"""Pictures beside the pages: name to the module whose function of that name makes it."""


def names() -> list[str]:
    """Return the names of all pictures, pages first."""
    pages = [spec.id for spec in REGISTERED if spec.group]
    return pages + list(SCENES)


def take(folder: Path, office: Office, look: Look, wanted: Sequence[str] = ()) -> list[Path]:
    """Save a picture of each page (or the wanted ones) into a folder; return the files."""
    folder.mkdir(parents=True, exist_ok=True)
    i18n.set_language(look.language)
    found = QApplication.instance()
    application = found if isinstance(found, QApplication) else QApplication(["Gendan"])
    theme = themes.install(application, look.mode, look.scale)
    with tempfile.TemporaryDirectory() as place:
        shell = Shell(theme, Prefs(Path(place) / "prefs.json"), lambda: _local_now(office))
        shell.resize(look.width, look.height)
        shell.show()
        actor = office.context.actor
        role = labels.of(labels.ROLE, actor.role)
        shell.attach(office, office.bus.subscribe, person=actor.name, role=role)
        room = QSize(look.width, look.height)
        shell.set_book(file_size(office.book.size_bytes), "")
        files = [_picture(shell, name, folder, room) for name in (wanted or names())]
        shell.detach()
        shell.close()
        board().stop_all()
        shell.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return files


def _local_now(office: Office) -> datetime:
    from app.models.values import dates

    return dates.to_local(office.context.now(), office.context.zone).replace(tzinfo=None)


def _picture(shell: Shell, name: str, folder: Path, room: QSize) -> Path:
    if name in SCENES:
        scene: Scene = getattr(importlib.import_module(SCENES[name]), name)
        grabbed = scene(shell)
    else:
        shell.navigate(name)
        grabbed = shell
    # a dialog is never larger than the screen that the pictures stand for
    grabbed.resize(grabbed.size().boundedTo(room))
    settle()
    file = folder / f"{name}.png"
    grabbed.grab().save(str(file))
    if grabbed is not shell:
        grabbed.close()
    return file


def settle() -> None:
    """Let jobs and timers finish, so that a picture shows the page at rest."""
    end = time.monotonic() + SETTLE_SECONDS
    quiet_since = time.monotonic()
    while time.monotonic() < end:
        begin = time.monotonic()
        QApplication.processEvents()
        # a long turn did something: what it asked for, such as a new layout, comes in the next
        if board().jobs or time.monotonic() - begin > _TURN_SECONDS:
            quiet_since = time.monotonic()
        if time.monotonic() - quiet_since > _QUIET_SECONDS:
            return
        time.sleep(0.005)
