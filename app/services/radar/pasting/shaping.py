"""Bring labels into one form before they are read: 【税号】, 税号=…, 税　号：, 税号 Tax No.: …"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from app.models.values.people.places import PLACES
from app.services.radar.pasting.labelled import LABELS

_HAN = "\u4e00-\u9fff"
_LONG = sorted(
    (one for one in LABELS if re.fullmatch(rf"[{_HAN}、/]{{2,}}", one)), key=len, reverse=True
)
_ANY = "|".join(map(re.escape, _LONG))
_IN_BRACKETS = re.compile(r"[【\[〖［]\s*([^】\]〗］:：]{1,16}?)\s*[】\]〗］]\s*[:：]?\s*")
_SPACED = re.compile(rf"^(\s*)((?:[{_HAN}][ \u3000]+){{1,8}}[{_HAN}])(\s*[:：])")
_SPACED_BARE = re.compile(rf"^(\s*)((?:[{_HAN}][ \u3000]){{1,8}}[{_HAN}])[ \u3000]+(?=\S)")
_WITH_LATIN = re.compile(
    rf"(?:^|(?<=[\s|丨,，;；]))({_ANY})\s*[/(（]?\s*[A-Za-z][A-Za-z./' ]{{0,20}}[)）]?\s*[:：]"
)
_LED = re.compile(rf"^(\s*)({_ANY})\s*(?:…+|\.{{2,}}|·{{2,}}|[=＝→]|—+|[-－]{{1,}})\s*(?=\S)")
_GLUED = re.compile(
    rf"^(\s*)({_ANY})(?=\d{{5}}|[0-9A-Z]{{15}}|\(?0\d{{2,3}}\)?[\- ]?\d{{7}}|\+?86[\- ]?1)"
)
_BEFORE_PLACE = re.compile(
    rf"^(\s*)((?:[{_HAN}]{{2}})?地址|住所|经营场所)(?=(?:{'|'.join(sorted(PLACES))})[{_HAN}])"
)
_BEFORE_BANK = re.compile(rf"^(\s*)(开户行|开户银行)(?=[{_HAN}]{{2,}}?(?:银行|信用社|农商行))")
_DOTTED = re.compile(
    r"^(\s*)(tel|mob|mobile|cell|phone|fax|mail|e-?mail|add)\.\s*(?=\S)", re.IGNORECASE
)
_LETTER = re.compile(
    r"(?:^|(?<=\s))(?:([TMFPtmfp])(?=\s+[+(]?\d)|([Ee])(?=\s+\S+@)|([Ww])(?=\s+(?:www|http))"
    rf"|([Aa])(?=\s+(?:{'|'.join(sorted(PLACES))})))\s+"
)
_STARTS_WITH_LETTER = re.compile(r"^\s*[TMFPEWAtmfpewa]\s+\S")
_WRAPPER = re.compile(r"^(\s*(?:开票|发票|收货|收件|寄件|快递|名片)(?:信息|资料)\s*[:：])\s*(?=\S)")
_TRAILING = re.compile(r"[\s|丨■□●○◆◇]+$")


def shaped(lines: Sequence[str]) -> list[str]:
    """Return the lines with known labels followed by a colon; other words stay as they are."""
    found: list[str] = []
    for line in lines:
        wrapper = _WRAPPER.match(line)
        if wrapper:
            found.append(wrapper[1])
        found.append(_shape(line[wrapper.end() :] if wrapper else line))
    return found


def _shape(line: str) -> str:
    plain = re.sub(r"\bTe1\b", "Tel", _TRAILING.sub("", line))
    for rule in _RULES:
        plain = rule(plain)
    return plain


def _known(label: str) -> bool:
    return re.sub(r"\s", "", label).lower() in LABELS


def _brackets(line: str) -> str:
    def put(mark: re.Match[str]) -> str:
        return f" {mark[1]}：" if _known(mark[1]) else mark[0]

    return _IN_BRACKETS.sub(put, line)


def _spaced(line: str) -> str:
    mark = _SPACED.match(line)
    if mark is not None and _known(mark[2]):
        return f"{mark[1]}{re.sub(r'[ 　]', '', mark[2])}{line[mark.start(3) :]}"
    mark = _SPACED_BARE.match(line)
    if mark is not None and _known(mark[2]):
        return f"{mark[1]}{re.sub(r'[ 　]', '', mark[2])}：{line[mark.end() :]}"
    return line


def _latin(line: str) -> str:
    return _WITH_LATIN.sub(r"\1：", line)


def _led(line: str) -> str:
    for rule in (_LED, _GLUED, _BEFORE_PLACE, _BEFORE_BANK, _DOTTED):
        line = rule.sub(r"\1\2：", line)
    return line


def _letters(line: str) -> str:
    if not _STARTS_WITH_LETTER.match(line):
        return line
    return _LETTER.sub(lambda mark: f"{mark[0].strip()}: ", line)


_RULES: Sequence[Callable[[str], str]] = (_brackets, _spaced, _latin, _led, _letters)
