"""What the customer list shows: view, conditions, search and order, as one value."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.models.values.pages import Sort
from app.services.lists import Condition, ListFilter, Part
from app.services.lists.saved import AS_NEW, Layout, SavedView, SavedViews, ViewDraft
from app.views.itemmodels.customers import NEWEST

OWN = "own_"
"""How the ids of views kept in the book begin; the id of the row follows."""


@dataclass(frozen=True, slots=True)
class ListState:
    """Everything that decides which customers are listed and in which order.

    ``ids`` are customers somebody counted elsewhere and ``about`` says what they are.
    """

    view_id: str = "all"
    where: tuple[Part, ...] = ()
    text: str = ""
    sort: Sort = NEWEST
    ids: tuple[int, ...] = ()
    about: str = ""
    group: str = ""

    def wanted(self, found: tuple[int, ...] | None = None) -> ListFilter:
        """Return the filter for the service; ``found`` are the ids of the search."""
        ids = self.ids
        if found is not None:
            ids = tuple(set(found) & set(ids)) if ids else found
            ids = ids or (0,)  # nothing found: an id that nobody has
        return ListFilter(where=self.where, ids=ids)

    def with_part(self, part: Part, at: int | None = None) -> ListState:
        """Return the state with one more condition, or with another one in a place."""
        if at is None or not 0 <= at < len(self.where):
            return replace(self, where=(*self.where, part))
        return replace(self, where=(*self.where[:at], part, *self.where[at + 1 :]))

    def without(self, at: int) -> ListState:
        """Return the state without the condition in a place."""
        return replace(self, where=(*self.where[:at], *self.where[at + 1 :]))

    def place_of(self, field: str) -> int | None:
        """Return where the first condition on a field stands, None without."""
        for at, one in enumerate(self.where):
            if isinstance(one, Condition) and one.field == field:
                return at
        return None


@dataclass(frozen=True, slots=True)
class ListView:
    """A named set of conditions with an order; the ones people save have their own title."""

    id: str
    title: str
    where: tuple[Part, ...] = ()
    sort: Sort = NEWEST
    group: str = ""
    layout: Layout = AS_NEW
    shared: bool = False
    changeable: bool = False

    @property
    def row_id(self) -> int:
        """Return the id of a view kept in the book, 0 for one that everybody has."""
        return int(self.id[len(OWN) :]) if self.id.startswith(OWN) else 0

    def state(self) -> ListState:
        """Return the list as this view shows it."""
        return ListState(self.id, self.where, sort=self.sort, group=self.group)


def draft_of(state: ListState, title: str, layout: Layout) -> ViewDraft:
    """Return a list as it is shown, to be kept under a title."""
    return ViewDraft(title, state.where, state.sort, state.group, layout)


def saved_views(saved: SavedViews, list_name: str) -> tuple[ListView, ...]:
    """Return the views of a list that are kept in the book."""
    return tuple(_view(one) for one in saved.all(list_name))


def _view(saved: SavedView) -> ListView:
    return ListView(
        f"{OWN}{saved.id}",
        saved.title,
        saved.where,
        saved.sort or NEWEST,
        saved.group,
        saved.layout,
        saved.shared,
        saved.changeable,
    )
