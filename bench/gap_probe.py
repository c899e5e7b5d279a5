"""Walk the pages of a book twice, then beside an import; print the longest gaps as JSON.

The book is written to: give a copy. With ``alone`` behind it nothing is imported.
"""

from __future__ import annotations

import json
import sys
import tempfile
from datetime import datetime
from itertools import chain
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app import bootstrap
from app.prefs import Prefs
from app.services.lists import ListFilter
from app.views.core import quick_start, start_preload
from app.views.core import theme as themes
from app.views.core.runner import board, run_job
from app.views.core.shell import Shell
from app.views.core.start_turns import in_turns
from tests.watchdog import Gap, walk

ROWS = 5_000


def _sheet(place: Path) -> Path:
    lines = [f"量尺客户{n:05d},王{n},139{n:08d}" for n in range(ROWS)]
    path = place / "import.csv"
    path.write_text("\n".join(["客户名称,联系人,手机", *lines]), "utf-8")
    return path


def _told(found: dict[str, list[Gap]]) -> dict[str, float]:
    for page, gaps in found.items():
        print(f"{page}: {gaps[0]}", file=sys.stderr)
    return {page: gaps[0].seconds * 1000 for page, gaps in found.items()}


def main() -> None:
    """Open the book in a window and walk."""
    application = QApplication(sys.argv)
    office = bootstrap.open_office(Path(sys.argv[1]))
    office.load_all()
    for _name in chain(start_preload.unrun(), start_preload.behind()):
        pass
    loaded: list[bool] = []
    in_turns(application, start_preload.pieces(), lambda: loaded.append(True))
    while not loaded:  # as a window has loaded them when a person comes to a page
        application.processEvents()
    with tempfile.TemporaryDirectory() as place:
        shell = Shell(themes.install(application, "light"), Prefs(Path(place) / "p"), datetime.now)
        shell.resize(1440, 900)
        shell.attach(office, office.bus.subscribe)
        shell.show()
        quick_start.keep_collecting()
        customer_id = office.customers.page(ListFilter(), limit=1).rows[0].id
        first = _told(walk(shell, customer_id))
        again = _told(walk(shell, customer_id))
        beside = _beside_import(shell, Path(place), customer_id) if len(sys.argv) < 3 else {}
        print(json.dumps({"first": first, "again": again, "beside": beside}))
        shell.detach()
        board().stop_all()
        office.close()


def _beside_import(shell: Shell, place: Path, customer_id: int) -> dict[str, float]:
    """Walk until an import has ended; return the longest gap at each page."""
    transfer = shell.office.transfer
    plan = transfer.preview([_sheet(place)])
    reports: list[object] = []
    run_job(shell, lambda p: transfer.run(plan, progress=p), reports.append, writing=True)
    found: dict[str, float] = {}
    while not reports:
        for page, gap in _told(walk(shell, customer_id)).items():
            found[page] = max(gap, found.get(page, 0.0))
    return found


if __name__ == "__main__":
    main()
