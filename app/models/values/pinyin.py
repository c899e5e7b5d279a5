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
    "朴": "piao", "覃": "qin", "乐": "yue", "任": "ren", "繁": "po", "种": "chong", "翟": "zhai",
    "尹": "yin", "华": "hua", "缪": "miao", "冼": "xian", "员": "yun", "宓": "mi", "尉": "wei",
}  # fmt: skip
_DOUBLE_SURNAMES = {"尉迟": "yu chi", "长孙": "zhang sun", "万俟": "mo qi", "澹台": "tan tai"}
_PLACES = {
    "重庆": "chong qing", "厦门": "xia men", "六安": "lu an", "蚌埠": "beng bu",
    "东莞": "dong guan", "成都": "cheng du", "长沙": "chang sha", "长春": "chang chun",
    "乐山": "le shan", "乐清": "yue qing", "台州": "tai zhou", "丽水": "li shui",
    "番禺": "pan yu", "银行": "yin hang", "重工": "zhong gong", "行业": "hang ye",
}  # fmt: skip


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
    """Return one syllable a character, known words first; other characters as they are."""
    found: list[str] = []
    place = 0
    while place < len(text):
        known = _PLACES.get(text[place : place + 2]) or (
            _DOUBLE_SURNAMES.get(text[:2]) if place == 0 else None
        )
        if known:
            found += known.split()
            place += 2
            continue
        read = readings(text[place])
        found.append(read[0] if read else text[place].lower())
        place += 1
    return found


def initials(text: str) -> str:
    """Return the first letter of every syllable."""
    return "".join(one[:1] for one in syllables(text))


def full(text: str) -> str:
    """Return the whole pinyin without blanks."""
    return "".join(syllables(text))


def sort_key(text: str) -> str:
    """Return what orders names by pinyin, one syllable after the other, then by character."""
    return " ".join(syllables(text)) + "\t" + text


def person_syllables(name: str) -> list[str]:
    """Return the syllables of a person's name, reading its surname as surnames are read."""
    read = syllables(name)
    if name[:1] in _SURNAMES and name[:2] not in _DOUBLE_SURNAMES:
        read[0] = _SURNAMES[name[0]]
    return read


@cache
def known_syllables() -> frozenset[str]:
    """Return every syllable there is."""
    return frozenset(
        one for entry in _table() for one in entry.replace("v", "u").split("/") if one != "-"
    ) | frozenset(one for entry in _table() for one in entry.split("/") if one != "-")
