"""The date field: takes 明天, 周三, 下周二, +3, 1228, 12-28; calendar on Alt+Down."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

from PySide6.QtCore import QDate, QLocale, QPoint, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QVBoxLayout, QWidget

from app.i18n import _, language
from app.models.values import dates
from app.models.values.nextstep import OfficeHours
from app.models.values.nextstep.typed import parse_when
from app.models.values.reasons import N_, Unreadable
from app.views.core import icons
from app.views.core import theme as themes
from app.views.widgets.field import ValueField

_ZONE = UTC
_MONTH_DAY = re.compile(r"\d{1,2}[-/.月]\d{1,2}[日号]?|\d{4}")
_WORDS = {"今天": 0, "今日": 0, "today": 0, "昨天": -1, "昨日": -1, "yesterday": -1, "前天": -2,
          "tomorrow": 1}  # fmt: skip


def read_day(text: str, today: date, *, past: bool = False) -> date | None:
    """Return the day a text names, seen from today; raise Unreadable; None for blank.

    A day without a year is the next one, or with ``past`` the latest one.
    """
    word = text.strip().lower()
    if not word:
        return None
    if word in _WORDS:
        return today + timedelta(days=_WORDS[word])
    if word[0] == "-" and word[1:].isdigit() and len(word) <= 4:
        return today - timedelta(days=int(word[1:]))
    if past and _MONTH_DAY.fullmatch(word):
        written = f"{word[:2]}-{word[2:]}" if word.isdigit() else word
        return dates.parse_day(written, today=today)
    noon = dates.to_instant(datetime.combine(today, time(8), _ZONE))
    found = parse_when(text, noon, _ZONE, OfficeHours())
    if found is not None:
        # 本周内 as a day is its last one
        return dates.business_day(found[1].end, _ZONE)
    day = dates.parse_day(text, today=today)
    if day is None:
        raise Unreadable(N_("不是日期"), text)
    return day


class DateEdit(ValueField[date]):
    """Take a day as people write it; show it as ISO; open a calendar on Alt+Down or F4."""

    def __init__(
        self,
        *,
        name: str = "date",
        spoken: str = "",
        today: Callable[[], date] = date.today,
        past: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, spoken=spoken or _("日期"), parent=parent)
        theme = themes.current()
        self._today = today
        self._past = past
        self.setPlaceholderText(_("如 明天、周三、12-28"))
        self.setTextMargins(theme.px(22), 0, 0, 0)
        self.setFixedWidth(theme.px(132))

    def read(self, text: str) -> date | None:
        """Return the day."""
        return read_day(text, self._today(), past=self._past)

    def show_value(self, value: date) -> str:
        """Return ISO."""
        return value.isoformat()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the calendar; step a day with Up and Down."""
        key = Qt.Key(event.key())
        alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if key == Qt.Key.Key_F4 or (alt and key == Qt.Key.Key_Down):
            self.open_calendar()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down) and not alt:
            step = timedelta(days=1 if key == Qt.Key.Key_Up else -1)
            self._choose((self.value() or self._today()) + step)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the calendar from its picture."""
        if event.position().x() <= themes.current().px(26):
            self.open_calendar()
        else:
            super().mousePressEvent(event)

    def open_calendar(self) -> None:
        """Open the calendar under the field."""
        open_calendar(self, self.value() or self._today(), self._choose)

    def _choose(self, day: date) -> None:
        self.setText(self.show_value(day))
        self.settle()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field and its calendar picture."""
        super().paintEvent(event)
        theme = themes.current()
        painter = QPainter(self)
        box = QRectF(theme.px(7), 0, theme.px(18), self.height())
        icons.paint(painter, box, "calendar", "text2" if self.isEnabled() else "text3")


def open_calendar(field: QWidget, shown: date, picked: Callable[[date], None]) -> QCalendarWidget:
    """Open a calendar under a field; a click or Enter picks a day and closes it."""
    popup = QFrame(field, Qt.WindowType.Popup)
    popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    popup.setObjectName("calendar_popup")
    popup.setProperty("card", "popup")
    rows = QVBoxLayout(popup)
    rows.setContentsMargins(4, 4, 4, 4)
    calendar = QCalendarWidget()
    calendar.setObjectName("calendar")
    calendar.setAccessibleName(_("日历"))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setLocale(QLocale("zh_CN" if language() == "zh" else "en_GB"))
    calendar.setSelectedDate(QDate(shown.year, shown.month, shown.day))

    def take(chosen: QDate) -> None:
        picked(date(chosen.year(), chosen.month(), chosen.day()))
        popup.close()
        field.setFocus(Qt.FocusReason.PopupFocusReason)

    # a keyboard choice activates, a mouse one clicks; both may come for one click
    calendar.clicked.connect(take)
    calendar.activated.connect(lambda day: take(day) if popup.isVisible() else None)
    rows.addWidget(calendar)
    popup.adjustSize()
    popup.move(field.mapToGlobal(QPoint(0, field.height() + 2)))
    popup.show()
    calendar.setFocus()
    return calendar
