"""What the customer list shows: view, conditions, search and order, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.models.values.pages import Sort, joined_sort
from app.prefs import Prefs
from app.services.lists import Condition, Group, ListFilter, Part
from app.views.itemmodels.customers import NEWEST

SAVED = "customers.views"
OWN = "own_"


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

    def state(self) -> ListState:
        """Return the list as this view shows it."""
        return ListState(self.id, self.where, sort=self.sort)


def saved_views(prefs: Prefs) -> tuple[ListView, ...]:
    """Return the views this person saved; a damaged entry is left out."""
    kept = prefs.get(SAVED, [])
    found = (view_of(one) for one in kept if isinstance(one, dict)) if kept else ()
    return tuple(view for view in found if view is not None)


def keep_views(prefs: Prefs, views: Sequence[ListView]) -> None:
    """Keep the saved views of this person."""
    prefs.set(SAVED, [as_plain(view) for view in views])


def as_plain(view: ListView) -> dict[str, Any]:
    """Return a view for the preferences file."""
    return {
        "id": view.id,
        "title": view.title,
        "where": [plain_part(one) for one in view.where],
        "sort": [[one.column, one.descending] for one in view.sort.parts],
    }


def view_of(plain: Mapping[str, Any]) -> ListView | None:
    """Return the view of a preferences entry, None when it is damaged."""
    try:
        where = tuple(part_of(one) for one in plain["where"])
        parts = (Sort(str(column), bool(falling)) for column, falling in plain["sort"])
        sort = joined_sort(parts) or NEWEST
        return ListView(str(plain["id"]), str(plain["title"]), where, sort)
    except (KeyError, TypeError, ValueError):
        return None


def plain_part(part: Part) -> list[Any]:
    """Return a condition or group as plain lists."""
    if isinstance(part, Group):
        return ["all" if part.all else "any", [plain_part(one) for one in part.parts]]
    return [part.field, part.operator, list(part.values)]


def part_of(plain: Any) -> Part:
    """Return the condition or group of plain lists; raise ValueError or TypeError."""
    if len(plain) == 2:
        joined, parts = plain
        return Group(tuple(part_of(one) for one in parts), str(joined) == "all")
    field, operator, values = plain
    return Condition(str(field), str(operator), tuple(str(value) for value in values))
