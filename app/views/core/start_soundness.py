"""Look behind the open window whether a book is sound that was not closed in order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

from app.errors import BookError
from app.i18n import _
from app.views.core.runner import run_job

if TYPE_CHECKING:
    from app.services.office import Office
    from app.views.core.start_session import Session


class Soundness(QObject):
    """Check once after a close that was not in order, and say for good what is damaged."""

    _met = Signal(object, object)

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._session = session
        self._damage: BookError | None = None
        self._has_looked = False
        self._met.connect(self._note, Qt.ConnectionType.QueuedConnection)
        session.shell.rebuilt.connect(self._mark)

    def begin(self, office: Office) -> None:
        """Watch over a book that was just opened."""
        self._damage = None
        self._has_looked = False
        self._mark()
        office.admin.when_damaged(lambda damage: self._met.emit(office, damage))

    def look_if_needed(self, office: Office) -> None:
        """Check all pages of a book that was not closed in order."""
        if office.admin.needs_check:
            self._say(_("上次没有正常退出，正在检查数据，可以照常使用"), "info")
            self._look(office)

    def _look(self, office: Office) -> None:
        self._has_looked = True
        run_job(
            self._session.shell,
            office.admin.check_pages,
            lambda _done: self._pass(office),
            lambda error: self._tell(office, error),
            title=_("检查数据"),
        )

    def _pass(self, office: Office) -> None:
        if office is self._session.office:
            self._say(_("上次没有正常退出，检查过了，数据完好"), "checkmark_circle")

    def _say(self, text: str, icon: str) -> None:
        self._session.shell.toast_box.say(text, icon=icon)

    def _note(self, office: Office, damage: BookError) -> None:
        """Keep the damage in view; when nobody knows yet which part it is, look."""
        if office is not self._session.office:
            return
        self._damage = damage
        self._mark()
        if not self._has_looked:
            self._look(office)

    def _tell(self, office: Office, error: BaseException) -> None:
        from app.views.core.errors import show_error

        if office is self._session.office:
            self._session.shell.toast_box.dismiss()
            show_error(self._session.shell, error)

    def _mark(self) -> None:
        status = self._session.shell.status
        if self._damage is None:
            status.drop_alarm()
        else:
            status.raise_alarm(_("数据有损坏，不能保存"), self._tell_again)

    def _tell_again(self) -> None:
        office = self._session.office
        if office is not None and self._damage is not None:
            self._tell(office, self._damage)
