"""Contact cards: every card becomes a row under plain headings."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._vcard_lines import clean_cards
from app.services.transfer.sheets import Notes, Part, Row, Sheet

_HEADINGS = (
    "姓名", "客户名称", "部门", "职务", "手机", "电话", "邮箱", "QQ", "微信",
    "生日", "地址", "网址", "备注",
)  # fmt: skip
_PIECE = 500
_HAN = re.compile(r"[\u3400-\u9fff]")
_MOBILE = re.compile(r"(?:\+?86|0086)?1[3-9]\d{9}")
_LABEL = re.compile(r"^_\$!<(.*)>!\$_$")
_CHAT = {
    "QQ": "QQ", "X-QQ": "QQ", "X-TENCENT": "QQ",
    "X-WECHAT": "微信", "X-WEIXIN": "微信", "WECHAT": "微信", "WEIXIN": "微信", "微信": "微信",
}  # fmt: skip


def _recognises(source: Source) -> bool:
    return b"BEGIN:VCARD" in source.head[:4096].upper().replace(b"\x00", b"").replace(b" ", b"")


def _read(source: Source) -> Iterator[Part]:
    try:
        content = source.path.read_bytes()
    except OSError as error:
        raise refusals.missing(source.name) from error
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode("utf-8")
    yield Sheet(source.path.stem)
    piece: list[Row] = [list(_HEADINGS)]
    for card in clean_cards(content.removeprefix(b"\xef\xbb\xbf")):
        piece.append(_row(card))
        if len(piece) == _PIECE:
            yield piece
            piece = []
    yield piece
    yield Notes(format="vcf")


def _row(card: str) -> Row:
    import vobject

    values: dict[str, list[str]] = {heading: [] for heading in _HEADINGS}
    found: Any = vobject.readOne(card, ignoreUnreadable=True)
    labels = _labels(found)
    for name, lines in found.contents.items():
        for line in lines:
            for heading, text in _place(name.upper(), line, labels.get(line.group, "")):
                if text and text not in values[heading]:
                    values[heading].append(text)
    values["姓名"] = _names(values["姓名"])
    return ["\n".join(values[heading]) for heading in _HEADINGS]


def _labels(card: Any) -> dict[str, str]:
    return {
        line.group: _LABEL.sub(r"\1", str(line.value)).strip()
        for line in card.contents.get("x-ablabel", ())
        if line.group
    }


def _place(name: str, line: Any, label: str) -> Iterable[tuple[str, str]]:
    """Tell under which heading a property's text belongs."""
    value = line.value.replace("\\:", ":") if isinstance(line.value, str) else line.value
    types = {str(one).upper() for one in line.params.get("TYPE", ())}
    chat = _chat(name, str(value), types | set(line.params.get("X-SERVICE-TYPE", ())), label)
    if chat:
        return [(chat, str(value).rpartition(":")[2].strip())]
    if name == "N":
        return [("姓名", _structured(value))]
    if name == "FN":
        return [("姓名", f"\ufeff{str(value).strip()}")]
    if name == "ORG":
        return _organisation(value)
    if name == "TEL":
        return _phone(str(value), types)
    if name == "ADR":
        return [("地址", _address(value))]
    if name in ("BDAY", "X-ALTBDAY"):
        return [("生日", _birthday(name, line))]
    heading = {"EMAIL": "邮箱", "TITLE": "职务", "ROLE": "职务", "URL": "网址", "NOTE": "备注"}
    return [(heading[name], str(value).strip())] if name in heading else []


def _structured(value: Any) -> str:
    parts = [_flat(value.family), _flat(value.additional), _flat(value.given)]
    if _HAN.search("".join(parts)):
        return "".join(parts).replace(" ", "")
    western = (_flat(value.given), _flat(value.additional), _flat(value.family))
    return " ".join(part for part in western if part)


def _flat(part: object) -> str:
    return " ".join(str(one) for one in part) if isinstance(part, list) else str(part).strip()


def _names(found: list[str]) -> list[str]:
    """Prefer the structured name; FN, marked in front, is the second choice."""
    plain = [name for name in found if not name.startswith("\ufeff")]
    return (plain or [name.lstrip("\ufeff") for name in found])[:1]


def _organisation(value: Any) -> list[tuple[str, str]]:
    parts = [str(part).strip() for part in (value if isinstance(value, list) else [value])]
    return [("客户名称", parts[0]), ("部门", " ".join(parts[1:]).strip())] if parts else []


def _phone(value: str, types: set[str]) -> list[tuple[str, str]]:
    number = value.removeprefix("tel:").replace(";ext=", "转").strip()
    if "FAX" in types and not types & {"CELL", "VOICE"}:
        return []
    digits = re.sub(r"[^\d+]", "", number)
    mobile = bool(_MOBILE.fullmatch(digits)) or bool(types & {"CELL", "IPHONE", "MOBILE"})
    return [("手机" if mobile else "电话", number)]


def _address(value: Any) -> str:
    parts = (value.region, value.city, value.street, value.extended)
    flat = [_flat(part) for part in parts]
    return ("" if _HAN.search("".join(flat)) else " ").join(part for part in flat if part)


def _birthday(name: str, line: Any) -> str:
    digits = re.sub(r"[^\d]", "", str(line.value).split("T")[0])
    omitted = str(line.params.get("X-APPLE-OMIT-YEAR", ["1604"])[0])
    if len(digits) not in (4, 8):
        return ""
    month_day = f"{digits[-4:-2]}-{digits[-2:]}"
    if name == "X-ALTBDAY" and "CHINESE" in line.params.get("CALSCALE", ()):
        return f"农历{month_day}"
    year = digits[:4] if len(digits) == 8 and digits[:4] != omitted else "-"
    return f"{year}-{month_day}"


def _chat(name: str, value: str, types: set[str], label: str) -> str:
    if name in ("IMPP", "X-SOCIALPROFILE", "X-IM"):
        scheme = value.partition(":")[0].upper()
        words = {scheme, label.upper(), *types}
        return next((_CHAT[word] for word in words if word in _CHAT), "")
    return _CHAT.get(name, "")


FORMAT = Format(
    name="vcf",
    label="vCard",
    suffixes=(".vcf", ".vcard"),
    rank=40,
    recognises=_recognises,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
