"""Open the book of a window on another thread, and ask for its passphrase when it has one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from app.errors import UserError
from app.i18n import _
from app.models.values.unlocking import BookLook, delay_seconds
from app.views.core.runner import run_job
from app.views.core.start_turns import close_unused, with_agenda

if TYPE_CHECKING:
    from app.models.values.unlocking import Secret
    from app.services.jobs import Progress
    from app.services.office import Office
    from app.views.core.start_session import Session
    from app.views.security.lock_page import LockPage

T = TypeVar("T")
_NEEDS_TYPING = ("passphrase_needed", "wrong_passphrase")


class Opening:
    """Lead from a folder to an office; ``turn`` counts what was asked for so far."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._wrong_count = 0
        self._has_asked = False
        self.turn = 0

    def begin(self) -> None:
        """Look at the book and open it, or ask for the passphrase that it needs."""
        bootstrap, folder, clock = (
            self._session.bootstrap, self._session.folder, self._session.clock,
        )  # fmt: skip
        given = self._given()

        def open_or_look(_progress: Progress) -> Office | BookLook:
            look = bootstrap.look_at(folder)
            if look.encrypted and not look.remembered and given is None:
                return look
            office = bootstrap.open_office(folder, passphrase=lambda _envelope: given, clock=clock)
            return with_agenda(office)

        self._in_turn(open_or_look, self._opened_or_ask, self._ask_or_tell)

    def forget(self) -> None:
        """Let nothing count that is still under way: another book is wanted."""
        self.turn += 1
        self._wrong_count = 0

    def _in_turn(
        self,
        job: Callable[[Progress], T],
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        """Run a job whose result counts only while no other book was asked for since."""
        self.turn += 1
        turn = self.turn

        def end(result: T) -> None:
            if turn == self.turn:
                done(result)
            else:
                close_unused(result)

        def fail(error: BaseException) -> None:
            if turn == self.turn:
                failed(error)

        run_job(self._session.shell, job, end, fail)

    def _opened_or_ask(self, found: Office | BookLook) -> None:
        if isinstance(found, BookLook):
            self._ask(found)
        else:
            self._attach(found)

    def _attach(self, office: Office) -> None:
        self._wrong_count = 0
        self._session.attach(office)

    def _given(self) -> str | None:
        """Return the passphrase of the standard input or the environment, asked for once."""
        if self._has_asked:
            return None
        self._has_asked = True
        if self._session.options.passphrase_stdin:
            return sys.stdin.readline().rstrip("\r\n")
        return self._session.bootstrap.given_passphrase()

    def _ask_or_tell(self, error: BaseException) -> None:
        if isinstance(error, UserError) and error.code in _NEEDS_TYPING:
            bootstrap, folder = self._session.bootstrap, self._session.folder
            self._in_turn(
                lambda _progress: bootstrap.look_at(folder), self._ask, self._session.refuse
            )
        else:
            self._session.refuse(error)

    def _ask(self, look: BookLook) -> None:
        """Lay the unlock page over the window."""
        from app.views.security.lock_page import LockPage, LockWords

        session = self._session
        words = LockWords(
            title=_("输入密码"),
            subtitle=_("数据已加密，只存在这台电脑上"),
            name=session.folder.stem,
            role=str(session.folder.parent),
            other=_("打开别的…"),
            hint=look.hint,
            square=True,
        )
        page = LockPage(words)
        page.tried.connect(lambda secret: self._unlock(page, secret))
        page.other_wanted.connect(session.choose_other)
        session.cover.lay(page, _("跟单"))
        page.focus_first()

    def _unlock(self, page: LockPage, secret: Secret) -> None:
        bootstrap, folder, clock = (
            self._session.bootstrap, self._session.folder, self._session.clock,
        )  # fmt: skip
        self._in_turn(
            lambda _progress: with_agenda(bootstrap.unlock_office(folder, secret, clock=clock)),
            self._attach,
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
            self._session.refuse(error)
