"""Plain values read from a file: a workbook of sheets of cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

CellValue: TypeAlias = str | int | float | bool | date | datetime | time | timedelta
"""What a cell may hold; an empty cell is the empty text."""

Row: TypeAlias = list[CellValue]

Position: TypeAlias = tuple[int, int]
"""Row and column, both counted from 0."""

BLANKS = " \t\r\n\u3000\u00a0\u200b\ufeff"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, both corners included, counted from 0."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A note pinned to a cell, with its author's name if the file tells it."""

    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; ``rows[0]`` is row 1 of the file, rows may differ in length.

    ``broken`` holds the cells whose formula ended in an error such as #N/A,
    ``fills`` the names of the colours of cells, ``picture_count`` the pictures over them.
    """

    name: str
    rows: list[Row] = field(default_factory=list)
    hidden: bool = False
    merges: tuple[Merge, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[Position, Comment] = field(default_factory=dict)
    broken: Mapping[Position, str] = field(default_factory=dict)
    fills: Mapping[Position, str] = field(default_factory=dict)
    picture_count: int = 0


@dataclass(frozen=True, slots=True)
class Notes:
    """What was noticed while a file was read.

    ``cut_count`` counts the cells and columns that passed a limit.
    """

    format: str = ""
    encoding: str = ""
    epoch_1904: bool = False
    controls_removed_count: int = 0
    cut_count: int = 0


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of one file and the notes of its reader."""

    sheets: tuple[Sheet, ...]
    notes: Notes


Part: TypeAlias = Sheet | list[Row] | Notes
"""A reader gives a sheet without rows, then its rows in pieces; notes come last."""


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell holds nothing, or only blanks."""
    return isinstance(value, str) and not value.strip(BLANKS)


def collect(parts: Iterable[Part]) -> Workbook:
    """Put the parts of a reader together."""
    sheets: list[Sheet] = []
    notes = Notes()
    for part in parts:
        if isinstance(part, Sheet):
            sheets.append(replace(part, rows=[]))
        elif isinstance(part, Notes):
            notes = part
        else:
            sheets[-1].rows.extend(part)
    return Workbook(tuple(sheets), notes)
