"""What every screen is: it watches kinds of change and reloads only while it is shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Literal

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.errors import UserError
from app.views.core import theme as themes
from app.views.widgets.text import ElidedLabel, Label

if TYPE_CHECKING:
    from datetime import datetime

    from app.models.values.changes import Changes, Kind
    from app.prefs import Prefs
    from app.services.office import Office
    from app.views.core.actions import Actions
    from app.views.core.errors import ErrorBar
    from app.views.core.signals import Signals
    from app.views.core.theme import Theme


WidthMode = Literal["full", "medium", "compact"]


@dataclass(frozen=True, slots=True)
class ViewContext:
    """Give a screen the office and the few things of the window that it may use.

    ``navigate(page_id, **params)`` shows a screen and remembers the present one for Back;
    ``toast(text, undo=None, *, act_id=0, again=False, link=None)`` tells about finished work;
    ``now()`` is the local wall clock.
    """

    office: Office
    theme: Theme
    prefs: Prefs
    signals: Signals
    actions: Actions
    navigate: Callable[..., None]
    toast: Callable[..., None]
    now: Callable[[], datetime]


Command = Callable[[], None]


class PageHeader(QFrame):
    """Show title, subtitle and tools in a row of 48 px."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "below")
        self.setFixedHeight(theme.size("page_header"))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(theme.px(16), 0, theme.px(16), 0)
        self.row.setSpacing(theme.px(8))
        self.title = Label(title, "title")
        self.subtitle = ElidedLabel("", "small", "text2")
        self.subtitle.setMinimumWidth(1)
        self.title.setAccessibleName(title)
        self.row.addWidget(self.title)
        self.row.addSpacing(theme.px(4))
        self.row.addWidget(self.subtitle, 1)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self.title.setText(title)
        self.title.setAccessibleName(title)

    def set_subtitle(self, text: str) -> None:
        """Change the words beside the title."""
        self.subtitle.setText(text)

    def add_tool(self, tool: QWidget) -> None:
        """Add a control at the right end; Tab visits tools from left to right."""
        self.row.addWidget(tool, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_lead(self, widget: QWidget) -> None:
        """Add something before the title, such as a back button."""
        self.row.insertWidget(0, widget, 0, Qt.AlignmentFlag.AlignVCenter)

    def add_after_title(self, widget: QWidget) -> None:
        """Add something between title and subtitle, such as a value badge."""
        at = self.row.indexOf(self.title) + 1
        self.row.insertWidget(at, widget, 0, Qt.AlignmentFlag.AlignVCenter)


class Page(QWidget):
    """Be one screen: build widgets once in ``__init__``, fill them in ``reload``.

    A subclass sets ``PAGE_ID`` and ``WATCHES``, adds to ``self.body`` (a vertical layout
    without margins) and overrides what it needs of ``reload``, ``open``, ``params``,
    ``commands``, ``status_left``, ``badge`` and ``focus_first``.
    """

    PAGE_ID: ClassVar[str] = ""
    WATCHES: ClassVar[frozenset[Kind]] = frozenset()

    status_changed = Signal()
    title_changed = Signal(str)

    def __init__(self, view: ViewContext) -> None:
        super().__init__()
        self.view = view
        self.dirty = True
        self._trouble: ErrorBar | None = None
        self.setObjectName(f"page_{self.PAGE_ID}")
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(0)
        self._late.timeout.connect(self.refresh)
        view.signals.changed.connect(self._on_changes)

    # -- for subclasses -------------------------------------------------------------

    def reload(self) -> None:
        """Read from the office and show; called only while the page is visible."""

    def open(self, **params: Any) -> None:
        """Take the parameters of ``navigate`` before the page is shown."""

    def params(self) -> dict[str, Any]:
        """Return what ``open`` needs to come back to the same place (filter, selection)."""
        return {}

    def commands(self) -> Mapping[str, Command]:
        """Return what this page does for the window's commands.

        Known names: new, find, export, print, refresh, detail, select_all, copy, open,
        follow_up, next_step, postpone, complete, rate, owner, merge. A missing name greys
        the menu entry.
        """
        return {}

    def status_left(self) -> str:
        """Return what the status bar says about this page."""
        return ""

    def badge(self) -> int | None:
        """Return the number beside this screen in the navigation, None to leave it alone."""
        return None

    def window_title(self) -> str:
        """Return the words after the program's name in the window title, empty for the default."""
        return ""

    def focus_first(self) -> None:
        """Put the focus into the list or the first field, never on a button."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def current_customer(self) -> int | None:
        """Return the id of the customer that the selection means, for 写跟单 and the palette."""
        return None

    def panes(self) -> Sequence[QWidget]:
        """Return what F6 goes through: list first, then detail."""
        return (self,)

    def keys(self) -> Sequence[tuple[str, str]]:
        """Return the keys of this page for the key sheet: (key, what it does)."""
        return ()

    def adapt(self, mode: WidthMode) -> None:
        """Fit the window: full from 1280 px, medium from 1024, compact below."""

    def may_close(self) -> bool:
        """Tell whether the window may close now; drafts are kept anyway."""
        return True

    # -- header ----------------------------------------------------------------------

    def add_header(self, title: str) -> PageHeader:
        """Add and return the page header."""
        header = PageHeader(title, self)
        self.body.addWidget(header)
        return header

    # -- reload discipline -------------------------------------------------------------

    def refresh(self) -> None:
        """Reload now if shown, else remember to."""
        if not self.isVisible():
            self.dirty = True
            return
        self.dirty = False
        try:
            self.reload()
        except UserError as error:
            self.dirty = True
            self._tell(error)
        else:
            if self._trouble is not None:
                self._trouble.clear()
        self.status_changed.emit()

    def _tell(self, error: UserError) -> None:
        """Say under the header why nothing new can be shown."""
        from app.views.core.errors import ErrorBar

        if self._trouble is None:
            theme = themes.current()
            self._trouble = ErrorBar(self)
            side = theme.px(16)
            self._trouble.setContentsMargins(side, theme.px(8), side, theme.px(8))
            self.body.insertWidget(min(1, self.body.count()), self._trouble)
        self._trouble.show_error(error, self.refresh)

    def showEvent(self, event: QShowEvent) -> None:
        """Reload what became stale while hidden."""
        super().showEvent(event)
        if self.dirty:
            self.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Repaint after a switch of light and dark."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.update()

    def _on_changes(self, changes: Changes) -> None:
        if changes.touches(self.WATCHES):
            self.dirty = True
            if self.isVisible():
                self._late.start()
