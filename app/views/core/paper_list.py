"""A list on paper: as many pages as it needs, heads repeated, numbered, upright or sideways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from app.i18n import _
from app.models.values.forms import Exact, Form, as_typed
from app.services.jobs import Progress
from app.services.lists.sheets import ListSheet
from app.services.transfer.outgoing.whole import written_whole
from app.views.core.paper import written
from app.views.core.tokens import colour

UNIT = 10
"""Parts of a point in which everything is measured: whole numbers stay sharp."""
_SHORT, _LONG = 5953, 8419
_MARGIN = 320
_TITLE, _SMALL, _BODY = 130, 80, 85
_PAD, _LEAD = 40, 22
_WIDEST, _LEAST = 2_400, 260
_LINES_MOST = 6
_SAMPLED = 1_000
_STEP = 500
_WRAP = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
_RIGHT = frozenset({Form.money, Form.rate, Form.hours, Form.whole, Form.number, Form.mixed})


@dataclass(frozen=True, slots=True)
class ListPaper:
    """What stands on the pages: title, what narrows the list, when, heads and lines of texts."""

    title: str
    notes: str
    stamp: str
    heads: tuple[str, ...]
    right: tuple[bool, ...]
    lines: tuple[tuple[str, ...], ...]
    families: tuple[str, ...] = ()
    sideways: bool | None = None


def paper_of(
    sheet: ListSheet, stamp: str, families: Sequence[str], progress: Progress
) -> ListPaper:
    """Read every row of a list as people write its values."""
    forms = [column.form for column in sheet.columns]
    lines = [
        tuple(_shown(value, form) for value, form in zip(line, forms, strict=True))
        for line in sheet.read(progress)
    ]
    heads = tuple(column.title for column in sheet.columns)
    right = tuple(form in _RIGHT for form in forms)
    notes = _("；").join(sheet.notes)
    return ListPaper(sheet.title, notes, stamp, heads, right, tuple(lines), tuple(families))


def _shown(value: Exact, form: Form) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if value is None or isinstance(value, str) or form in (Form.day, Form.mixed):
        return as_typed(value, form)
    return written(value, form) if isinstance(value, int | float) else as_typed(value, form)


def list_layout(*, sideways: bool) -> QPageLayout:
    """Return A4, upright or sideways; the margins are within what is drawn."""
    way = QPageLayout.Orientation.Landscape if sideways else QPageLayout.Orientation.Portrait
    page = QPageSize(QPageSize.PageSizeId.A4)
    made = QPageLayout(page, way, QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
    made.setMode(QPageLayout.Mode.FullPageMode)
    return made


class ListPages:
    """Lay a list out on pages and draw any of them; ``sideways`` tells the way of the paper."""

    def __init__(self, paper: ListPaper, progress: Progress | None = None) -> None:
        self.paper = paper
        self._body = self._letters(_BODY)
        self._strong = self._letters(_BODY, QFont.Weight.DemiBold)
        self._small = self._letters(_SMALL)
        self._metrics = QFontMetrics(self._body)
        natural = self._natural()
        upright = _SHORT - 2 * _MARGIN
        self.sideways = sum(natural) > upright if paper.sideways is None else paper.sideways
        self.width, self.height = (_LONG, _SHORT) if self.sideways else (_SHORT, _LONG)
        self._room = self.width - 2 * _MARGIN
        self.widths = fitted(natural, self._room)
        self._notes_high = self._notes_height()
        self._heads_high = max(self._high(one, at, strong=True)
                               for at, one in enumerate(paper.heads or ("",)))  # fmt: skip
        self._highs: list[int] = []
        self._starts = list(self._broken(progress or Progress()))

    def _letters(self, size: int, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont()
        if self.paper.families:
            font.setFamilies(list(self.paper.families))
        font.setPixelSize(size)
        font.setWeight(weight)
        return font

    def _natural(self) -> list[int]:
        """Return how wide each column would like to be, from lines spread over the list."""
        lines = self.paper.lines[:: max(1, len(self.paper.lines) // _SAMPLED)]
        strong = QFontMetrics(self._strong)
        found = []
        for at, head in enumerate(self.paper.heads):
            longest = max((self._metrics.horizontalAdvance(line[at]) for line in lines), default=0)
            wide = max(longest, strong.horizontalAdvance(head)) + 2 * _PAD
            found.append(min(max(wide, _LEAST), _WIDEST))
        return found

    # -- heights -------------------------------------------------------------------------

    def _notes_height(self) -> int:
        if not self.paper.notes:
            return 0
        room = QRect(0, 0, self._room, 10_000)
        return QFontMetrics(self._small).boundingRect(room, _WRAP, self.paper.notes).height()

    def _high(self, text: str, at: int, *, strong: bool = False) -> int:
        wide = self.widths[at] - 2 * _PAD if at < len(self.widths) else self._room
        metrics = QFontMetrics(self._strong) if strong else self._metrics
        high = metrics.height()
        if metrics.horizontalAdvance(text) > wide or "\n" in text:
            high = metrics.boundingRect(QRect(0, 0, wide, 10_000), _WRAP, text).height()
        return min(high, _LINES_MOST * metrics.height()) + 2 * _LEAD

    def _top(self) -> int:
        """Return where the rows begin."""
        return _MARGIN + _TITLE * 2 + self._notes_high + self._heads_high

    def _broken(self, progress: Progress) -> Iterator[int]:
        """Yield the first line of every page."""
        bottom = self.height - _MARGIN - _SMALL * 2
        at = self._top()
        yield 0
        for number, line in enumerate(self.paper.lines):
            if number % _STEP == 0:
                progress.step(number, len(self.paper.lines))
            high = max((self._high(text, place) for place, text in enumerate(line)), default=0)
            if at + high > bottom and at > self._top():
                at = self._top()
                yield number
            self._highs.append(high)
            at += high

    @property
    def count(self) -> int:
        """Return the number of pages."""
        return len(self._starts)

    # -- drawing -------------------------------------------------------------------------

    def draw(self, painter: QPainter, number: int) -> None:
        """Draw a page, counted from 0, into a space of ``width`` x ``height``."""
        self._draw_margins(painter, number)
        top = self._top() - self._heads_high
        painter.fillRect(_MARGIN, top, self._room, self._heads_high, QColor(_tone("subtle")))
        self._draw_line(painter, self.paper.heads, top, self._heads_high, self._strong)
        stop = self._starts[number + 1] if number + 1 < self.count else len(self.paper.lines)
        at = self._top()
        for row in range(self._starts[number], stop):
            high = self._highs[row]
            self._draw_line(painter, self.paper.lines[row], at, high, self._body)
            at += high

    def _draw_margins(self, painter: QPainter, number: int) -> None:
        paper, top = self.paper, _MARGIN
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        line = QRect(_MARGIN, top, self._room, _TITLE * 3 // 2)
        painter.setFont(self._letters(_TITLE, QFont.Weight.DemiBold))
        painter.setPen(QColor(_tone("text")))
        painter.drawText(line, left | Qt.AlignmentFlag.AlignVCenter, paper.title)
        painter.setFont(self._small)
        painter.setPen(QColor(_tone("text2")))
        painter.drawText(line, right | Qt.AlignmentFlag.AlignVCenter, paper.stamp)
        notes = QRect(_MARGIN, top + _TITLE * 3 // 2, self._room, self._notes_high)
        painter.drawText(notes, left | _WRAP, paper.notes)
        foot = QRect(_MARGIN, self.height - _MARGIN - _SMALL, self._room, _SMALL * 3 // 2)
        said = _("第 {page} 页，共 {count} 页").format(page=number + 1, count=self.count)
        painter.drawText(foot, right, said)

    def _draw_line(
        self, painter: QPainter, texts: Sequence[str], top: int, high: int, font: QFont
    ) -> None:
        painter.setFont(font)
        painter.setPen(QColor(_tone("text")))
        left = _MARGIN
        for at, text in enumerate(texts):
            box = QRect(left + _PAD, top + _LEAD, self.widths[at] - 2 * _PAD, high - 2 * _LEAD)
            side = (
                Qt.AlignmentFlag.AlignRight if self.paper.right[at] else Qt.AlignmentFlag.AlignLeft
            )
            painter.drawText(box, side | _WRAP, self._cut(text, box))
            left += self.widths[at]
        painter.setPen(QPen(QColor(_tone("border")), UNIT // 2))
        painter.drawLine(_MARGIN, top + high, _MARGIN + self._room, top + high)

    def _cut(self, text: str, box: QRect) -> str:
        """Shorten a text of more lines than a row takes."""
        lines = _LINES_MOST * self._metrics.height()
        if box.height() < lines:
            return text
        room = QRect(0, 0, box.width(), 1_000_000)
        while text and self._metrics.boundingRect(room, _WRAP, text).height() > lines:
            text = text[: len(text) * 9 // 10].rstrip("…") + "…"
        return text


def fitted(natural: Sequence[int], room: int) -> list[int]:
    """Return the widths of columns that fill the room: small ones as they like, wide ones less."""
    total = sum(natural)
    if not natural or total <= room:
        spare = room - total
        return [one + spare * one // max(total, 1) for one in natural]
    left, found = room, dict.fromkeys(range(len(natural)), 0)
    waiting = sorted(found, key=lambda at: natural[at])
    while waiting:
        at = waiting.pop(0)
        found[at] = min(natural[at], left // (len(waiting) + 1))
        left -= found[at]
    return [found[at] for at in range(len(natural))]


def _tone(token: str) -> str:
    return colour(token, "light")


def print_pages(pages: ListPages, device: QPagedPaintDevice) -> None:
    """Draw all pages on paper or into a PDF."""
    device.setPageLayout(list_layout(sideways=pages.sideways))
    painter = QPainter(device)
    try:
        for number in range(pages.count):
            if number:
                device.newPage()
            scale_to(painter, pages, device.width(), device.height())
            pages.draw(painter, number)
    finally:
        painter.end()


def scale_to(painter: QPainter, pages: ListPages, width: int, height: int) -> None:
    """Let a page fill a space."""
    painter.resetTransform()
    painter.scale(width / pages.width, height / pages.height)


def write_list_pdf(paper: ListPaper, path: Path) -> None:
    """Write a list as PDF; the file appears when it is whole. Raise export_failed."""
    with written_whole(path) as draft:
        writer = QPdfWriter(str(draft))
        writer.setTitle(paper.title)
        print_pages(ListPages(paper), writer)
        del writer
