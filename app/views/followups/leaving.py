"""Completed rows stay struck for two seconds; and when the groups turn by themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values import dates
from app.views.followups.when_words import today_of

if TYPE_CHECKING:
    from app.services.followups.moment import Moment
    from app.services.followups.today import Agenda
    from app.services.office import Office
    from app.views.followups.agenda_model import AgendaModel
    from app.views.followups.agenda_rows import StepRow

SHOWN_MS = 2_000
_MOST = 20


class LeavingRows(QObject):
    """Know the rows that were completed a moment ago; ``left`` comes when one may go."""

    left = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._rows: dict[int, StepRow] = {}
        self._gone: set[int] = set()

    def rows(self) -> tuple[StepRow, ...]:
        """Return the rows to draw struck."""
        return tuple(self._rows.values())

    def forget(self) -> None:
        """Drop them all: another list is shown."""
        self._rows.clear()
        self._gone.clear()

    def look(self, before: AgendaModel, agenda: Agenda) -> int:
        """Find what was completed since; return a step that came back by undo, 0 without."""
        now = {step.step_id for group in agenda.groups for step in group.steps()}
        for step_id in set(self._rows) & now:
            del self._rows[step_id]
        back = max(self._gone & now, default=0)
        gone = before.open_ids() - now
        self._gone = (self._gone | gone) - now
        if len(gone) > _MOST:
            return back
        for step_id in gone:
            step, row = self._office.followups.step(step_id), before.step_of(step_id)
            if step is not None and step.state == "done" and row is not None:
                self._keep(row)
        return back

    def _keep(self, row: StepRow) -> None:
        step_id = row.item.step_id
        self._rows[step_id] = replace(row, done=True)
        QTimer.singleShot(SHOWN_MS, self, lambda: self._drop(step_id))

    def _drop(self, step_id: int) -> None:
        if self._rows.pop(step_id, None) is not None:
            self.left.emit()


def next_turn(agenda: Agenda, moment: Moment) -> int:
    """Return the instant at which a row changes its group: a window closes, 18:00, midnight."""
    today = today_of(moment)
    evening = dates.at_local(today, moment.hours.day_end, moment.zone)
    midnight = dates.day_window(today, moment.zone)[1] + 1
    ends = (step.window_end + 1 for group in agenda.groups for step in group.steps())
    return min(at for at in (evening, midnight, *ends) if at > moment.at)
