"""The arrows, and each need met in its one place."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, at, calls, dotted, imports, inside, modules, nodes, texts

ENGINE = re.compile(
    r"\b(PRAGMA|VACUUM|INSERT OR|fts5)\b|\bATTACH\s+(DATABASE\b|[?:'\"])"  # ATTACH is a word of ics
)
BROAD = {"Exception", "BaseException"}
BORDERS = ("app/views/core/runner.py", "app/views/core/crash.py", "app/cli/main.py")


def test_the_program_is_read():
    assert len(modules()) > 20


def test_arrows_go_down():
    command = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [command, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_values_know_only_the_standard_library():
    own = ("app.models.values", "app.errors", "app.i18n")
    wrong = [
        f"{at(path, node)} imports {name}"
        for path in modules()
        if inside(path, "app/models/values")
        for node, name in imports(path)
        if name.split(".")[0] not in sys.stdlib_module_names and not name.startswith(own)
    ]
    assert wrong == []


def _lazy(path: Path) -> set[int]:
    """Return the ids of the nodes that run only when a function is called."""
    functions = nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
    return {id(node) for function in functions for node in ast.walk(function)}


def test_qt_stays_in_the_views():
    wrong = []
    for path in modules():
        if inside(path, "app/views"):
            continue
        lazy = _lazy(path) if inside(path, "app/__main__.py", "app/bootstrap.py") else set()
        wrong += [
            f"{at(path, node)} imports {name}"
            for node, name in imports(path)
            if name.startswith(("PySide6", "shiboken6")) and id(node) not in lazy
        ]
    assert wrong == []


def test_nobody_maps_rows_to_objects():
    wrong = [
        f"{at(path, node)} imports {name}"
        for path in modules()
        for node, name in imports(path)
        if name.startswith(("sqlalchemy.orm", "sqlalchemy.ext"))
    ]
    assert wrong == []


def test_one_place_draws_charts():
    wrong = [
        at(path, node)
        for path in modules()
        if not inside(path, "app/views/core/charts.py")
        for node, name in imports(path)
        if name.startswith("pyqtgraph")
    ]
    assert wrong == []


def test_one_place_commits():
    wrong = [
        at(path, node)
        for path in modules()
        if not inside(path, "app/models/store")
        for node, name in calls(path)
        if name[-1:] == ["commit"]
    ]
    assert wrong == []


def test_one_place_knows_the_engine():
    wrong = [
        f"{at(path, node)} says {found[0]}"
        for path in modules()
        if not inside(path, "app/models/store")
        for node, text in texts(path)
        if (found := ENGINE.search(text))
    ]
    assert wrong == []


def _broad(node: ast.ExceptHandler) -> bool:
    kinds = node.type.elts if isinstance(node.type, ast.Tuple) else [node.type]
    return any(kind is None or bool(BROAD & set(dotted(kind)[-1:])) for kind in kinds)


def _raises_again(node: ast.ExceptHandler) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _handlers(path: Path) -> list[ast.ExceptHandler]:
    found = nodes(path, ast.ExceptHandler)
    return [node for node in found if isinstance(node, ast.ExceptHandler) and _broad(node)]


def test_bugs_are_caught_in_three_places():
    wrong = [
        at(path, node)
        for path in modules()
        if not inside(path, *BORDERS)
        for node in _handlers(path)
        if not _raises_again(node)
    ]
    assert wrong == []


def test_no_error_is_dropped():
    silent = [
        at(path, node)
        for path in modules()
        for node in _handlers(path)
        if all(isinstance(line, ast.Pass | ast.Expr) for line in node.body)
        and not any(isinstance(inner, ast.Call) for line in node.body for inner in ast.walk(line))
    ]
    suppressed = [
        at(path, node)
        for path in modules()
        for node, name in calls(path)
        if name[-1:] == ["suppress"] and any(BROAD & set(dotted(word)[-1:]) for word in node.args)
    ]
    assert silent + suppressed == []


@pytest.mark.parametrize(
    ("handler", "broad"),
    [
        ("except:", True),
        ("except Exception:", True),
        ("except (OSError, BaseException) as e:", True),
        ("except builtins.Exception:", True),
        ("except (OSError, ValueError):", False),
    ],
)
def test_a_broad_handler_is_recognised(handler, broad):
    tree = ast.parse(f"try:\n    x()\n{handler}\n    y()\n")
    statement = tree.body[0]
    assert isinstance(statement, ast.Try)
    assert _broad(statement.handlers[0]) is broad


@pytest.mark.parametrize("text", ["PRAGMA journal_mode", "using fts5(", "ATTACH DATABASE ?"])
def test_an_engine_word_is_recognised(text):
    assert ENGINE.search(text)
