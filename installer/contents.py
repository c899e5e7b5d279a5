"""What the frozen program holds beside its modules, and what is left out of it."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

UNUSED = (
    "PySide6.QtDesigner", "PySide6.QtHelp", "PySide6.QtNetworkAuth", "PySide6.QtQml",
    "PySide6.QtQuick", "PySide6.QtSql", "PySide6.QtTest", "PySide6.QtUiTools",
    "IPython", "alembic.testing", "distutils", "duckdb", "hypothesis", "matplotlib", "mypy", "pip",
    "pygments", "pyqtgraph.examples", "pyqtgraph.opengl", "pytest", "ruff", "setuptools",
    "sqlalchemy.testing", "tkinter",
)  # fmt: skip
"""Modules that libraries name and the program never asks for."""

_DROPPED = (
    # other screens than a desktop's, and devices without one
    "*/platforms/*linuxfb*", "*/platforms/*vnc*", "*/platforms/*vkkhr*",
    "*/platforms/*minimalegl*", "*/platforms/*eglfs*", "*/egldeviceintegrations/*", "*EglF[Ss]*",
    "*/generic/*",
    # GTK's own dialogs would bring GTK along; the desktop portal's stay
    "*/platformthemes/*gtk3*",
    # the program never goes online: QtNetwork is there for its local socket
    "*/networkinformation/*", "*/tls/*",
    "*/imageformats/*icns*", "*/imageformats/*tga*", "*/imageformats/*tiff*",
    "*/imageformats/*wbmp*",
    "*opengl32sw*",
    "*/Qt/translations/*", "*/PySide6/translations/*",
    # what installers keep about the builder's machine
    "*.dist-info/direct_url.json", "*.dist-info/INSTALLER", "*.dist-info/RECORD",
    "*.dist-info/REQUESTED",
)  # fmt: skip
_KEPT = ("*/translations/qtbase_zh_CN.qm",)


def data_files() -> Iterator[tuple[Path, str]]:
    """Yield every file the program reads at run time, with its folder in the frozen program."""
    for file in (ROOT / "LICENSE", ROOT / "THIRD_PARTY_NOTICES.md"):
        yield file, "."
    for top in ("app", "resources"):
        for file in sorted((ROOT / top).rglob("*")):
            if file.is_file() and _is_read(file):
                yield file, file.parent.relative_to(ROOT).as_posix()


def _is_read(file: Path) -> bool:
    """Tell whether a file is read as a file: revisions are too, other modules are imported."""
    if file.suffix in (".pyc", ".po"):
        return False
    return file.suffix != ".py" or file.parent.name == "versions"


def is_dropped(name: str) -> bool:
    """Tell whether a file collected under this name is left out again."""
    named = "/" + name.replace("\\", "/")
    return any(fnmatch(named, one) for one in _DROPPED) and not any(
        fnmatch(named, one) for one in _KEPT
    )
