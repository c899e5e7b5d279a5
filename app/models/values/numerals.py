"""Numbers written in Chinese characters."""

from __future__ import annotations

_WRITTEN = ("零〇○", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
_DIGITS = {char: value for value, chars in enumerate(_WRITTEN) for char in chars}
_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_BLOCKS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_KNOWN = frozenset([*_DIGITS, *_UNITS, *_BLOCKS])
_FIRST = frozenset([*_DIGITS, "十", "拾"])


def from_han(text: str) -> int | None:
    """Return the value of 十二, 三千五, 五万, 一亿二千万 or 二〇二四, None if it is no numeral."""
    if not text or text[0] not in _FIRST or not _KNOWN.issuperset(text):
        return None
    if all(char in _DIGITS for char in text):
        return int("".join(str(_DIGITS[char]) for char in text))
    return _with_units(text)


def _with_units(text: str) -> int:
    """Add up digits and units; ``scale`` is what a last bare digit counts: 三千五 is 3,500."""
    total = block = digit = 0
    scale = 1
    for char in text:
        if char in _DIGITS:
            digit = _DIGITS[char]
            scale = scale if digit else 1
        elif char in _UNITS:
            block += (digit or 1) * _UNITS[char]
            digit, scale = 0, _UNITS[char] // 10
        else:
            total = _with_block(total, block + digit, _BLOCKS[char])
            block = digit = 0
            scale = _BLOCKS[char] // 10
    return total + block + digit * scale


def _with_block(total: int, block: int, size: int) -> int:
    return (total + block) * size if size > 10_000 else total + block * size
