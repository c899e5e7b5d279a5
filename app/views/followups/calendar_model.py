"""The days of a week or a month as cells, each with its open steps."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QByteArray,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from app.i18n import _, ngettext
from app.services.followups.calendar import PlannedStep
from app.views.core import format as formats

STEPS_MIME = "application/x-gendan-steps"
DAY, STEPS, OUTSIDE, TODAY = (Qt.ItemDataRole.UserRole + n for n in (1, 2, 3, 4))
_WEEK = 7
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


def steps_mime(ids: Sequence[int]) -> QMimeData:
    """Return what is dragged: the ids of steps."""
    made = QMimeData()
    made.setData(STEPS_MIME, QByteArray(json.dumps(list(ids)).encode()))
    return made


def steps_of(mime: QMimeData) -> list[int]:
    """Return the ids of dragged steps, none for anything else."""
    if not mime.hasFormat(STEPS_MIME):
        return []
    return [int(one) for one in json.loads(bytes(mime.data(STEPS_MIME).data()).decode())]


class CalendarModel(QAbstractTableModel):
    """Hold whole weeks; ``dropped(ids, day)`` comes when steps are let go on a day."""

    dropped = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._first = date(2000, 1, 3)
        self._weeks = 0
        self._month = 0
        self._today = self._first
        self._steps: dict[date, list[PlannedStep]] = {}
        self._holidays: Mapping[date, str] = {}

    def show(
        self,
        first: date,
        weeks: int,
        steps: Sequence[PlannedStep],
        *,
        today: date,
        month: int = 0,
        holidays: Mapping[date, str],
    ) -> None:
        """Show weeks from a first day on; days of other months than ``month`` are dimmed."""
        self.beginResetModel()
        self._first, self._weeks, self._month, self._today = first, weeks, month, today
        self._holidays = holidays
        self._steps = {}
        for one in steps:
            self._steps.setdefault(one.on, []).append(one)
        self.endResetModel()

    def day(self, index: _Index) -> date:
        """Return the day of a cell."""
        return self._first + timedelta(days=index.row() * _WEEK + index.column())

    def index_of(self, day: date) -> QModelIndex:
        """Return the cell of a day, an invalid one outside."""
        at = (day - self._first).days
        return (
            self.index(at // _WEEK, at % _WEEK) if 0 <= at < self._weeks * _WEEK else QModelIndex()
        )

    def steps(self, day: date) -> list[PlannedStep]:
        """Return the steps of a day in order."""
        return self._steps.get(day, [])

    def rowCount(self, parent: _Index = _ROOT) -> int:
        """Return the number of weeks."""
        return 0 if parent.isValid() else self._weeks

    def columnCount(self, parent: _Index = _ROOT) -> int:
        """Return the seven days."""
        return 0 if parent.isValid() else _WEEK

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Return the day of the week."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return formats.weekday(self._first + timedelta(days=section))
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the day, its steps, and what a screen reader says."""
        if not index.isValid():
            return None
        day = self.day(index)
        if role == DAY:
            return day
        if role == STEPS:
            return self.steps(day)
        if role == TODAY:
            return day == self._today
        if role == OUTSIDE:
            return bool(self._month) and day.month != self._month
        if role == Qt.ItemDataRole.DisplayRole:
            return self.head(day)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(day)
        return None

    def head(self, day: date) -> str:
        """Return the number of a day, with its month on the first one, and its holiday."""
        number = f"{day.month}-{day.day}" if day.day == 1 else str(day.day)
        mark = _("今天") if day == self._today else self._holidays.get(day, "")
        return f"{number} {mark}".rstrip()

    def spoken(self, day: date) -> str:
        """Return 11-24 周二，3 件，休假 as a screen reader says it."""
        count = len(self.steps(day))
        words = ngettext("{count} 件", "{count} 件", count).format(count=count)
        parts = (formats.day_week(day, self._today), self._holidays.get(day, ""), words)
        return "，".join(part for part in parts if part)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Let days that have not passed take steps."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsDropEnabled if self.day(index) >= self._today else base

    def mimeTypes(self) -> list[str]:
        """Return what can be let go here."""
        return [STEPS_MIME]

    def supportedDropActions(self) -> Qt.DropAction:
        """Move only."""
        return Qt.DropAction.MoveAction

    def dropMimeData(
        self, data: QMimeData, _action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Tell which steps were let go on which day; the page moves them."""
        target = parent if parent.isValid() else self.index(row, column)
        ids = steps_of(data)
        if not target.isValid() or not ids:
            return False
        self.dropped.emit(ids, self.day(target))
        return True
