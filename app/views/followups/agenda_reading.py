"""Read Today in two steps: its first rows at once, a long list behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from app.services.followups.today import AT_FIRST
from app.views.core.runner import run_job

if TYPE_CHECKING:
    from app.services.followups.today import Agenda
    from app.services.office import Office


class AgendaReading(QObject):
    """Give a page its agenda: ``came(agenda)``, ``failed(error)``; ``agenda`` is the last one.

    A short list comes before ``read`` returns. Of a long one the first rows come then and the
    whole behind them; once it was shown whole, it stays until it is whole anew.
    """

    came = Signal(object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self.agenda: Agenda | None = None
        self._turn = 0
        self._long_of: int | None = None
        self._held: int | None = None
        self._may_follow = False

    def read(self, staff_id: int) -> None:
        """Read the agenda of a person, of everybody with 0."""
        self._turn += 1
        head = None
        if staff_id != self._long_of:
            self._long_of = None
            head = self._office.followups.first_steps(staff_id)
        if head is not None:
            self._give(head)
        if head is None or not head.whole():
            self._follow(staff_id)

    def _give(self, agenda: Agenda) -> None:
        self.agenda = agenda
        self.came.emit(agenda)

    def follow(self) -> None:
        """Let the rest come from now on: the first rows are on the screen."""
        self._may_follow = True
        if self._held is not None:
            self._follow(self._held)

    def _follow(self, staff_id: int) -> None:
        self._held = None if self._may_follow else staff_id
        if not self._may_follow:
            return
        turn = self._turn

        def come(agenda: Agenda) -> None:
            if turn == self._turn:
                self._long_of = staff_id if agenda.total() > AT_FIRST else None
                self._give(agenda)

        run_job(
            self,
            lambda _progress: self._office.followups.agenda(staff_id),
            come,
            self.failed.emit,
        )
