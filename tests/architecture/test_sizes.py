"""Small modules, small functions."""

from __future__ import annotations

import ast

from tests.architecture.tree import ROOT, at, inside, modules, nodes, parsed

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
# a migration is a record of what was done: written once by Alembic, never edited or split
OURS = [path for path in modules() if not inside(path, "app/models/store/migrations")]
OURS += [ROOT / "dev.py", ROOT / "hatch_build.py"]


def test_modules_are_short():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in OURS}
    wrong = [f"{at(path)} {count}" for path, count in lengths.items() if count > LONGEST_MODULE]
    assert wrong == []


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return the lines of a function without its docstring: a rule may be told at length."""
    lines = (function.end_lineno or 0) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or 0) - first.lineno + 1
    return lines


def test_functions_are_short():
    wrong = [
        f"{at(path, node)} {node.name} {_length(node)}"
        for path in OURS
        for node in nodes(path, ast.FunctionDef, ast.AsyncFunctionDef)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and _length(node) > LONGEST_FUNCTION
    ]
    assert wrong == []


def test_the_docstring_is_not_counted():
    source = 'def f():\n    """One.\n\n    Two.\n    """\n    return 1\n'
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert _length(function) == 2
    assert len(parsed(ROOT / "dev.py").body) > 10
