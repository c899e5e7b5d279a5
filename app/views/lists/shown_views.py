"""The views of a list: the ones everybody has, and those kept in the book."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from app.errors import UserError
from app.i18n import _
from app.services.lists.saved import AS_NEW, Layout
from app.views.core.errors import show_error
from app.views.core.page import ViewContext
from app.views.core.undoing import said
from app.views.lists.name_dialog import ask_name
from app.views.lists.state import OWN, ListState, ListView, draft_of, saved_views
from app.views.lists.view_row import ViewRow
from app.views.widgets.table_columns import TableColumns


class ListPage(Protocol):
    """A page that shows one list."""

    @property
    def state(self) -> ListState:
        """Return what is shown."""

    def set_state(self, state: ListState) -> None:
        """Show another list."""

    def reload(self) -> None:
        """Read the list again."""


class ShownViews:
    """Know the views of a list; choose, keep, rename, share, order, restore and delete them.

    ``built_in`` gives the views everybody has. A list begins with ``first``, or with the view
    that was shown last on this computer.
    """

    def __init__(
        self,
        view: ViewContext,
        page: ListPage,
        parent: QWidget,
        list_name: str,
        built_in: Callable[[], Sequence[ListView]],
    ) -> None:
        self._view = view
        self._page = page
        self._parent = parent
        self._list = list_name
        self._built_in = built_in
        self._last = f"{list_name}.view"
        self._row: ViewRow | None = None
        self._columns: TableColumns | None = None
        self.views: tuple[ListView, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Read the views again: somebody may have kept or shared one."""
        kept = saved_views(self._view.office.views, self._list)
        fresh = (*self._built_in(), *kept)
        if fresh != self.views:
            self.views = fresh
            if self._row is not None:
                self._row.set_views(self.views)
                self.use_columns(self._page.state)

    def attach(self, row: ViewRow, columns: TableColumns) -> None:
        """Show the views in a row and act on it; each view has columns of its own."""
        self._row = row
        self._columns = columns
        row.set_views(self.views)
        row.chosen.connect(self.choose)
        row.save_wanted.connect(self.save)
        row.save_over_wanted.connect(self.save_over)
        row.restore_wanted.connect(self.restore)
        row.rename_wanted.connect(self.rename)
        row.share_wanted.connect(self.share)
        row.move_wanted.connect(self.move)
        row.drop_wanted.connect(self.drop)

    def first(self, otherwise: str = "all") -> ListState:
        """Return the list to begin with: the last view, else the one named."""
        last = str(self._view.prefs.get(self._last) or "")
        return self.named(last if last in self._known() else otherwise)

    def named(self, view_id: str) -> ListState:
        """Return the list of a view, everything for an unknown one."""
        found = self._known()
        return found.get(view_id, found["all"]).state()

    def _known(self) -> dict[str, ListView]:
        return {one.id: one for one in self.views}

    def _present(self) -> ListView:
        found = self._known()
        return found.get(self._page.state.view_id, found["all"])

    def changed(self, state: ListState) -> bool:
        """Tell whether a list is not as its view was kept."""
        kept = self.named(state.view_id)
        if (kept.where, kept.sort, kept.group) != (state.where, state.sort, state.group):
            return True
        own = state.view_id.startswith(OWN)
        return own and self._columns is not None and not self._columns.as_laid_out()

    def use_columns(self, state: ListState) -> None:
        """Show the columns of the view of a list."""
        if self._columns is not None:
            view = self._known().get(state.view_id)
            self._columns.use(state.view_id, view.layout if view is not None else AS_NEW)

    # -- acts -----------------------------------------------------------------------------

    def choose(self, view: ListView) -> None:
        """Show another view; a search stays."""
        self._view.prefs.set(self._last, view.id)
        self._page.set_state(replace(view.state(), text=self._page.state.text))
        self._page.reload()

    def save(self) -> None:
        """Keep the present list under a new name."""
        title = ask_name(self._parent, _("存为视图"), _("视图名称"))
        if title:
            self._write(partial(self._save, title), _("已存为视图「{title}」").format(title=title))

    def _save(self, title: str) -> str:
        draft = draft_of(self._page.state, title, self._layout())
        return f"{OWN}{self._view.office.views.save(self._list, draft)}"

    def _layout(self) -> Layout:
        return self._columns.layout() if self._columns is not None else AS_NEW

    def save_over(self) -> None:
        """Keep the present list as its view."""
        view = self._present()
        draft = draft_of(self._page.state, view.title, self._layout())
        act = partial(self._view.office.views.change, view.row_id, draft)
        self._write(act, _("已存到视图「{title}」").format(title=view.title))

    def restore(self) -> None:
        """Show the view as it was kept."""
        if self._columns is not None and self._page.state.view_id.startswith(OWN):
            self._columns.forget()
        kept = self.named(self._page.state.view_id)
        self._page.set_state(replace(kept, text=self._page.state.text))
        self._page.reload()

    def rename(self) -> None:
        """Give the present view another name."""
        view = self._present()
        title = ask_name(self._parent, _("视图改名"), _("视图名称"), text=view.title)
        if title and title != view.title:
            act = partial(self._view.office.views.rename, view.row_id, title)
            self._write(act, _("视图改名为「{title}」").format(title=title))

    def share(self, shared: bool) -> None:
        """Show the present view to everybody, or to its owner alone."""
        view = self._present()
        words = _("「{title}」大家都看得到了") if shared else _("「{title}」只有自己看得到了")
        act = partial(self._view.office.views.share, view.row_id, shared)
        self._write(act, words.format(title=view.title))

    def move(self, step: int) -> None:
        """Move the present view among those that are shared, or among the private ones."""
        view = self._present()
        beside = [one for one in self.views if one.row_id and one.shared == view.shared]
        here = beside.index(view)
        if 0 <= here + step < len(beside):
            beside.insert(here + step, beside.pop(here))
            ids = tuple(one.row_id for one in beside)
            self._write(partial(self._view.office.views.order, ids), _("已调整视图次序"))

    def drop(self) -> None:
        """Delete the present view; the list stays as it is."""
        view = self._present()
        act = partial(self._drop, view.row_id)
        self._write(act, _("已删除视图「{title}」").format(title=view.title))

    def _drop(self, row_id: int) -> str:
        self._view.office.views.remove(row_id)
        return "all"

    def _write(self, act: Callable[[], Any], words: str) -> None:
        """Do something with a view and show it; ``act`` may return the view to show then."""
        try:
            shown = act()
        except UserError as error:
            show_error(self._parent, error)
            return
        said(self._view, words)
        self.refresh()
        if isinstance(shown, str):
            self._page.set_state(replace(self._page.state, view_id=shown))
            self._view.prefs.set(self._last, shown)
        self._page.reload()
