"""The main window: navigation, pages, menus, keys, history, toasts, and its own state.

It shows before the book is open (``office`` is attached later) and therefore imports only
light modules; pages are imported when they are first shown.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from app.i18n import _, translate
from app.prefs import Prefs
from app.views.core import pages, tokens, window_state
from app.views.core.acts import Acts, Undo
from app.views.core.goto import CUSTOMER, GoTo
from app.views.core.history import History, Place

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from app.services.office import Office
    from app.views.core.page import Page, ViewContext, WidthMode
    from app.views.core.palette import Palette
    from app.views.core.signals import Subscribe
    from app.views.core.theme import Theme

HOME = "today"


class Shell(QMainWindow):
    """Hold everything of the one window; ``attach`` gives it the opened book.

    Without a theme it is only a frame, quick to show, until ``furnish`` fills it.
    ``lock_wanted`` and ``person_wanted`` are for the composition root. ``rebuilt`` comes after
    a change of language or text scale has made all widgets anew.
    """

    lock_wanted = Signal()
    person_wanted = Signal()
    attached = Signal()
    rebuilt = Signal()
    page_shown = Signal(str)

    def __init__(
        self,
        theme: Theme | None,
        prefs: Prefs,
        now: Callable[[], datetime] | None = None,
    ) -> None:
        super().__init__()
        self.prefs = prefs
        self.furnished = False
        self.office: Office | None = None
        self.history = History()
        self.acts = Acts(self)
        self.undo, self.redo = self.acts.undo, self.acts.redo
        self._now = now or datetime.now
        self._person = ("", "")
        self._book = ("", "")
        self._badges: dict[str, int] = {}
        self._allowed: frozenset[str] | None = None
        self._view: ViewContext | None = None
        self._page_id = ""
        self._book_name = ""
        self.goto = GoTo(self)
        self.setObjectName("shell")
        self.setWindowTitle(_("跟单"))
        self.setMinimumSize(*tokens.WINDOW_SMALLEST)
        if theme is not None:
            self.furnish(theme)
        window_state.restore(self, prefs)

    # -- building ----------------------------------------------------------------------------

    def furnish(self, theme: Theme) -> None:
        """Fill the bare frame with navigation, menus, status bar and what listens to them."""
        from app.views.core import focus
        from app.views.core.looks import Looks
        from app.views.core.signals import Signals

        self.theme = theme
        self.signals = Signals(self)
        self._looks = Looks(self)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            focus.install(application)
        self._build()
        self.furnished = True
        theme.changed.connect(self._theme_changed)

    def _build(self) -> None:
        from app.views.core.actions import Actions
        from app.views.core.menus import MenuBar
        from app.views.core.window_actions import WindowActions
        from app.views.widgets.toast import Toast

        self._scale = self.theme.scale
        self._specs = self.visible_specs()
        self.actions_ = Actions(self)
        self.commands = WindowActions(self, self.actions_)
        self._looks.register(self.actions_)
        central = self._make_central()
        self.setCentralWidget(central)
        self.setMenuBar(MenuBar(self.actions_, self._specs, self))
        self.toast_box = Toast(central)
        self._adapt()
        self._title("")

    def _make_central(self) -> QWidget:
        from app.views.core.interior import Interior

        central = Interior(self._specs)
        self.nav, self.stack, self.status = central.nav, central.stack, central.status
        self.nav.chosen.connect(self._on_nav)
        self.nav.entered_page.connect(self.focus_page)
        self.nav.lock_wanted.connect(self.lock_wanted)
        self.nav.person_wanted.connect(self.person_wanted)
        self.stack.status_changed.connect(self._status)
        self.stack.title_changed.connect(self._title)
        return central

    def visible_specs(self) -> tuple[pages.PageSpec, ...]:
        """Return the screens that exist in this build and that the person may see."""
        return tuple(
            spec
            for spec in pages.REGISTERED
            if self._allowed is None or not spec.group or spec.id in self._allowed
        )

    def rebuild(self) -> None:
        """Make all widgets anew (language, text scale) and come back to the same place."""
        place = self._place()
        self.stack.clear()
        old = self.actions_
        for action in tuple(old):
            old.remove(action.id)
        self.goto.drop()
        # the window deletes its former menu bar and central widget itself
        self._build()
        old.deleteLater()
        self.set_person(*self._person)
        self.set_book(*self._book)
        for page_id, count in self._badges.items():
            self.nav.set_badge(page_id, count)
        if self.office is not None:
            self._view = self._context(self.office)
            self._show(place)
        self.rebuilt.emit()

    # -- attaching -----------------------------------------------------------------------------

    def attach(
        self,
        office: Office,
        subscribe: Subscribe,
        *,
        person: str = "",
        role: str = "",
        allowed: frozenset[str] | None = None,
        start: str = HOME,
        book_name: str = "",
    ) -> None:
        """Give the window an open book; ``allowed`` are page ids, None for all."""
        self.detach()
        self.office = office
        self._allowed = allowed
        self._person = (person, role)
        self._book_name = book_name
        self.signals.follow(subscribe)
        if self.visible_specs() != self._specs:
            self.rebuild()
        self._view = self._context(office)
        self.set_person(person, role)
        if self._specs:
            wanted = [spec.id for spec in self._specs if spec.id == start]
            self._show(Place((*wanted, self._specs[0].id)[0]))
        self.attached.emit()

    def detach(self) -> None:
        """Let go of the book: all pages are dropped, the window waits."""
        self.signals.leave()
        self.stack.clear()
        self._page_id = ""
        self.office = None
        self._view = None
        self.history.clear()
        self.acts.clear()
        self.goto.forget()

    def _context(self, office: Office) -> ViewContext:
        from app.views.core.page import ViewContext

        return ViewContext(
            office=office,
            theme=self.theme,
            prefs=self.prefs,
            signals=self.signals,
            actions=self.actions_,
            navigate=self.navigate,
            toast=self.toast,
            now=self._now,
        )

    @property
    def view(self) -> ViewContext | None:
        """Return what pages and dialogs are given, None before a book is open."""
        return self._view

    # -- pages ---------------------------------------------------------------------------------

    def page(self) -> Page | None:
        """Return the shown page."""
        return self.stack.get(self._page_id) if self.furnished else None

    def navigate(self, page_id: str, **params: Any) -> None:
        """Show a screen, remembering the present one for Back."""
        if self._view is None or pages.spec_of(page_id) is None:
            return
        if self._page_id:
            self.history.leave(self._place())
        self._show(Place(page_id, params))

    def go_back(self) -> None:
        """Show the place before."""
        place = self.history.back(self._place())
        if place is not None:
            self._show(place)

    def go_forward(self) -> None:
        """Show the place ahead."""
        place = self.history.forward(self._place())
        if place is not None:
            self._show(place)

    def _place(self) -> Place:
        page = self.page()
        return Place(self._page_id, page.params() if page is not None else {})

    def _show(self, place: Place) -> None:
        view = self._view
        page = self.stack.make(place.page_id, view) if view is not None else None
        if page is None:
            return
        self._page_id = place.page_id
        if place.params:
            page.open(**place.params)
        self.nav.select(_nav_id(place.page_id))
        page.adapt(self.width_mode())  # before it is shown: its rows are then laid out once
        self.stack.setCurrentWidget(page)
        self._title(page.window_title())
        self._status()
        page.focus_first()
        self.page_shown.emit(place.page_id)

    def _on_nav(self, page_id: str) -> None:
        if page_id != self._page_id:
            self.navigate(page_id)
            from PySide6.QtCore import Qt

            self.nav.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_page(self) -> None:
        """Put the focus into the shown page."""
        page = self.page()
        if page is not None:
            page.focus_first()

    def focus_pane(self, step: int) -> None:
        """Go to the next (1) or previous (-1) pane: navigation, then the page's panes."""
        from app.views.core import focus

        page = self.page()
        focus.go_on((self.nav.view, *(page.panes() if page is not None else ())), step)

    # -- what the window tells -----------------------------------------------------------------

    def toast(self, text: str, undo: Undo | None = None, **how: Any) -> None:
        """Tell about finished work and how to take it back; see ``telling.tell``."""
        from app.views.core.telling import tell

        tell(self.acts, self.toast_box, text, undo, **how)

    def set_person(self, name: str, role: str) -> None:
        """Show who is using the program; ``role`` is translated words."""
        self._person = (name, role)
        self.nav.set_person(name, role)

    def set_book(self, size: str, backup: str) -> None:
        """Show size and last backup of the book in the status bar."""
        self._book = (size, backup)
        self.status.set_book(size, backup, self._book_name)
        self.status.set_narrow(self.width_mode() == "compact")

    def set_badge(self, page_id: str, count: int) -> None:
        """Print a number beside a screen of the navigation."""
        self._badges[page_id] = count
        self.nav.set_badge(page_id, count)

    @property
    def palette_box(self) -> Palette:
        """Return 到哪里."""
        return self.goto.box()

    def show_palette(self) -> None:
        """Open 到哪里."""
        self.goto.pop_up()

    def _status(self) -> None:
        page = self.page()
        self.status.set_left(page.status_left() if page is not None else "")
        if page is not None and (count := page.badge()) is not None:
            self.set_badge(self._page_id, count)
        self.toast_box.raise_()

    def _title(self, words: str) -> None:
        spec = pages.spec_of(self._page_id) if self._page_id else None
        shown = words or (translate(spec.title) if spec is not None else "")
        self.setWindowTitle(" — ".join(part for part in (_("跟单"), shown) if part))
        page = self.page()
        if words and page is not None and self._page_id == CUSTOMER:
            customer_id = page.current_customer()
            if customer_id is not None:
                self.goto.remember(customer_id, words)

    # -- looks ---------------------------------------------------------------------------------

    def width_mode(self) -> WidthMode:
        """Return full, medium or compact by the width in unscaled pixels."""
        width = self.width() * 100 / self.theme.scale
        if width >= tokens.WIDTH_FULL:
            return "full"
        return "medium" if width >= tokens.WIDTH_COMPACT else "compact"

    def _adapt(self) -> None:
        mode = self.width_mode()
        if self.nav.narrow != (mode != "full"):
            self.nav.set_narrow(mode != "full")
        self.status.set_narrow(mode == "compact")
        page = self.page()
        if page is not None:
            page.adapt(mode)

    def _theme_changed(self) -> None:
        if self._scale != self.theme.scale:
            self.rebuild()
        else:
            self.actions_.repaint_icons()

    # -- window events ----------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the navigation in narrow windows."""
        super().resizeEvent(event)
        if self.furnished:
            self._adapt()

    def changeEvent(self, event: QEvent) -> None:
        """Come back to the page when the window becomes active."""
        super().changeEvent(event)
        if not self.furnished:
            return
        from PySide6.QtCore import QEvent

        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            page = self.page()
            if page is not None and page.dirty:
                page.refresh()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the window and stop background work that can be stopped."""
        from app.views.core.runner import board

        page = self.page()
        if page is not None and not page.may_close():
            event.ignore()
            return
        window_state.keep(self, self.prefs)
        board().stop_all()
        super().closeEvent(event)


def _nav_id(page_id: str) -> str:
    return "customers" if page_id == CUSTOMER else page_id
