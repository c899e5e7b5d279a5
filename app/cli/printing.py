"""Print answers: one JSON document on standard output, or plain tables; remarks go aside."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, tzinfo
from typing import Any

import click

from app.models.values import dates, money
from app.services.jobs import Progress

LAST_ID = 2**63 - 1
"""The greatest number a row can have."""

_FAR = 253_402_300_799_999
"""The instant kept for "never" (the end of the year 9999)."""


def print_json(document: Any) -> None:
    """Print one JSON document."""
    click.echo(json.dumps(document, ensure_ascii=False, default=_plain))


def _plain(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)


def remark(text: str) -> None:
    """Print a line for people beside the answer."""
    click.echo(text, err=True)


def say(text: str) -> None:
    """Print a line of the answer for people."""
    click.echo(text)


def known(value: Any) -> Any:
    """Return None for an empty text: unknown is null outside."""
    return None if value == "" else value


def instant(at: int, zone: tzinfo) -> str | None:
    """Return an instant as ISO with offset, None for none."""
    return dates.iso_instant(at, zone) if 0 < at < _FAR else None


def moment(at: int, zone: tzinfo) -> str:
    """Return an instant as people read it, empty for none."""
    return f"{dates.to_local(at, zone):%Y-%m-%d %H:%M}" if 0 < at < _FAR else ""


def yuan(fen: int | None) -> str:
    """Return an amount in yuan, a dash when it is unknown."""
    return "—" if fen is None else money.format_yuan(fen)


def print_table(heads: Sequence[str], rows: Sequence[Sequence[Any]], title: str = "") -> None:
    """Print a table for people; on a pipe nothing is cut off."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(title) if title else None, box=box.SIMPLE, title_justify="left")
    numbers = {place for row in rows for place, cell in enumerate(row) if isinstance(cell, int)}
    for place, head in enumerate(heads):
        table.add_column(Text(head), justify="right" if place in numbers else "left")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console(width=None if sys.stdout.isatty() else 400).print(table)


@contextmanager
def progress_shown(text: str) -> Iterator[Progress]:
    """Show on standard error how far a long work is."""
    if not sys.stderr.isatty():
        yield Progress(_Lines(text).report)
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(text, total=None)

        def report(done: int, total: int, now: str) -> None:
            bar.update(task, completed=done, total=total or None, description=now or text)

        yield Progress(report)


class _Lines:
    """Report on a pipe: a line when the work changes, and one every few seconds."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last = ""
        self._at = 0.0

    def report(self, done: int, total: int, now: str) -> None:
        text = now or self._last or self._text
        ended = total and done >= total
        if text == self._last and time.monotonic() - self._at < 5 and not ended:
            return
        self._last, self._at = text, time.monotonic()
        remark(f"{text} {done}/{total}" if total else text)
