"""Text tables: comma, tab, semicolon or bar between the cells, any common encoding."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from typing import TextIO, cast

from app.services.transfer import refusals
from app.services.transfer.formats import Format, Source
from app.services.transfer.formats._encoding import encoding_of, utf_16_without_mark
from app.services.transfer.sheets import Notes, Part, Row, Sheet

_PIECE = 2_000
_DELIMITERS = ",\t;|，"
_FIELD_MOST = 1 << 24
_BINARY = frozenset(range(9)) | {0x0E, 0x0F} | frozenset(range(0x10, 0x1A))


def _recognises(source: Source) -> bool:
    if source.is_zip or source.is_ole or source.is_web_page:
        return False
    sample = source.head[:4096]
    if sample.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    wide = utf_16_without_mark(sample)
    if wide:
        text = sample[: len(sample) // 2 * 2].decode(wide, "replace")
        return sum(char.isprintable() or char.isspace() for char in text) > len(text) * 0.9
    return sum(byte in _BINARY for byte in sample) <= max(4, len(sample) // 50)


def _read(source: Source) -> Iterator[Part]:
    encoding = source.encoding or encoding_of(source.path, source.head)
    if not encoding:
        raise refusals.encoding_unknown(source.name)
    try:
        with closing(_open(source, encoding)) as stream:
            start = stream.read(source.limits.sniffed)
        delimiter, skipped = _delimiter(start)
        quoted = not _unbalanced(source, encoding, delimiter)
        yield Sheet(source.path.stem)
        yield from _pieces(source, encoding, delimiter, skipped, quoted)
    except (UnicodeError, LookupError) as error:
        raise refusals.encoding_unknown(source.name) from error
    except csv.Error as error:
        raise refusals.damaged(source.name) from error
    yield Notes(format="text", encoding=encoding.removesuffix("-sig"))


def _open(source: Source, encoding: str) -> TextIO:
    return source.path.open(encoding=encoding, newline="")


def _reader(stream: TextIO, delimiter: str, quoted: bool) -> Iterator[list[str]]:
    csv.field_size_limit(_FIELD_MOST)
    return csv.reader(
        (line.replace("\x00", "") for line in stream),
        delimiter=delimiter,
        quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE,
    )


def _pieces(
    source: Source, encoding: str, delimiter: str, skipped: int, quoted: bool
) -> Iterator[list[Row]]:
    with closing(_open(source, encoding)) as stream:
        piece: list[Row] = [[] for _ in range(skipped)]
        for _ in range(skipped):
            stream.readline()
        for row in _reader(stream, delimiter, quoted):
            piece.append(cast("Row", row))
            if len(piece) == _PIECE:
                yield piece
                piece = []
        yield piece


def _delimiter(start: str) -> tuple[str, int]:
    """Choose the delimiter; the count of leading lines that only name it comes second."""
    first = start.lstrip("\ufeff").split("\n", 1)[0].strip()
    if first.lower().startswith("sep=") and len(first) == 5:
        return first[4], 1
    scores = {one: _evenness(start, one) for one in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda one: scores[one])
    return (best, 0) if scores[best] > 0 else (",", 0)


def _evenness(start: str, delimiter: str) -> float:
    """Score a delimiter by how many rows share the most common width above one."""
    rows = list(_reader(io.StringIO(start, newline=""), delimiter, quoted=True))[:200]
    filled = [row for row in (rows[:-1] if len(rows) > 1 else rows) if any(row)]
    widths = Counter(len(row) for row in filled if len(row) > 1)
    if not widths:
        return 0.0
    width, count = widths.most_common(1)[0]
    return count / len(filled) + width / 1_000


def _unbalanced(source: Source, encoding: str, delimiter: str) -> bool:
    """Tell whether one quote swallows many lines, as a stray inch mark does."""
    with closing(_open(source, encoding)) as stream:
        if sum(line.count('"') for line in stream) % 2 == 0:
            return False
        stream.seek(0)
        return any(_swallowed(row) for row in _reader(stream, delimiter, quoted=True))


def _swallowed(row: list[str]) -> bool:
    longest = max(row, key=len, default="")
    return len(longest) > 2_000 and longest.count("\n") > 20


FORMAT = Format(
    name="text",
    label="CSV",
    suffixes=(".csv", ".tsv", ".txt"),
    rank=90,
    recognises=_recognises,
    read=_read,
    rows=lambda limits: limits.text_rows,
)
