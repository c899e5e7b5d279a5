"""One word per capability, the same in every layer, and no word that says nothing."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tests.architecture.tree import APP, ROOT, Definition, at, modules, parsed, words

CAPABILITIES = {
    "customers", "followups", "calibration", "features", "radar", "capture", "deals", "kpi",
    "staff", "okr", "touchpoints", "sequences", "transfer", "backup", "security", "admin",
}  # fmt: skip
# what carries the capabilities in each layer, and nothing else
CARRIERS = {
    "app": {
        "__main__", "bootstrap", "errors", "filelock", "i18n", "logs", "paths", "prefs",
        "models", "services", "views", "cli",
    },
    "app/models": {"values", "tables", "store"},
    "app/models/tables": CAPABILITIES | {"base", "columns"},
    "app/services": CAPABILITIES | {
        "office", "context", "bus", "jobs", "rules", "undo", "lists",
    },
    "app/views": CAPABILITIES | {"core", "widgets", "itemmodels", "lists"},
    "tests/services": CAPABILITIES
    | {"office", "context", "bus", "jobs", "rules", "undo", "lists", "conftest"},
    "tests/views": CAPABILITIES | {"core", "widgets", "itemmodels", "lists", "conftest"},
    "tests/models": {"values", "tables", "store"},
    "tests": {
        "architecture", "models", "services", "views", "cli", "migrations", "journeys", "fault",
        "hostile", "security", "base", "conftest", "factories", "watchdog",
    },
}  # fmt: skip
BANNED = {
    "manager", "managers", "helper", "helpers", "util", "utils", "data", "info", "handle",
    "handler", "handlers", "process", "processor", "misc", "common",
}  # fmt: skip


def _children(folder: Path) -> set[str]:
    """Return the modules and packages directly in a folder."""
    if not folder.is_dir():
        return set()
    packages = {p.name for p in folder.iterdir() if p.is_dir() and any(p.rglob("*.py"))}
    return packages | {p.stem for p in folder.glob("*.py")} - {"__init__"}


@pytest.mark.parametrize("folder", sorted(CARRIERS))
def test_each_room_holds_only_known_words(folder):
    found = _children(ROOT / folder)
    # test files may lie flat beside the folders of a small layer
    found = {name for name in found if not name.startswith("test_")}
    assert sorted(found - CARRIERS[folder]) == []


def test_the_rooms_are_there():
    assert _children(APP) >= {"models", "services", "views", "cli"}


def _names(path: Path) -> list[tuple[ast.AST | None, str]]:
    """Return the names a module offers: its own and those of its functions and classes."""
    own = path.parent.name if path.name == "__init__.py" else path.stem
    made = [node for node in parsed(path).body if isinstance(node, Definition)]
    return [(None, own), *((node, node.name) for node in made)]


def test_names_say_something():
    wrong = [
        f"{at(path, node)} {name}"
        for path in [*modules(), ROOT / "dev.py"]
        for node, name in _names(path)
        if words(name) & BANNED and not name.startswith("_")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("DataManager", {"data", "manager"}),
        ("handle_click", {"handle"}),
        ("HTTPInfo", {"info"}),
        ("database", set()),
        ("information", set()),
    ],
)
def test_a_banned_word_is_recognised(name, found):
    assert words(name) & BANNED == found
