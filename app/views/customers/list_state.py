"""What the customer list shows: view, conditions, search and order, as one value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from app.i18n import N_
from app.models.values.pages import Sort
from app.prefs import Prefs
from app.services.context import Actor
from app.services.customers import Condition, CustomerFilter
from app.views.itemmodels.customers import NEWEST

SAVED = "customers.views"
OWN = "own_"


@dataclass(frozen=True, slots=True)
class ListState:
    """Everything that decides which customers are listed and in which order.

    ``ids`` are customers somebody counted elsewhere and ``about`` says what they are.
    """

    view_id: str = "all"
    where: tuple[Condition, ...] = ()
    text: str = ""
    sort: Sort = NEWEST
    ids: tuple[int, ...] = ()
    about: str = ""

    def wanted(self, found: tuple[int, ...] | None = None) -> CustomerFilter:
        """Return the filter for the service; ``found`` are the ids of the search."""
        ids = self.ids
        if found is not None:
            ids = tuple(set(found) & set(ids)) if ids else found
            ids = ids or (0,)  # nothing found: an id that nobody has
        return CustomerFilter(where=self.where, ids=ids)

    def with_condition(self, condition: Condition) -> ListState:
        """Return the state with one more condition; one a field."""
        others = tuple(one for one in self.where if one.field != condition.field)
        return replace(self, where=(*others, condition))

    def without(self, field: str) -> ListState:
        """Return the state without the condition of a field."""
        return replace(self, where=tuple(one for one in self.where if one.field != field))


@dataclass(frozen=True, slots=True)
class ListView:
    """A named set of conditions with an order; the ones people save have their own title."""

    id: str
    title: str
    where: tuple[Condition, ...] = ()
    sort: Sort = NEWEST

    def state(self) -> ListState:
        """Return the list as this view shows it."""
        return ListState(self.id, self.where, sort=self.sort)


def built_in(actor: Actor, today: date, stage_count: int) -> tuple[ListView, ...]:
    """Return the views that everybody has; salespeople see their own in all but two of them."""
    mine = (Condition("owner", "is", (str(actor.staff_id),)),)
    own = mine if actor.role == "sales" else ()
    alive = Condition("life", "is_not", ("churned",))
    talking = tuple(str(place) for place in range(1, max(2, stage_count - 1)))
    big = (
        Condition("grade", "is", ("big",)),
        Condition("stage", "is", talking),
        alive,
        Condition("quality", "is_not", ("worthless",)),
    )
    month = Condition("created", "since", (today.replace(day=1).isoformat(),))
    return (
        ListView("mine", N_("我的客户"), mine),
        ListView("all", N_("全部")),
        ListView("big", N_("大单在谈"), (*own, *big), Sort("expected_fen", True)),
        ListView(
            "forgotten",
            N_("7 天未跟"),
            (*own, Condition("touched", "over", ("7",)), alive),
            Sort("last_touch_on"),
        ),
        ListView("fresh", N_("本月新增"), (*own, month), Sort("created_on", True)),
        ListView("pool", N_("公海"), (Condition("owner", "is", ("0",)),)),
    )


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
        "where": [[one.field, one.operator, list(one.values)] for one in view.where],
        "sort": [view.sort.column, view.sort.descending],
    }


def view_of(plain: Mapping[str, Any]) -> ListView | None:
    """Return the view of a preferences entry, None when it is damaged."""
    try:
        where = tuple(
            Condition(str(field), str(operator), tuple(str(value) for value in values))
            for field, operator, values in plain["where"]
        )
        column, descending = plain["sort"]
        return ListView(
            str(plain["id"]), str(plain["title"]), where, Sort(str(column), bool(descending))
        )
    except (KeyError, TypeError, ValueError):
        return None
