"""How strong a passphrase is: a rough count of guesses, and words for what is missing."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import IntEnum
from functools import cache

SHORTEST = 10
"""Characters a passphrase needs; a Chinese character counts as two."""

# what people type first, in English and in pinyin
_COMMON = (
    "password", "passwd", "qwerty", "asdfgh", "zxcvbn", "admin", "iloveyou", "welcome", "letmein",
    "mima", "woaini", "wodemima", "gongsi", "nihao", "kehu", "gendan", "xiaoshou", "zhongguo",
    "beijing", "shanghai", "wang", "zhang", "chen", "yang", "zhao", "huang", "zhou",
    "我爱你", "密码", "公司", "跟单", "客户", "你好",
)  # fmt: skip
_SEQUENCES = ("0123456789", "9876543210", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl")
_YEAR = re.compile(r"(19|20)\d\d((0?[1-9]|1[0-2])([0-2]?\d|3[01])?)?")
_CLASSES = ((re.compile(r"[a-z]"), 26), (re.compile(r"[A-Z]"), 26), (re.compile(r"\d"), 10))
_OTHER_ASCII = re.compile(r"[ -/:-@\[-`{-~]")
_HAN = re.compile(r"[\u3400-\u9fff]")
_HAN_KINDS = 1500  # characters that people really use in phrases


class Strength(IntEnum):
    """Strength of a passphrase, weakest first."""

    too_short = 0
    weak = 1
    fair = 2
    strong = 3
    very_strong = 4


@dataclass(frozen=True, slots=True)
class Estimate:
    """How strong a passphrase is and how many bits of guessing it costs."""

    strength: Strength
    bits: float


def estimate(passphrase: str) -> Estimate:
    """Return how strong a passphrase is (reliability.md 2.7): common parts count for little."""
    bits = _bits(passphrase)
    if length(passphrase) < SHORTEST:
        return Estimate(Strength.too_short, bits)
    steps = ((40, Strength.weak), (55, Strength.fair), (75, Strength.strong))
    found = next((name for limit, name in steps if bits < limit), Strength.very_strong)
    return Estimate(found, bits)


def length(passphrase: str) -> int:
    """Return the characters of a passphrase; a Chinese character counts as two."""
    return len(passphrase) + len(_HAN.findall(passphrase))


def _bits(passphrase: str) -> float:
    rest, known = _without_known_parts(passphrase)
    if not rest:
        return known
    kinds = sum(count for pattern, count in _CLASSES if pattern.search(rest))
    kinds += 33 if _OTHER_ASCII.search(rest) else 0
    han = len(_HAN.findall(rest))
    plain = _different(rest) - han
    return known + han * math.log2(_HAN_KINDS) + max(0, plain) * math.log2(max(kinds, 2))


def _without_known_parts(passphrase: str) -> tuple[str, float]:
    """Return what is left after common words, years and runs, and the bits of those."""
    rest, bits = passphrase, 0.0
    for word in _COMMON:
        while (at := rest.lower().find(word)) >= 0:
            rest = _without(rest, at, len(word))
            bits += 6
    for found in reversed(list(_YEAR.finditer(rest))):
        rest = _without(rest, found.start(), len(found[0]))
        bits += 9
    for run in _runs():
        while (at := rest.lower().find(run)) >= 0:
            rest = _without(rest, at, len(run))
            bits += 5
    return rest, bits


def _without(text: str, at: int, size: int) -> str:
    return text[:at] + text[at + size :]


@cache
def _runs() -> tuple[str, ...]:
    """Return all runs of keys and characters of three or more, longest first."""
    found = {
        line[start : start + size]
        for line in _SEQUENCES
        for size in range(3, len(line) + 1)
        for start in range(len(line) - size + 1)
    }
    return tuple(sorted(found, key=lambda run: (-len(run), run)))


def _different(text: str) -> int:
    """Return the number of characters, a repeated one counting only twice in a row."""
    counted, run, last = 0, 0, ""
    for one in text:
        run = run + 1 if one == last else 1
        counted += run <= 2
        last = one
    return counted
