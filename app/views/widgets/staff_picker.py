"""Choose a person of the office."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.i18n import _
from app.views.widgets.buttons import Select


class StaffPicker(Select):
    """Choose one of (staff id, name); with ``everyone`` the first choice is None, 全部人员."""

    changed = Signal(object)

    def __init__(
        self,
        people: Iterable[tuple[int, str]] = (),
        *,
        everyone: bool = False,
        name: str = "staff_picker",
        spoken: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name=name, spoken=spoken or _("人员"), parent=parent)
        self._everyone = everyone
        self.set_people(people)
        self.activated.connect(lambda _row: self.changed.emit(self.value()))

    def set_people(self, people: Iterable[tuple[int, str]]) -> None:
        """Replace the people, keeping the choice where it still exists."""
        first: list[tuple[object, str]] = [(None, _("全部人员"))] if self._everyone else []
        self.set_choices([*first, *people])

    def staff_id(self) -> int | None:
        """Return the chosen person, None for everyone."""
        chosen = self.value()
        return chosen if isinstance(chosen, int) else None
