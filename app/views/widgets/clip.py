"""A table on the clipboard, as spreadsheet programs take it."""

from __future__ import annotations

import atexit
import html
import re
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication

from app.models.values.forms import Exact, Form, as_typed, scaled
from app.services.transfer.marks import marked

_HEAD = '<html xmlns:x="urn:schemas-microsoft-com:office:excel"><meta charset="utf-8">'
_TEXT = r"mso-number-format:'\@'"
_NUMBERLIKE = re.compile(r"\d|^'")
_PATTERNS = {
    Form.money: r"mso-number-format:'\#\,\#\#0\.00'",
    Form.rate: r"mso-number-format:'0\.0%'",
    Form.day: r"mso-number-format:'yyyy\-mm\-dd'",
    Form.moment: r"mso-number-format:'yyyy\-mm\-dd hh\:mm\:ss'",
}
"""How a spreadsheet program shows the cell; a text stays one, whatever it looks like."""


def plain_cell(value: Exact, form: Form = Form.text) -> str:
    """Return a value as one cell of tab-separated text; what could be run is marked."""
    if not isinstance(value, str):
        return as_typed(value, form)
    return marked(" ".join(value.replace("\t", " ").splitlines()))


def copy_table(lines: Sequence[Sequence[Exact]], forms: Sequence[Form] = (), heads: int = 1) -> int:
    """Put rows on the clipboard, as tab-separated text and as a table with numbers and dates.

    ``forms`` tells how the values of each column are meant; the first ``heads`` rows are
    headings. Returns the number of rows without them.
    """
    put_table(*table_texts(lines, forms, heads))
    return len(lines) - heads


def table_texts(
    lines: Sequence[Sequence[Exact]], forms: Sequence[Form] = (), heads: int = 1
) -> tuple[str, str]:
    """Return rows as tab-separated text and as a web page."""
    wide = max((len(cells) for cells in lines), default=0)
    known = [*forms, *[Form.mixed] * (wide - len(forms))]
    texts, rows = [], []
    for at, cells in enumerate(lines):
        shown = known if at >= heads else [Form.text] * wide
        pairs = list(zip(cells, shown, strict=False))
        texts.append("\t".join(plain_cell(value, form) for value, form in pairs))
        rows.append("".join(_html_cell(value, form) for value, form in pairs))
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return "\n".join(texts), f"{_HEAD}<table>{body}</table></html>"


def _html_cell(value: Exact, form: Form) -> str:
    shown = html.escape(plain_cell(value, form))
    if value is None:
        return "<td></td>"
    if isinstance(value, str):
        # a text of a column of no known form may be a figure as people write it
        plain = form is Form.mixed or not _NUMBERLIKE.search(shown)
        return f"<td>{shown}</td>" if plain else f'<td style="{_TEXT}">{shown}</td>'
    style = f' style="{_PATTERNS[form]}"' if form in _PATTERNS else ""
    if isinstance(value, date | datetime):
        return f"<td{style}>{shown}</td>"
    return f'<td{style} x:num="{scaled(value, form)}">{shown}</td>'


def put_table(text: str, page: str) -> None:
    """Put a table on the clipboard in both its forms."""
    mime = QMimeData()
    mime.setText(text)
    mime.setHtml(page)
    QGuiApplication.clipboard().setMimeData(mime)
    _kept[:] = [text]
    _release_at_exit()


_kept: list[str] = []


@cache
def _release_at_exit() -> None:
    """Let Qt own what is on the clipboard at the end: it outlives the interpreter."""

    def release() -> None:
        clipboard = QGuiApplication.clipboard() if QGuiApplication.instance() else None
        if clipboard is not None and [clipboard.text()] == _kept:
            clipboard.setText(clipboard.text())

    atexit.register(release)
