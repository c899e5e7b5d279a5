"""The bars of 写跟单: what was left unfinished, the broken chain, and the footer."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QDialogButtonBox, QFrame, QHBoxLayout, QWidget

from app.i18n import _
from app.models.values.nextstep import Bucket
from app.services.followups.clocking import ClockDoubt
from app.services.followups.moment import Moment
from app.views.core import icons
from app.views.core import theme as themes
from app.views.followups import when_words
from app.views.followups.clock_select import time_chips
from app.views.widgets.buttons import Button
from app.views.widgets.fuzzy_time_edit import FuzzyTime
from app.views.widgets.text import ElidedLabel, Label


def _bar(widget: QFrame, note: str) -> QHBoxLayout:
    theme = themes.current()
    widget.setProperty("note", note)
    row = QHBoxLayout(widget)
    row.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
    row.setSpacing(theme.px(8))
    return row


def _sign(name: str, tone: str) -> Label:
    sign = Label()
    sign.setPixmap(icons.pixmap(name, 16, tone))
    return sign


class KeptBar(QFrame):
    """Say 上次没写完, and offer to start over."""

    dropped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("kept_bar")
        row = _bar(self, "info")
        self.words = ElidedLabel("", "small", "text")
        drop = Button(_("从头写"), "link", name="kept_drop", height=24)
        drop.clicked.connect(self.dropped)
        row.addWidget(_sign("history", "accent"))
        row.addWidget(self.words, 1)
        row.addWidget(drop)
        self.hide()

    def say(self, kept_at: int, moment: Moment) -> None:
        """Show when the draft was left."""
        when = when_words.moment_words(kept_at, moment)
        self.words.setText(_("上次没写完，接着 {when} 的草稿").format(when=when))
        self.setAccessibleName(self.words.text())
        self.show()


class ChainBar(QFrame):
    """Ask 不安排下步了吗 with the six words, one more key saves.

    ``chosen(bucket)`` comes with a word, ``skipped`` when there shall be no next step.
    """

    chosen = Signal(object)
    skipped = Signal()

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("chain_bar")
        row = _bar(self, "warn")
        self.words = Label("", "small_bold", "warn")
        self.times = time_chips(moment, "chain_when")
        self.times.changed.connect(self._picked)
        self.skip = Button(_("先不安排"), "link", name="chain_skip", height=24)
        self.skip.clicked.connect(self.skipped)
        row.addWidget(_sign("link", "warn"))
        row.addWidget(self.words)
        row.addWidget(self.times, 1)
        row.addWidget(self.skip)
        self.hide()

    def ask(self, *, waiting: bool) -> None:
        """Show the question; ``waiting`` tells that a plan or a text is there without a time."""
        self.words.setText(_("下步事务还没选时间") if waiting else _("不安排下步了吗"))
        self.setAccessibleName(self.words.text())
        self.times.set_value(None)
        self.show()
        self.times.chips.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _picked(self, value: object) -> None:
        if isinstance(value, FuzzyTime):
            self.chosen.emit(Bucket(value.bucket))


class ClockBar(QFrame):
    """Ask whether the computer's date is right; ``trusted`` comes when a person says so."""

    trusted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("clock_bar")
        row = _bar(self, "warn")
        self.words = ElidedLabel("", "small_bold", "warn")
        self.right = Button(_("日期没错，保存"), "link", name="clock_right", height=24)
        self.right.clicked.connect(self.trusted)
        row.addWidget(_sign("clock", "warn"))
        row.addWidget(self.words, 1)
        row.addWidget(self.right)
        self.hide()

    def ask(self, doubt: ClockDoubt, moment: Moment) -> None:
        """Show the question, with what the book saw last."""
        told = {
            "now": when_words.whole(moment.at, moment),
            "last": when_words.whole(doubt.last_at, moment),
            "days": doubt.workdays,
        }
        words = _("电脑上是 {now}，账本里上一次记录是 {last}，隔了 {days} 个工作日。日期对吗？")
        if not doubt.workdays:
            words = _("电脑上是 {now}，比账本里上一次记录（{last}）还早。日期对吗？")
        self.words.setText(words.format(**told))
        self.setAccessibleName(self.words.text())
        self.show()
        self.right.setFocus(Qt.FocusReason.OtherFocusReason)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))


class Footer(QFrame):
    """Hold the hint, the state of the draft and the buttons."""

    def __init__(self, *, with_next: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = themes.current()
        self.setProperty("band", "footer")
        self.setObjectName("form_footer")
        self.setMinimumHeight(theme.size("dialog_footer"))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        row.setSpacing(theme.px(8))
        row.addWidget(_sign("keyboard", "text2"))
        self._hint = ElidedLabel(_("Tab 下一项 · 方向键选 · Esc 存为草稿"), "small", "text2")
        row.addWidget(self._hint, 1)
        self.state = Label("", "small", "text2")
        self.state.setObjectName("draft_state")
        row.addWidget(self.state)
        row.addWidget(self._buttons(with_next))

    def _buttons(self, with_next: bool) -> QDialogButtonBox:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self.save = Button(_("保存"), "primary", "checkmark", key="Ctrl+Enter", name="form_save")
        self.save_next = Button(_("保存并写下一家"), key="Ctrl+Shift+Enter", name="form_save_next")
        self.cancel = Button(_("取消"), name="form_cancel")
        box.addButton(self.save, role.AcceptRole)
        if with_next:
            box.addButton(self.save_next, role.AcceptRole)
        box.addButton(self.cancel, role.RejectRole)
        return box

    def say_kept(self, at: int, moment: Moment) -> None:
        """Say when the draft was kept."""
        self.state.set_tone("text2")
        clock = when_words.clock_of(at, moment)
        self.state.setText(_("草稿已自动保存 {clock}").format(clock=clock))

    def say_not_kept(self) -> None:
        """Say that the draft could not be kept."""
        self.state.set_tone("bad")
        self.state.setText(_("草稿没存上，先别关"))

    def complain(self, text: str) -> None:
        """Say what stops the saving."""
        self.state.set_tone("bad")
        self.state.setText(text)
