"""When it happened: now, a quick choice, or a typed 昨天 15:00."""

from __future__ import annotations

import re
from datetime import timedelta

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from app.i18n import _, translate
from app.models.values import dates
from app.models.values.reasons import Unreadable
from app.services.followups.moment import Moment
from app.views.core import icons
from app.views.core import theme as themes
from app.views.followups import when_words
from app.views.widgets.text import set_tip

_BARE_CLOCK = re.compile(r"(?:上午|下午|晚上|中午)?\s*\d{1,2}\s*[:：点时].*")
_AHEAD_MS = 5 * 60_000
_AGO = (timedelta(minutes=30), timedelta(hours=1), timedelta(hours=3))


def read_moment(text: str, moment: Moment) -> int | None:
    """Return the instant a text means, None for an empty one; raise Unreadable otherwise."""
    plain = text.strip()
    if not plain:
        return None
    if _BARE_CLOCK.fullmatch(plain):
        plain = f"今天 {plain}"
    return dates.parse_instant(plain, moment.zone, today=when_words.today_of(moment))


class MomentEdit(QComboBox):
    """Edit an instant; ``at()`` is None for now. ``changed`` comes with a person's choice."""

    changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment: Moment | None = None
        self._at: int | None = None
        self._problem = ""
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setObjectName(name)
        self.setAccessibleName(_("时间"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFixedWidth(themes.current().px(150))
        field = self.lineEdit()
        assert field is not None
        field.setObjectName(f"{name}_text")
        field.setProperty("bare", True)
        field.setAccessibleName(_("时间"))
        field.editingFinished.connect(self._finish)
        self.activated.connect(self._picked)
        self.setCompleter(None)  # type: ignore[arg-type]  # None takes the completer away

    def start(self, moment: Moment) -> None:
        """Offer now and a few earlier moments."""
        self._moment = moment
        self._at = None
        self._fill()

    def _fill(self) -> None:
        assert self._moment is not None
        self.blockSignals(True)
        self.clear()
        moment = self._moment
        self.addItem(when_words.moment_words(moment.at, moment), None)
        for gone in _AGO:
            at = moment.at - int(gone.total_seconds()) * 1000
            self.addItem(when_words.moment_words(at, moment), at)
        if self._at is None:
            self.setCurrentIndex(0)
        else:
            self.setEditText(when_words.moment_words(self._at, moment))
        self.blockSignals(False)

    def at(self) -> int | None:
        """Return the chosen instant, None for now."""
        return self._at

    def set_at(self, at: int | None) -> None:
        """Show an instant without telling ``changed``."""
        self._at = at
        self._fill()

    def problem(self) -> str:
        """Return what is wrong with the typed text."""
        return self._problem

    def _picked(self, row: int) -> None:
        value = self.itemData(row)
        self._at = value if isinstance(value, int) else None
        self._say("")
        self.changed.emit()

    def _finish(self) -> None:
        assert self._moment is not None
        text = self.currentText()
        shown = when_words.moment_words(self._at or self._moment.at, self._moment)
        if text == shown:
            return
        try:
            at = read_moment(text, self._moment)
        except Unreadable as error:
            self._say(translate(error.reason))
            return
        if at is not None and at > self._moment.at + _AHEAD_MS:
            self._say(_("还没到这个时间，以后的事写在下步事务"))
            return
        self._at = at
        self._say("")
        self._fill()
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._problem = problem
        themes.set_property(self, "wrong", bool(problem))
        self.setAccessibleDescription(problem)
        set_tip(self, problem)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, then the drop-down mark."""
        super().paintEvent(event)
        theme = themes.current()
        box = QRectF(self.width() - theme.px(24), 0, theme.px(18), self.height())
        icons.paint(QPainter(self), box, "chevron_down", "text2", 14)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()
