"""The fields an expression names: find them, rename them, refuse circles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from app.models.values.expressions.parsing import ExpressionError, parse
from app.models.values.expressions.tree import Binary, Call, Field, Literal, Node, Unary
from app.models.values.reasons import N_


def _fields(node: Node) -> Iterator[Field]:
    """Yield the fields of a tree in the order of the text."""
    if isinstance(node, Field):
        yield node
    elif isinstance(node, Unary):
        yield from _fields(node.of)
    elif isinstance(node, Binary):
        yield from _fields(node.left)
        yield from _fields(node.right)
    elif isinstance(node, Call):
        for one in node.given:
            yield from _fields(one)
    else:
        assert isinstance(node, Literal)


def names_of(node: Node) -> tuple[str, ...]:
    """Return the names of the fields of a tree, each once."""
    return tuple(dict.fromkeys(one.name for one in _fields(node)))


def renamed(text: str, name_for: Callable[[str], str | None]) -> str:
    """Return an expression with its fields under other names, in brackets.

    A name without another one raises ``ExpressionError`` where it stands.
    """
    shown, end = [], 0
    for field in _fields(parse(text)):
        name = name_for(field.name)
        if name is None:
            raise ExpressionError(N_("没有这个字段"), text, field.place)
        shown += [text[end : field.place], f"[{name}]"]
        end = field.end
    return "".join([*shown, text[end:]])


def check_cycles(rests_on: Mapping[str, tuple[str, ...]], start: str, text: str = "") -> None:
    """Raise ``ExpressionError`` when a field rests, however far, on itself."""
    left = list(rests_on.get(start, ()))
    seen: set[str] = set()
    while left:
        name = left.pop()
        if name == start:
            raise ExpressionError(
                N_("绕了一圈又用到它自己"), text, _place_of(text, rests_on, start)
            )
        if name not in seen:
            seen.add(name)
            left += rests_on.get(name, ())


def _place_of(text: str, rests_on: Mapping[str, tuple[str, ...]], start: str) -> int:
    """Return where the first field stands that leads back to the start."""
    if not text:
        return 0
    for field in _fields(parse(text)):
        reached, left = {field.name}, [field.name]
        while left:
            more = set(rests_on.get(left.pop(), ())) - reached
            reached |= more
            left += more
        if start in reached:
            return field.place
    return 0
