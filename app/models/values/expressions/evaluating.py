"""The value of an expression at one customer; what is not known stays unknown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from typing import Any, TypeAlias

from app.models.values.expressions.tree import Binary, Call, Field, Literal, Node, Unary

Value: TypeAlias = Decimal | str | bool | date | tuple[str, ...] | None
"""None is unknown; several options are a tuple of their labels."""

_LARGEST = Decimal(10) ** 12


def evaluate(node: Node, values: Mapping[str, Value]) -> Value:
    """Return the value of a tree, None while something it needs is unknown.

    What cannot be computed (a division by zero, a sum of texts) is unknown too.
    """
    try:
        found = _value(node, values)
    except (InvalidOperation, ArithmeticError, OverflowError, TypeError):
        return None
    return None if isinstance(found, Decimal) and abs(found) > _LARGEST else found


def holds(node: Node, values: Mapping[str, Value]) -> bool:
    """Tell whether a condition is fulfilled; an unknown value fulfils nothing."""
    return _truth(evaluate(node, values))


def _truth(value: Value) -> bool:
    return bool(value)


def _value(node: Node, values: Mapping[str, Value]) -> Value:
    if isinstance(node, Literal):
        return node.value
    if isinstance(node, Field):
        return values.get(node.name)
    if isinstance(node, Unary):
        return _unary(node, values)
    if isinstance(node, Binary):
        return _binary(node, values)
    return _call(node, values)


def _unary(node: Unary, values: Mapping[str, Value]) -> Value:
    found = _value(node.of, values)
    if node.operator == "not":
        return not _truth(found)
    number = _number(found)
    return None if number is None else -number if node.operator == "-" else number


def _number(value: Value) -> Decimal | None:
    if value is None or isinstance(value, Decimal):
        return value
    if isinstance(value, bool):
        return Decimal(int(value))
    raise TypeError


def _binary(node: Binary, values: Mapping[str, Value]) -> Value:
    if node.operator in ("and", "or"):
        left = _truth(_value(node.left, values))
        if left is (node.operator == "or"):
            return left
        return _truth(_value(node.right, values))
    left_value, right_value = _value(node.left, values), _value(node.right, values)
    if node.operator in _COMPARED:
        return _compared(node.operator, left_value, right_value)
    if node.operator == "&":
        return as_text(left_value) + as_text(right_value)
    if left_value is None or right_value is None:
        return None
    return _reckoned(node.operator, left_value, right_value)


_COMPARED: Mapping[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "<>": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _compared(operator: str, left: Value, right: Value) -> bool:
    if isinstance(left, tuple) or isinstance(right, tuple):
        return _among(operator, left, right)
    if left is None or right is None:
        return operator == "<>" and left is not right
    if isinstance(left, date) or isinstance(right, date):
        left, right = _as_day(left), _as_day(right)
    if isinstance(left, bool) or isinstance(right, bool):
        left, right = Decimal(int(_truth(left))), Decimal(int(_truth(right)))
    if type(left) is not type(right):
        left, right = as_text(left), as_text(right)
    one: Any = left
    other: Any = right
    return _COMPARED[operator]((one > other) - (one < other))


def _among(operator: str, left: Value, right: Value) -> bool:
    """Compare several options: = means that it is one of them."""
    several, one = (left, right) if isinstance(left, tuple) else (right, left)
    assert isinstance(several, tuple)
    found = one == several if isinstance(one, tuple) else as_text(one) in several
    return found if operator == "=" else not found if operator == "<>" else False


def _as_day(value: Value) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise TypeError from error


def _reckoned(operator: str, left: Value, right: Value) -> Value:
    if isinstance(left, date):
        if isinstance(right, date):
            return Decimal((left - right).days) if operator == "-" else None
        days = timedelta(int(_number(right) or 0))
        return left + days if operator == "+" else left - days if operator == "-" else None
    one, two = _number(left), _number(right)
    if one is None or two is None:
        return None
    if operator == "+":
        return one + two
    if operator == "-":
        return one - two
    if operator == "*":
        return one * two
    return one / two if operator == "/" else one % two


def _call(node: Call, values: Mapping[str, Value]) -> Value:
    if node.name == "if":
        wanted = node.given[1] if _truth(_value(node.given[0], values)) else node.given[2]
        return _value(wanted, values)
    return _FUNCTIONS[node.name]([_value(one, values) for one in node.given])


def _numbers(given: Sequence[Value]) -> list[Decimal]:
    return [number for one in given if (number := _number(one)) is not None]


def _days(given: Sequence[Value]) -> Value:
    if None in given:
        return None
    return Decimal((_as_day(given[1]) - _as_day(given[0])).days)


def _rounded(given: Sequence[Value]) -> Value:
    number = _number(given[0])
    places = int(_number(given[1]) or 0) if len(given) > 1 else 0
    if number is None or not -12 <= places <= 12:
        return None
    return number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _contains(given: Sequence[Value]) -> Value:
    where, what = given
    if isinstance(where, tuple):
        return as_text(what) in where
    return as_text(what) in as_text(where) if where is not None else False


def _empty(given: Sequence[Value]) -> Value:
    return given[0] in (None, "", ())


def _mean(given: Sequence[Value]) -> Value:
    found = _numbers(given)
    return sum(found, Decimal(0)) / len(found) if found else None


_FUNCTIONS: Mapping[str, Callable[[Sequence[Value]], Value]] = {
    "sum": lambda given: sum(_numbers(given), Decimal(0)) if _numbers(given) else None,
    "mean": _mean,
    "min": lambda given: min(_numbers(given), default=None),
    "max": lambda given: max(_numbers(given), default=None),
    "round": _rounded,
    "abs": lambda given: None if given[0] is None else abs(_number(given[0]) or Decimal(0)),
    "days": _days,
    "empty": _empty,
    "contains": _contains,
    "length": lambda given: None if given[0] is None else Decimal(len(as_text(given[0]))),
}


def as_text(value: Value) -> str:
    """Return a value as it is joined to texts."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, tuple):
        return "、".join(value)
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return str(value)
