"""The unified social credit code of GB 32100-2015 (product.md 5.2)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.models.values.reasons import N_
from app.models.values.text import fold

_SYMBOLS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUE = {symbol: value for value, symbol in enumerate(_SYMBOLS)}
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_ORGANISATION_SYMBOLS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LOOKALIKES = str.maketrans("OI", "01")


@dataclass(frozen=True, slots=True)
class CodeCheck:
    """A credit code in normal form, what is wrong with it, and its parts.

    ``problem`` is a message id, empty for a sound code; ``expected`` is the character
    that would make the failing check pass, at ``place`` (1 to 18).
    """

    code: str
    problem: str = ""
    place: int = 0
    expected: str = ""

    @property
    def valid(self) -> bool:
        """Tell whether both checks pass."""
        return not self.problem

    @property
    def region_code(self) -> str:
        """Return the six digits of the administrative region."""
        return self.code[2:8]

    @property
    def organisation_code(self) -> str:
        """Return the nine characters of the organisation code."""
        return self.code[8:17]


def check_uscc(written: str) -> CodeCheck:
    """Check a credit code; blanks, width, case, O and I are put right first."""
    code = re.sub(r"[\s\-_.]", "", fold(written)).upper().translate(_LOOKALIKES)
    if len(code) != 18:
        return CodeCheck(code, N_("统一社会信用代码应为 18 位"))
    if any(symbol not in _VALUE for symbol in code):
        return CodeCheck(code, N_("统一社会信用代码里有不该出现的字"))
    last, organisation = _check_symbol(code[:17]), _organisation_symbol(code[8:16])
    if code[16] != organisation:
        problem = N_("统一社会信用代码第 17 位（主体标识码校验）不对")
        return CodeCheck(code, problem, 17, organisation)
    if code[17] != last:
        return CodeCheck(code, N_("统一社会信用代码第 18 位（校验）不对"), 18, last)
    return CodeCheck(code)


def _check_symbol(body: str) -> str:
    total = sum(_VALUE[symbol] * pow(3, place, 31) for place, symbol in enumerate(body))
    return _SYMBOLS[(31 - total % 31) % 31]


def _organisation_symbol(body: str) -> str:
    total = sum(
        _ORGANISATION_SYMBOLS.index(symbol) * weight
        for symbol, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X0"[11 - total % 11]
