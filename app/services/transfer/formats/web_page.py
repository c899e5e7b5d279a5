"""Web pages and XML under a spreadsheet's name, as bookkeeping and web programs export them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._encoding import encoding_of
from app.services.transfer.formats._spreadsheet_xml import NamedTable, is_spreadsheet, read_sheets
from app.services.transfer.limits import MEBIBYTE
from app.services.transfer.sheets import Notes, Part, Sheet
from app.services.transfer.web_tables import read_tables

_MOST = 128 * MEBIBYTE
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_NAME = re.compile(r"<x:name>([^<]{1,100})</x:name>", re.IGNORECASE)


def _read(source: Source) -> Iterator[Part]:
    if source.path.stat().st_size > _MOST:
        raise refusals.too_much_memory(source.name)
    page, encoding = _page(source)
    tables = read_sheets(page) if is_spreadsheet(page) else _named(page, source.path.stem)
    if not any(any(row) for one in tables for row in one.table.rows):
        raise refusals.web_page(source.name)
    for one in tables:
        table = one.table
        yield Sheet(
            one.name,
            hidden=one.hidden,
            merges=tuple(table.merges),
            hidden_rows=frozenset(table.hidden_rows),
        )
        yield table.rows
    yield Notes(format="web page", encoding=encoding.removesuffix("-sig"))


def _page(source: Source) -> tuple[str, str]:
    """Return the text of the file and its encoding: as chosen, as it says, as it looks."""
    content = source.path.read_bytes()
    told = _CHARSET.search(content[:4096])
    named = told[1].decode("ascii", "ignore").lower() if told else ""
    named = "gb18030" if named in ("gb2312", "gbk") else named
    looks = encoding_of(source.path, source.head)
    for encoding in (source.encoding, looks if looks.endswith(("sig", "16")) else "", named, looks):
        try:
            if encoding:
                return content.decode(encoding), encoding
        except (UnicodeError, LookupError):
            continue
    raise refusals.encoding_unknown(source.name)


def _named(page: str, stem: str) -> list[NamedTable]:
    names = _NAME.findall(page)
    tables = read_tables(page)
    if len(names) != len(tables):
        names = [stem, *(f"{stem} {number}" for number in range(2, len(tables) + 1))]
    return [NamedTable(name, table) for name, table in zip(names, tables, strict=True)]


FORMAT = Format(
    name="web page",
    label="HTML",
    suffixes=(".html", ".htm"),
    rank=80,
    recognises=lambda source: source.is_web_page,
    read=_read,
    rows=lambda limits: limits.sheet_rows,
)
