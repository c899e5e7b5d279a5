"""Pinyin of Han characters, every reading, without tones.

The table ``pinyin.txt`` beside this file holds the readings of U+4E00 to U+9FFF
in order, 64 characters a line, readings divided by "/", the commonest first,
"-" for none. It follows the single-character dictionary of pypinyin.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

_FIRST, _LAST = 0x4E00, 0x9FFF
_SURNAMES = {
    "曾": "zeng", "仇": "qiu", "区": "ou", "单": "shan", "查": "zha", "解": "xie", "盖": "ge",
    "朴": "piao", "覃": "qin", "乐": "yue", "繁": "po", "种": "chong", "翟": "zhai", "缪": "miao",
    "员": "yun", "卜": "bu", "牟": "mu", "薄": "bo", "都": "du", "阚": "kan", "折": "she",
    "召": "shao", "黑": "he", "祭": "zhai", "秘": "bi", "万": "wan", "车": "che",
}  # fmt: skip
_DOUBLE_SURNAMES = {"尉迟": "yu chi", "长孙": "zhang sun", "万俟": "mo qi", "澹台": "tan tai"}
_WORDS = {
    "重庆": "chong qing", "厦门": "xia men", "六安": "lu an", "蚌埠": "beng bu",
    "东莞": "dong guan", "乐清": "yue qing", "台州": "tai zhou", "丽水": "li shui",
    "番禺": "pan yu", "乐山": "le shan",
    "银行": "yin hang", "行业": "hang ye", "商行": "shang hang",
    "会计": "kuai ji", "音乐": "yin yue", "长治": "chang zhi", "重工": "zhong gong",
}  # fmt: skip
_IN_FIRMS = {"长": "chang", "佛": "fo", "都": "du", "朝": "chao"}


@cache
def _table() -> tuple[str, ...]:
    file = Path(__file__).with_name("pinyin.txt")
    return tuple(file.read_text("ascii").split())


@cache
def readings(char: str) -> tuple[str, ...]:
    """Return the readings of a character, the commonest first; ü is v, and also u."""
    code = ord(char)
    if not _FIRST <= code <= _LAST:
        return ()
    found = [one for one in _table()[code - _FIRST].split("/") if one != "-"]
    extra = _SURNAMES.get(char)
    if extra and extra not in found:
        found.append(extra)
    found += [one.replace("v", "u") for one in found if "v" in one]
    return tuple(dict.fromkeys(found))


def syllables(text: str) -> list[str]:
    """Return one syllable a character, known words first; other characters as they are.

    Two or three Han are read as a person's name, with the reading of its surname.
    """
    found: list[str] = []
    while len(found) < len(text):
        place = len(found)
        word = _WORDS.get(text[place : place + 2]) or (
            _DOUBLE_SURNAMES.get(text[:2]) if place == 0 else None
        )
        found += word.split() if word else [_syllable(text, place)]
    return found


def _syllable(text: str, place: int) -> str:
    char = text[place]
    if place == 0 and char in _SURNAMES and len(text) in (2, 3) and all(map(readings, text)):
        return _SURNAMES[char]
    return _IN_FIRMS.get(char) or next(iter(readings(char)), char.lower())


def initials(text: str) -> str:
    """Return the first letter of every syllable."""
    return "".join(one[:1] for one in syllables(text))


def full(text: str) -> str:
    """Return the whole pinyin without blanks."""
    return "".join(syllables(text))


def sort_key(text: str) -> str:
    """Return what orders names by pinyin, one syllable after the other, then by character."""
    return " ".join(syllables(text)) + "\t" + text


@cache
def known_syllables() -> frozenset[str]:
    """Return every syllable there is."""
    return frozenset(
        one
        for entry in set(_table()) - {"-"}
        for one in (*entry.split("/"), *entry.replace("v", "u").split("/"))
    )
