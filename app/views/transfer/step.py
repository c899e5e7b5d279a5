"""What the five steps of an import have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.core import theme as themes
from app.views.core.page import ViewContext, WidthMode
from app.views.transfer.job import ImportJob

_LOW = 500


class Step(QWidget):
    """Be one step: ``enter`` fills it from the job, ``changed`` asks for a look at the footer."""

    changed = Signal()
    next_wanted = Signal()

    def __init__(self, view: ViewContext, name: str) -> None:
        super().__init__()
        self.view = view
        self.job = ImportJob()
        self._low = False
        self.setObjectName(f"transfer_{name}")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(0)

    def enter(self, job: ImportJob) -> None:
        """Show the job as it is now."""
        self.job = job

    def ready(self) -> bool:
        """Tell whether the next step can be taken."""
        return True

    def next_words(self) -> str:
        """Return the words of the button that goes on."""
        raise NotImplementedError

    def note(self) -> str:
        """Return what the footer says."""
        return ""

    def adapt(self, mode: WidthMode) -> None:
        """Fit the width of the window."""

    def set_low(self, low: bool) -> None:
        """Fit the height: a low window has no room for list and details at once."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for the other layout when the height passes a bound."""
        super().resizeEvent(event)
        low = self.height() < themes.current().px(_LOW)
        if low != self._low:
            self._low = low
            self.set_low(low)

    def focus_first(self) -> None:
        """Put the focus into the list or the first field."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
