"""What calamine leaves out of an xls: hidden rows, colours of cells, days from 1904.

A workbook stream is a run of records: a number, a length, then the content.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.services.transfer.formats import _colours
from app.services.transfer.sheets import Position

_BOF, _EOF, _SHEET, _EPOCH, _STYLE, _PALETTE, _ROW = 0x809, 0x0A, 0x85, 0x22, 0xE0, 0x92, 0x208
_CELLS = frozenset({0x06, 0xFD, 0x201, 0x203, 0x204, 0x205, 0x27E})
_RUNS = frozenset({0xBD, 0xBE})
_HIDDEN = 0x20
_SOLID = 1
_MARKS_MOST = 200_000


@dataclass(slots=True)
class Marks:
    """What stands beside the cells of one sheet, positions counted from 0."""

    hidden_rows: set[int] = field(default_factory=set)
    fills: dict[Position, str] = field(default_factory=dict)


@dataclass(slots=True)
class Stream:
    """A workbook stream taken apart: marks by the order of the sheets."""

    sheets: list[Marks] = field(default_factory=list)
    epoch_1904: bool = False


def marks_of(content: bytes) -> Stream:
    """Return the marks of every sheet; a stream that ends early gives what it holds."""
    stream = Stream()
    palette: list[str] = []
    patterns: list[int] = []
    colours: dict[int, str] = {}
    for kind, piece in _records(content):
        if kind == _EPOCH and piece[:2] == b"\x01\x00":
            stream.epoch_1904 = True
        elif kind == _PALETTE and len(piece) >= 6:
            palette = [piece[at : at + 3].hex() for at in range(2, len(piece) - 3, 4)]
        elif kind == _STYLE:
            patterns.append(_pattern(piece))
        elif kind == _BOF and len(piece) >= 4 and piece[2:4] == b"\x10\x00":
            colours = {
                at: name
                for at, number in enumerate(patterns)
                if number and (name := _colours.name_of(_colours.indexed(number, palette)))
            }
            stream.sheets.append(Marks())
        elif stream.sheets:
            _mark(stream.sheets[-1], kind, piece, colours)
    return stream


def _records(content: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at + 4 <= len(content):
        kind, size = struct.unpack_from("<HH", content, at)
        yield kind, content[at + 4 : at + 4 + size]
        at += 4 + size


def _pattern(piece: bytes) -> int:
    """Return the number of the colour with which a style fills, 0 for none."""
    if len(piece) < 20:
        return 0
    border, colour = struct.unpack_from("<IH", piece, 14)
    return colour & 0x7F if border >> 26 == _SOLID else 0


def _mark(marks: Marks, kind: int, piece: bytes, colours: dict[int, str]) -> None:
    if kind == _ROW and len(piece) >= 16:
        if struct.unpack_from("<H", piece, 12)[0] & _HIDDEN:
            marks.hidden_rows.add(struct.unpack_from("<H", piece)[0])
    elif colours and kind in _CELLS and len(piece) >= 6:
        row, column, style = struct.unpack_from("<HHH", piece)
        _fill(marks, (row, column), colours.get(style, ""))
    elif colours and kind in _RUNS and len(piece) >= 6:
        row, first = struct.unpack_from("<HH", piece)
        step = 6 if kind == 0xBD else 2
        for number, at in enumerate(range(4, len(piece) - 2 - step + 1, step)):
            style = struct.unpack_from("<H", piece, at)[0]
            _fill(marks, (row, first + number), colours.get(style, ""))


def _fill(marks: Marks, place: Position, name: str) -> None:
    if name and len(marks.fills) < _MARKS_MOST:
        marks.fills[place] = name
