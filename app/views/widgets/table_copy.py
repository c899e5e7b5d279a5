"""Copy the chosen rows of a table; many of them are read in the background."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractItemModel

from app.i18n import _
from app.services.jobs import Progress
from app.services.lists.sheets import Line, ListSheet
from app.views.core.runner import run_job
from app.views.itemmodels.column import Column
from app.views.itemmodels.paged import ROW, PagedTableModel
from app.views.itemmodels.shown import sheet_of, some_rows
from app.views.widgets.clip import put_table, table_texts

if TYPE_CHECKING:
    from app.views.widgets.table import TableView

COPY_MOST = 100_000
"""More rows do not fit a clipboard; they are for a file."""
_AT_ONCE = 500


def copy_chosen(table: TableView, *, headings: bool) -> None:
    """Copy the chosen rows with what is shown of them."""
    numbers, model = table.chosen_numbers(), table.model()
    if numbers:
        copy_sheet(table, chosen_sheet(table, model, numbers), headings=headings,
                   at_once=_is_at_hand(model, numbers))  # fmt: skip


def _is_at_hand(model: QAbstractItemModel, numbers: Sequence[int]) -> bool:
    if len(numbers) > _AT_ONCE:
        return False
    return not isinstance(model, PagedTableModel) or all(map(model.is_loaded, numbers))


def chosen_sheet(table: TableView, model: QAbstractItemModel, numbers: Sequence[int]) -> ListSheet:
    """Return the rows of some numbers as a sheet."""
    columns: list[Column[Any]] = table.shown_in_order()
    if isinstance(model, PagedTableModel) and not _is_at_hand(model, numbers):
        return sheet_of(columns, some_rows(model, numbers), len(numbers))
    rows = [model.index(number, 0).data(ROW) for number in numbers]
    return sheet_of(columns, lambda _progress: iter(rows), len(rows))


def copy_sheet(
    table: TableView, sheet: ListSheet, *, headings: bool = True, at_once: bool = False
) -> None:
    """Put a sheet on the clipboard, up to a hundred thousand rows; then tell ``copied``."""
    if at_once:
        _put(table, sheet, *_texts(sheet, Progress(), headings=headings))
        return

    def read(progress: Progress) -> tuple[int, tuple[str, str]]:
        return _texts(sheet, progress, headings=headings)

    run_job(table, read, lambda found: _put(table, sheet, *found), title=_("复制"))


def _texts(sheet: ListSheet, progress: Progress, *, headings: bool) -> tuple[int, tuple[str, str]]:
    rows: Iterator[Line] = sheet.read(progress)
    lines: list[Line] = list(islice(rows, COPY_MOST))
    heads = [[column.title for column in sheet.columns]] if headings else []
    forms = [column.form for column in sheet.columns]
    return len(lines), table_texts([*heads, *lines], forms, len(heads))


def _put(table: TableView, sheet: ListSheet, count: int, texts: tuple[str, str]) -> None:
    put_table(*texts)
    table.copied.emit(count, sheet.count)
