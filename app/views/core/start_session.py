"""From the start of the program to an open book: which book, which page lies over the window."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app import paths
from app.errors import BookError, UserError
from app.i18n import N_, _
from app.models.values.unlocking import BookLook, Secret, delay_seconds
from app.prefs import LAST_BOOK, Prefs, StartOptions
from app.views.core.actions import Action
from app.views.core.runner import RunningJob, board, run_job
from app.views.core.shell import Shell
from app.views.core.start_books import Bootstrap
from app.views.core.start_cover import Cover
from app.views.core.start_locking import Locking
from app.views.core.start_preload import preload, with_home
from app.views.core.start_soundness import Soundness
from app.views.core.start_turns import after_first_paint, close_unused
from app.views.core.theme import Theme

if TYPE_CHECKING:
    from app.services.jobs import Progress
    from app.services.office import Office
    from app.views.admin.first_run import FirstRun
    from app.views.security.lock_page import LockPage

T = TypeVar("T")
_NEEDS_TYPING = ("passphrase_needed", "wrong_passphrase")


class Session(QObject):
    """Own the window and the open book from the first paint to the last."""

    def __init__(
        self, theme: Theme, prefs: Prefs, options: StartOptions, bootstrap: Bootstrap
    ) -> None:
        super().__init__()
        self.bootstrap = bootstrap
        self.options = options
        self.prefs = prefs
        self.clock = bootstrap.choose_clock(options)
        self.folder = paths.book_folder(bootstrap.choose_book(options))
        self.office: Office | None = None
        self._zone: tzinfo | None = None
        self._wrong_count = 0
        self._has_asked = False
        self._turn = 0
        self._after = ""
        self.wizard: FirstRun | None = None
        self._demo: RunningJob | None = None
        self.shell = Shell(theme, prefs, self.now)
        self.cover = Cover(self.shell)
        self.locking = Locking(self)
        self.soundness = Soundness(self)
        self._add_actions()
        self.shell.rebuilt.connect(self._add_actions)

    def _add_actions(self) -> None:
        """Offer what only the program as a whole can do, in the palette and to pages."""
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
                "new_book", N_("新建一份数据…"), self.make_new, "xj xinjian new book", icon="plus"
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
            self.make_new()
            return
        self._show_shell()
        after_first_paint(self.shell, self._open_first)

    def _open_first(self) -> None:
        if not self._turn:
            self.open()

    def _show_shell(self) -> None:
        self.shell.show()
        self.shell.activateWindow()

    def end(self) -> None:
        """Close the book after all background work has stopped."""
        board().stop_all()
        if self.wizard is not None:
            self.wizard.close()
        self._let_go()

    def come_forward(self, message: str = "") -> None:
        """Raise the window; a second start may have named another book."""
        window: QWidget = self.shell
        if self.wizard is not None and self.wizard.isVisible():
            window = self.wizard
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
        if self._is_demo() and not paths.is_book(self.folder):
            self._make_demo()
            return
        folder = self.folder
        self._in_turn(lambda _progress: self.bootstrap.look_at(folder), self._looked, self._refused)

    def _is_demo(self) -> bool:
        return self.options.demo and self.folder == paths.demo_book()

    def _in_turn(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run a job whose result counts only while no other book was asked for since."""
        self._turn += 1
        turn = self._turn

        def end(result: T) -> None:
            if turn == self._turn:
                done(result)
            else:
                close_unused(result)

        def fail(error: BaseException) -> None:
            if turn == self._turn:
                failed(error)

        run_job(self.shell, job, end, fail)

    def _looked(self, look: BookLook) -> None:
        given = self._given()
        if look.encrypted and not look.remembered and given is None:
            self._ask(look)
            run_job(self.shell, lambda _progress: self.bootstrap.warm_up(), lambda _done: None)
            return
        folder = self.folder
        self._in_turn(
            lambda _progress: with_home(
                self.bootstrap.open_office(
                    folder, passphrase=lambda _envelope: given, clock=self.clock
                )
            ),
            self.attach,
            lambda error: self._ask_or_tell(look, error),
        )

    def _given(self) -> str | None:
        """Return the passphrase of the standard input or the environment, asked for once."""
        if self._has_asked:
            return None
        self._has_asked = True
        if self.options.passphrase_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        return self.bootstrap.given_passphrase()

    def _ask_or_tell(self, look: BookLook, error: BaseException) -> None:
        if isinstance(error, UserError) and error.code in _NEEDS_TYPING:
            self._ask(look)
        else:
            self._refused(error)

    def _ask(self, look: BookLook) -> None:
        """Lay the unlock page over the window."""
        from app.views.security.lock_page import LockPage, LockWords

        words = LockWords(
            title=_("输入密码"),
            subtitle=_("数据已加密，只存在这台电脑上"),
            name=self.folder.stem,
            role=str(self.folder.parent),
            other=_("打开别的…"),
            hint=look.hint,
            square=True,
        )
        page = LockPage(words)
        page.tried.connect(lambda secret: self._unlock(page, secret))
        page.other_wanted.connect(self.choose_other)
        self.cover.lay(page, _("跟单"))
        page.focus_first()

    def _unlock(self, page: LockPage, secret: Secret) -> None:
        folder = self.folder
        self._in_turn(
            lambda _progress: with_home(
                self.bootstrap.unlock_office(folder, secret, clock=self.clock)
            ),
            self.attach,
            lambda error: self._wrong(page, error),
        )

    def _wrong(self, page: LockPage, error: BaseException) -> None:
        from app.views.core.errors import words_of

        code = error.code if isinstance(error, UserError) else ""
        if code == "wrong_passphrase":
            self._wrong_count += 1
            page.refuse(words_of(error)[0], delay_seconds(self._wrong_count))
        elif code in ("wrong_recovery_code", "passphrase_too_short"):
            page.refuse(" ".join(words_of(error)))
        else:
            self._refused(error)

    def _refused(self, error: BaseException) -> None:
        """Lay one plain page over the window: what is safe, what to do."""
        from app.views.core.start_message import MessagePage

        page = MessagePage(error)
        code = error.code if isinstance(error, BookError) else ""
        if code != "newer_book":
            page.add(_("再试一次"), "message_retry", self.open)
        page.add(_("打开别的…"), "message_other", self.choose_other)
        page.add(_("新建一份…"), "message_new", self.make_new)
        self.cover.lay(page, _("跟单"))
        page.focus_first()

    # -- an open book --------------------------------------------------------------------------

    def attach(self, office: Office) -> None:
        """Give the window the opened book."""
        self.office = office
        self.folder = office.folder
        self._zone = office.context.zone
        self._wrong_count = 0
        if self.folder != paths.demo_book():
            self.prefs.set(LAST_BOOK, str(self.folder))
        self._choose_person(office)
        self.show_person()
        self.cover.lift()
        self._show_shell()
        # the page could not take the focus while the cover lay over it
        self.shell.focus_page()
        self.locking.begin()
        run_job(self.shell, lambda progress: preload(progress, office), lambda _done: None)
        self.soundness.begin(office)
        after, self._after = self._after, ""
        if after:
            self.shell.actions_.run(after)

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
        self._turn += 1
        self.cover.drop_dialogs()
        self._let_go()
        self.folder = paths.book_folder(folder)
        self._wrong_count = 0
        self._show_shell()
        self.open()

    def _let_go(self) -> None:
        self.locking.end()
        self.shell.detach()
        office, self.office = self.office, None
        if office is not None:
            office.close()

    # -- other books ---------------------------------------------------------------------------

    def choose_other(self) -> None:
        """Let the person choose another book folder."""
        chosen = QFileDialog.getExistingDirectory(
            self.shell, _("打开数据文件夹"), str(self.folder.parent)
        )
        if chosen:
            self.switch_to(Path(chosen))

    def make_new(self) -> None:
        """Begin the first use: the wizard makes a book."""
        from app.views.admin.first_run import FirstRun
        from app.views.admin.first_run_end import free_place

        wizard = FirstRun(self.bootstrap, self.prefs, self.clock, free_place(self.folder))
        wizard.made.connect(self._made)
        wizard.rejected.connect(self._left_wizard)
        wizard.open_wanted.connect(self._open_instead)
        self.wizard = wizard
        wizard.show()
        wizard.activateWindow()

    def _made(self, office: Office, next_step: str) -> None:
        self._let_go()
        self._after = next_step
        self.attach(office)

    def _open_instead(self) -> None:
        self.shell.show()
        self.choose_other()
        if self.wizard is not None and self.folder_is_open():
            self.wizard.close()

    def folder_is_open(self) -> bool:
        """Tell whether there is a book at the present place."""
        return paths.is_book(self.folder)

    def _left_wizard(self) -> None:
        if self.office is None and not self.shell.isVisible():
            self.shell.close()

    def _make_demo(self) -> None:
        from app.views.core.start_message import ProgressPage

        page = ProgressPage(
            _("正在准备示例数据"),
            _("一家虚构的公司，300 来个客户。想删就删，和正式数据互不影响。"),
            self._stop_demo,
        )
        self.cover.lay(page, _("跟单"))
        page.focus_first()
        self._demo = run_job(
            self.shell,
            lambda progress: self.bootstrap.window_demo(
                self.folder, clock=self.clock, progress=progress
            ),
            self.attach,
            self._refused,
            progress=page.step,
            cancelled=self._demo_stopped,
            writing=True,
        )

    def _stop_demo(self) -> None:
        if self._demo is not None:
            self._demo.stop()

    def _demo_stopped(self) -> None:
        self._refused(
            BookError(
                "stopped", N_("示例数据没有做完"), advice=N_("没有留下半份数据，可以再来一次")
            )
        )
