"""A day field for what has happened: 12-28 is the last one, not the coming one."""

from __future__ import annotations

from datetime import date

from app.models.values import dates
from app.models.values.reasons import Unreadable
from app.views.widgets.date_edit import DateEdit, read_day


class PastDateEdit(DateEdit):
    """Take a day as people write it, the latest one not after today."""

    def read(self, text: str) -> date | None:
        """Return the day."""
        today = self._today()
        try:
            return dates.parse_day(text, today=today)
        except Unreadable:
            return read_day(text, today)
