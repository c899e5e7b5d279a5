"""What the filter row of a list does: conditions and order change the state of the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.values.pages import Sort
from app.services.lists import Condition, Group
from app.views.lists.condition_popup import ConditionPopUp
from app.views.lists.condition_tree import ConditionTree
from app.views.lists.filter_row import FilterRow
from app.views.lists.sorting import SortDialog, also_by, sort_words
from app.views.lists.state import ListState
from app.views.lists.vocabulary import Vocabulary


class FilterControls:
    """Ask for conditions and orders of the list ``page`` shows; ``show`` takes the new state.

    ``titles`` gives the columns a list can be ordered by, by their sort key; ``groups`` the
    fields it can be grouped by, with their words.
    """

    def __init__(
        self,
        row: FilterRow,
        vocabulary: Vocabulary,
        page: Listed,
        show: Callable[[ListState], None],
        titles: Callable[[], Mapping[str, str]],
        groups: Callable[[], Sequence[tuple[str, str]]] = tuple,
    ) -> None:
        self._row = row
        self._vocabulary = vocabulary
        self._page = page
        self._show = show
        self._titles = titles
        self._groups = groups
        row.removed.connect(lambda at: show(page.state.without(at)))
        row.edit_wanted.connect(self.change_condition)
        row.or_wanted.connect(self.add_alternative)
        row.add_wanted.connect(lambda anchor: self.ask_condition("", anchor))
        row.groups_wanted.connect(self.combine)
        row.sorted.connect(self.sort_by)
        row.sort_dialog_wanted.connect(self.choose_sort)
        row.grouped.connect(self.group_by)

    def show_state(self) -> None:
        """Show the conditions and the order of the list."""
        state = self._page.state
        said = sort_words(state.sort, self._row.sorts, self._titles())
        self._row.show_state(state.where, said, self._vocabulary, state.about)
        self._row.show_groups(self._groups(), state.group)

    def said(self) -> tuple[str, ...]:
        """Return in words what narrows the list, and its order last."""
        state = self._page.state
        found = [state.about] if state.about else []
        if state.text:
            found.append(_("搜索“{text}”").format(text=state.text))
        found += [self._vocabulary.sentence(part) for part in state.where]
        order = sort_words(state.sort, self._row.sorts, self._titles())
        return (*found, _("排序：{order}").format(order=order))

    # -- conditions -----------------------------------------------------------------------

    def ask_condition(self, field: str, anchor: QWidget | None = None) -> None:
        """Open the pop-up for a new condition, or for the one of a field."""
        at = self._page.state.place_of(field) if field else None
        if at is not None:
            self.change_condition(at, anchor)
            return
        popup = ConditionPopUp(self._vocabulary, self._row, field=field)
        self._open(popup, lambda one: self._page.state.with_part(one, None), anchor)

    def change_condition(self, at: int, anchor: QWidget | None = None) -> None:
        """Open the pop-up for the condition in a place, or the tree for a group."""
        part = self._page.state.where[at]
        if isinstance(part, Group):
            self.combine()
            return
        popup = ConditionPopUp(self._vocabulary, self._row, part)
        self._open(popup, lambda one: self._page.state.with_part(one, at), anchor)

    def add_alternative(self, at: int, anchor: QWidget | None = None) -> None:
        """Open the pop-up for a condition that may hold instead of the one in a place."""
        part = self._page.state.where[at]
        known = part.parts if isinstance(part, Group) and not part.all else (part,)
        popup = ConditionPopUp(self._vocabulary, self._row)
        self._open(popup, lambda one: self._page.state.with_part(Group((*known, one)), at), anchor)

    def _open(
        self,
        popup: ConditionPopUp,
        fresh: Callable[[Condition], ListState],
        anchor: QWidget | None,
    ) -> None:
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.applied.connect(lambda one: self._show(fresh(one)))
        popup.show_under(anchor or self._row.add)

    def combine(self) -> None:
        """Edit the conditions with AND and OR."""
        dialog = ConditionTree(self._vocabulary, self._page.state.where, self._row)
        if dialog.exec():
            self._show(replace(self._page.state, where=dialog.parts()))
        dialog.deleteLater()

    # -- order ----------------------------------------------------------------------------

    def sort_by(self, sort: Sort) -> None:
        """Order the list."""
        self._show(replace(self._page.state, sort=sort))

    def sort_also_by(self, sort: Sort) -> None:
        """Order rows that are equal so far by one more column."""
        self.sort_by(also_by(self._page.state.sort, sort))

    def group_by(self, field: str) -> None:
        """Show the list by groups of a field, or without groups."""
        self._show(replace(self._page.state, group=field))

    def choose_sort(self) -> None:
        """Ask for up to three columns to order by."""
        dialog = SortDialog(self._titles(), self._page.state.sort, self._row)
        chosen = dialog.sort() if dialog.exec() else None
        dialog.deleteLater()
        if chosen is not None:
            self.sort_by(chosen)


class Listed(Protocol):
    """A page that shows a list."""

    @property
    def state(self) -> ListState:
        """Return what is shown."""
