"""Tell the encoding of a text file: marks first, then strict trials, then a guess."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

_PIECE = 1024 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LEVEL_ONE = range(0xB0, 0xD8)
"""First bytes of the 3,755 common characters of GB 2312."""


def encoding_of(path: Path, head: bytes) -> str:
    """Return a Python encoding name, empty when the encoding cannot be told."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    wide = utf_16_without_mark(head)
    if wide:
        return wide if _decodes(path, wide) else ""
    if _decodes(path, "utf-8"):
        return "utf-8"
    if _decodes(path, "gb18030") and _looks_chinese(head):
        return "gb18030"
    return _guess(path, head)


def utf_16_without_mark(head: bytes) -> str:
    """Return utf-16-le or utf-16-be by where the zero bytes stand, empty if neither."""
    sample = head[:4096]
    if len(sample) < 4 or b"\x00" not in sample:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if max(even, odd) < len(sample) // 40 or even == odd:
        return ""
    return "utf-16-be" if even > odd else "utf-16-le"


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            yield piece


def _decodes(path: Path, name: str) -> bool:
    decoder = codecs.getincrementaldecoder(name)()
    try:
        for piece in _pieces(path):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _looks_chinese(head: bytes) -> bool:
    """Tell whether most double bytes are common characters, as in real Chinese text."""
    common = other = at = 0
    while at < len(head) - 1:
        first = head[at]
        if first < 0x80:
            at += 1
            continue
        if head[at + 1] >= 0xA1 and (first in _LEVEL_ONE or 0xA1 <= first <= 0xA3):
            common += 1
        else:
            other += 1
        at += 2
    return common >= other


def _guess(path: Path, head: bytes) -> str:
    import charset_normalizer

    best = charset_normalizer.from_bytes(head).best()
    for name in (best.encoding if best else "", "big5", "gb18030"):
        if name and _decodes(path, name):
            return name
    return ""
