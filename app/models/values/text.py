"""Text as people type it: width, blanks, invisible marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_SHORT = 60
_BLANKS = re.compile(r"\s+")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]"
)
_WIDE: dict[int, int | str] = {
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)},
    0x3000: " ",
    0x00A0: " ",
    0xFFE5: "¥",
}
_NOTHING = frozenset({
    "-", "--", "—", "——", "–", "/", "\\", ".", "?", "无", "没有", "暂无", "待定", "未定", "待议",
    "面议", "待确认", "待补", "不详", "未知", "空", "null", "none", "nan", "n/a", "na",
})  # fmt: skip


def fold(text: str) -> str:
    """Return the text in NFC, half width, without invisible marks, single blanks, trimmed."""
    return _fold_short(text) if len(text) <= _SHORT else _folded(text)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFC", _INVISIBLE.sub("", text).translate(_WIDE))
    return _BLANKS.sub(" ", plain).strip()


_fold_short = lru_cache(maxsize=8_192)(_folded)  # names and words come again and again


def is_nothing(text: str) -> bool:
    """Tell whether a cell says that there is no value: blank, 待定, — and the like."""
    folded = fold(text).lower()
    return not folded or folded in _NOTHING


def search_norm(text: str) -> str:
    """Return only the letters, digits and Han of the text, in lower case."""
    return "".join(char for char in fold(text).casefold() if char.isalnum())
