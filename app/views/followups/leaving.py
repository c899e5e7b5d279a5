"""Completed rows stay struck for two seconds; and when the groups turn by themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from app.models.values import dates
from app.views.followups.when_words import today_of

if TYPE_CHECKING:
    from app.services.followups.moment import Moment
    from app.services.followups.today import Agenda
    from app.services.office import Office
    from app.views.followups.agenda_model import StepRow

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

    def look(self, before: Mapping[int, StepRow], agenda: Agenda) -> int:
        """Find what was completed since; return a step that came back by undo, 0 without."""
        now = {item.step_id for group in agenda.groups for item in group.items}
        for step_id in set(self._rows) & now:
            del self._rows[step_id]
        back = max(self._gone & now, default=0)
        gone = [row for step_id, row in before.items() if step_id not in now and not row.done]
        self._gone = (self._gone | {row.item.step_id for row in gone}) - now
        if len(gone) > _MOST:
            return back
        for row in gone:
            step = self._office.followups.step(row.item.step_id)
            if step is not None and step.state == "done":
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
    ends = (item.window_end + 1 for group in agenda.groups for item in group.items)
    return min(at for at in (evening, midnight, *ends) if at > moment.at)
