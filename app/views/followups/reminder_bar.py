"""The bar over every page that says what calls now, with what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QWidget

from app.i18n import _, ngettext
from app.models.values.dates import at_local, business_day
from app.services.followups.moment import Moment
from app.services.followups.reminding import Call
from app.views.core import labels
from app.views.core import theme as themes
from app.views.followups import when_words
from app.views.widgets.buttons import Button
from app.views.widgets.text import ElidedLabel, Label

_MINUTE_MS = 60_000
_MOST_NAMES = 3


def call_words(call: Call, moment: Moment) -> str:
    """Return one reminder: 15:00 启明自动化 · 挖掘机会 约看样机."""
    when = when_words.clock_of(call.window_start, moment) if call.has_clock else ""
    plan = labels.of(labels.PLAN_KIND, call.plan_kind)
    what = " ".join(part for part in (plan, call.what) if part)
    head = " ".join(part for part in (when, call.customer) if part)
    return " · ".join(part for part in (head, what) if part)


def calls_words(calls: Sequence[Call], moment: Moment, *, missed: bool) -> str:
    """Return the words of the bar and of the tray."""
    count = len(calls)
    if count == 1:
        words = call_words(calls[0], moment)
        return _("软件关着时错过：{words}").format(words=words) if missed else words
    names = "、".join(dict.fromkeys(one.customer for one in calls[:_MOST_NAMES]))
    if missed:
        told = ngettext(
            "软件关着时错过 {count} 件：{names}", "软件关着时错过 {count} 件：{names}", count
        )
    else:
        told = ngettext("{count} 件到时间了：{names}", "{count} 件到时间了：{names}", count)
    return told.format(count=count, names=names if count <= _MOST_NAMES else f"{names}…")


def hidden_words(count: int) -> str:
    """Return the words while the window is locked: a count and no name."""
    return ngettext("{count} 件事到时间了", "{count} 件事到时间了", count).format(count=count)


def snoozes(moment: Moment) -> list[tuple[str, int]]:
    """Return how long a reminder can be put off: words and the instant it comes again."""
    tomorrow = business_day(moment.at, moment.zone) + timedelta(days=1)
    return [
        (_("10 分钟后"), moment.at + 10 * _MINUTE_MS),
        (_("30 分钟后"), moment.at + 30 * _MINUTE_MS),
        (_("1 小时后"), moment.at + 60 * _MINUTE_MS),
        (_("明天上班"), at_local(tomorrow, moment.hours.day_start, moment.zone)),
    ]


class ReminderBar(QFrame):
    """Say what calls; ``wanted`` goes to it, ``snoozed(instant)`` and ``seen`` put it away."""

    wanted = Signal()
    snoozed = Signal(object)
    seen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setObjectName("reminder_bar")
        self.setProperty("note", "info")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(4), theme.px(12), theme.px(4))
        row.setSpacing(theme.px(8))
        sign = Label()
        sign.set_icon("bell", 16, "accent")
        self.words = ElidedLabel("", "small_bold", "text")
        self.words.setObjectName("reminder_words")
        self.go = Button(_("去办"), "link", name="reminder_go", height=24)
        self.go.clicked.connect(self.wanted)
        self.later = Button(_("稍后提醒"), "link", name="reminder_later", height=24)
        self.drop = Button(_("知道了"), "link", name="reminder_seen", height=24)
        self.drop.clicked.connect(self.seen)
        row.addWidget(sign)
        row.addWidget(self.words, 1)
        for button in (self.go, self.later, self.drop):
            row.addWidget(button)
        self.hide()

    def show_calls(self, words: str, moment: Moment) -> None:
        """Show the words, and say them to a screen reader."""
        menu = QMenu(self.later)
        menu.setObjectName("reminder_menu")
        for label, until in snoozes(moment):
            action = menu.addAction(label)
            action.triggered.connect(lambda _on=False, until=until: self.snoozed.emit(until))
        self.later.set_menu(menu)
        self.words.setText(words)
        self.setAccessibleName(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
