"""Cards of any version and maker, rewritten line by line as clean vCard 3.0.

Phones and mail programs break the standards in many ways: soft line breaks,
photos folded without indent, GBK without a label, bare types, missing ends.
What comes out has one property a line, in Unicode, escaped as 3.0 wants it.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass

_PROPERTY = re.compile(rb"\s*(?:[\w-]+\.)?[A-Za-z][\w-]*(?:;[^:]*)?:")
_DROPPED = frozenset({"PHOTO", "LOGO", "SOUND", "KEY", "AGENT", "VERSION", "PRODID", "REV"})
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_WORD = re.compile(r"[A-Za-z0-9_-]+")
_SEPARATOR = re.compile(rb"(?<!\\);")


@dataclass(frozen=True, slots=True)
class _Property:
    group: str
    name: str
    params: dict[str, list[str]]
    value: bytes

    @property
    def is_quoted_printable(self) -> bool:
        return "QUOTED-PRINTABLE" in self.params.get("ENCODING", ())


def clean_cards(content: bytes) -> Iterator[str]:
    """Yield each card of a file as clean vCard 3.0 text."""
    lines: list[str] = []
    inside = False
    for raw in _logical_lines(content):
        word = raw.strip().upper().replace(b" ", b"")
        if word == b"BEGIN:VCARD":
            if lines:
                yield _card(lines)
            inside, lines = True, []
        elif word == b"END:VCARD":
            if lines:
                yield _card(lines)
            inside, lines = False, []
        elif inside:
            lines.extend(_clean(raw))
    if lines:
        yield _card(lines)


def _card(lines: list[str]) -> str:
    return "\r\n".join(["BEGIN:VCARD", "VERSION:3.0", *lines, "END:VCARD", ""])


def _logical_lines(content: bytes) -> Iterator[bytes]:
    """Join folded lines, soft breaks and unindented rests of a value."""
    current = b""
    for line in re.split(rb"\r\n|\n|\r", content):
        if current and line[:1] in (b" ", b"\t"):
            current = _unsoft(current) + line[1:]
        elif current and _is_soft(current):
            current = current[:-1] + line
        elif current and line.strip() and not _PROPERTY.match(line):
            current += line
        else:
            if current:
                yield current
            current = line
    if current:
        yield current


def _is_soft(line: bytes) -> bool:
    head = line.partition(b":")[0].upper()
    return line.endswith(b"=") and b"QUOTED-PRINTABLE" in head


def _unsoft(line: bytes) -> bytes:
    return line[:-1] if _is_soft(line) else line


def _parse(raw: bytes) -> _Property | None:
    head, colon, value = _split_head(raw)
    names = [part.strip() for part in head.split(";")]
    group, _, name = names[0].rpartition(".")
    if not colon or not _NAME.fullmatch(name):
        return None
    params: dict[str, list[str]] = {}
    for part in names[1:]:
        key, equals, words = part.partition("=")
        known = key.strip().upper() if equals else _bare(key)
        for word in (words if equals else key).replace('"', "").split(","):
            params.setdefault(known, []).append(word.strip().upper())
    return _Property(group, name.upper(), params, value)


def _split_head(raw: bytes) -> tuple[str, bool, bytes]:
    quoted = False
    for at, byte in enumerate(raw):
        if byte == 0x22:
            quoted = not quoted
        elif byte == 0x3A and not quoted:
            return raw[:at].decode("ascii", "replace"), True, raw[at + 1 :]
    return "", False, b""


def _bare(word: str) -> str:
    known = word.strip().upper()
    if known in ("QUOTED-PRINTABLE", "BASE64", "B", "8BIT", "7BIT"):
        return "ENCODING"
    return "TYPE"


def _clean(raw: bytes) -> list[str]:
    found = _parse(raw)
    if found is None or found.name in _DROPPED:
        return []
    if {"BASE64", "B"} & set(found.params.get("ENCODING", ())):
        return []
    head = f"{found.group}.{found.name}" if _WORD.fullmatch(found.group) else found.name
    for key in ("TYPE", "VALUE", "CALSCALE", "X-SERVICE-TYPE", "X-APPLE-OMIT-YEAR"):
        words = [word for word in found.params.get(key, ()) if _WORD.fullmatch(word)]
        if words:
            head += f";{key}={','.join(words)}"
    return [f"{head}:{_value(found)}"]


def _value(found: _Property) -> str:
    labelled = found.params.get("CHARSET", [""])[0]
    if not found.is_quoted_printable:
        return _decode(found.value, labelled).replace("\r", "").replace("\n", "\\n")
    parts = _SEPARATOR.split(found.value)
    return ";".join(_escape(_decode(quopri.decodestring(part), labelled)) for part in parts)


def _decode(value: bytes, labelled: str) -> str:
    label = "gb18030" if labelled in ("GBK", "GB2312", "GB18030", "CP936") else labelled
    for name in filter(None, (label, "utf-8", "gb18030")):
        try:
            return value.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
    return value.decode("utf-8", "replace")


def _escape(text: str) -> str:
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\n")):
        text = text.replace(plain, escaped)
    return text.replace("\n", "\\n").replace("\r", "\\n")
