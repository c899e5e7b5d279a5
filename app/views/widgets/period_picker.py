"""Choose a period: presets and a range of one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QGridLayout, QVBoxLayout, QWidget

from app.i18n import _
from app.models.values import periods
from app.models.values.periods import By, Period
from app.views.core import theme as themes
from app.views.widgets.buttons import Button
from app.views.widgets.date_edit import DateEdit
from app.views.widgets.text import Label


def period_words(period: Period) -> str:
    """Return a period as 2026-11, 2026-W47 or 2026-11-01 ~ 2026-11-23."""
    return period.label.replace("..", " ~ ")


def presets(today: date) -> list[tuple[str, Period]]:
    """Return the periods people ask for most, newest first."""
    month = periods.period_of(today, By.month)
    quarter = periods.period_of(today, By.quarter)
    return [
        (_("今天"), periods.period_of(today, By.day)),
        (_("本周"), periods.period_of(today, By.week)),
        (_("本月"), month),
        (_("上月"), periods.previous(month)),
        (_("本季"), quarter),
        (_("上季"), periods.previous(quarter)),
        (_("今年"), periods.period_of(today, By.year)),
        (_("最近 30 天"), periods.rolling(30, today)),
    ]


class PeriodPicker(Button):
    """Show the chosen period; a click opens presets and two date fields."""

    changed = Signal(object)

    def __init__(
        self,
        period: Period,
        *,
        today: Callable[[], date] = date.today,
        name: str = "period_picker",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", "default", "calendar", name=name, parent=parent)
        self._today = today
        self._period = period
        self._popup: QFrame | None = None
        self.clicked.connect(self.open_choices)
        self.set_period(period)

    def period(self) -> Period:
        """Return the chosen period."""
        return self._period

    def set_period(self, period: Period) -> None:
        """Show a period without telling ``changed``."""
        self._period = period
        self.setText(period_words(period))
        self.setAccessibleName(_("期间 {period}").format(period=period_words(period)))

    def open_choices(self) -> None:
        """Open the choices under the button."""
        theme = themes.current()
        popup = QFrame(self, Qt.WindowType.Popup)
        popup.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        popup.setProperty("card", "popup")
        popup.setObjectName("period_popup")
        rows = QVBoxLayout(popup)
        rows.setContentsMargins(theme.px(12), theme.px(10), theme.px(12), theme.px(10))
        rows.setSpacing(theme.px(8))
        grid = QGridLayout()
        group = QButtonGroup(popup)
        for at, (words, _period) in enumerate(presets(self._today())):
            button = Button(words, height=24, name=f"preset_{at}")
            group.addButton(button, at)
            grid.addWidget(button, at // 4, at % 4)
        group.idClicked.connect(self._use_preset)
        rows.addLayout(grid)
        self._start = DateEdit(name="period_start", spoken=_("从"), today=self._today, past=True)
        self._end = DateEdit(name="period_end", spoken=_("到"), today=self._today, past=True)
        self._start.set_value(self._period.start)
        self._end.set_value(self._period.end)
        own = QGridLayout()
        own.addWidget(Label(_("从"), "body", "text2"), 0, 0)
        own.addWidget(self._start, 0, 1)
        own.addWidget(Label(_("到"), "body", "text2"), 0, 2)
        own.addWidget(self._end, 0, 3)
        use = Button(_("用这段"), "primary", height=24, name="period_use")
        use.clicked.connect(self._use_own)
        own.addWidget(use, 0, 4)
        rows.addLayout(own)
        popup.adjustSize()
        popup.move(self.mapToGlobal(QPoint(0, self.height() + 2)))
        popup.show()
        self._start.setFocus()
        self._popup = popup

    def _use_preset(self, at: int) -> None:
        self._choose(presets(self._today())[at][1])

    def _use_own(self) -> None:
        start, end = self._start.value(), self._end.value()
        if start is not None and end is not None:
            self._choose(periods.custom(min(start, end), max(start, end)))

    def _choose(self, period: Period) -> None:
        if self._popup is not None:
            self._popup.close()
            self._popup = None
        if period != self._period:
            self.set_period(period)
            self.changed.emit(period)
