"""Lock the window, unlock it, and change who is using it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from app.errors import UserError
from app.i18n import _
from app.models.values.unlocking import Secret, delay_seconds
from app.views.core import labels
from app.views.core.runner import run_job
from app.views.core.start_rights import pages_of
from app.views.security.idle import WARNING_SECONDS, Idle

if TYPE_CHECKING:
    from app.services.office import Office
    from app.views.core.start_session import Session
    from app.views.security.lock_page import LockPage

LOCK_MINUTES = "lock_minutes"
PERSON = "person"
DEFAULT_MINUTES = 10


class Locking(QObject):
    """Keep the window of an open book locked while nobody is there."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._page: LockPage | None = None
        self._wrong_count = 0
        self._next_person = ""
        self.idle = Idle(self)
        self.idle.warned.connect(self._warn)
        self.idle.elapsed.connect(self._lock_by_itself)
        session.shell.lock_wanted.connect(self.lock)
        session.shell.person_wanted.connect(self._offer_people)

    @property
    def locked(self) -> bool:
        """Tell whether the window is locked."""
        return self._page is not None

    def begin(self) -> None:
        """Count the minutes of an open window."""
        self._page = None
        self.idle.start(self.minutes())

    def end(self) -> None:
        """Count no more: the book is being closed."""
        self.idle.stop()
        self._page = None

    def minutes(self) -> int:
        """Return after how many minutes the window locks itself, 0 for never."""
        office = self._session.office
        usual = DEFAULT_MINUTES if office and office.encrypted else 0
        kept = self._session.prefs.get(LOCK_MINUTES, usual)
        return kept if isinstance(kept, int) else usual

    # -- locking -----------------------------------------------------------------------------

    def lock(self, why: str = "") -> None:
        """Hide everything of the book behind one field."""
        from app.views.security.lock_page import LockPage, words_while_locked

        office = self._session.office
        if office is None or self.locked:
            return
        self.idle.stop()
        reason = why or _("手动锁定")
        subtitle = f"{self._session.now():%H:%M} {reason}"
        self._page = LockPage(words_while_locked(office, subtitle))
        self._page.tried.connect(self._try)
        self._page.other_wanted.connect(self._offer_people)
        self._session.cover.lay(self._page, _("跟单 — 已锁定"))
        self._page.focus_first()

    def _lock_by_itself(self) -> None:
        self.lock(_("离开 {count} 分钟自动锁定").format(count=self.minutes()))

    def _warn(self) -> None:
        words = _("{count} 秒后自动锁定，动一下就取消").format(count=WARNING_SECONDS)
        self._session.shell.toast(words)

    # -- unlocking ---------------------------------------------------------------------------

    def _try(self, secret: Secret) -> None:
        page, office = self._page, self._session.office
        if page is None or office is None:
            return
        run_job(
            page,
            lambda _progress: _verify(office, secret),
            lambda _done: self._unlock(),
            lambda error: self._wrong(page, error),
        )

    def _wrong(self, page: LockPage, error: BaseException) -> None:
        from app.views.core.errors import words_of

        wait = 0
        if isinstance(error, UserError) and error.code == "wrong_passphrase":
            self._wrong_count += 1
            wait = delay_seconds(self._wrong_count)
        page.refuse(words_of(error)[0], wait)

    def _unlock(self) -> None:
        self._wrong_count = 0
        self._page = None
        person, self._next_person = self._next_person, ""
        office = self._session.office
        if person and office is not None and person != office.context.actor.name:
            self._session.cover.drop_dialogs()
            self._session.cover.lift()
            self.act_as(person)
        else:
            self._session.cover.lift()
        self.begin()

    # -- people ------------------------------------------------------------------------------

    def _offer_people(self) -> None:
        """Offer everybody who works here; a locked window still asks for the passphrase."""
        office = self._session.office
        if office is None:
            return
        menu = QMenu(self._session.shell)
        menu.setObjectName("people_menu")
        for one in office.staff.all(with_left=False):
            role = labels.of(labels.ROLE, one.role)
            action = menu.addAction(f"{one.name}  {role}".replace("&", "&&"))
            action.setObjectName(f"person_{one.id}")
            action.setCheckable(True)
            action.setChecked(one.id == office.context.actor.staff_id)
            action.triggered.connect(
                lambda _on=False, name=one.name, role=role: self.choose(name, role)
            )
        anchor: QWidget | None = self._session.shell.findChild(QWidget, "person")
        if self._page is not None:
            anchor = self._page.findChild(QWidget, "lock_other")
        if anchor is not None:
            high = menu.sizeHint().height()
            below = QPoint(0, anchor.height())
            menu.popup(anchor.mapToGlobal(below if self._page is not None else QPoint(0, -high)))

    def choose(self, name: str, role: str = "") -> None:
        """Let this person use the window: at once, or once it is unlocked."""
        if self._page is None:
            self.act_as(name)
        else:
            self._next_person = name
            self._page.show_person(name, role)
            self._page.focus_first()

    def act_as(self, name: str) -> None:
        """Sign later writes by this person and build the window for their role."""
        office = self._session.office
        if office is None or name == office.context.actor.name:
            return
        office.staff.act_as(name)
        self._session.prefs.set(PERSON, name)
        self.attach_person(office)

    def attach_person(self, office: Office) -> None:
        """Build the window for the person who acts: name, role and screens."""
        actor = office.context.actor
        self._session.shell.attach(
            office,
            office.bus.subscribe,
            person=actor.name,
            role=labels.of(labels.ROLE, actor.role),
            allowed=pages_of(actor.role),
            book_name=office.folder.stem,
        )


def _verify(office: Office, secret: Secret) -> None:
    if secret.recovery_code:
        office.security.reset_passphrase(secret.recovery_code, secret.new_passphrase)
    else:
        office.security.verify(secret.passphrase)
