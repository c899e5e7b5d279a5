"""The first window must not wait for what it does not show."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

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


def test_services_load_no_qt():
    assert "PySide6" not in _loaded("app.services.office")


def test_services_load_no_object_mapper():
    loaded = _modules("app.services.office")
    assert "sqlalchemy" in loaded
    assert sorted(loaded & {"sqlalchemy.orm", "sqlalchemy.ext", "alembic"}) == []


def test_the_command_line_loads_no_qt():
    assert "PySide6" not in _loaded("app.cli.main")
