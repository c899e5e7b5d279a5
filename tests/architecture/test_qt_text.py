"""Text of people is never read as markup: the classes that guess are used in three files only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.tree import at, calls, dotted, inside, modules, nodes

GUESSING = {
    "QLabel", "QToolTip", "QMessageBox", "QInputDialog", "QProgressDialog", "QErrorMessage",
    "QTextEdit", "QTextBrowser", "QWhatsThis",
}  # fmt: skip
ALLOWED = ("app/views/core/forms.py", "app/views/core/errors.py", "app/views/widgets/text.py")
VIEWS = [path for path in modules() if inside(path, "app/views")]


def _uses(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield calls of a guessing class or of something in it, and classes made from one."""
    for node in ast.walk(tree):
        used = [node.func] if isinstance(node, ast.Call) else getattr(node, "bases", [])
        if any(GUESSING & set(dotted(name)) for name in used):
            yield node


def _module(path: Path) -> ast.AST:
    return next(nodes(path, ast.Module))


def test_guessing_classes_are_used_in_three_files():
    assert len(VIEWS) > 5
    wrong = [
        at(path, node)
        for path in VIEWS
        if not inside(path, *ALLOWED)
        for node in _uses(_module(path))
    ]
    assert wrong == []


def test_a_tip_is_plain():
    wrong = []
    for path in VIEWS:
        for node, name in calls(path):
            plain = node.args and dotted(getattr(node.args[0], "func", node))[-1:] == ["plain_tip"]
            if name[-1:] == ["setToolTip"] and not plain and not inside(path, *ALLOWED):
                wrong.append(at(path, node))
    assert wrong == []


@pytest.mark.parametrize(
    ("source", "count"),
    [
        ("QLabel(name)", 1),
        ("QtWidgets.QLabel(name)", 1),
        ("QMessageBox.warning(self, a, b)", 1),
        ("class Line(QLabel): pass", 1),
        ("box.setIcon(QMessageBox.Icon.Warning)", 0),
        ("QPlainTextEdit(name)", 0),
    ],
)
def test_a_use_is_recognised(source, count):
    assert len(list(_uses(ast.parse(source)))) == count
