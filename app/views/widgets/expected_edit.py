"""The field of an expected day: a day, or a window such as 本月, kept with its label."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.models.values.day_windows import WINDOWS, DayWindow, read_window, window_of
from app.models.values.reasons import Unreadable
from app.views.core import labels
from app.views.widgets.date_edit import DateEdit


class ExpectedEdit(DateEdit):
    """Take 本月, 下月, 12-28; ``value()`` is the last day, ``span()`` all of it."""

    def __init__(
        self,
        *,
        name: str = "expected",
        spoken: str = "",
        today: Callable[[], date] = date.today,
        parent: QWidget | None = None,
    ) -> None:
        self._window: DayWindow | None = None
        super().__init__(name=name, spoken=spoken or _("预计签约日"), today=today, parent=parent)
        self.setPlaceholderText(_("12-28、本月"))

    def read(self, text: str) -> date | None:
        """Return the last day of what was typed; raise Unreadable."""
        if self._window is not None and text.strip() == window_words(self._window):
            return self._window.last
        self._window = None
        if not text.strip():
            return None
        self._window = self._read_window(text)
        return self._window.last

    def _read_window(self, text: str) -> DayWindow:
        try:
            found = read_window(text, self._today())
        except Unreadable:
            found = None
        if found is not None and found.label:
            return found
        day = super().read(text)
        assert day is not None
        return DayWindow(day, day)

    def show_value(self, value: date) -> str:
        """Return the label and its last day, or the day."""
        if self._window is not None and self._window.last == value:
            return window_words(self._window)
        return value.isoformat()

    def span(self) -> DayWindow | None:
        """Return the days that are meant, None for none or nonsense."""
        day = self.value()
        if day is None:
            return None
        known = self._window
        return known if known is not None and known.last == day else DayWindow(day, day)

    def set_span(self, window: DayWindow | None) -> None:
        """Show a window without telling ``changed``."""
        self._window = window
        self.set_value(window.last if window is not None else None)

    def pick(self, label: str) -> None:
        """Take the window of a label, as if it had been typed."""
        self.setText(label)
        self.settle()
        if self._window is not None:
            self.setText(window_words(self._window))


def window_words(window: DayWindow) -> str:
    """Return a window as a field shows it: 本月 11-30, or 2026-12-28."""
    if not window.label:
        return window.last.isoformat()
    return f"{labels.of(labels.EXPECTED, window.label)} {window.last:%m-%d}"


def known_window(first: date | None, last: date | None, label: str) -> DayWindow | None:
    """Return the window that a customer's calibration tells, None without one."""
    if last is None:
        return None
    return DayWindow(first or last, last, label)


def quick_labels() -> tuple[str, ...]:
    """Return the labels that are offered as chips, the three quick picks first."""
    return ("近两天", "本周", "本月", "下月", "本季")


def is_quick(window: DayWindow | None, today: date) -> str:
    """Return the label of a window that means today what it meant then, else nothing."""
    if window is None or window.label not in WINDOWS:
        return ""
    return window.label if window_of(window.label, today) == window else ""
