"""A table model over any number of rows: keyset windows, anchors for jumps, display text once."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.i18n import translate
from app.models.values.pages import Key, Page, Sort
from app.services.jobs import Progress
from app.views.core.runner import RunningJob, run_job
from app.views.itemmodels.column import Cell, Column, cell_of

T = TypeVar("T")
_Index = QModelIndex | QPersistentModelIndex
_NONE = QModelIndex()

BLOCK = 128
ANCHOR_EVERY = 1024
KEPT_BLOCKS = 64

ROW = Qt.ItemDataRole.UserRole
"""The row object itself, None while it is not read yet."""
CELL = Qt.ItemDataRole.UserRole + 1
"""The ``Cell`` to paint, None while it is not read yet."""
COLUMN = Qt.ItemDataRole.UserRole + 2
"""The ``Column``."""

# joined once: they are asked for with every cell that is drawn
_PLAIN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren
_TICKED = _PLAIN | Qt.ItemFlag.ItemIsUserCheckable
_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}


@dataclass(frozen=True, slots=True)
class Window:
    """Ask for ``limit`` rows: ``skip`` rows after (or before, ``backward``) a key.

    No key means from the start, or from the end when ``backward``. ``inclusive`` counts the
    row of the key itself.
    """

    sort: Sort
    key: Key | None = None
    skip: int = 0
    limit: int = BLOCK
    inclusive: bool = False
    backward: bool = False


class Source(Protocol[T]):
    """Where the rows of a list come from; each method is one query of a service."""

    def fetch(self, window: Window) -> Page[T]:
        """Return the rows of a window in list order."""

    def count(self) -> int:
        """Return the number of rows."""

    def anchors(self, sort: Sort, every: int, progress: Progress) -> Iterator[Key]:
        """Yield the keys of rows 0, every, 2 x every ...; runs on another thread."""


class PagedTableModel(QAbstractTableModel, Generic[T]):
    """Show the rows of a source; rows are read in blocks when they come into view.

    ``set_source`` starts anew. Until the anchors are known a far jump hops from the nearest
    known block. ``counted(total)`` comes when the number of rows is known.
    """

    counted = Signal(int)
    failed = Signal(object)
    sorted_by = Signal(object)

    def __init__(
        self,
        columns: Sequence[Column[T]],
        sort: Sort,
        *,
        row_id: Callable[[T], Hashable] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._sort = sort
        self._row_id = row_id
        self._source: Source[T] | None = None
        self._total = 0
        self._blocks: OrderedDict[int, tuple[tuple[T, ...], list[list[Cell]]]] = OrderedDict()
        self._edges: dict[int, tuple[Key, Key]] = {}
        self._anchors: list[Key] = []
        self._generation = 0
        self._job: RunningJob | None = None
        self.ticked: set[Hashable] = set()

    # -- source --------------------------------------------------------------------------------

    def set_source(self, source: Source[T] | None) -> None:
        """Show the rows of a source from its first row."""
        self.beginResetModel()
        self._source = source
        self._forget()
        self._total = source.count() if source is not None else 0
        self.endResetModel()
        self.counted.emit(self._total)
        self._walk()

    def reload(self) -> None:
        """Read again after a change, keeping rows and selection when their number is the same."""
        if self._source is None:
            return
        total = self._source.count()
        if total != self._total:
            self.set_source(self._source)
            return
        self._forget()
        if total:
            last = self.index(total - 1, len(self._columns) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self._walk()

    def _forget(self) -> None:
        self._generation += 1
        self._blocks.clear()
        self._edges.clear()
        self._anchors = []
        if self._job is not None:
            self._job.stop()
            self._job = None

    def _walk(self) -> None:
        """Collect the anchors on another thread when the list is long enough to need them."""
        source = self._source
        if source is None or self._total <= ANCHOR_EVERY:
            return
        generation, sort = self._generation, self._sort

        def walk(progress: Progress) -> list[Key]:
            return list(source.anchors(sort, ANCHOR_EVERY, progress))

        def came(keys: list[Key]) -> None:
            if generation == self._generation:
                self._anchors = keys
                self._job = None

        self._job = run_job(self, walk, came, self.failed.emit)

    # -- the Qt side ---------------------------------------------------------------------------

    def rowCount(self, parent: _Index = _NONE) -> int:
        """Return the number of rows."""
        return 0 if parent.isValid() else self._total

    def columnCount(self, parent: _Index = _NONE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return text, row, cell, alignment or spoken words of a cell."""
        if not index.isValid() or index.row() >= self._total:
            return None
        column = self._columns[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        if role == COLUMN:
            return column
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._check(index.row()) if column.kind == "check" else None
        if role == ROW:
            return self.row(index.row())
        return self._shown(index, role)

    def _shown(self, index: _Index, role: int) -> Any:
        wanted = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
            CELL,
        )
        if role not in wanted:
            return None
        cell = self._cell(index.row(), index.column())
        if role == CELL:
            return cell
        if cell is None:
            return "" if role == Qt.ItemDataRole.DisplayRole else None
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return cell.spoken
        from app.views.widgets.text import plain_tip

        return plain_tip(cell.tip)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the translated title of a column."""
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return translate(column.title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[column.align]
        return column if role == COLUMN else None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let cells be chosen, never edited: an editable cell would wake the input method."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _TICKED if self._columns[index.column()].kind == "check" else _PLAIN

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Ask the source for another order; a column without a key has no sort."""
        fresh = self.sort_of(column, order)
        if fresh is not None and fresh != self._sort:
            self.set_sort(fresh)

    def sort_of(self, column: int, order: Qt.SortOrder) -> Sort | None:
        """Return the order by a column, None when it has none."""
        if not 0 <= column < len(self._columns) or not self._columns[column].sort_key:
            return None
        descending = order == Qt.SortOrder.DescendingOrder
        return Sort(self._columns[column].sort_key, descending)

    def set_sort(self, sort: Sort) -> None:
        """Order the list by another column."""
        self.beginResetModel()
        self._sort = sort
        self._forget()
        self.endResetModel()
        self.sorted_by.emit(sort)
        self._walk()

    # -- rows -----------------------------------------------------------------------------------

    @property
    def columns(self) -> tuple[Column[T], ...]:
        """Return the columns."""
        return self._columns

    @property
    def order(self) -> Sort:
        """Return the present order."""
        return self._sort

    def row(self, number: int) -> T | None:
        """Return a row, reading its block when needed; None past the end."""
        block = self._block(number // BLOCK)
        at = number % BLOCK
        return block[0][at] if block is not None and at < len(block[0]) else None

    def find_loaded(self, row_id: Hashable) -> int:
        """Return the number of a row that is in memory, -1 when it is not."""
        if self._row_id is None:
            return -1
        for number, (rows, _cells) in self._blocks.items():
            for at, row in enumerate(rows):
                if self._row_id(row) == row_id:
                    return number * BLOCK + at
        return -1

    def _cell(self, row: int, column: int) -> Cell | None:
        block = self._block(row // BLOCK)
        at = row % BLOCK
        if block is None or at >= len(block[1]):
            return None
        return block[1][at][column]

    def _block(self, number: int) -> tuple[tuple[T, ...], list[list[Cell]]] | None:
        known = self._blocks.get(number)
        if known is not None:
            self._blocks.move_to_end(number)
            return known
        if self._source is None or number * BLOCK >= self._total:
            return None
        page = self._source.fetch(self._window(number))
        if page.first_key is not None and page.last_key is not None:
            self._edges[number] = (page.first_key, page.last_key)
        made = (page.rows, [self.cells_of(row) for row in page.rows])
        self._blocks[number] = made
        while len(self._blocks) > KEPT_BLOCKS:
            self._blocks.popitem(last=False)
        return made

    def cells_of(self, row: T) -> list[Cell]:
        """Return what the cells of a row show."""
        return [cell_of(one, row) for one in self._columns]

    def _window(self, number: int) -> Window:
        """Return how to reach a block with the fewest skipped rows."""
        first = number * BLOCK
        choices = [(first, Window(self._sort, None, first))]
        if number - 1 in self._edges:
            choices.append((0, Window(self._sort, self._edges[number - 1][1])))
        if number + 1 in self._edges:
            before = Window(self._sort, self._edges[number + 1][0], backward=True)
            choices.append((0, before))
        near = first // ANCHOR_EVERY
        if near < len(self._anchors):
            skip = first - near * ANCHOR_EVERY
            choices.append((skip, Window(self._sort, self._anchors[near], skip, inclusive=True)))
        choices.extend(self._from_known(number))
        from_end = max(0, self._total - first - BLOCK)
        if from_end < first:
            size = min(BLOCK, self._total - first)
            choices.append((from_end, Window(self._sort, None, from_end, size, backward=True)))
        return min(choices, key=lambda one: one[0])[1]

    def _from_known(self, number: int) -> list[tuple[int, Window]]:
        below = max((one for one in self._edges if one < number), default=None)
        if below is None:
            return []
        skip = (number - below - 1) * BLOCK
        return [(skip, Window(self._sort, self._edges[below][1], skip))]

    def is_loaded(self, number: int) -> bool:
        """Tell whether a row can be had without reading."""
        return number // BLOCK in self._blocks

    def windows(self, numbers: Sequence[int]) -> list[tuple[Window, list[int]]]:
        """Return how to read some rows, named from top to bottom: windows, and places in each."""
        found: dict[int, list[int]] = {}
        for number in numbers:
            found.setdefault(number // BLOCK, []).append(number % BLOCK)
        return [(self._window(block), places) for block, places in found.items()]

    @property
    def source(self) -> Source[T] | None:
        """Return where the rows come from."""
        return self._source

    # -- ticks ------------------------------------------------------------------------------------

    def _check(self, number: int) -> Qt.CheckState:
        row = self.row(number)
        on = row is not None and self._row_id is not None and self._row_id(row) in self.ticked
        return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick a row."""
        row = self.row(index.row()) if index.isValid() else None
        if role != Qt.ItemDataRole.CheckStateRole or row is None or self._row_id is None:
            return False
        row_id = self._row_id(row)
        if Qt.CheckState(value) == Qt.CheckState.Checked:
            self.ticked.add(row_id)
        else:
            self.ticked.discard(row_id)
        left = self.index(index.row(), 0)
        self.dataChanged.emit(left, self.index(index.row(), len(self._columns) - 1))
        return True

    def toggle(self, number: int) -> None:
        """Tick or untick a row by its number."""
        for at, column in enumerate(self._columns):
            if column.kind == "check":
                index = self.index(number, at)
                on = self._check(number) == Qt.CheckState.Checked
                state = Qt.CheckState.Unchecked if on else Qt.CheckState.Checked
                self.setData(index, state, Qt.ItemDataRole.CheckStateRole)
                return
