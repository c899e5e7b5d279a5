"""What a table shows, taken along to other threads: its columns in order and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from app.i18n import translate
from app.models.values.forms import Form
from app.models.values.pages import Sort
from app.services.jobs import Progress
from app.services.lists.sheets import Line, ListSheet, SheetColumn
from app.views.itemmodels.column import Column, exact_of
from app.views.itemmodels.grouped import GroupRow
from app.views.itemmodels.paged import PagedTableModel, Source, Window

T = TypeVar("T")
_STEP = 1_000
_CHARACTER = 7

Rows = Callable[[Progress], Iterator[Any]]
"""The rows of a list from the first one, read on any thread."""


def sheet_column(column: Column[Any]) -> SheetColumn:
    """Return a column as files name it."""
    form = column.form
    if column.exact is None and column.align == "right":
        form = Form.mixed
    width = max(8, min(60, column.width // _CHARACTER))
    return SheetColumn(column.key, translate(column.title), form, width)


def line_of(columns: Sequence[Column[Any]], row: Any) -> Line:
    """Return the exact values of a row; the line of a group has its words and its sums."""
    if not isinstance(row, GroupRow):
        return [exact_of(column, row) for column in columns]
    return [row.words(), *(row.sums.get(column.key) for column in columns[1:])]


def sheet_of(
    columns: Sequence[Column[Any]],
    rows: Rows,
    count: int,
    title: str = "",
    notes: Sequence[str] = (),
) -> ListSheet:
    """Return rows under columns as a sheet of exact values."""

    def read(progress: Progress) -> Iterator[Line]:
        for row in rows(progress):
            yield line_of(columns, row)

    heads = tuple(map(sheet_column, columns))
    return ListSheet(title, heads, count, read, tuple(notes))


def all_rows(source: Source[T], sort: Sort) -> Callable[[Progress], Iterator[T]]:
    """Return how to read every row of a source in its order."""

    def read(progress: Progress) -> Iterator[T]:
        total, done = source.count(), 0
        window = Window(sort, limit=_STEP)
        while True:
            progress.step(done, max(done, total))
            page = source.fetch(window)
            yield from page.rows
            done += len(page.rows)
            if page.last_key is None or not page.has_more:
                return
            window = Window(sort, page.last_key, limit=_STEP)

    return read


def some_rows(
    model: PagedTableModel[T], numbers: Sequence[int]
) -> Callable[[Progress], Iterator[T]]:
    """Return how to read the rows of some numbers, named from top to bottom."""
    source, windows = model.source, model.windows(numbers)

    def read(progress: Progress) -> Iterator[T]:
        done = 0
        for window, places in windows:
            progress.step(done, len(numbers))
            found = source.fetch(window).rows if source is not None else ()
            yield from (found[at] for at in places if at < len(found))
            done += len(places)

    return read
