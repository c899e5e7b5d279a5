"""The small language of formulas and conditions over fields (product.md 1.5).

Numbers, texts in quotes, fields by name or [name], + - * / %, & joins texts,
= <> < <= > >=, 且 或 非, and a few functions. Nothing else can be said in it: no program
of the office ever runs what was typed.
"""

from app.models.values.expressions.evaluating import Value, evaluate, holds
from app.models.values.expressions.naming import check_cycles, names_of, renamed
from app.models.values.expressions.parsing import ExpressionError, parse
from app.models.values.expressions.tree import Node

__all__ = [
    "ExpressionError",
    "Node",
    "Value",
    "check_cycles",
    "evaluate",
    "holds",
    "names_of",
    "parse",
    "renamed",
]
