"""The source of the program, read once for all architecture tests."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def modules() -> tuple[Path, ...]:
    """Return every module of the program."""
    return tuple(sorted(p for p in APP.rglob("*.py") if "__pycache__" not in p.parts))


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a module."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def at(path: Path, node: ast.AST | None = None) -> str:
    """Return where something is, as an editor opens it."""
    line = getattr(node, "lineno", 1)
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def inside(path: Path, *places: str) -> bool:
    """Tell whether a module is one of the places: ``a/b.py``, or in ``a/b/`` once it has grown."""
    name = path.relative_to(ROOT).as_posix()
    return any(
        name == place or name.startswith(place.removesuffix(".py") + "/") for place in places
    )


def nodes(path: Path, *kinds: type[ast.AST]) -> Iterator[ast.AST]:
    """Yield every node of these kinds in a module."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, kinds))


def called(node: ast.Call) -> list[str]:
    """Return the dotted name that is called, outermost first: ``a.b()`` is ``[a, b]``."""
    return dotted(node.func)


def dotted(node: ast.AST) -> list[str]:
    """Return the parts of a dotted name, empty parts dropped."""
    if isinstance(node, ast.Attribute):
        return [*dotted(node.value), node.attr]
    return [node.id] if isinstance(node, ast.Name) else []


def calls(path: Path) -> Iterator[tuple[ast.Call, list[str]]]:
    """Yield every call in a module with the dotted name it calls."""
    for node in nodes(path, ast.Call):
        assert isinstance(node, ast.Call)
        yield node, called(node)


def imports(path: Path) -> Iterator[tuple[ast.stmt, str]]:
    """Yield every imported module name, ``from a import b`` as ``a.b``."""
    for node in nodes(path, ast.Import, ast.ImportFrom):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{at(path, node)} imports relatively"
            yield from ((node, f"{node.module}.{alias.name}") for alias in node.names)


def documents(path: Path) -> set[int]:
    """Return the ids of the nodes that are docstrings."""
    holders = nodes(path, ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    found = set()
    for holder in holders:
        first = next(iter(getattr(holder, "body", [])), None)
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
            found.add(id(first.value))
    return found


def texts(path: Path) -> Iterator[tuple[ast.Constant, str]]:
    """Yield every string of a module that is not a docstring."""
    skipped = documents(path)
    for node in nodes(path, ast.Constant):
        if (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in skipped
        ):
            yield node, node.value


def words(name: str) -> set[str]:
    """Return the lower-case words of a snake_case or CamelCase name."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name)
    return {word for word in spaced.lower().split("_") if word}


def listed(found: Iterable[str]) -> str:
    """Return findings as one text, one a line."""
    return "\n".join(found)
