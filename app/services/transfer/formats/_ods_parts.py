"""What calamine leaves out of an ods: merged ranges, notes, hidden rows."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as SafeTree

from app.services.transfer.formats._archive import local, member_pieces
from app.services.transfer.sheets import Comment, Merge, Position, Sheet

_CONTENT = "content.xml"
_SIGNS = (b"rows-spanned", b"office:annotation", b'visibility="')
_REPEAT_MOST = 1_048_576


def sheets_beside_cells(archive: zipfile.ZipFile) -> dict[str, Sheet]:
    """Return each sheet's merged ranges, notes and hidden rows, without cells."""
    if not _worth_parsing(archive):
        return {}
    with archive.open(_CONTENT) as stream:
        walk = _Walk()
        for event, node in SafeTree.iterparse(stream, events=("start", "end")):
            walk.step(event, node)
    return walk.sheets


def _worth_parsing(archive: zipfile.ZipFile) -> bool:
    tail = b""
    for piece in member_pieces(archive, _CONTENT):
        text = tail + piece
        if any(sign in text for sign in _SIGNS):
            return True
        tail = text[-32:]
    return False


@dataclass(slots=True)
class _Walk:
    """Follow the rows and cells of content.xml, repeated ones counted once each."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    merges: list[Merge] = field(default_factory=list)
    comments: dict[Position, Comment] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    row: int = 0
    column: int = 0

    def step(self, event: str, node: Element) -> None:
        """Take one event of the parser."""
        name = local(node.tag)
        if event == "start" and name == "table":
            self.merges, self.comments, self.hidden, self.row = [], {}, set(), 0
        elif event == "end" and name in ("table-cell", "covered-table-cell"):
            self._cell(node)
        elif event == "end" and name == "table-row":
            self._row_ends(node)
        elif event == "end" and name == "table":
            self._table_ends(node)

    def _cell(self, node: Element) -> None:
        down = _number(node, "number-rows-spanned")
        across = _number(node, "number-columns-spanned")
        if down > 1 or across > 1:
            bottom, right = self.row + down - 1, self.column + across - 1
            self.merges.append(Merge(self.row, self.column, bottom, right))
        for note in _children(node, "annotation"):
            author = " ".join(one.text or "" for one in _children(note, "creator"))
            text = "\n".join("".join(one.itertext()) for one in _children(note, "p"))
            self.comments[self.row, self.column] = Comment(author, text)
        self.column += _number(node, "number-columns-repeated")

    def _row_ends(self, node: Element) -> None:
        count = _number(node, "number-rows-repeated")
        if _attribute(node, "visibility") in ("collapse", "filter") and count < 1_000:
            self.hidden.update(range(self.row, self.row + count))
        self.row, self.column = self.row + count, 0
        node.clear()

    def _table_ends(self, node: Element) -> None:
        name = _attribute(node, "name")
        self.sheets[name] = Sheet(
            name,
            merges=tuple(self.merges),
            hidden_rows=frozenset(self.hidden),
            comments=self.comments,
        )
        node.clear()


def _attribute(node: Element, name: str) -> str:
    return next((value for key, value in node.attrib.items() if local(key) == name), "")


def _number(node: Element, name: str) -> int:
    text = _attribute(node, name)
    return min(int(text), _REPEAT_MOST) if text.isdecimal() else 1


def _children(node: Element, name: str) -> Iterator[Element]:
    return (one for one in node if local(one.tag) == name)
