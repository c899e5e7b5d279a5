"""What the five steps of an import have in common."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.views.core.page import ViewContext, WidthMode
from app.views.transfer.job import ImportJob


class Step(QWidget):
    """Be one step: ``enter`` fills it from the job, ``changed`` asks for a look at the footer."""

    changed = Signal()
    next_wanted = Signal()

    def __init__(self, view: ViewContext, name: str) -> None:
        super().__init__()
        self.view = view
        self.job = ImportJob()
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
        """Fit the window."""

    def focus_first(self) -> None:
        """Put the focus into the list or the first field."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
