"""The targets of this month for one person, read in a job; hidden without any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.i18n import _
from app.views.core import theme as themes
from app.views.core.runner import run_job
from app.views.widgets.hbars import HBars
from app.views.widgets.text import Label

if TYPE_CHECKING:
    from app.services.office import Office
    from app.services.staff.targets import TargetProgress

_LATER_MS = 150


class TargetBars(QWidget):
    """Show how far the targets are; the tick is where the month is."""

    def __init__(self, office: Office, *, name: str, most: int = 4) -> None:
        super().__init__()
        self._office, self._most = office, most
        self._staff_id, self._month = 0, ""
        self.found: list[TargetProgress] = []
        self.setObjectName(name)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(themes.current().px(2))
        self.title = Label(_("本月目标，竖线为时间进度"), "caption", "text2")
        self.bars = HBars(name=f"{name}_bars", spoken=_("目标"), figure_first=True)
        rows.addWidget(self.title)
        rows.addWidget(self.bars)
        self._late = QTimer(self)
        self._late.setSingleShot(True)
        self._late.setInterval(_LATER_MS)
        self._late.timeout.connect(self._read)
        self.hide()

    def show_person(self, staff_id: int, month: str = "") -> None:
        """Show the targets of a person in a month (this one by default), none for nobody."""
        if staff_id != self._staff_id:
            self.hide()
        self._staff_id, self._month = staff_id, month
        if staff_id:
            self._late.start()
        else:
            self.hide()

    def _read(self) -> None:
        office, staff_id, month = self._office, self._staff_id, self._month
        run_job(
            self,
            lambda _progress: office.targets.progress(month, staff_id),
            lambda found: self._show(staff_id, found),
        )

    def _show(self, staff_id: int, found: Sequence[TargetProgress]) -> None:
        from app.views.staff.target_words import bar_of

        if staff_id == self._staff_id:
            self.found = list(found)
            self.bars.show_rows([bar_of(one) for one in self.found[: self._most]])
            self.setVisible(bool(found))
