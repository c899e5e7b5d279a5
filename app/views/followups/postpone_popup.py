"""The 顺延 pop-up: six chips, perhaps a clock time and a reason (picture 16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from app.i18n import _, ngettext
from app.models.values.nextstep import Bucket
from app.services.followups.moment import Moment
from app.views.core import theme as themes
from app.views.core.forms import ComposeGuard, ErrorLine, is_enter
from app.views.followups import when_words
from app.views.followups.agenda_rows import StepRow
from app.views.followups.clock_select import ClockSelect, office_time, time_chips, window_of
from app.views.followups.qr_popup import place
from app.views.widgets.buttons import Button, KeyHint
from app.views.widgets.fuzzy_time_edit import holiday_words
from app.views.widgets.text import ElidedLabel, Label


class PostponePopup(QFrame):
    """Ask until when; ``decided(bucket, clock, reason)`` comes with Enter or the button."""

    decided = Signal(object, object, str)

    def __init__(self, rows: Sequence[StepRow], moment: Moment, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        theme = themes.current()
        self._moment = moment
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("postpone_popup")
        self.setAccessibleName(_("顺延到"))
        self.setProperty("card", "popup")
        self._guard = ComposeGuard(self)
        body = QVBoxLayout(self)
        body.setContentsMargins(theme.px(14), theme.px(10), theme.px(14), theme.px(14))
        body.setSpacing(theme.px(10))
        body.addLayout(self._head(rows))
        self.times = time_chips(moment, "postpone_when")
        self.times.set_bucket(Bucket.tomorrow)
        self.times.changed.connect(lambda _value: self._show_window())
        body.addWidget(self.times)
        body.addLayout(self._when_row(rows))
        body.addLayout(self._reason_row())
        self.error = ErrorLine()
        body.addWidget(self.error)
        self._show_window()
        for widget in (self, self.clock, *self.times.chips.chips):
            widget.installEventFilter(self)

    # -- parts ----------------------------------------------------------------------------

    def _head(self, rows: Sequence[StepRow]) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        line.addWidget(Label(_("顺延到"), "body_strong"))
        line.addWidget(ElidedLabel(_subject(rows), "small", "text2"), 1)
        line.addWidget(KeyHint("S"))
        return line

    def _when_row(self, rows: Sequence[StepRow]) -> QHBoxLayout:
        theme = themes.current()
        line = QHBoxLayout()
        line.setSpacing(theme.px(8))
        self.when = Label("", "small", "text")
        self.when.setObjectName("postpone_window")
        self.clock = ClockSelect("postpone_clock")
        self.clock.setMinimumWidth(theme.px(104))
        self.clock.currentIndexChanged.connect(lambda _at: self._show_day())
        line.addWidget(self.when)
        line.addWidget(self.clock)
        line.addWidget(Label(_put_off_words(rows), "small", "text2"))
        line.addStretch(1)
        return line

    def _reason_row(self) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(themes.current().px(8))
        self.reason = QLineEdit()
        self.reason.setObjectName("postpone_reason")
        self.reason.setPlaceholderText(_("原因（可不填）"))
        self.reason.setAccessibleName(_("原因（可不填）"))
        self.reason.setMaxLength(200)
        self._guard.watch(self.reason)
        self.reason.installEventFilter(self)
        self.go = Button(_("顺延"), "primary", key="Enter", name="postpone_go")
        self.go.clicked.connect(self._decide)
        line.addWidget(self.reason, 1)
        line.addWidget(self.go)
        return line

    # -- what is chosen -------------------------------------------------------------------

    def _show_window(self) -> None:
        self.clock.offer(self._bucket(), self._moment)
        self._show_day()

    def _bucket(self) -> Bucket | None:
        value = self.times.value()
        return value.bucket if value is not None else None

    def _show_day(self) -> None:
        bucket = self._bucket()
        if bucket is not None:
            window = window_of(bucket, self._moment, self.clock.clock())
            words = when_words.window_words(window, self._moment)
            holiday = holiday_words(window, office_time(self._moment))
            self.when.setText(" · ".join(part for part in (words, holiday) if part))
            self.when.set_tone("warn" if holiday else "text")

    def _decide(self) -> None:
        bucket = self._bucket()
        clock: time | None = self.clock.clock() if self.clock.isEnabled() else None
        if bucket is not None:
            self.decided.emit(bucket, clock, self.reason.text().strip())

    def complain(self, text: str) -> None:
        """Say why it could not be put off; the pop-up stays."""
        self.error.say(text)
        self._fit()

    def _fit(self) -> None:
        """Take the height that the chips need at this width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setFixedHeight(layout.totalHeightForWidth(self.width()))

    # -- opening and keys -----------------------------------------------------------------

    def open_at(self, row: QRect) -> None:
        """Show under a row (global rectangle), above it when there is no room."""
        theme = themes.current()
        room = self.screen().availableGeometry().width() - theme.px(16)
        chips = self.times.chips.sizeHint().width() + theme.px(32)
        self.setFixedWidth(min(max(theme.px(456), chips), room))
        self._fit()
        place(self, row)
        self.show()
        self.times.setFocus(Qt.FocusReason.PopupFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let digits choose from anywhere but the reason, and Enter decide from everywhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.reason and self._guard.swallows(event):
            return False
        if is_enter(event):
            self._decide()
            return True
        digit = event.text() if watched is not self.reason else ""
        return digit.isdigit() and self.times.pick(digit)


def _subject(rows: Sequence[StepRow]) -> str:
    if len(rows) == 1:
        row = rows[0]
        return " · ".join(part for part in (row.item.customer, row.plan()) if part)
    return ngettext("{count} 条", "{count} 条", len(rows)).format(count=len(rows))


def _put_off_words(rows: Sequence[StepRow]) -> str:
    times = max((row.item.postpone_count for row in rows), default=0)
    if not times:
        return ""
    words = ngettext("这条已顺延 {count} 次", "这条已顺延 {count} 次", times)
    if len(rows) > 1:
        words = ngettext("最多的已顺延 {count} 次", "最多的已顺延 {count} 次", times)
    return words.format(count=times)
