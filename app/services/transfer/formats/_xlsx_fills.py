"""The colours of cells in an xlsx: which styles fill, and which cells have such a style."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from app.services.transfer.formats import _colours
from app.services.transfer.formats._archive import local, read_xml

_STYLES = "xl/styles.xml"
_THEME = "xl/theme/theme1.xml"
_THEME_ORDER = "lt1 dk1 lt2 dk2 accent1 accent2 accent3 accent4 accent5 accent6 hlink folHlink"


def filled_styles(archive: zipfile.ZipFile) -> dict[str, str]:
    """Return the names of the colours by the number of the style that fills with them."""
    names = set(archive.namelist())
    if _STYLES not in names:
        return {}
    root = read_xml(archive, _STYLES)
    theme = _theme(read_xml(archive, _THEME)) if _THEME in names else []
    fills = [_fill(node, theme) for node in _inside(root, "fills")]
    found: dict[str, str] = {}
    for number, style in enumerate(_inside(root, "cellXfs")):
        at = int(style.get("fillId", "0"))
        name = _colours.name_of(fills[at]) if 0 <= at < len(fills) and fills[at] else ""
        if name:
            found[str(number)] = name
    return found


def cells_with(styles: dict[str, str]) -> re.Pattern[bytes] | None:
    """Return the pattern of cells with one of the styles: place and style are its groups."""
    if not styles:
        return None
    numbers = "|".join(styles)
    return re.compile(
        rf'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{{1,3}}\d{{1,7}})"[^>]*?\bs="({numbers})"'.encode()
    )


def _inside(root: Element, name: str) -> Iterator[Element]:
    for node in root:
        if local(node.tag) == name:
            yield from node


def _fill(node: Element, theme: list[str]) -> str:
    """Return the colour of a solid fill, empty for any other."""
    for pattern in node:
        if local(pattern.tag) == "patternFill" and pattern.get("patternType") == "solid":
            for colour in pattern:
                if local(colour.tag) == "fgColor":
                    return _colour(colour, theme)
    return ""


def _colour(node: Element, theme: list[str]) -> str:
    if node.get("rgb"):
        return node.get("rgb", "")
    if node.get("indexed", "").isdecimal():
        return _colours.indexed(int(node.get("indexed", "0")))
    at = node.get("theme", "")
    if at.isdecimal() and int(at) < len(theme) and theme[int(at)]:
        return _colours.tinted(theme[int(at)], float(node.get("tint", "0")))
    return ""


def _theme(root: Element) -> list[str]:
    """Return the colours of the theme in the order in which styles number them."""
    told: dict[str, str] = {}
    for scheme in (node for node in root.iter() if local(node.tag) == "clrScheme"):
        for one in scheme:
            for colour in one:
                told[local(one.tag)] = colour.get("lastClr") or colour.get("val") or ""
    found = [told.get(name, "") for name in _THEME_ORDER.split()]
    return [one if re.fullmatch(r"[0-9A-Fa-f]{6}", one) else "" for one in found]
