"""From the start of the program to an open book: which book, which page lies over the window."""

from __future__ import annotations

from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from app import paths
from app.errors import BookError, UserError
from app.i18n import N_, _
from app.prefs import LAST_BOOK, Prefs, StartOptions
from app.views.core.runner import board, run_job
from app.views.core.shell import Shell
from app.views.core.start_turns import after_first_paint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from app.services.office import Office
    from app.views.core.start_books import Bootstrap
    from app.views.core.start_cover import Cover
    from app.views.core.start_locking import Locking
    from app.views.core.start_making import Making
    from app.views.core.start_opening import Opening
    from app.views.core.start_soundness import Soundness

T = TypeVar("T")
_NEEDS_TYPING = ("passphrase_needed", "wrong_passphrase")


class Session(QObject):
    """Own the window and the open book from the first paint to the last.

    ``drawn`` comes when the empty window, ``opened`` when the first page of a book was drawn.
    """

    drawn = Signal()
    opened = Signal()

    def __init__(
        self, application: QApplication, prefs: Prefs, options: StartOptions, bootstrap: Bootstrap
    ) -> None:
        super().__init__()
        self._application = application
        self.bootstrap = bootstrap
        self.options = options
        self.prefs = prefs
        self.clock = bootstrap.choose_clock(options)
        self.folder = paths.book_folder(bootstrap.choose_book(options))
        self.office: Office | None = None
        self._zone: tzinfo | None = None
        self.then_run = ""
        self.shell = Shell(None, prefs, self.now)

    @cached_property
    def cover(self) -> Cover:
        """Return what lies over the window while no book is open in it."""
        from app.views.core.start_cover import Cover

        return Cover(self.shell)

    @cached_property
    def opening(self) -> Opening:
        """Return what opens the book."""
        from app.views.core.start_opening import Opening

        return Opening(self)

    @cached_property
    def locking(self) -> Locking:
        """Return what locks the window."""
        from app.views.core.start_locking import Locking

        return Locking(self)

    @cached_property
    def making(self) -> Making:
        """Return what makes books."""
        from app.views.core.start_making import Making

        return Making(self)

    @cached_property
    def soundness(self) -> Soundness:
        """Return what watches for damage."""
        from app.views.core.start_soundness import Soundness

        return Soundness(self)

    def _furnish(self) -> None:
        """Fill the window, and let everything listen to it that does."""
        if self.shell.furnished:
            return
        from app.views.core import theme

        self.shell.furnish(theme.install_chosen(self._application, self.prefs))
        assert all((self.cover, self.locking))
        self._add_actions()
        self.shell.rebuilt.connect(self._add_actions)

    def _add_actions(self) -> None:
        """Offer what only the program as a whole can do, in the palette and to pages."""
        from app.views.core.actions import Action

        add = self.shell.actions_.add
        add(
            Action(
                "open_book",
                N_("打开别的数据…"),
                self.choose_other,
                "dk dakai open book",
                icon="open",
            )
        )
        add(
            Action(
                "new_book",
                N_("新建一份数据…"),
                self.making.begin,
                "xj xinjian new book",
                icon="plus",
            )
        )
        add(Action("lock_minutes_changed", N_("按新的分钟数锁定"), self.locking.begin,
                   in_palette=False))  # fmt: skip

    def now(self) -> datetime:
        """Return the wall clock of the office."""
        from app.models.values import dates

        return dates.to_local(self.clock.now(), self._zone or dates.zone("Asia/Shanghai"))

    # -- beginning ---------------------------------------------------------------------------

    def begin(self) -> None:
        """Show the window at once and open the book behind it, or begin the first use."""
        named = self.options.book is not None
        if not paths.is_book(self.folder) and not self.options.demo and not named:
            self._furnish()
            self.making.begin()
            self.drawn.emit()
            return
        self._show_shell()
        after_first_paint(self.shell, self._open_first)

    def _open_first(self) -> None:
        self.drawn.emit()
        from app.views.widgets.skeleton import WAIT_MS

        # the libraries come on another thread while this one fills the window
        run_job(self.shell, lambda _progress: self.bootstrap.warm_up(), lambda _done: None)
        # the bare frame stays until there are rows, or until waiting wants to be told
        self.shell.setUpdatesEnabled(False)
        QTimer.singleShot(WAIT_MS, self.shell, lambda: self.shell.setUpdatesEnabled(True))
        if not (self.opening.turn or self._makes_demo()):
            self.opening.begin()  # on its own thread, while this one fills the window
        self._furnish()
        if not self.opening.turn:
            self.open()
        from app.views.core import pages

        pages.load(pages.REGISTERED[0])  # rather than once the book is there

    def _show_shell(self) -> None:
        self.shell.show()
        self.shell.activateWindow()

    def end(self) -> None:
        """Close the book after all background work has stopped."""
        board().stop_all()
        self.making.end()
        self.let_go()

    def come_forward(self, message: str = "") -> None:
        """Raise the window; a second start may have named another book."""
        window: QWidget = self.shell
        wizard = self.making.wizard
        if wizard is not None and wizard.isVisible():
            window = wizard
        from PySide6.QtCore import Qt

        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        named = message.partition("\n")[2]
        if named and Path(named) != self.folder:
            self.switch_to(Path(named))

    # -- opening -----------------------------------------------------------------------------

    def open(self) -> None:
        """Look at the book, then open it on another thread or ask for the passphrase."""
        self.cover.lift()
        if self._makes_demo():
            self.making.make_demo()
        else:
            self.opening.begin()

    def _makes_demo(self) -> bool:
        is_demo = self.options.demo and self.folder == paths.demo_book()
        return is_demo and not paths.is_book(self.folder)

    def refuse(self, error: BaseException) -> None:
        """Lay one plain page over the window: what is safe, what to do."""
        from app.views.core.start_message import MessagePage

        page = MessagePage(error)
        code = error.code if isinstance(error, BookError) else ""
        if code != "newer_book":
            page.add(_("再试一次"), "message_retry", self.open)
        page.add(_("打开别的…"), "message_other", self.choose_other)
        page.add(_("新建一份…"), "message_new", self.making.begin)
        self.cover.lay(page, _("跟单"))
        page.focus_first()

    # -- an open book --------------------------------------------------------------------------

    def attach(self, office: Office) -> None:
        """Give the window the opened book."""
        self.office = office
        self.folder = office.folder
        self._zone = office.context.zone
        if self.folder != paths.demo_book():
            self.prefs.set(LAST_BOOK, str(self.folder))
        self._choose_person(office)
        self.show_person()
        self.cover.lift()
        self.shell.setUpdatesEnabled(True)
        self._show_shell()
        # the page could not take the focus while the cover lay over it
        self.shell.focus_page()
        self.locking.begin()
        page = self.shell.page()
        after_first_paint(page or self.shell, lambda: self._look_behind(office))
        after, self.then_run = self.then_run, ""
        if after:
            self.shell.actions_.run(after)

    def _look_behind(self, office: Office) -> None:
        """Begin what would only keep the first page waiting."""
        from app.views.core.start_preload import empty_old_bin, preload

        self.opened.emit()
        if office is self.office:
            self.soundness.begin(office)
            self.soundness.look_if_needed(office)
            preload(self.shell, office, lambda: self._remind(office))
            empty_old_bin(self.shell, office)

    def _remind(self, office: Office) -> None:
        from app.views.core.start_preload import watch_reminders

        if office is self.office:
            watch_reminders(self.shell, office)

    def _choose_person(self, office: Office) -> None:
        wanted = self.options.actor or str(self.prefs.get("person", ""))
        if not wanted:
            return
        try:
            office.staff.act_as(wanted)
        except UserError as error:
            if self.options.actor:
                from app.views.core.errors import show_error

                show_error(self.shell, error)

    def show_person(self) -> None:
        """Build the window for the person who acts: name, role and screens."""
        from app.views.core.format import file_size

        office = self.office
        if office is not None:
            self.locking.attach_person(office)
            self.shell.set_book(file_size(office.book.size_bytes), "")

    def switch_to(self, folder: Path) -> None:
        """Close the open book and open another one."""
        self._furnish()
        self.opening.forget()
        self.cover.drop_dialogs()
        self.let_go()
        self.folder = paths.book_folder(folder)
        self._show_shell()
        self.open()

    def let_go(self) -> None:
        """Close the book, if one is open, and leave the window waiting."""
        if self.shell.furnished:
            self.locking.end()
            self.shell.detach()
        office, self.office = self.office, None
        if office is not None:
            office.close()

    # -- other books ---------------------------------------------------------------------------

    def choose_other(self) -> None:
        """Let the person choose another book folder."""
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(
            self.shell, _("打开数据文件夹"), str(self.folder.parent)
        )
        if chosen:
            self.switch_to(Path(chosen))
