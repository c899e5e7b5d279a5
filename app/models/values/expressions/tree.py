"""What an expression is made of; every node knows where it stands in the text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, or yes and no."""

    value: Decimal | str | bool
    place: int


@dataclass(frozen=True, slots=True)
class Field:
    """The value of a field, by its name."""

    name: str
    place: int
    end: int


@dataclass(frozen=True, slots=True)
class Unary:
    """A sign or a negation."""

    operator: str
    of: Node
    place: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two values and what is between them."""

    operator: str
    left: Node
    right: Node
    place: int


@dataclass(frozen=True, slots=True)
class Call:
    """A function and what it is given."""

    name: str
    given: tuple[Node, ...]
    place: int


Node: TypeAlias = Literal | Field | Unary | Binary | Call
