"""Read a pasted block into fields: registry pages, invoice data, addresses, cards (5.4)."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.errors import UserError
from app.i18n import N_
from app.services.radar.pasting import labelled, loose, pieces, shaping

LONGEST = 20_000


@dataclass(frozen=True, slots=True)
class Pasted:
    """What a block says; ``rest`` is the text that became no field.

    Keys and normal forms: capital in hundredths of its currency, days ISO, phones as digits
    with the extension behind a dash, several mobiles as a list.
    """

    fields: dict[str, Any] = field(default_factory=dict)
    rest: str = ""


def read_pasted(text: str) -> Pasted:
    """Return the fields of a pasted block; what is not sure stays in ``rest``."""
    found = pieces.Found()
    lines = shaping.shaped(pieces.lines_of(text[:LONGEST]))
    left = labelled.read(lines, found)
    left = loose.read(left, found)
    loose.split_shipping(found)
    rest = "\n".join(line for line in left if line.strip())
    return Pasted(found.fields(), rest + text[LONGEST:])


def read_pasted_file(path: Path) -> Pasted:
    """Return the fields of a block kept in a text file; raise ``UserError`` unreadable_text."""
    from app.services.transfer.formats._encoding import encoding_of

    try:
        head = path.read_bytes()[: LONGEST * 4]
    except OSError as error:
        raise _unreadable(path) from error
    encoding = "" if b"\0" in head and not head.startswith((b"\xff", b"\xfe")) else encoding_of(
        path, head
    )  # fmt: skip
    if head and not encoding:
        raise _unreadable(path)
    return read_pasted(head.decode(encoding or "utf-8", errors="replace"))


def _unreadable(path: Path) -> UserError:
    return UserError(
        "unreadable_text",
        N_("读不出这个文本文件：{file}"),
        advice=N_("把网页或名片上的文字另存为 txt 再试；没有写进任何数据"),
        file=path.name,
    )
