"""The first window must not wait for what it does not show."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from app.models.values.nextstep import Bucket
from app.services.customers.drafts import CustomerDraft
from app.services.followups.drafts import NextStepDraft
from tests.architecture.tree import ROOT

LATER = (
    "sqlalchemy", "alembic", "sqlcipher3", "pyqtgraph", "numpy", "pypinyin", "python_calamine",
    "openpyxl", "xlsxwriter", "phonenumbers", "holidays", "cnlunar", "vobject", "icalendar",
    "rapidfuzz", "keyring", "nacl", "babel", "rich", "click",
)  # fmt: skip
MODULES = "import json, sys, {module}; print(json.dumps(sorted(sys.modules)))"


def _modules(module: str) -> set[str]:
    """Return every module that a fresh interpreter loads with this one."""
    command = [sys.executable, "-c", MODULES.format(module=module)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return set(json.loads(done.stdout))


def _loaded(module: str) -> set[str]:
    """Return the top-level modules that a fresh interpreter loads with this one."""
    return {name.split(".")[0] for name in _modules(module)}


def test_the_shell_loads_only_qt():
    loaded = _loaded("app.views.core.shell")
    assert "PySide6" in loaded
    assert sorted(loaded & set(LATER)) == []


@pytest.mark.parametrize("module", ["app.__main__", "app.errors", "app.prefs", "app.logs"])
def test_a_small_module_loads_no_library(module):
    assert sorted(_loaded(module) & {*LATER, "PySide6"}) == []


# what the empty window needs; each further module is time before the person sees anything
FIRST = {
    "app", "app.bootstrap", "app.errors", "app.filelock", "app.i18n", "app.logs", "app.models",
    "app.models.values", "app.models.values.clock", "app.models.values.unlocking", "app.paths",
    "app.prefs", "app.services", "app.services.jobs", "app.views", "app.views.core",
    "app.views.core.acts", "app.views.core.goto", "app.views.core.history",
    "app.views.core.instance", "app.views.core.pages", "app.views.core.quick_start",
    "app.views.core.runner", "app.views.core.shell", "app.views.core.start",
    "app.views.core.start_session", "app.views.core.start_turns", "app.views.core.style",
    "app.views.core.tokens", "app.views.core.window_state",
}  # fmt: skip
# naming one of these in Python makes its hundreds of enum members: up to a tenth of the start
LATER_NAMES = {"Qt", "QStyle", "QPainter", "QFont", "QAbstractItemView", "QFileDialog"}
FRAME = """
import json, sys
from app import bootstrap
from app.prefs import Prefs, StartOptions
from app.views.core import start
from app.views.core.start_session import Session
application = start.make_application()
session = Session(application, Prefs(), StartOptions(), bootstrap)
session.shell.show()
application.processEvents()
assert session.shell.isVisible()
parts = (sys.modules[f"PySide6.{one}"] for one in ("QtCore", "QtGui", "QtWidgets"))
named = {name for part in parts for name in vars(part)}
print(json.dumps([sorted(sys.modules), sorted(named)]))
"""


def test_the_first_frame_loads_and_names_little():
    command = [sys.executable, "-c", FRAME]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    modules, named = (set(found) for found in json.loads(done.stdout))
    ours = {name for name in modules if name.partition(".")[0] == "app"}
    assert sorted(ours - FIRST) == []
    assert sorted(FIRST - ours) == []
    assert "PySide6.QtNetwork" not in modules
    assert sorted({name.split(".")[0] for name in modules} & set(LATER)) == []
    assert sorted(named & LATER_NAMES) == []


def test_services_load_no_qt():
    assert "PySide6" not in _loaded("app.services.office")


ROWS = """
import json, sys
from pathlib import Path
from app import bootstrap
from app.prefs import Prefs, StartOptions
from app.views.core import start
from app.views.core.start_session import Session
application = start.make_application()
session = Session(application, Prefs(), StartOptions(book=Path(sys.argv[1])), bootstrap)
found = []
session.opened.connect(lambda: found.append(sorted(sys.modules)))
session.opened.connect(application.quit)
session.begin()
application.exec()
assert session.shell.page().PAGE_ID == "today"
session.end()
print(json.dumps(found[0]))
"""


def test_the_first_rows_wait_for_no_query_library(plain_office):
    customer_id = plain_office.customers.add(CustomerDraft("启明电子"))
    step = NextStepDraft(Bucket.this_week, "keep_in_touch")
    plain_office.followups.schedule(customer_id, step)
    folder = plain_office.folder
    plain_office.close()
    done = subprocess.run(
        [sys.executable, "-c", ROWS, str(folder)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    modules = set(json.loads(done.stdout))
    assert "app.views.followups.today_page" in modules
    late = {
        "sqlalchemy",
        "alembic",
        "asyncio",
        "nacl",
        "app.models.tables",
        "app.models.store.unit",
    }
    assert sorted(late & modules) == []


def test_services_load_no_object_mapper():
    loaded = _modules("app.services.rules; app.services.rules.load()")
    assert "sqlalchemy" in loaded
    assert sorted(loaded & {"sqlalchemy.orm", "sqlalchemy.ext", "alembic"}) == []


def test_the_command_line_loads_no_qt():
    assert "PySide6" not in _loaded("app.cli.main")
