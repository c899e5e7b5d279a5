"""Read a formula or a condition; say where it goes wrong and why."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from app.models.values.expressions.tree import Binary, Call, Field, Literal, Node, Unary
from app.models.values.reasons import N_, Unreadable

LONGEST = 1_000
DEEPEST = 40


class ExpressionError(Unreadable):
    """Tell what is wrong with an expression and at which character (from 0)."""

    def __init__(self, reason: str, text: str, place: int) -> None:
        super().__init__(reason, text)
        self.place = place


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int
    end: int


_TOKEN = re.compile(
    r"(?P<blank>\s+)"
    r"|(?P<number>\d+(?:\.\d+)?)"
    r"|(?P<text>\"[^\"]*\"|“[^”]*”|'[^']*'|「[^」]*」)"
    r"|(?P<field>\[[^\[\]]+\])"
    r"|(?P<sign><>|!=|<=|>=|==|≤|≥|≠|[-+*/%&=<>(),（），×÷])"
    r"|(?P<word>[^\W\d]\w*)"
)
_SIGNS = {"（": "(", "）": ")", "，": ",", "×": "*", "÷": "/", "==": "=", "!=": "<>", "≠": "<>",
          "≤": "<=", "≥": ">="}  # fmt: skip
_WORDS = {"且": "and", "并且": "and", "and": "and", "或": "or", "或者": "or", "or": "or",
          "非": "not", "不是": "not", "not": "not"}  # fmt: skip
_TRUE = frozenset({"是", "true", "yes"})
_FALSE = frozenset({"否", "false", "no"})
FUNCTIONS: Mapping[str, tuple[str, int, int]] = {
    "如果": ("if", 3, 3), "if": ("if", 3, 3),
    "合计": ("sum", 1, 50), "sum": ("sum", 1, 50),
    "平均": ("mean", 1, 50), "average": ("mean", 1, 50),
    "最小": ("min", 1, 50), "min": ("min", 1, 50),
    "最大": ("max", 1, 50), "max": ("max", 1, 50),
    "四舍五入": ("round", 1, 2), "round": ("round", 1, 2),
    "绝对值": ("abs", 1, 1), "abs": ("abs", 1, 1),
    "天数": ("days", 2, 2), "days": ("days", 2, 2),
    "为空": ("empty", 1, 1), "empty": ("empty", 1, 1),
    "包含": ("contains", 2, 2), "contains": ("contains", 2, 2),
    "字数": ("length", 1, 1), "len": ("length", 1, 1),
}  # fmt: skip
"""The functions by their words: what they do, and how many values they take."""

_RANKS = (("or",), ("and",), ("=", "<>", "<", "<=", ">", ">="), ("&",), ("+", "-"), ("*", "/", "%"))


def parse(text: str) -> Node:
    """Return the tree of an expression; raise ``ExpressionError`` with place and reason."""
    if len(text) > LONGEST:
        raise ExpressionError(N_("公式太长"), text, LONGEST)
    return _Parser(text).whole()


class _Parser:
    """Take an expression apart from left to right, loosest operators first."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = self._split()
        self._at = 0
        self._depth = 0

    def _split(self) -> list[_Token]:
        found, place = [], 0
        while place < len(self._text):
            match = _TOKEN.match(self._text, place)
            if match is None:
                raise ExpressionError(N_("这里有看不懂的字"), self._text, place)
            if match.lastgroup != "blank":
                found.append(self._token(match))
            place = match.end()
        return [*found, _Token("end", "", place, place)]

    def _token(self, match: re.Match[str]) -> _Token:
        kind, text = str(match.lastgroup), match[0]
        if kind == "sign":
            text = _SIGNS.get(text, text)
        elif kind == "word" and text.lower() in _WORDS:
            kind, text = "sign", _WORDS[text.lower()]
        return _Token(kind, text, match.start(), match.end())

    def whole(self) -> Node:
        """Return the tree of all of it."""
        if self._here.kind == "end":
            raise self._wrong(N_("还没有写"))
        found = self._ranked(0)
        if self._here.kind != "end":
            raise self._wrong(N_("这里多了东西，或少了运算符"))
        return found

    @property
    def _here(self) -> _Token:
        return self._tokens[self._at]

    def _next(self) -> _Token:
        found = self._here
        self._at += 1
        return found

    def _wrong(self, reason: str) -> ExpressionError:
        return ExpressionError(reason, self._text, self._here.place)

    def _ranked(self, rank: int) -> Node:
        if rank == len(_RANKS):
            return self._signed()
        found = self._ranked(rank + 1)
        while self._here.kind == "sign" and self._here.text in _RANKS[rank]:
            sign = self._next()
            found = Binary(sign.text, found, self._ranked(rank + 1), sign.place)
        return found

    def _signed(self) -> Node:
        self._depth += 1
        if self._depth > DEEPEST:
            raise self._wrong(N_("括号套得太深"))
        try:
            if self._here.kind == "sign" and self._here.text in ("-", "+", "not"):
                sign = self._next()
                return Unary(sign.text, self._signed(), sign.place)
            return self._single()
        finally:
            self._depth -= 1

    def _single(self) -> Node:
        token = self._next()
        if token.kind == "number":
            return Literal(Decimal(token.text), token.place)
        if token.kind == "text":
            return Literal(token.text[1:-1], token.place)
        if token.kind == "field":
            return Field(token.text[1:-1].strip(), token.place, token.end)
        if token.kind == "word":
            return self._word(token)
        if token.text == "(":
            found = self._ranked(0)
            self._close()
            return found
        self._at -= 1
        raise self._wrong(N_("这里少了一个值"))

    def _word(self, token: _Token) -> Node:
        word = token.text.lower()
        if self._here.text == "(" and self._here.kind == "sign":
            return self._call(token, word)
        if word in _TRUE or word in _FALSE:
            return Literal(word in _TRUE, token.place)
        return Field(token.text, token.place, token.end)

    def _call(self, token: _Token, word: str) -> Node:
        if word not in FUNCTIONS:
            raise ExpressionError(N_("没有这个函数"), self._text, token.place)
        name, least, most = FUNCTIONS[word]
        self._next()
        given = [] if self._here.text == ")" else [self._ranked(0)]
        while self._here.kind == "sign" and self._here.text == ",":
            self._next()
            given.append(self._ranked(0))
        self._close()
        if not least <= len(given) <= most:
            raise ExpressionError(N_("函数里值的个数不对"), self._text, token.place)
        return Call(name, tuple(given), token.place)

    def _close(self) -> None:
        if self._here.kind != "sign" or self._here.text != ")":
            raise self._wrong(N_("少了右括号"))
        self._next()
