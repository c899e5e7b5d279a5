"""The columns of one table: which are shown, in which order, how wide, one or two lines high."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QHeaderView

from app.i18n import translate
from app.prefs import Prefs
from app.services.lists.saved import AS_NEW, Layout, layout_of
from app.views.core import theme as themes
from app.views.itemmodels.column import Column
from app.views.widgets.badges import widest_badge
from app.views.widgets.column_fit import Wish, fitted

if TYPE_CHECKING:
    from app.views.widgets.table import TableView

_PADDING = 17
_MARK = 14
_WHOLE = "*"
"""What is remembered of the table as a whole, beside its columns."""


class TableColumns:
    """Keep what a person chose of the columns, and fit the others to the room."""

    def __init__(self, table: TableView, prefs: Prefs | None) -> None:
        self._table = table
        self._prefs = prefs
        self._keys: tuple[str, ...] = ()
        self._wanted: set[str] = set()
        self._by_hand: dict[str, int] = {}
        self._below: dict[int, list[int]] = {}
        self._busy = True
        self._place = ""
        self._base = AS_NEW
        self._narrow = False
        self.stacked = False
        self.frozen = 1
        self.height = ""

    def begin(self) -> None:
        """Take the columns of another model, with what is remembered of them."""
        columns = self._table.columns()
        self._busy = True
        self._keys = tuple(column.key for column in columns)
        self._by_hand = dict(self._base.widths)
        self.frozen, self.height = self._base.frozen, self._base.height
        shown = [key for key in self._base.columns if key in self._keys] or self._standard()
        self._wanted = set(shown)
        self._put(self._keys)
        self._put(self._placed(shown))
        self._restore(columns)
        self._busy = False
        self._stack()
        self._hide()
        self._table.apply_layout()

    def begin_if_new(self) -> None:
        """Begin again when a model was given other columns."""
        if tuple(column.key for column in self._table.columns()) != self._keys:
            self.begin()

    def use(self, place: str, layout: Layout) -> None:
        """Take the columns of a place as they were left there, at first those of a layout."""
        if (place, layout) == (self._place, self._base):
            return
        self._place, self._base = place, layout
        if self._keys:
            self.begin()

    def forget(self) -> None:
        """Take the columns of the layout again; what was changed since is given up."""
        if self._prefs is not None:
            self._prefs.set(self._name(), None)
        self.begin()

    def layout(self) -> Layout:
        """Return the columns as they are shown now."""
        widths = tuple(sorted(self._by_hand.items()))
        return Layout(tuple(self.shown()), widths, self.frozen, self.height)

    def as_laid_out(self) -> bool:
        """Tell whether nothing was changed since the layout of this place was taken."""
        kept, now = self._base, self.layout()
        if not kept.columns:
            kept = replace(kept, columns=self._standard())
        return replace(kept, widths=tuple(sorted(kept.widths))) == now

    def _standard(self) -> tuple[str, ...]:
        return tuple(column.key for column in self._table.columns() if column.shown)

    # -- which, and where --------------------------------------------------------------------

    def shown(self) -> list[str]:
        """Return the keys of the shown columns in their order on screen."""
        head = self._table.head
        order = sorted(range(len(self._keys)), key=head.visualIndex)
        return [self._keys[at] for at in order if self._keys[at] in self._wanted]

    def show(self, key: str, shown: bool) -> None:
        """Show or hide a column and remember it."""
        if key in self._keys:
            (self._wanted.add if shown else self._wanted.discard)(key)
        self._hide()
        self.keep()

    def arrange(self, order: Sequence[str], shown: Collection[str]) -> None:
        """Put the columns into an order and show just these."""
        self._busy = True
        self._put(order)
        self._busy = False
        self._wanted = {key for key in self._keys if key in shown}
        self._hide()
        self.keep()

    def _put(self, order: Iterable[str]) -> None:
        head = self._table.head
        places = {key: at for at, key in enumerate(self._keys)}
        for place, key in enumerate(key for key in order if key in places):
            head.moveSection(head.visualIndex(places[key]), place)

    def _placed(self, shown: Sequence[str]) -> list[str]:
        """Return all columns with the shown ones in their order, hidden ones where they stood."""
        rest = iter([key for key in shown if key in self._keys])
        wanted = set(shown)
        return [next(rest) if key in wanted else key for key in self._keys]

    def reset(self) -> None:
        """Show the columns as they are in a new book."""
        self._by_hand.clear()
        self.frozen, self.height = AS_NEW.frozen, AS_NEW.height
        self._stack()
        self._table.apply_layout()
        self.arrange(self._keys, self._standard())

    def set_frozen(self, count: int) -> None:
        """Keep so many columns in sight while the table is scrolled sideways."""
        self.frozen = count
        self._table.apply_layout()
        self.keep()

    def set_height(self, height: str) -> None:
        """Give rows a height of ``saved.HEIGHTS``, or that of the window (empty)."""
        self.height = height
        self._stack()
        self._hide()
        self._table.apply_layout()
        self.keep()

    # -- one line or two ---------------------------------------------------------------------

    def stack(self, stacked: bool) -> None:
        """Put columns beneath those that carry them, or side by side again."""
        self._narrow = stacked
        if stacked != self.stacked:
            self._stack()
            self._hide()

    def _stack(self) -> None:
        self.stacked = self._narrow or self.height == "two_line"

    def below(self, at: int) -> Sequence[int]:
        """Return the columns that stand beneath a column now."""
        return self._below.get(at, ())

    def _hide(self) -> None:
        places = {key: at for at, key in enumerate(self._keys)}
        self._below = {}
        if self.stacked:
            for at, column in enumerate(self._table.columns()):
                under = [places[key] for key in column.under if key in self._wanted]
                if under and column.key in self._wanted:
                    self._below[at] = under
        beneath = {at for under in self._below.values() for at in under}
        self._busy = True
        for at, key in enumerate(self._keys):
            self._table.setColumnHidden(at, key not in self._wanted or at in beneath)
        self._busy = False
        self.fit()

    # -- how wide ----------------------------------------------------------------------------

    def fit(self) -> None:
        """Fit the columns that nobody has set by hand to the room of the table."""
        table = self._table
        if self._busy or not self._keys:
            return
        places = [at for at in range(len(self._keys)) if not table.isColumnHidden(at)]
        columns = table.columns()
        wishes = [self._wish(columns[at]) for at in places]
        self._busy = True
        widths = fitted(wishes, table.viewport().width())
        for at, width in zip(places, widths, strict=True):
            if table.columnWidth(at) != width:
                table.setColumnWidth(at, width)
        self._busy = False

    def _wish(self, column: Column[Any]) -> Wish:
        theme = themes.current()
        if column.key in self._by_hand:
            width = theme.px(self._by_hand[column.key])
            return Wish(width, width)
        metrics = QFontMetrics(theme.font("small_strong"))
        title = translate(column.title) if column.title else ""
        needs = metrics.horizontalAdvance(title) + theme.px(_PADDING)
        needs += theme.px(_MARK) if column.sort_key else 0
        if column.kind == "badge":
            needs = max(needs, widest_badge() + theme.px(_PADDING))
        width = theme.px(column.width)
        if column.kind != "check":
            width = max(width, needs)
        least = theme.px(column.least or column.width) if column.flex else width
        return Wish(width, min(width, least), column.flex)

    def resized(self, at: int, old: int, new: int) -> None:
        """Remember a width that was drawn with the mouse."""
        fixed = self._table.head.sectionResizeMode(at) != QHeaderView.ResizeMode.Interactive
        if self._busy or fixed or not (old and new) or at >= len(self._keys):
            return
        self._by_hand[self._keys[at]] = round(new * 100 / themes.current().scale)
        self.keep()

    # -- remembering -------------------------------------------------------------------------

    def keep(self) -> None:
        """Write what was chosen into the settings of this computer."""
        if self._busy:
            return
        self._table.columns_changed.emit()
        if self._prefs is None:
            return
        kept: dict[str, dict[str, Any]] = {
            key: {
                "width": self._by_hand.get(key, 0),
                "at": self._table.head.visualIndex(at),
                "shown": key in self._wanted,
            }
            for at, key in enumerate(self._keys)
        }
        kept[_WHOLE] = {"frozen": self.frozen, "height": self.height}
        self._prefs.set(self._name(), kept)

    def _name(self) -> str:
        name = f"columns.{self._table.objectName()}"
        return f"{name}.{self._place}" if self._place else name

    def _restore(self, columns: Sequence[Column[Any]]) -> None:
        kept = self._prefs.get(self._name()) if self._prefs is not None else None
        if not isinstance(kept, dict):
            return
        whole = kept.get(_WHOLE)
        if isinstance(whole, dict):
            layout = layout_of(whole)
            self.frozen, self.height = layout.frozen, layout.height
        places = []
        for at, column in enumerate(columns):
            one = kept.get(column.key)
            if isinstance(one, dict):
                if isinstance(one.get("width"), int) and one["width"] > 0:
                    self._by_hand[column.key] = one["width"]
                shown = one.get("shown", column.shown)
                (self._wanted.add if shown else self._wanted.discard)(column.key)
                places.append((one.get("at", at), at))
        head = self._table.head
        for place, at in sorted(one for one in places if isinstance(one[0], int)):
            if 0 <= place < head.count():
                head.moveSection(head.visualIndex(at), place)
