"""明细子表: lines of a few columns in one field, kept as text a person can read and type.

A line of the text is a line of the table, its cells apart by ``|``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from app.models.values.features import FieldType, known_of
from app.models.values.money import parse_money
from app.models.values.reasons import N_, Unreadable
from app.services.features.drafts import FieldView

TYPES = {"文字": FieldType.text, "数字": FieldType.number, "整数": FieldType.integer,
         "金额": FieldType.money, "日期": FieldType.date, "百分比": FieldType.percent,
         "text": FieldType.text, "number": FieldType.number, "integer": FieldType.integer,
         "money": FieldType.money, "date": FieldType.date,
         "percent": FieldType.percent}  # fmt: skip
_APART = re.compile(r"\s*[|｜]\s*")
_COLUMNS = re.compile(r"[,，、;；\n]+")
LINES_MOST = 200


@dataclass(frozen=True, slots=True)
class LineColumn:
    """One column of a sub-table."""

    label: str
    type: FieldType


def read_columns(spec: str) -> tuple[LineColumn, ...]:
    """Return the columns of a sub-table: 品名, 数量:数字, 单价:金额; raise ``Unreadable``."""
    found = []
    for part in _COLUMNS.split(spec):
        label, _colon, word = part.replace("：", ":").partition(":")
        if not label.strip():
            continue
        kind = TYPES.get(word.strip() or "文字")
        if kind is None:
            raise Unreadable(N_("列的类型只能是文字、数字、整数、金额、日期或百分比"), part)
        found.append(LineColumn(label.strip(), kind))
    if not found:
        raise Unreadable(N_("明细子表至少要有一列"), spec)
    return tuple(found)


def cells_of(text: str) -> list[list[str]]:
    """Return the cells of a kept sub-table, line by line."""
    return [_APART.split(line.strip()) for line in text.split("\n") if line.strip()]


def joined(lines: Sequence[Sequence[str]]) -> str:
    """Return lines of cells as they are kept; empty lines are left out."""
    kept = [[cell.replace("|", "｜").replace("\n", " ").strip() for cell in one] for one in lines]
    return "\n".join(" | ".join(one) for one in kept if any(one))


def checked(columns: Sequence[LineColumn], text: str) -> str:
    """Return a typed sub-table as it is kept; raise ``Unreadable`` with its line's reason."""
    lines = cells_of(text)
    if len(lines) > LINES_MOST:
        raise Unreadable(N_("明细子表最多 200 行"), text)
    for line in lines:
        if len(line) > len(columns):
            raise Unreadable(N_("这一行的格子比列多"), " | ".join(line))
        for column, cell in zip(columns, line, strict=False):
            if cell:
                known_of(column.type, cell)
    return joined(lines)


def column_values(field: FieldView, text: str, label: str) -> list[Decimal | None]:
    """Return the numbers of one column, line by line; None where there is none."""
    columns = read_columns(field.expression) if field.expression else ()
    at = next((at for at, one in enumerate(columns) if one.label == label), None)
    lines = cells_of(text)
    if at is None:
        return [None for _line in lines]
    return [_number(columns[at].type, line[at]) if at < len(line) else None for line in lines]


def _number(kind: FieldType, cell: str) -> Decimal | None:
    try:
        if kind is FieldType.money:
            fen = parse_money(cell)
            return None if fen is None else Decimal(fen) / 100
        return Decimal(known_of(kind, cell).number) / 1_000_000
    except ValueError:
        return None
