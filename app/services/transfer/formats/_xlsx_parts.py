"""What calamine leaves out of an xlsx: comments, hidden rows and columns, errors."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from app.services.transfer.formats._archive import local, member_pieces, read_xml
from app.services.transfer.formats._xlsx_fills import cells_with, filled_styles
from app.services.transfer.sheets import Comment, Position

_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_COLUMN = re.compile(rb"<(?:\w+:)?col\s([^>]*\bhidden=\"(?:1|true)\"[^>]*)>")
_ERROR = re.compile(
    rb"<(?:\w+:)?c\s([^>]*\bt=\"e\"[^>]*)>.{0,4000}?<(?:\w+:)?v>([^<]{1,20})<", re.DOTALL
)
_ATTRIBUTE = re.compile(rb"\b(\w+)=\"([^\"]*)\"")
_THREAD_NOTICE = re.compile(r"^\[.*?\].*?(?:Comment|注释|批注)\s*[:：]\s*", re.DOTALL)
_HIDDEN_MOST = 100_000
_FILLED_MOST = 200_000


@dataclass(frozen=True, slots=True)
class Extras:
    """What stands beside the cells of one sheet, positions counted from 0."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[Position, Comment] = field(default_factory=dict)
    broken: Mapping[Position, str] = field(default_factory=dict)
    fills: Mapping[Position, str] = field(default_factory=dict)
    picture_count: int = 0


def is_epoch_1904(archive: zipfile.ZipFile) -> bool:
    """Tell whether day numbers count from 1904, as old Macintosh files do."""
    root = read_xml(archive, "xl/workbook.xml")
    return any(
        local(node.tag) == "workbookPr" and node.get("date1904") in ("1", "true") for node in root
    )


def extras_by_sheet(archive: zipfile.ZipFile) -> dict[str, Extras]:
    """Return the extras of every worksheet by the sheet's name."""
    names = set(archive.namelist())
    styles = filled_styles(archive)
    return {
        title: _extras(archive, path, names, styles)
        for title, path in _sheet_paths(archive)
        if path in names
    }


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    targets = _relations(archive, "xl/workbook.xml")
    for node in read_xml(archive, "xl/workbook.xml").iter():
        if local(node.tag) == "sheet":
            ids = [value for key, value in node.attrib.items() if local(key) == "id"]
            if ids and ids[0] in targets:
                yield node.get("name", ""), targets[ids[0]][1]


def _relations(archive: zipfile.ZipFile, path: str) -> dict[str, tuple[str, str]]:
    folder, name = posixpath.split(path)
    rels = f"{folder}/_rels/{name}.rels"
    if rels not in archive.namelist():
        return {}
    return {
        node.get("Id", ""): (
            node.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/", folder, node.get("Target", ""))).lstrip("/"),
        )
        for node in read_xml(archive, rels)
    }


def _extras(archive: zipfile.ZipFile, path: str, names: set[str], styles: dict[str, str]) -> Extras:
    scan = _scan(archive, path, styles)
    related = _relations(archive, path).values()
    comments: dict[Position, Comment] = {}
    for kind, target in related:
        if kind == "comments" and target in names:
            comments.update(_comments(read_xml(archive, target)))
    for kind, target in related:
        if kind == "threadedComment" and target in names:
            comments.update(_threads(archive, target, names))
    pictures = sum(_pictures(archive, at, names) for kind, at in related if kind == "drawing")
    return Extras(
        frozenset(scan.rows), frozenset(scan.columns), comments, scan.broken, scan.fills, pictures
    )


def _pictures(archive: zipfile.ZipFile, path: str, names: set[str]) -> int:
    """Count the pictures that float over the cells."""
    if path not in names:
        return 0
    return sum(local(node.tag) == "pic" for node in read_xml(archive, path).iter())


@dataclass(slots=True)
class _Scan:
    """What the XML of one sheet tells piece by piece."""

    styles: dict[str, str]
    filled: re.Pattern[bytes] | None
    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    broken: dict[Position, str] = field(default_factory=dict)
    fills: dict[Position, str] = field(default_factory=dict)


def _scan(archive: zipfile.ZipFile, path: str, styles: dict[str, str]) -> _Scan:
    scan = _Scan(styles, cells_with(styles))
    rest = b""
    for piece in member_pieces(archive, path):
        text = rest + piece
        cut = max(text.rfind(b"<row"), text.rfind(b":row "), 0)
        text, rest = (text[:cut], text[cut:]) if cut else (text, b"")
        _scan_piece(text, scan)
    _scan_piece(rest, scan)
    return scan


def _scan_piece(text: bytes, scan: _Scan) -> None:
    if b"hidden=" in text:
        for found in _ROW.finditer(text):
            scan.rows.add(int(_attributes(found[1]).get("r", "1")) - 1)
        for found in _COLUMN.finditer(text):
            span = _attributes(found[1])
            last = min(int(span.get("max", "0")), _HIDDEN_MOST)
            scan.columns.update(range(int(span.get("min", "1")) - 1, last))
    if b't="e"' in text:
        for found in _ERROR.finditer(text):
            place = position(_attributes(found[1]).get("r", ""))
            if place:
                scan.broken[place] = found[2].decode("ascii", "replace")
    if scan.filled is not None and len(scan.fills) < _FILLED_MOST:
        for found in scan.filled.finditer(text):
            if place := position(found[1].decode("ascii")):
                scan.fills[place] = scan.styles[found[2].decode("ascii")]


def _attributes(text: bytes) -> dict[str, str]:
    return {
        name.decode("ascii"): value.decode("utf-8", "replace")
        for name, value in _ATTRIBUTE.findall(text)
    }


def position(reference: str) -> Position | None:
    """Turn a reference such as B41 into row and column counted from 0."""
    found = re.fullmatch(r"\$?([A-Z]{1,3})\$?([1-9]\d{0,6})", reference)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]) - 1, column - 1


def _comments(root: Element) -> dict[Position, Comment]:
    authors = [node.text or "" for node in root.iter() if local(node.tag) == "author"]
    found: dict[Position, Comment] = {}
    for node in root.iter():
        place = position(node.get("ref", "")) if local(node.tag) == "comment" else None
        if place:
            number = int(node.get("authorId", "-1"))
            author = authors[number] if 0 <= number < len(authors) else ""
            text = _THREAD_NOTICE.sub("", _text(node))
            found[place] = Comment(author, _without_author(text, author))
    return found


def _text(node: Element) -> str:
    return "".join(one.text or "" for one in node.iter() if local(one.tag) == "t")


def _without_author(text: str, author: str) -> str:
    """Drop the "name:" line that Excel writes at the head of a comment."""
    for colon in (":", "："):
        if author and text.startswith(author + colon):
            return text[len(author) + 1 :].lstrip()
    return text.strip()


def _threads(archive: zipfile.ZipFile, path: str, names: set[str]) -> dict[Position, Comment]:
    people = _people(archive, names)
    found: dict[Position, Comment] = {}
    for node in read_xml(archive, path):
        place = position(node.get("ref", ""))
        text = "".join(one.text or "" for one in node if local(one.tag) == "text")
        if place and place in found:
            found[place] = Comment(found[place].author, f"{found[place].text}\n{text}")
        elif place:
            found[place] = Comment(people.get(node.get("personId", ""), ""), text)
    return found


def _people(archive: zipfile.ZipFile, names: set[str]) -> dict[str, str]:
    paths = [name for name in names if name.startswith("xl/persons/")]
    return {
        node.get("id", ""): node.get("displayName", "")
        for path in paths
        for node in read_xml(archive, path)
    }
