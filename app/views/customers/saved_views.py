"""The views of the customer list: the built-in ones and those a person saved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from app.i18n import _
from app.views.core.page import ViewContext
from app.views.customers.list_views import built_in
from app.views.customers.name_dialog import ask_name
from app.views.lists.state import (
    OWN,
    ListState,
    ListView,
    keep_views,
    saved_views,
)
from app.views.lists.view_row import ViewRow

if TYPE_CHECKING:
    from app.views.customers.list_page import CustomersPage

LAST = "customers.view"


class SavedViews:
    """Know the views, and save, restore and drop a person's own."""

    def __init__(self, view: ViewContext, page: CustomersPage) -> None:
        self._view = view
        self._page = page
        self.views: tuple[ListView, ...] = ()
        self._row: ViewRow | None = None
        self._read()

    def _read(self) -> None:
        office = self._view.office
        stages = len(office.admin.stage_names())
        fixed = built_in(office.context.actor, office.context.today(), stages)
        self.views = (*fixed, *saved_views(self._view.prefs))

    def attach(self, row: ViewRow) -> None:
        """Show the views in a row and act on it."""
        self._row = row
        row.set_views(self.views)
        row.chosen.connect(self._choose)
        row.save_wanted.connect(self.save)
        row.save_over_wanted.connect(self.save_over)
        row.restore_wanted.connect(self.restore)
        row.drop_wanted.connect(self.drop)

    def first(self) -> ListState:
        """Return the list to begin with: the last view, else one's own customers."""
        mine = self._view.office.context.actor.role == "sales"
        last = self._view.prefs.get(LAST)
        known = {one.id for one in self.views}
        return self.named(str(last) if last in known else "mine" if mine else "all")

    def named(self, view_id: str) -> ListState:
        """Return the list of a view, everything for an unknown one."""
        found = {one.id: one for one in self.views}
        return found.get(view_id, found["all"]).state()

    def changed(self, state: ListState) -> bool:
        """Tell whether a list is not as its view was saved."""
        saved = self.named(state.view_id)
        return (saved.where, saved.sort) != (state.where, state.sort)

    def _choose(self, view: ListView) -> None:
        self._view.prefs.set(LAST, view.id)
        self._page.set_state(replace(view.state(), text=self._page.state.text))
        self._page.reload()

    def save(self) -> None:
        """Keep the present list under a new name."""
        title = ask_name(self._page, _("存为视图"), _("视图名称"))
        if not title:
            return
        own = [one for one in self.views if one.id.startswith(OWN)]
        number = max((int(one.id[len(OWN) :]) for one in own), default=0) + 1
        state = self._page.state
        fresh = ListView(f"{OWN}{number}", title, state.where, state.sort)
        self._keep([*own, fresh], fresh.id)

    def save_over(self) -> None:
        """Keep the present list as its view."""
        state = self._page.state
        own = [
            replace(one, where=state.where, sort=state.sort) if one.id == state.view_id else one
            for one in self.views
            if one.id.startswith(OWN)
        ]
        self._keep(own, state.view_id)

    def restore(self) -> None:
        """Show the view as it was saved."""
        saved = self.named(self._page.state.view_id)
        self._page.set_state(replace(saved, text=self._page.state.text))

    def drop(self) -> None:
        """Forget the present view; the list stays as it is."""
        gone = self._page.state.view_id
        own = [one for one in self.views if one.id.startswith(OWN) and one.id != gone]
        self._keep(own, "all")

    def _keep(self, own: list[ListView], view_id: str) -> None:
        keep_views(self._view.prefs, own)
        self._read()
        if self._row is not None:
            self._row.set_views(self.views)
        self._page.state = replace(self._page.state, view_id=view_id)
        self._view.prefs.set(LAST, view_id)
        self._page.reload()
